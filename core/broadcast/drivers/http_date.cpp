#include "core/broadcast/drivers/http_date.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace castdeck::broadcast {

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

} // namespace

std::optional<std::chrono::sys_seconds> parseHttpDate(std::string_view text)
{
    if (text.size() != 29 || text.substr(25) != " GMT")
        return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t length) { return parseNumber(text.substr(at, length)); };
    const auto day = number(5, 2);
    const auto month = std::ranges::find(months, text.substr(8, 3));
    const auto year = number(12, 4);
    const auto hour = number(17, 2);
    const auto minute = number(20, 2);
    const auto second = number(23, 2);
    if (!day || month == months.end() || !year || !hour || !minute || !second)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{static_cast<unsigned>(month - months.begin()) + 1},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

} // namespace castdeck::broadcast
