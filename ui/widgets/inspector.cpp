#include "ui/widgets/inspector.h"

#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/payload_view.h"
#include "ui/widgets/value_text.h"

#include <QtCore/QDateTime>
#include <QtCore/QEvent>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <chrono>

namespace castdeck::ui {

namespace {

QString fullTime(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

} // namespace

Inspector::Inspector(QWidget* parent)
    : QFrame{parent}
    , m_stack{new QStackedWidget}
    , m_icon{makeLabel()}
    , m_title{new ValueText{bodyFont(metrics::headText, QFont::DemiBold)}}
    , m_subtitle{makeLabel({}, TextKind::Hint)}
    , m_fields{new QFormLayout}
    , m_line{makeArea("line")}
    , m_payload{new PayloadView{QStringLiteral("inspector.payload")}}
{
    setObjectName(QStringLiteral("dock.inspector"));
    setProperty("area", QStringLiteral("panel"));
    setMinimumWidth(300);
    buildContent();
    setEvent(std::nullopt);
}

void Inspector::buildContent()
{
    auto* close =
        makeIconButton(QStringLiteral("inspector.close"), QStringLiteral("close"), tr("Close the inspector (F9)"));
    connect(close, &QToolButton::clicked, this, &Inspector::closeRequested);

    auto* names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(m_title);
    names->addWidget(m_subtitle);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addLayout(names, 1);
    head->addWidget(close, 0, Qt::AlignTop);

    m_fields->setContentsMargins(0, 0, 0, 0);
    m_fields->setHorizontalSpacing(metrics::large);
    m_fields->setVerticalSpacing(6);
    m_fields->setLabelAlignment(Qt::AlignLeft);
    m_fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout{content};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::medium);
    layout->addLayout(head);
    layout->addWidget(makeArea("line"));
    layout->addLayout(m_fields);
    layout->addWidget(m_line);
    layout->addWidget(m_payload, 1);
    layout->addStretch();

    auto* empty = new EmptyState{QStringLiteral("inspector.empty.action")};
    empty->setContent({QStringLiteral("inspector"),
                       tr("No row is selected"),
                       tr("Select a row of the log to see all its fields and the exact payload."),
                       {}});
    m_stack->addWidget(content);
    m_stack->addWidget(empty);

    auto* margin = new QVBoxLayout{this};
    margin->setContentsMargins(metrics::large, metrics::large, metrics::large, metrics::large);
    margin->addWidget(m_stack);
}

void Inspector::setEvent(const std::optional<engine::Event>& event)
{
    m_stack->setCurrentIndex(event ? 0 : 1);
    if (!event)
        return;
    const EventLook look = lookOf(event->kind);
    m_kind = event->kind;
    showIcon();
    m_title->setText(event->event.empty() ? look.word : shownText(event->event, 1'024));
    m_subtitle->setText(tr("%1, %2").arg(look.word, fullTime(event->at)));

    clearFields();
    addField(tr("Channel"), shownText(event->channel, 1'024));
    addField(tr("App"), shownText(event->appId, 128));
    addField(tr("Socket"), shownText(event->socketId, 128));
    addField(tr("User"), shownText(event->userId, 256));
    addField(tr("Direction"), wordOf(look.direction));
    if (event->kind == engine::EventKind::ApiMessage || event->kind == engine::EventKind::ClientEvent)
        addField(tr("Receivers"), shownCount(event->receivers));
    addField(tr("Code"), event->code == 0 ? QString{} : QString::number(event->code));
    addField(tr("Detail"), shownText(event->detail, 1'024));
    m_line->setVisible(event->payload != nullptr);
    m_payload->setVisible(event->payload != nullptr);
    m_payload->setPayload(event->payload);
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

void Inspector::addField(const QString& name, const QString& value)
{
    if (value.isEmpty())
        return;
    auto* shown = new ValueText{bodyFont()};
    shown->setText(value);
    QLabel* label = makeLabel(name, TextKind::Hint);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setContentsMargins(0, 1, 0, 0); // Its smaller type stands on the line of the value's.
    m_fields->addRow(label, shown);
}

void Inspector::clearFields()
{
    while (m_fields->rowCount() > 0)
        m_fields->removeRow(0);
}

} // namespace castdeck::ui
