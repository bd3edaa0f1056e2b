#include "ui/widgets/filter_line.h"

#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QInputMethodEvent>
#include <QtGui/QTextCharFormat>

#include <algorithm>

namespace castdeck::ui {

FilterLine::FilterLine(QWidget* parent) : QLineEdit{parent}
{
    setClearButtonEnabled(true);
}

void FilterLine::setMistake(const std::optional<LogFilter::Mistake>& mistake)
{
    setStyleProperty(this, "state", mistake ? QStringLiteral("wrong") : QString{});
    QList<QInputMethodEvent::Attribute> attributes;
    if (mistake) {
        QTextCharFormat format;
        format.setFontUnderline(true);
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(Theme::colors().danger);
        format.setForeground(Theme::colors().danger);
        // Formats of a line edit are set as those of an input method are; their places count from the cursor.
        attributes.append({QInputMethodEvent::TextFormat, mistake->from - cursorPosition(), mistake->length, format});
    }
    QInputMethodEvent event{{}, attributes};
    QCoreApplication::sendEvent(this, &event);
}

QString filterTerm(const QString& key, const QString& value)
{
    if (value.isEmpty())
        return {};
    static const QString special = QStringLiteral(" \t\n\"*()");
    const bool needsQuotes =
        std::any_of(value.begin(), value.end(), [](QChar c) { return special.contains(c) || c.isSpace(); });
    if (!needsQuotes)
        return QStringLiteral("%1:%2").arg(key, value);
    QString quoted = value;
    quoted.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return QStringLiteral("%1:\"%2\"").arg(key, quoted);
}

} // namespace castdeck::ui
