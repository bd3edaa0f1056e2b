// The page where it is about an engine elsewhere, and what it does where nobody is subscribed.
#include "ui/pages/channels_page.h"

#include "ui/models/channels_model.h"
#include "ui/models/persona.h"
#include "ui/models/remote_channels.h"
#include "ui/pages/remote_channel_detail.h"
#include "ui/pages/remote_channel_list.h"
#include "ui/text/shown_text.h"
#include "ui/widgets/choice_boxes.h"
#include "ui/widgets/tree_table.h"
#include "ui/widgets/watch_bar.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>

#include <utility>
#include <vector>

namespace castdeck::ui {

namespace {

/// Where somebody joins who has not said where.
constexpr const char* firstChannel = "demo";

} // namespace

void ChannelsPage::connectRemote()
{
    const auto sendTo = [this] {
        Q_EMIT sendThroughRequested(toQt(m_remote->connection()), toQt(m_remote->channel()));
    };
    connect(m_remoteList, &RemoteChannelList::sendToRequested, this, sendTo);
    connect(m_remoteDetail, &RemoteChannelDetail::sendToRequested, this, sendTo);
    connect(m_remoteList, &RemoteChannelList::clearFilterRequested, m_filter, &QLineEdit::clear);
    connect(m_remoteList, &RemoteChannelList::watchRequested, this, &ChannelsPage::openWatch);
    connect(m_remoteList, &RemoteChannelList::guestRequested, this, &ChannelsPage::subscribeGuest);
    connect(m_remoteList, &RemoteChannelList::helpRequested, this, &ChannelsPage::helpRequested);
    connect(m_remoteList, &RemoteChannelList::selectionChanged, this, &ChannelsPage::showRemote);
    connect(m_remoteDetail, &RemoteChannelDetail::subscribeRequested, this,
            [this](const QString& personaId, const QString& channel) {
                Q_EMIT subscribeRequested(personaId, {}, channel);
            });
    connect(m_remoteDetail, &RemoteChannelDetail::watchRequested, this, [this](const QString& channel, bool isWanted) {
        isWanted ? m_remoteControl->watch(toStd(channel)) : m_remoteControl->unwatch(toStd(channel));
    });
    connect(m_addWatch, &QToolButton::clicked, this, &ChannelsPage::openWatch);
    connect(m_watch, &WatchBar::watchRequested, this, [this](const QString& channel) {
        m_remoteControl->watch(toStd(channel));
        m_remoteList->select(toStd(channel));
    });
    connect(m_remote, &RemoteChannels::channelsChanged, this, &ChannelsPage::showRemote);
    connect(m_again, &QToolButton::clicked, m_remote, &RemoteChannels::refresh);
    connect(m_connection, &QComboBox::currentIndexChanged, this, &ChannelsPage::showChoice);
}

/// Where there is only one, nothing is to be chosen.
void ChannelsPage::showConnectionBox()
{
    // What a server elsewhere has to choose from is only itself.
    if (m_remoteControl != nullptr && m_choices.list.size() > 1) {
        std::erase_if(m_choices.list, &ConnectionChoice::isEmbedded);
        m_choices.preferred = 0;
    }
    showConnections(*m_connection, m_choices);
    m_connection->setVisible(hasOtherEngines(m_choices) && m_choices.list.size() > 1);
}

void ChannelsPage::setRemote(RemoteControl& control)
{
    m_remoteControl = &control;
    m_addWatch->show();
    m_remoteDetail->setWatchable();
    if (m_personas != nullptr)
        m_remoteDetail->setPersonas(*m_personas);
    m_remoteList->setFacts({});
    showConnectionBox();
    showChoice();
}

void ChannelsPage::showFacts(const RemoteFacts& facts)
{
    m_remoteList->setFacts(facts.capabilities);
    m_remote->setWatched(facts.watched);
}

void ChannelsPage::openWatch()
{
    m_watch->open();
}

void ChannelsPage::showRemote()
{
    if (!isRemote())
        return;
    const RemoteChannels::Known& known = m_remote->channelsKnown();
    const QString count = shownCount(m_remote->channels()->total());
    m_count->setText(known.answer != RemoteChannels::Answer::Listed ? QString{}
                     : known.hasMore                                ? tr("first %1").arg(count)
                                                                    : tr("%1 occupied").arg(count));
    m_stack->setCurrentIndex(Remote);
    const ChannelTreeRow* const group = m_remoteList->selectedGroup();
    if (group != nullptr)
        showGroup(*group);
    m_side->setCurrentIndex(1);
    m_side->setVisible(group != nullptr);
    m_remoteDetail->setVisible(group == nullptr && m_remote->channels()->rowCount() > 0);
}

void ChannelsPage::showChannels(std::uint64_t id, ChannelListing listing)
{
    m_remote->takeChannels(id, std::move(listing));
}

void ChannelsPage::showMembers(std::uint64_t id, MemberListing listing)
{
    m_remote->takeMembers(id, std::move(listing));
}

void ChannelsPage::setConnection(const QString& name)
{
    if (const int index = m_connection->findData(name); index >= 0)
        m_connection->setCurrentIndex(index);
}

void ChannelsPage::toggleShown()
{
    if (isRemote())
        m_remoteList->toggleSelected();
    else
        toggle(m_table->currentIndex().row());
}

void ChannelsPage::showGuest()
{
    m_remoteList->setGuest(guestName());
    refreshEmptyState();
}

/// Somebody joins, so that there is a channel to look at.
void ChannelsPage::subscribeGuest()
{
    if (m_personas != nullptr && !m_personas->personas().empty())
        Q_EMIT subscribeRequested(toQt(m_personas->personas().front().id), {}, QString::fromLatin1(firstChannel));
}

void ChannelsPage::selectRemoteChannel(const std::string& name)
{
    m_remoteList->select(name);
}

QString ChannelsPage::guestName() const
{
    return m_personas == nullptr || m_personas->personas().empty() ? QString{} : nameOf(m_personas->personas().front());
}

} // namespace castdeck::ui
