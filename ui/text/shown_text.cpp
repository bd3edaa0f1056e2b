#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

namespace castdeck::ui {

namespace {

bool reordersOrHides(char16_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
           c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0x061C;
}

QString escaped(char16_t c)
{
    switch (c) {
    case u'\n': return QStringLiteral("\\n");
    case u'\r': return QStringLiteral("\\r");
    case u'\t': return QStringLiteral("\\t");
    default: return QStringLiteral("\\u%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char{'0'});
    }
}

/// The largest prefix of at most `maxBytes` that does not end inside a character.
std::string_view wholeCharacters(std::string_view bytes, std::size_t maxBytes)
{
    if (bytes.size() <= maxBytes)
        return bytes;
    std::size_t end = maxBytes;
    while (end > 0 && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80)
        --end;
    return bytes.substr(0, end);
}

} // namespace

QString shownText(std::string_view bytes, std::size_t maxBytes, LineEnds lineEnds)
{
    const std::string_view shown = wholeCharacters(bytes, maxBytes);
    const QString text = toQt(shown);
    QString result;
    result.reserve(text.size() + 1);
    bool isIndentation = false;
    for (const QChar character : text) {
        const char16_t c = character.unicode();
        if (lineEnds == LineEnds::Fold) {
            const bool isLineEnd = c == u'\n' || c == u'\r';
            if (isIndentation && (isLineEnd || c == u' ' || c == u'\t'))
                continue;
            isIndentation = isLineEnd;
            if (isLineEnd) {
                result += u' ';
                continue;
            }
        }
        const bool isKept = lineEnds == LineEnds::Keep && (c == u'\n' || c == u'\t');
        const bool isControl = c < 0x20 || (c >= 0x7F && c < 0xA0);
        if (!isKept && (isControl || reordersOrHides(c)))
            result += escaped(c);
        else
            result += character;
    }
    if (shown.size() < bytes.size())
        result += QChar{0x2026};
    return result;
}

QString plainTip(const QString& text)
{
    return text.isEmpty() ? text : QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped());
}

QString toQt(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string toStd(const QString& text)
{
    return text.toStdString();
}

QString shownSize(std::size_t bytes)
{
    constexpr double kilo = 1'024;
    const auto number = [](double value) { return QLocale::c().toString(value, 'f', value < 10 ? 1 : 0); };
    const auto value = static_cast<double>(bytes);
    if (value < kilo)
        return QCoreApplication::translate("Size", "%1 B").arg(bytes);
    if (value < kilo * kilo)
        return QCoreApplication::translate("Size", "%1 KB").arg(number(value / kilo));
    return QCoreApplication::translate("Size", "%1 MB").arg(number(value / kilo / kilo));
}

QString shownCount(std::size_t count)
{
    return QLocale{QLocale::English}.toString(static_cast<qulonglong>(count));
}

} // namespace castdeck::ui
