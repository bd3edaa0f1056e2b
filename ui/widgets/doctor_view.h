#pragma once

#include "core/remote/doctor_finding.h"
#include "ui/models/doctor_words.h"
#include "ui/models/profile.h"

#include <QtWidgets/QFrame>

#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace castdeck::ui {

class DoctorRow;

/// The nine steps of the connection doctor: what each found and how long it took, the failing one opened with what to
/// do about it.
class DoctorView : public QFrame {
    Q_OBJECT

public:
    explicit DoctorView(QWidget* parent = nullptr);
    ~DoctorView() override;

    /// As before anything is asked. The profile's words are used in sentences.
    void reset(const Profile& profile);
    void startStep(remote::DoctorStep step);
    void showFinding(const remote::DoctorFinding& finding);
    void showEnd(bool isHealthy);

    const std::optional<remote::DoctorFinding>& failure() const noexcept { return m_failure; }
    QString problemText() const; ///< What the opened step says; empty when none is.

Q_SIGNALS:
    void remedyChosen(castdeck::ui::DoctorRemedy remedy, const castdeck::remote::DoctorFinding& finding);

private:
    void build();

    Profile m_profile;
    QLabel* m_summary;
    std::vector<DoctorRow*> m_rows;
    QVBoxLayout* m_list;
    QFrame* m_problem;
    QLabel* m_sentence;
    QLabel* m_fix;
    QLabel* m_fingerprint;
    QPushButton* m_remedy;
    std::optional<remote::DoctorFinding> m_failure;
    std::chrono::milliseconds m_total{0};
};

} // namespace castdeck::ui
