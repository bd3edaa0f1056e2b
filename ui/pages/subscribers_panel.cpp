#include "ui/pages/subscribers_panel.h"

#include "core/pusher/channel_name.h"
#include "ui/models/client_events.h"
#include "ui/models/persona.h"
#include "ui/text/draft.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/channel_field.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/first_focus.h"
#include "ui/widgets/payload_view.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>

namespace castdeck::ui {

namespace {

constexpr int listWidth = 320;

QString channelWords(const std::string& name, const VirtualSubscriber::Channel& channel)
{
    const QString shown = shownText(name, 200);
    switch (channel.state) {
    case VirtualSubscriber::ChannelState::Waiting: return SubscribersPanel::tr("%1 (joining)").arg(shown);
    case VirtualSubscriber::ChannelState::Refused:
        return SubscribersPanel::tr("%1 (refused: %2)").arg(shown, channel.reason);
    case VirtualSubscriber::ChannelState::Subscribed: break;
    }
    return shown;
}

bool takesClientEvents(const std::string& channel)
{
    const auto name = pusher::ChannelName::parse(channel);
    return name && name->takesClientEvents();
}

} // namespace

SubscribersPanel::SubscribersPanel(PersonaBook& personas, FindTarget findTarget, QWidget* parent)
    : QWidget{parent}
    , m_personas{personas}
    , m_findTarget{std::move(findTarget)}
    , m_model{new VirtualSubscribersModel{this}}
    , m_received{new ReceivedModel{this}}
    , m_clientEvents{new ClientEvents{*m_model,
                                      [this](const std::string& appId, const std::string& channel, QString& why) {
                                          return playAnybody(appId, channel, why);
                                      },
                                      this}}
    , m_persona{new QComboBox}
    , m_channels{new ChannelField{QStringLiteral("subscribers.channels"), tr("Channels to join")}}
    , m_told{makeLabel({}, TextKind::Hint)}
    , m_table{new DataTable{QStringLiteral("subscribers.table"), tr("Virtual subscribers")}}
    , m_stack{new QStackedWidget}
    , m_name{makeLabel({}, TextKind::Head)}
    , m_state{makeLabel({}, TextKind::Hint)}
    , m_joined{makeLabel({}, TextKind::Muted)}
    , m_more{new QLineEdit}
    , m_receivedTable{new DataTable{QStringLiteral("subscribers.received"), tr("What it received")}}
    , m_payload{new PayloadView{QStringLiteral("subscribers.payload")}}
    , m_eventChannel{new QComboBox}
    , m_eventName{new QLineEdit}
    , m_eventData{new QLineEdit}
    , m_trigger{makeButton(QStringLiteral("subscribers.trigger"), tr("Send client event"), QStringLiteral("send"))}
{
    setObjectName(QStringLiteral("panel.subscribers"));
    setFirstFocus(*this, {m_persona});
    auto* split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->addWidget(buildList());
    split->addWidget(buildDetail());
    split->setStretchFactor(1, 1);
    split->setSizes({listWidth, 3 * listWidth});
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::medium);
    layout->addWidget(buildHead());
    layout->addWidget(m_told);
    layout->addWidget(split, 1);
    connect(&m_personas, &PersonaBook::changed, this, &SubscribersPanel::showPersonas);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &SubscribersPanel::showState);
    showPersonas();
    tell({});
    showSelected();
}

QWidget* SubscribersPanel::buildHead()
{
    m_persona->setObjectName(QStringLiteral("subscribers.persona"));
    m_persona->setAccessibleName(tr("Subscribe as"));
    m_persona->setMinimumContentsLength(14);
    m_channels->setPlaceholderText(tr("channels, e.g. presence-room"));
    QPushButton* add = makeButton(QStringLiteral("subscribers.add"), tr("Subscribe"), QStringLiteral("subscribed"),
                                  ButtonKind::Primary);
    connect(add, &QPushButton::clicked, this, &SubscribersPanel::addSubscriber);
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(makeLabel(tr("Subscribe as"), TextKind::Label));
    layout->addWidget(m_persona);
    layout->addWidget(makeLabel(tr("to"), TextKind::Label));
    layout->addWidget(m_channels, 1);
    layout->addWidget(add);
    return head;
}

QWidget* SubscribersPanel::buildList()
{
    m_table->setModel(m_model);
    m_table->setColumnWidths({0, 128, 76});
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { showSelected(); });
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &SubscribersPanel::showSelected);
    return m_table;
}

