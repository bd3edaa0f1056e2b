#include "ui/text/header_lines.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>

namespace castdeck::ui {

namespace {

/// RFC 9110, section 5.6.2: the characters of a token.
bool isTokenCharacter(QChar c)
{
    return c.unicode() < 0x80 && (c.isLetterOrNumber() || QStringLiteral("!#$%&'*+-.^_`|~").contains(c));
}

bool isControl(QChar c)
{
    return c.unicode() < 0x20 || c.unicode() == 0x7F;
}

} // namespace

HeaderLines parseHeaderLines(const QString& text)
{
    HeaderLines result;
    int number = 0;
    for (const QString& line : text.split(u'\n')) {
        ++number;
        if (line.trimmed().isEmpty())
            continue;
        const qsizetype colon = line.indexOf(u':');
        const QString name = line.left(colon).trimmed();
        const QString value = line.mid(colon + 1).trimmed();
        if (colon < 1 || name.isEmpty() || !std::ranges::all_of(name, isTokenCharacter) ||
            std::ranges::any_of(value, isControl)) {
            result.problem =
                QCoreApplication::translate("HeaderLines", "Line %1 is no header; write Name: value.").arg(number);
            return result;
        }
        result.headers.push_back({toStd(name), toStd(value)});
    }
    return result;
}

} // namespace castdeck::ui
