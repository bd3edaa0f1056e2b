#include "ui/models/filter_parser.h"

#include "ui/text/shown_text.h"

#include <QtCore/QDateTime>
#include <QtCore/QRegularExpression>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

QDateTime toQt(WallTime at)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
}

WallTime toWall(const QDateTime& at)
{
    return WallTime{std::chrono::milliseconds{at.toMSecsSinceEpoch()}};
}

} // namespace

std::optional<std::chrono::seconds> readDuration(std::string_view text)
{
    std::chrono::seconds sum{0};
    if (text.empty())
        return std::nullopt;
    while (!text.empty()) {
        constexpr std::size_t maxDigits = 7;
        std::size_t digits = 0;
        std::int64_t number = 0;
        for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits)
            number = number * 10 + (text[digits] - '0');
        if (digits == 0 || digits > maxDigits || digits == text.size())
            return std::nullopt;
        switch (text[digits]) {
        case 's': sum += std::chrono::seconds{number}; break;
        case 'm': sum += std::chrono::minutes{number}; break;
        case 'h': sum += std::chrono::hours{number}; break;
        case 'd': sum += std::chrono::days{number}; break;
        default: return std::nullopt;
        }
        text.remove_prefix(digits + 1);
    }
    return sum;
}

std::optional<Moment> readMoment(std::string_view text, WallTime clock)
{
    static const QRegularExpression pattern{
        QStringLiteral(R"(^(?:(\d{4}-\d{2}-\d{2})(?:T(?=.)|$))?(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?$)")};
    const auto match = pattern.match(ui::toQt(text));
    if (text.empty() || !match.hasMatch())
        return std::nullopt;
    const bool hasDate = match.capturedLength(1) > 0;
    const bool hasTime = match.capturedLength(2) > 0;
    const QDateTime now = toQt(clock);
    const QDate date = hasDate ? QDate::fromString(match.captured(1), Qt::ISODate) : now.date();
    const QString fraction = match.captured(5).leftJustified(3, u'0');
    const QTime time = hasTime ? QTime{match.captured(2).toInt(), match.captured(3).toInt(), match.captured(4).toInt(),
                                       fraction.toInt()}
                               : QTime{0, 0};
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    QDateTime from{date, time};
    if (!hasDate && from > now)
        from = from.addDays(-1);
    std::chrono::milliseconds length = hasTime ? std::chrono::milliseconds{1min} : std::chrono::milliseconds{24h};
    if (match.capturedLength(4) > 0)
        length = 1s;
    for (auto digits = match.capturedLength(5); digits > 0; --digits)
        length /= 10;
    return Moment{toWall(from), length};
}

} // namespace castdeck::ui
