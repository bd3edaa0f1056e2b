#include "ui/widgets/json_highlighter.h"

#include "ui/theme/theme.h"

namespace castdeck::ui {

namespace {

/// How a line leaves the last string: closed, open, or open with a backslash as its last character.
enum StringState { Closed = -1, Open, OpenAfterBackslash };

struct StringEnd {
    qsizetype at; ///< Past the closing quote, or the end of the line.
    StringState state;
};

/// Of the string whose text goes on at `from`.
StringEnd endOfString(const QString& text, qsizetype from, StringState before = Open)
{
    for (qsizetype i = before == OpenAfterBackslash ? from + 1 : from; i < text.size(); ++i) {
        if (text[i] == u'"')
            return {i + 1, Closed};
        if (text[i] != u'\\')
            continue;
        ++i; // Past what is escaped.
        if (i == text.size())
            return {text.size(), OpenAfterBackslash};
    }
    return {text.size(), Open};
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
    setCurrentBlockState(Closed);
    if (m_stringsContinue && previousBlockState() != Closed) {
        const StringEnd end = endOfString(text, 0, static_cast<StringState>(previousBlockState()));
        setCurrentBlockState(end.state);
        paint(0, end.at, colors.success);
        at = end.at;
    }
    while (at < text.size()) {
        const QChar c = text[at];
        if (c == u'"') {
            const StringEnd end = endOfString(text, at + 1);
            setCurrentBlockState(end.state);
            paint(at, end.at, isName(text, end.at) ? colors.accent : colors.success);
            at = end.at;
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
