#include "ui/widgets/details_view.h"

#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/value_text.h"

#include <QtCore/QDateTime>
#include <QtCore/QTimeZone>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>

#include <chrono>

namespace castdeck::ui {

namespace {

constexpr std::size_t nameBytes = 1'024;

QString fullTime(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(milliseconds);
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz ")) + time.timeZoneAbbreviation();
}

bool isMessage(engine::EventKind kind)
{
    return kind == engine::EventKind::ApiMessage || kind == engine::EventKind::ClientEvent;
}

} // namespace

DetailsView::DetailsView(QWidget* parent) : QScrollArea{parent}
{
    setObjectName(QStringLiteral("inspector.details"));
    setAccessibleName(tr("Details"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget;
    m_fields = new QFormLayout{content};
    m_fields->setContentsMargins(0, metrics::medium, 0, 0);
    m_fields->setHorizontalSpacing(metrics::large);
    m_fields->setVerticalSpacing(metrics::small);
    m_fields->setLabelAlignment(Qt::AlignLeft);
    m_fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    setWidget(content);
}

void DetailsView::setEvent(const std::optional<engine::Event>& event)
{
    while (m_fields->rowCount() > 0)
        m_fields->removeRow(0);
    if (!event)
        return;
    const EventLook look = lookOf(event->kind);
    addField(tr("Time"), fullTime(event->at), true);
    addField(tr("Type"), look.word);
    addField(tr("Direction"), wordOf(look.direction));
    addField(tr("App"), shownText(event->appId, nameBytes));
    addField(tr("Channel"), shownText(event->channel, nameBytes));
    addField(tr("Event"), shownText(event->event, nameBytes));
    addField(tr("Socket"), shownText(event->socketId, nameBytes), true);
    addField(tr("User"), shownText(event->userId, nameBytes));
    addField(tr("Status"), event->code == 0 ? QString{} : QString::number(event->code), true);
    if (isMessage(event->kind))
        addField(tr("Subscribers"), shownCount(event->receivers));
    if (event->payload)
        addField(tr("Size"), tr("%1 bytes").arg(shownCount(event->payload->size())));
    addField(tr("Detail"), shownDetail(*event, 4'096));
}

void DetailsView::addField(const QString& name, const QString& value, bool isCode)
{
    if (value.isEmpty())
        return;
    auto* shown = new ValueText{isCode ? codeFont() : bodyFont()};
    shown->setText(value);
    QLabel* label = makeLabel(name, TextKind::Hint);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setContentsMargins(0, 1, 0, 0); // Its smaller type stands on the line of the value's.
    label->setMinimumWidth(64);
    m_fields->addRow(label, shown);
}

} // namespace castdeck::ui
