#include "ui/text/code_text.h"

#include "core/base/json.h"
#include "ui/text/shown_text.h"

#include <algorithm>

namespace castdeck::ui::code {

namespace {

bool isHidden(QChar character)
{
    const char16_t c = character.unicode();
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0x061C || c == 0x00AD;
}

bool hasHidden(const QString& text)
{
    return std::ranges::any_of(text, isHidden);
}

/// The line ends of a payload over several lines are no reason for escapes.
bool hasHiddenButLineEnds(const QString& text)
{
    return std::ranges::any_of(text, [](QChar c) { return isHidden(c) && c != u'\n'; });
}

QString hex(uint value, int digits)
{
    return QStringLiteral("%1").arg(value, digits, 16, QLatin1Char{'0'});
}

} // namespace

QString json(std::string_view utf8)
{
    const QString quoted = toQt(castdeck::json::toString(utf8));
    if (!hasHidden(quoted))
        return quoted;
    QString text;
    for (const QChar c : quoted)
        text += isHidden(c) ? QStringLiteral("\\u") + hex(c.unicode(), 4) : QString{c};
    return text;
}

QString script(std::string_view utf8)
{
    return json(utf8).replace(QStringLiteral("</"), QStringLiteral("<\\/"));
}

QString python(std::string_view utf8)
{
    return json(utf8); // All escapes that come out of it mean the same there.
}

QString php(std::string_view utf8)
{
    QString text = toQt(utf8);
    if (!hasHiddenButLineEnds(text)) {
        text.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'"));
        return u'\'' + text + u'\'';
    }
    QString out{u'"'};
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\' || c == u'$')
            out += u'\\';
        out += isHidden(c) ? QStringLiteral("\\u{") + hex(c.unicode(), 1) + u'}' : QString{c};
    }
    return out + u'"';
}

QString shell(std::string_view utf8)
{
    const QString text = toQt(utf8);
    const bool isPlain = !text.isEmpty() && std::ranges::all_of(text, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
               QStringLiteral("-_./:@%+,").contains(c);
    });
    if (isPlain)
        return text;
    if (!hasHiddenButLineEnds(text))
        return u'\'' + QString{text}.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
    QString out{QStringLiteral("$'")};
    for (const QChar c : text) {
        if (c == u'\'' || c == u'\\')
            out += u'\\';
        if (!isHidden(c)) {
            out += c;
            continue;
        }
        for (const char byte : QString{c}.toUtf8()) // Hidden characters lie in the basic plane.
            out += u'\\' + QStringLiteral("%1").arg(static_cast<unsigned char>(byte), 3, 8, QLatin1Char{'0'});
    }
    return out + u'\'';
}

} // namespace castdeck::ui::code
