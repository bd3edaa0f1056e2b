#include "ui/widgets/inspector.h"

#include "ui/actions/key_words.h"
#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/compare_view.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/delivery_view.h"
#include "ui/widgets/details_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/payload_view.h"
#include "ui/widgets/tab_pages.h"
#include "ui/widgets/value_text.h"

#include <QtCore/QDateTime>
#include <QtCore/QEvent>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <chrono>
#include <utility>

namespace castdeck::ui {

namespace {

QString fullTime(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

} // namespace

Inspector::Inspector(const LogStore& log, QWidget* parent)
    : QFrame{parent}
    , m_stack{new QStackedWidget}
    , m_tabs{makeTabs(QStringLiteral("inspector.tabs"), tr("Parts of the row"))}
    , m_icon{makeLabel()}
    , m_title{new ValueText{bodyFont(metrics::headText, QFont::DemiBold)}}
    , m_subtitle{makeLabel({}, TextKind::Hint)}
    , m_sealed{new QWidget}
    , m_sealedNote{makeLabel({}, TextKind::Hint)}
    , m_asSent{makeButton(QStringLiteral("inspector.assent"), {}, {}, ButtonKind::Small)}
    , m_payload{new PayloadView{QStringLiteral("inspector.payload")}}
    , m_details{new DetailsView}
    , m_delivery{new DeliveryView{log}}
    , m_compare{new CompareView}
    , m_code{new CodeView}
{
    setObjectName(QStringLiteral("dock.inspector"));
    setProperty("area", QStringLiteral("panel"));
    setMinimumWidth(300);
    auto* empty = new EmptyState{QStringLiteral("inspector.empty.action")};
    empty->setContent({QStringLiteral("inspector"),
                       tr("No row is selected"),
                       tr("Select a row of the log to see all its fields and the exact payload."),
                       {}});
    m_stack->addWidget(buildContent());
    m_stack->addWidget(empty);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::large, metrics::large, metrics::large, metrics::large);
    layout->addWidget(m_stack);
    connect(m_tabs->tabBar(), &QTabBar::tabBarClicked, this, [this](int tab) { m_wantsDetails = tab == Details; });
    connect(m_delivery, &DeliveryView::socketRequested, this, &Inspector::socketRequested);
    setEvent(std::nullopt);
}

QWidget* Inspector::buildHead()
{
    auto* close = makeIconButton(QStringLiteral("inspector.close"), QStringLiteral("close"), tr("Close the inspector"));
    setKeyTip(close, tr("Close the inspector"), "view.inspector");
    connect(close, &QToolButton::clicked, this, &Inspector::closeRequested);
    auto* names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(m_title);
    names->addWidget(m_subtitle);
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(names, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    return head;
}

QWidget* Inspector::buildContent()
{
    m_tabs->addTab(buildMessage(), tr("Message"));
    m_tabs->addTab(m_details, tr("Details"));
    m_tabs->addTab(m_delivery, tr("Delivery"));
    m_tabs->addTab(m_compare, tr("Compare"));
    m_tabs->addTab(m_code, tr("Code"));
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout{content};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(buildHead());
    layout->addWidget(m_tabs, 1);
    return content;
}

QWidget* Inspector::buildMessage()
{
    m_sealedNote->setObjectName(QStringLiteral("inspector.sealed"));
    m_sealedNote->setWordWrap(true);
    m_asSent->setCheckable(true);
    connect(m_asSent, &QPushButton::toggled, this, &Inspector::showAsSent);
    auto* row = new QHBoxLayout{m_sealed};
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::small);
    row->addWidget(new IconLabel{QStringLiteral("encrypted"), Tone::Muted, metrics::icon}, 0, Qt::AlignTop);
    row->addWidget(m_sealedNote, 1);
    row->addWidget(m_asSent, 0, Qt::AlignTop);
    auto* message = new QWidget;
    auto* layout = new QVBoxLayout{message};
    layout->setContentsMargins(0, metrics::small, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_sealed);
    layout->addWidget(m_payload, 1);
    return message;
}

void Inspector::showPayload(const engine::Event& event)
{
    m_sent = event.payload;
    m_read = m_reader ? m_reader(event) : ReadPayload{.bytes = event.payload, .note = {}};
    m_sealed->setVisible(!m_read.note.isEmpty());
    m_sealedNote->setText(m_read.note);
    m_asSent->setVisible(m_read.isDecrypted);
    showAsSent(m_asSent->isChecked());
}

void Inspector::showAsSent(bool isAsSent)
{
    m_asSent->setText(isAsSent ? tr("Decrypted") : tr("As sent"));
    m_asSent->setAccessibleName(isAsSent ? tr("Show it decrypted") : tr("Show it as it was sent"));
    m_payload->setPayload(isAsSent ? m_sent : m_read.bytes);
}

void Inspector::setEvent(const std::optional<engine::Event>& event)
{
    m_stack->setCurrentIndex(event ? 0 : 1);
    m_details->setEvent(event);
    m_delivery->setEvent(event);
    if (!event)
        return;
    const EventLook look = lookOf(event->kind);
    m_kind = event->kind;
    showIcon();
    m_title->setText(event->event.empty() ? look.word : shownText(event->event, 1'024));
    m_subtitle->setText(tr("%1, %2").arg(look.word, fullTime(event->at)));
    showPayload(*event);
    m_code->setListening(event->channel, event->event);
    if (event->payload == nullptr && m_tabs->currentIndex() == Message)
        m_tabs->setCurrentIndex(Details);
    else if (event->payload != nullptr && m_tabs->currentIndex() == Details && !m_wantsDetails)
        m_tabs->setCurrentIndex(Message);
}

bool Inspector::isEmpty() const
{
    return m_stack->currentIndex() != 0;
}

void Inspector::setSides(const std::optional<engine::Event>& a, const std::optional<engine::Event>& b)
{
    m_compare->setSides(a, b);
}

void Inspector::showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_delivery->showSnapshot(std::move(snapshot));
}

void Inspector::showTab(Tab tab)
{
    m_wantsDetails = tab == Details;
    m_tabs->setCurrentIndex(tab);
}

void Inspector::showIcon()
{
    if (!m_kind)
        return;
    const EventLook look = lookOf(*m_kind);
    m_icon->setPixmap(iconPixmap(look.icon, Theme::colors().tone(look.tone), 20, devicePixelRatioF()));
}

void Inspector::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showIcon();
    QFrame::changeEvent(event);
}

} // namespace castdeck::ui
