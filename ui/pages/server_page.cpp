#include "ui/pages/server_page.h"

#include "ui/models/profile_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/capability_list.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/first_focus.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int contentWidth = 920;

} // namespace

ServerPage::ServerPage(const Profile& profile, QWidget* parent)
    : QWidget{parent}
    , m_title{makeLabel({}, TextKind::Title)}
    , m_address{makeLabel({}, TextKind::Hint)}
    , m_capabilities{new CapabilityList}
{
    setObjectName(QStringLiteral("page.server"));
    auto* content = new QWidget;
    content->setMaximumWidth(contentWidth);
    auto* column = new QVBoxLayout{content};
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::small);
    column->addWidget(buildHead());
    column->addWidget(m_address);
    column->addSpacing(metrics::medium);
    column->addWidget(makeLabel(tr("What this server tells"), TextKind::Head));
    column->addWidget(m_capabilities);
    column->addStretch();
    auto* inner = new QWidget;
    auto* center = new QHBoxLayout{inner};
    center->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::page);
    center->addWidget(content);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inner);
    auto* outer = new QVBoxLayout{this};
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    connect(&Curtain::instance(), &Curtain::changed, this, &ServerPage::showAddress);
    setProfile(profile);
}

QWidget* ServerPage::buildHead()
{
    QPushButton* ask = makeButton(QStringLiteral("server.ask"), tr("Ask again"), QStringLiteral("refresh"));
    QPushButton* check = makeButton(QStringLiteral("server.check"), tr("Check the connection"));
    QPushButton* edit = makeButton(QStringLiteral("server.edit"), tr("Edit or remove"), QStringLiteral("settings"));
    ask->setShortcut(Qt::Key_F5);
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_title, 1);
    for (QPushButton* button : {ask, check, edit})
        layout->addWidget(button);
    setFirstFocus(*this, {ask});
    connect(ask, &QPushButton::clicked, this, &ServerPage::askRequested);
    connect(check, &QPushButton::clicked, this, &ServerPage::checkRequested);
    connect(edit, &QPushButton::clicked, this, &ServerPage::editRequested);
    return head;
}

void ServerPage::setProfile(const Profile& profile)
{
    m_profile = profile;
    m_title->setText(shownText(toStd(profile.name), 64));
    showAddress();
}

void ServerPage::showState(const QString& words)
{
    m_state = words;
    showAddress();
}

void ServerPage::showAddress()
{
    const QString address = behindCurtain(addressOf(m_profile));
    m_address->setText(m_state.isEmpty() ? address : tr("%1, %2").arg(m_state, address));
}

void ServerPage::showFacts(const RemoteFacts& facts)
{
    m_capabilities->setCapabilities(facts.capabilities);
}

} // namespace castdeck::ui
