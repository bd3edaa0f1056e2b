#pragma once

#include <QtWidgets/QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace castdeck::ui {

/// Asks once before something that cannot be taken back, in the place where it was asked for. Hidden until then; Escape
/// or Cancel hide it again.
class ConfirmBar : public QFrame {
    Q_OBJECT

public:
    /// The buttons are `name`.confirm and `name`.cancel.
    explicit ConfirmBar(const QString& name, QWidget* parent = nullptr);

    /// `button` says what will be done. The focus goes to Cancel.
    void ask(const QString& sentence, const QString& button, std::function<void()> action);
    void cancel();

Q_SIGNALS:
    void openChanged(bool isOpen);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void confirm();
    void close();

    QLabel* m_sentence;
    QPushButton* m_confirm;
    QPushButton* m_cancel;
    std::function<void()> m_action;
};

} // namespace castdeck::ui