QWidget* SubscribersPanel::buildDetail()
{
    QPushButton* close = makeButton(QStringLiteral("subscribers.close"), tr("Disconnect"), QStringLiteral("close"));
    connect(close, &QPushButton::clicked, this, &SubscribersPanel::removeSelected);
    QPushButton* follow =
        makeButton(QStringLiteral("subscribers.follow"), tr("Follow in the log"), QStringLiteral("log"));
    connect(follow, &QPushButton::clicked, this, [this] {
        if (selected() != nullptr)
            Q_EMIT socketRequested(toQt(selected()->socketId()));
    });
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(m_name);
    head->addWidget(m_state, 1);
    head->addWidget(follow);
    head->addWidget(close);

    m_joined->setWordWrap(true);
    m_joined->setObjectName(QStringLiteral("subscribers.joined"));
    m_state->setObjectName(QStringLiteral("subscribers.state"));
    m_more->setObjectName(QStringLiteral("subscribers.join"));
    m_more->setAccessibleName(tr("Join another channel"));
    m_more->setPlaceholderText(tr("join another channel, Enter"));
    connect(m_more, &QLineEdit::returnPressed, this, &SubscribersPanel::joinMore);
    m_receivedTable->setModel(m_received);
    m_receivedTable->setColumnWidths({108, 180, 160, 0});
    connect(m_receivedTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                m_payload->setPayload(index.isValid() ? m_received->at(index.row()).payload : nullptr);
            });
    auto* lists = new QSplitter{Qt::Vertical};
    lists->setChildrenCollapsible(false);
    lists->addWidget(m_receivedTable);
    lists->addWidget(m_payload);
    lists->setStretchFactor(0, 1);

    auto* detail = new QWidget;
    auto* layout = new QVBoxLayout{detail};
    layout->setContentsMargins(metrics::large, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addLayout(head);
    layout->addWidget(m_joined);
    layout->addWidget(m_more);
    layout->addWidget(lists, 1);
    layout->addWidget(buildClientEvent());

    auto* empty = new EmptyState{QStringLiteral("subscribers.empty.action")};
    empty->setContent({QStringLiteral("user"), tr("Nobody listens for you yet"),
                       tr("Choose who to be and a channel above: a real connection joins it, and what it receives "
                          "appears here."),
                       tr("Subscribe")});
    connect(empty->button(), &QPushButton::clicked, this, &SubscribersPanel::addSubscriber);
    m_stack->addWidget(empty);
    m_stack->addWidget(detail);
    return m_stack;
}

QWidget* SubscribersPanel::buildClientEvent()
{
    m_eventChannel->setObjectName(QStringLiteral("subscribers.event.channel"));
    m_eventChannel->setAccessibleName(tr("Channel of the client event"));
    m_eventName->setObjectName(QStringLiteral("subscribers.event.name"));
    m_eventName->setAccessibleName(tr("Client event"));
    m_eventName->setText(QStringLiteral("client-typing"));
    m_eventData->setObjectName(QStringLiteral("subscribers.event.data"));
    m_eventData->setAccessibleName(tr("Data of the client event, JSON"));
    m_eventData->setText(QStringLiteral("{}"));
    m_eventData->setFont(codeFont());
    connect(m_trigger, &QPushButton::clicked, this, &SubscribersPanel::sendClientEvent);
    connect(m_eventData, &QLineEdit::returnPressed, this, &SubscribersPanel::sendClientEvent);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout{row};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_eventChannel, 2);
    layout->addWidget(m_eventName, 2);
    layout->addWidget(m_eventData, 3);
    layout->addWidget(m_trigger);
    return row;
}

void SubscribersPanel::showPersonas()
{
    const QString before = m_persona->currentData().toString();
    m_persona->clear();
    for (const Persona& persona : m_personas.personas())
        m_persona->addItem(discOf(persona), nameOf(persona), toQt(persona.id));
    m_persona->setCurrentIndex(std::max(0, m_persona->findData(before)));
}

void SubscribersPanel::tell(const QString& sentence)
{
    m_told->setText(sentence);
    m_told->setVisible(!sentence.isEmpty());
}

VirtualSubscriber* SubscribersPanel::selected() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() && index.row() < m_model->count() ? m_model->at(index.row()) : nullptr;
}

void SubscribersPanel::select(int row)
{
    m_table->selectRow(row);
}

void SubscribersPanel::addSubscriber()
{
    const auto entries = parseChannels(m_channels->text());
    for (const ChannelEntry& entry : entries) {
        if (!entry.problem.isEmpty())
            return tell(entry.problem);
    }
    subscribeAs(toStd(m_persona->currentData().toString()), {}, entries.empty() ? std::string{} : entries.front().name);
    for (std::size_t i = 1; i < entries.size() && selected() != nullptr; ++i)
        selected()->join(entries[i].name);
}

