#include "ui/bridge/stored_filter.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace castdeck::ui {

namespace {

using Condition = store::LogCondition;
using Column = Condition::Column;

Condition text(std::vector<Column> columns, store::TextCheck check)
{
    return {.kind = Condition::Kind::Text, .columns = std::move(columns), .check = std::move(check)};
}

Condition number(Column column, std::int64_t least, std::int64_t most)
{
    return {.kind = Condition::Kind::Number, .columns = {column}, .least = least, .most = most};
}

/// The first microsecond that is not before it: the archive counts in those.
std::int64_t microseconds(WallTime time)
{
    return std::chrono::ceil<std::chrono::microseconds>(time.time_since_epoch()).count();
}

} // namespace

Condition StoredFilter::conditionOf(const LogFilter& filter)
{
    return filter.m_root ? ofNode(filter.m_root, *filter.m_root) : Condition{};
}

Condition StoredFilter::conditionOf(std::uint32_t kinds)
{
    Condition any{.kind = kinds == 0 ? Condition::Kind::All : Condition::Kind::Any};
    for (int kind = 0; kind < std::numeric_limits<std::uint32_t>::digits; ++kind) {
        if ((kinds & (std::uint32_t{1} << static_cast<unsigned>(kind))) != 0)
            any.parts.push_back(number(Column::EventKind, kind, kind));
    }
    return any;
}

Condition StoredFilter::ofNode(const Root& root, const Node& node)
{
    using Operation = LogFilter::Operation;
    if (node.operation == Operation::Term)
        return ofTerm(root, node.term);
    Condition joined{.kind = node.operation == Operation::All   ? Condition::Kind::All
                             : node.operation == Operation::Any ? Condition::Kind::Any
                                                                : Condition::Kind::None};
    for (const Node& child : node.children)
        joined.parts.push_back(ofNode(root, child));
    return joined;
}

Condition StoredFilter::ofTerm(const Root& root, const Term& term)
{
    using Key = LogFilter::Key;
    switch (term.key) {
    case Key::Anywhere:
        return text({Column::Channel, Column::Event, Column::Socket, Column::User, Column::Detail, Column::Payload},
                    [root, pattern = &term.pattern](std::string_view content) { return pattern->isIn(content); });
    case Key::Channel: return whole(root, term, Column::Channel);
    case Key::Event: return whole(root, term, Column::Event);
    case Key::Socket: return whole(root, term, Column::Socket);
    case Key::User: return whole(root, term, Column::User);
    case Key::App: return whole(root, term, Column::App);
    case Key::Kinds: return conditionOf(term.kinds);
    case Key::Size: return compared(term, Column::Size, 0);
    case Key::Status: return compared(term, Column::Code, 1);
    case Key::Time: return number(Column::Time, microseconds(term.from), microseconds(term.to) - 1);
    case Key::Json:
        return text({Column::Payload},
                    [root, json = &term.json](std::string_view payload) { return json->holds(payload); });
    }
    return {};
}

Condition StoredFilter::whole(const Root& root, const Term& term, Column column)
{
    return text({column}, [root, pattern = &term.pattern](std::string_view name) { return pattern->matches(name); });
}

/// `least` is what the number must reach in any case.
Condition StoredFilter::compared(const Term& term, Column column, std::int64_t least)
{
    using Compare = LogFilter::Compare;
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    const auto wanted = static_cast<std::int64_t>(std::min<std::uint64_t>(term.number, largest - 1));
    switch (term.compare) {
    case Compare::Above: return number(column, std::max(least, wanted + 1), largest);
    case Compare::AtLeast: return number(column, std::max(least, wanted), largest);
    case Compare::Below: return number(column, least, wanted - 1);
    case Compare::AtMost: return number(column, least, wanted);
    case Compare::Equal: return number(column, std::max(least, wanted), wanted);
    }
    return {};
}

} // namespace castdeck::ui
