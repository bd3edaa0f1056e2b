#pragma once

#include <QtWidgets/QFrame>

class QLabel;
class QLineEdit;

namespace castdeck::ui {

/// Asks for the name of a channel that the console shall listen to, in the place where it was asked for. Hidden until
/// then; Escape or Cancel hide it again.
class WatchBar : public QFrame {
    Q_OBJECT

public:
    explicit WatchBar(QWidget* parent = nullptr);

    void open();

Q_SIGNALS:
    void watchRequested(const QString& channel); ///< A valid name.

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void take();

    QLineEdit* m_field;
    QLabel* m_problem;
};

} // namespace castdeck::ui