QString SubscribersPanel::subscribeAs(const std::string& personaId, const std::string& appId,
                                      const std::string& channel)
{
    QString why;
    if (const Persona* persona = m_personas.find(personaId))
        play(*persona, appId, channel, why);
    else
        why = tr("There is no such persona; choose one from the list.");
    tell(why);
    return why;
}

VirtualSubscriber* SubscribersPanel::play(const remote::Persona& persona, const std::string& appId,
                                          const std::string& channel, QString& why)
{
    const auto target = m_findTarget(appId, why);
    if (!target)
        return nullptr;
    VirtualSubscriber* const added = m_model->add(persona, *target);
    if (added == nullptr) {
        why = tr("At most %1 virtual subscribers; disconnect one first.").arg(VirtualSubscribersModel::maxSubscribers);
        return nullptr;
    }
    connect(added, &VirtualSubscriber::complained, this, &SubscribersPanel::tell);
    connect(added, &VirtualSubscriber::complained, m_clientEvents,
            [this](const QString& sentence) { Q_EMIT m_clientEvents->told(sentence, true); });
    if (!channel.empty())
        added->join(channel);
    select(m_model->count() - 1);
    return added;
}

VirtualSubscriber* SubscribersPanel::playAnybody(const std::string& appId, const std::string& channel, QString& why)
{
    for (int row = 0; row < m_model->count(); ++row) {
        VirtualSubscriber* const each = m_model->at(row);
        const bool isThere = each->state() == remote::PusherClient::State::Connected;
        if (isThere && (appId.empty() || each->appId() == appId)) {
            each->join(channel);
            return each;
        }
    }
    if (m_personas.personas().empty()) {
        why = tr("There is nobody to send it as: make a persona on the Auth lab page.");
        return nullptr;
    }
    return play(m_personas.personas().front(), appId, channel, why);
}

void SubscribersPanel::removeSelected()
{
    if (selected() == nullptr)
        return;
    const int row = m_table->currentIndex().row();
    m_received->setSubscriber(nullptr);
    m_model->remove(row);
    if (m_model->count() > 0)
        select(std::min(row, m_model->count() - 1));
    showSelected();
}

void SubscribersPanel::showSelected()
{
    VirtualSubscriber* subscriber = selected();
    m_received->setSubscriber(subscriber);
    m_payload->setPayload(nullptr);
    m_stack->setCurrentIndex(subscriber == nullptr ? 0 : 1);
    showState();
}

void SubscribersPanel::showState()
{
    const VirtualSubscriber* subscriber = selected();
    if (subscriber == nullptr)
        return;
    m_name->setText(nameOf(subscriber->persona()));
    m_state->setText(subscriber->trouble().isEmpty()
                         ? tr("%1, socket %2").arg(stateWords(*subscriber), toQt(subscriber->socketId()))
                         : subscriber->trouble());
    QStringList words;
    QStringList talking;
    for (const auto& [name, channel] : subscriber->channels()) {
        words << channelWords(name, channel);
        if (channel.state == VirtualSubscriber::ChannelState::Subscribed && takesClientEvents(name))
            talking << toQt(name);
    }
    m_joined->setText(words.isEmpty() ? tr("In no channel yet") : words.join(QStringLiteral(", ")));
    QStringList before;
    for (int i = 0; i < m_eventChannel->count(); ++i)
        before << m_eventChannel->itemText(i);
    if (before != talking) {
        m_eventChannel->clear();
        m_eventChannel->addItems(talking);
    }
    m_trigger->setEnabled(!talking.isEmpty());
    m_trigger->setToolTip(talking.isEmpty() ? tr("Client events need a private or presence channel that it joined.")
                                            : QString{});
}

void SubscribersPanel::joinMore()
{
    VirtualSubscriber* subscriber = selected();
    if (subscriber == nullptr)
        return;
    for (const ChannelEntry& entry : parseChannels(m_more->text())) {
        if (!entry.problem.isEmpty())
            return tell(entry.problem);
        subscriber->join(entry.name);
    }
    tell({});
    m_more->clear();
}

void SubscribersPanel::sendClientEvent()
{
    VirtualSubscriber* subscriber = selected();
    if (subscriber == nullptr || m_eventChannel->count() == 0)
        return;
    const auto sent = subscriber->trigger(toStd(m_eventChannel->currentText()), toStd(m_eventName->text()),
                                          toStd(m_eventData->text()));
    tell(sent ? tr("Sent %1.").arg(m_eventName->text()) : tr("Not sent: %1").arg(toQt(sent.error().detail)));
}

} // namespace castdeck::ui
