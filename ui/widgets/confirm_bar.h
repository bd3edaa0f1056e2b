#pragma once

#include <QtCore/QPointer>
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
    /// A block has its buttons under the sentence, a line has them beside it.
    enum class Shape { Block, Line };
    enum class Focus { Cancel, Confirm };

    /// The buttons are `name`.confirm and `name`.cancel.
    explicit ConfirmBar(const QString& name, Shape shape = Shape::Block, QWidget* parent = nullptr);

    /// `button` says what will be done. Enter presses the button that has the focus.
    void ask(const QString& sentence, const QString& button, std::function<void()> action, Focus focus = Focus::Cancel);
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
    QPointer<QWidget> m_before; ///< Had the focus, and gets it back.
    std::function<void()> m_action;
};

} // namespace castdeck::ui
