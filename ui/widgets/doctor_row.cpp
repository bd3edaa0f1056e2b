#include "ui/widgets/doctor_row.h"

#include "ui/models/doctor_words.h"
#include "ui/theme/curtain.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>

namespace castdeck::ui {

namespace {

constexpr int nameWidth = 108;
constexpr int timeWidth = 52;

struct Look {
    const char* icon;
    Tone tone;
    QString word;
};

Look lookOf(DoctorRow::Mark mark)
{
    switch (mark) {
    case DoctorRow::Mark::Waiting: return {"waiting", Tone::Faint, DoctorRow::tr("waiting")};
    case DoctorRow::Mark::Running: return {"refresh", Tone::Accent, DoctorRow::tr("asking")};
    case DoctorRow::Mark::Passed: return {"check", Tone::Success, DoctorRow::tr("good")};
    case DoctorRow::Mark::Skipped: return {"skipped", Tone::Faint, DoctorRow::tr("skipped")};
    case DoctorRow::Mark::Failed: return {"error", Tone::Danger, DoctorRow::tr("failed")};
    }
    return {};
}

} // namespace

DoctorRow::DoctorRow(remote::DoctorStep step, QWidget* parent)
    : QWidget{parent}
    , m_step{step}
    , m_icon{makeLabel()}
    , m_name{makeLabel(nameOf(step))}
    , m_remark{makeLabel({}, TextKind::Hint)}
    , m_time{makeLabel({}, TextKind::Hint)}
{
    setObjectName(QStringLiteral("doctor.step.%1").arg(static_cast<int>(step) + 1));
    m_icon->setFixedWidth(metrics::icon);
    m_name->setFixedWidth(nameWidth);
    m_time->setFixedWidth(timeWidth);
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_remark->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setFixedHeight(metrics::row);
    connect(&Curtain::instance(), &Curtain::changed, this, &DoctorRow::fitRemark);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_icon);
    layout->addWidget(m_name);
    layout->addWidget(m_remark, 1);
    layout->addWidget(m_time);
    show(Mark::Waiting, questionOf(step));
}

void DoctorRow::show(Mark mark, const QString& remark, std::optional<std::chrono::milliseconds> time)
{
    m_mark = mark;
    m_fullRemark = mark == Mark::Failed ? lookOf(mark).word : remark;
    m_time->setVisible(time.has_value());
    m_time->setText(time ? tr("%1 ms").arg(time->count()) : QString{});
    setAccessibleName(tr("%1: %2").arg(nameOf(m_step), lookOf(mark).word));
    setAccessibleDescription(remark);
    setStyleProperty(m_name, "textKind",
                     mark == Mark::Waiting || mark == Mark::Skipped ? QStringLiteral("muted") : QString{});
    setStyleProperty(m_remark, "textKind", mark == Mark::Failed ? QStringLiteral("error") : QStringLiteral("hint"));
    showMark();
    fitRemark();
}

void DoctorRow::fitRemark()
{
    layout()->activate();
    const QString remark = m_mark == Mark::Passed ? behindCurtain(m_fullRemark) : m_fullRemark; // Perhaps an address.
    m_remark->setText(m_remark->fontMetrics().elidedText(remark, Qt::ElideRight, m_remark->width()));
}

void DoctorRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitRemark();
}

void DoctorRow::showMark()
{
    const Look look = lookOf(m_mark);
    m_icon->setPixmap(
        iconPixmap(QLatin1String{look.icon}, Theme::colors().tone(look.tone), metrics::icon, devicePixelRatioF()));
}

void DoctorRow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        showMark();
    QWidget::changeEvent(event);
}

} // namespace castdeck::ui
