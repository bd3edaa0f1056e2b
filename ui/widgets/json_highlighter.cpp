#include "ui/widgets/json_highlighter.h"

#include "ui/theme/theme.h"

namespace castdeck::ui {

namespace {

/// Past the closing quote of the string that starts at `from`, or the end of the line.
qsizetype endOfString(const QString& text, qsizetype from)
{
    for (qsizetype i = from + 1; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == u'"')
            return i + 1;
    }
    return text.size();
}

qsizetype endOfWord(const QString& text, qsizetype from)
{
    qsizetype end = from;
    while (end < text.size() &&
           (text[end].isLetterOrNumber() || text[end] == u'-' || text[end] == u'+' || text[end] == u'.'))
        ++end;
    return end;
}

bool isName(const QString& text, qsizetype afterString)
{
    while (afterString < text.size() && text[afterString].isSpace())
        ++afterString;
    return afterString < text.size() && text[afterString] == u':';
}

} // namespace

void JsonHighlighter::setOn(bool isOn)
{
    if (m_isOn == isOn)
        return;
    m_isOn = isOn;
    rehighlight();
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    if (!m_isOn || text.size() > maxColouredLine)
        return;
    const Colors& colors = Theme::colors();
    const auto paint = [this](qsizetype from, qsizetype end, const QColor& color) {
        setFormat(static_cast<int>(from), static_cast<int>(end - from), color);
    };
    qsizetype at = 0;
    while (at < text.size()) {
        const QChar c = text[at];
        if (c == u'"') {
            const qsizetype end = endOfString(text, at);
            paint(at, end, isName(text, end) ? colors.accent : colors.success);
            at = end;
        } else if (c.isDigit() || c == u'-') {
            const qsizetype end = endOfWord(text, at + 1);
            paint(at, end, colors.warning);
            at = end;
        } else if (c.isLetter()) {
            const qsizetype end = endOfWord(text, at);
            paint(at, end, colors.violet);
            at = end;
        } else {
            if (!c.isSpace())
                paint(at, at + 1, colors.muted);
            ++at;
        }
    }
}

} // namespace castdeck::ui
