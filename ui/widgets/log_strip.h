#pragma once

#include <QtCore/QTimer>
#include <QtWidgets/QFrame>

namespace castdeck::ui {

class LogModel;

/// The last few rows of the log under another page, whatever the log page filters or holds back.
class LogStrip : public QFrame {
    Q_OBJECT

public:
    static constexpr int rows = 6;

    explicit LogStrip(const LogModel& log, QWidget* parent = nullptr);

Q_SIGNALS:
    void logRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    class Model;

    const LogModel& m_log;
    Model* m_model;
    QTimer m_delay;
};

} // namespace castdeck::ui
