#include "ui/widgets/doctor_view.h"

#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/doctor_row.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

using remote::DoctorFinding;
using remote::DoctorOutcome;
using remote::DoctorStep;

namespace {

QString spaced(const std::string& fingerprint)
{
    QString text;
    for (std::size_t i = 0; i < fingerprint.size(); i += 2) {
        if (i > 0)
            text += i % 16 == 0 ? QStringLiteral("\n") : QStringLiteral(" ");
        text += toQt(fingerprint.substr(i, 2)).toUpper();
    }
    return text;
}

} // namespace

DoctorView::DoctorView(QWidget* parent)
    : QFrame{parent}
    , m_summary{makeLabel({}, TextKind::Muted)}
    , m_list{new QVBoxLayout}
    , m_problem{makeArea("well")}
    , m_sentence{makeLabel()}
    , m_fix{makeLabel({}, TextKind::Muted)}
    , m_fingerprint{makeLabel({}, TextKind::Hint)}
    , m_remedy{makeButton(QStringLiteral("doctor.remedy"), {})}
{
    setObjectName(QStringLiteral("doctor.steps"));
    setProperty("area", QStringLiteral("card"));
    build();
    connect(m_remedy, &QPushButton::clicked, this, [this] {
        if (m_failure)
            Q_EMIT remedyChosen(wordsFor(*m_failure, m_profile).remedy, DoctorFinding{*m_failure});
    });
    reset({});
}

DoctorView::~DoctorView() = default;

void DoctorView::build()
{
    for (QLabel* label : {m_summary, m_sentence, m_fix, m_fingerprint})
        label->setWordWrap(true);
    m_sentence->setObjectName(QStringLiteral("doctor.problem"));
    m_fix->setObjectName(QStringLiteral("doctor.fix"));
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_fingerprint->setFont(codeFont());
    for (QLabel* label : {m_summary, m_sentence}) // They name the host.
        hideBehindCurtain(label);
    auto* problem = new QVBoxLayout{m_problem};
    problem->setContentsMargins(metrics::medium, metrics::medium, metrics::medium, metrics::medium);
    problem->setSpacing(metrics::small);
    for (QWidget* part :
         {static_cast<QWidget*>(m_sentence), static_cast<QWidget*>(m_fix), static_cast<QWidget*>(m_fingerprint)})
        problem->addWidget(part);
    problem->addWidget(m_remedy, 0, Qt::AlignLeft);

    m_list->setSpacing(0);
    for (std::size_t i = 0; i < remote::doctorStepCount; ++i) {
        m_rows.push_back(new DoctorRow{static_cast<DoctorStep>(i)});
        m_list->addWidget(m_rows.back());
    }
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::large, metrics::large, metrics::large, metrics::large);
    layout->setSpacing(metrics::small);
    layout->addWidget(makeLabel(tr("Connection check"), TextKind::Head));
    layout->addWidget(m_summary);
    layout->addLayout(m_list);
    layout->addStretch();
}

void DoctorView::reset(const Profile& profile)
{
    m_profile = profile;
    m_failure.reset();
    m_total = {};
    m_list->removeWidget(m_problem);
    m_problem->setParent(this);
    m_problem->hide();
    m_summary->setText(
        tr("Nine things must be true. They are checked one after the other; the first that is not says what to do."));
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i]->show(DoctorRow::Mark::Waiting, questionOf(static_cast<DoctorStep>(i)));
}

void DoctorView::startStep(DoctorStep step)
{
    m_summary->setText(tr("Checking %1…").arg(m_profile.host));
    m_rows[static_cast<std::size_t>(step)]->show(DoctorRow::Mark::Running, questionOf(step));
}

void DoctorView::showFinding(const DoctorFinding& finding)
{
    const auto index = static_cast<std::size_t>(finding.step);
    m_total += finding.time;
    if (finding.outcome != DoctorOutcome::Failed) {
        const bool isSkipped = finding.outcome == DoctorOutcome::Skipped;
        m_rows[index]->show(isSkipped ? DoctorRow::Mark::Skipped : DoctorRow::Mark::Passed, remarkOf(finding),
                            isSkipped ? std::nullopt : std::optional{finding.time});
        return;
    }
    m_failure = finding;
    const DoctorWords words = wordsFor(finding, m_profile);
    m_rows[index]->show(DoctorRow::Mark::Failed, words.sentence, finding.time);
    m_sentence->setText(words.sentence);
    m_fix->setText(words.fix);
    const bool hasCertificate = words.remedy == DoctorRemedy::TrustCertificate && finding.certificate;
    m_fingerprint->setText(hasCertificate ? tr("SHA-256\n%1").arg(spaced(finding.certificate->fingerprint))
                                          : QString{});
    m_fingerprint->setVisible(hasCertificate);
    m_remedy->setText(words.button);
    m_remedy->setAccessibleName(words.button);
    m_remedy->setVisible(!words.button.isEmpty());
    m_list->insertWidget(static_cast<int>(index) + 1, m_problem);
    m_problem->show();
}

void DoctorView::showEnd(bool isHealthy)
{
    m_summary->setText(isHealthy ? tr("Everything is well. The check took %1 ms.").arg(m_total.count())
                                 : tr("Stopped at \"%1\" after %2 ms. Nothing was changed.")
                                       .arg(m_failure ? nameOf(m_failure->step) : QString{})
                                       .arg(m_total.count()));
}

QString DoctorView::problemText() const
{
    return m_failure ? m_sentence->text() + QLatin1Char{' '} + m_fix->text() : QString{};
}

} // namespace castdeck::ui
