#pragma once

#include "core/remote/doctor_finding.h"

#include <QtWidgets/QWidget>

#include <chrono>
#include <optional>

class QLabel;

namespace castdeck::ui {

/// One step of the doctor in a line: mark, name, remark, time.
class DoctorRow : public QWidget {
    Q_OBJECT

public:
    enum class Mark { Waiting, Running, Passed, Skipped, Failed };

    explicit DoctorRow(remote::DoctorStep step, QWidget* parent = nullptr);

    void show(Mark mark, const QString& remark, std::optional<std::chrono::milliseconds> time = {});
    Mark mark() const noexcept { return m_mark; }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showMark();
    void fitRemark();

    const remote::DoctorStep m_step;
    Mark m_mark = Mark::Waiting;
    QLabel* m_icon;
    QLabel* m_name;
    QLabel* m_remark;
    QString m_fullRemark;
    QLabel* m_time;
};

} // namespace castdeck::ui
