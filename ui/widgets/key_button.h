#pragma once

#include <QtGui/QKeySequence>
#include <QtWidgets/QPushButton>

namespace castdeck::ui {

/// Shows the keys of an action. Pressed, it takes the next chord as the wanted one; Escape leaves it as it was,
/// Backspace asks for none.
class KeyButton : public QPushButton {
    Q_OBJECT

public:
    /// `action` is what the keys do, for who hears the button only.
    KeyButton(const QString& name, const QString& action, QWidget* parent = nullptr);

    void setKeys(const QString& shown);
    bool isRecording() const noexcept { return m_isRecording; }

Q_SIGNALS:
    void chosen(const QKeySequence& keys);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void record(bool isRecording);

    const QString m_action;
    QString m_keys;
    bool m_isRecording = false;
};

} // namespace castdeck::ui
