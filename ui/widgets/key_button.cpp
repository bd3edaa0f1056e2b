#include "ui/widgets/key_button.h"

#include <QtGui/QKeyEvent>

namespace castdeck::ui {

namespace {

constexpr int leastWidth = 120;

bool isModifier(int key)
{
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt || key == Qt::Key_Meta ||
           key == Qt::Key_AltGr || key == Qt::Key_unknown;
}

} // namespace

KeyButton::KeyButton(const QString& name, const QString& action, QWidget* parent)
    : QPushButton{parent}
    , m_action{action}
{
    setObjectName(name);
    setProperty("kind", QStringLiteral("small"));
    setMinimumWidth(leastWidth);
    setAutoDefault(false);
    setCursor(Qt::PointingHandCursor);
    connect(this, &QPushButton::clicked, this, [this] { record(true); });
    setKeys({});
}

void KeyButton::setKeys(const QString& shown)
{
    m_keys = shown;
    record(false);
}

void KeyButton::record(bool isRecording)
{
    m_isRecording = isRecording;
    setText(isRecording ? tr("Press the keys") : m_keys.isEmpty() ? tr("none") : m_keys);
    setAccessibleName(tr("Keys for %1: %2").arg(m_action, text()));
    setToolTip(isRecording ? tr("Escape leaves them, Backspace takes them away") : tr("Change the keys"));
}

bool KeyButton::event(QEvent* event)
{
    if (m_isRecording && event->type() == QEvent::ShortcutOverride) {
        event->accept(); // The chord is for the button, whatever it does elsewhere.
        return true;
    }
    if (m_isRecording && event->type() == QEvent::KeyPress) {
        keyPressEvent(static_cast<QKeyEvent*>(event)); // Before Tab moves the focus.
        return true;
    }
    return QPushButton::event(event);
}

void KeyButton::keyPressEvent(QKeyEvent* event)
{
    if (!m_isRecording)
        return QPushButton::keyPressEvent(event);
    if (isModifier(event->key()))
        return;
    record(false);
    if (event->key() == Qt::Key_Escape)
        return;
    const bool isNone = event->key() == Qt::Key_Backspace && event->modifiers() == Qt::NoModifier;
    Q_EMIT chosen(isNone ? QKeySequence{} : QKeySequence{event->keyCombination()});
}

void KeyButton::focusOutEvent(QFocusEvent* event)
{
    record(false);
    QPushButton::focusOutEvent(event);
}

} // namespace castdeck::ui
