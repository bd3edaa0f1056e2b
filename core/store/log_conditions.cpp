#include "core/store/log_conditions.h"

#include <utility>

namespace castdeck::store {

namespace {

using Field = LogCondition::Field;
using Comparison = LogCondition::Comparison;

std::string columnOf(const LogCondition& condition)
{
    switch (condition.field) {
    case Field::Channel: return "log.channel";
    case Field::Event: return "log.event";
    case Field::Socket: return "log.socket";
    case Field::User: return "log.user";
    case Field::App: return "log.app";
    case Field::Kind: return "log.kind";
    case Field::Code: return "log.code";
    case Field::Receivers: return "log.receivers";
    case Field::Size: return "length(CAST(ifnull(log.payload, '') AS BLOB))";
    case Field::Time: return "log.at";
    case Field::Payload:
        // SQLite refuses the whole query for one text that is not JSON.
        return condition.path.empty() ? "log.payload"
                                      : "CASE WHEN json_valid(log.payload) THEN json_extract(log.payload, ?) END";
    }
    return "NULL";
}

std::string signOf(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Like: return " LIKE ? ESCAPE '\\'";
    case Comparison::Equal: return " = ?";
    case Comparison::Less: return " < ?";
    case Comparison::LessOrEqual: return " <= ?";
    case Comparison::Greater: return " > ?";
    case Comparison::GreaterOrEqual: return " >= ?";
    }
    return " = ?";
}

std::string likePattern(const std::string& wildcards)
{
    std::string pattern;
    for (const char c : wildcards) {
        if (c == '%' || c == '_' || c == '\\')
            pattern += '\\';
        pattern += c == '*' ? '%' : c;
    }
    return pattern;
}

void add(SqlConditions& conditions, const LogCondition& condition)
{
    std::vector<SqlConditions::Value> values;
    if (!condition.path.empty())
        values.emplace_back(condition.path);
    if (condition.comparison == Comparison::Like)
        values.emplace_back(likePattern(condition.text));
    else if (condition.number)
        values.emplace_back(*condition.number);
    else
        values.emplace_back(condition.text);
    // What is not there compares as neither true nor false; for us it is false.
    const std::string holds = "ifnull(" + columnOf(condition) + signOf(condition.comparison) + ", 0)";
    conditions.add(condition.isNegated ? "NOT " + holds : holds, std::move(values));
}

} // namespace

void SqlConditions::add(const std::string& condition, std::vector<Value> values)
{
    m_text = m_text == "1" ? condition : m_text + " AND " + condition;
    for (Value& value : values)
        m_values.push_back(std::move(value));
}

void SqlConditions::bindTo(Statement& statement) const
{
    int parameter = 0;
    for (const Value& each : m_values) {
        ++parameter;
        if (const auto* const integer = std::get_if<std::int64_t>(&each))
            statement.bind(parameter, *integer);
        else if (const auto* const number = std::get_if<double>(&each))
            statement.bind(parameter, *number);
        else
            statement.bind(parameter, std::string_view{std::get<std::string>(each)});
    }
}

SqlConditions conditionsOf(const LogQuery& query)
{
    SqlConditions conditions;
    if (!query.profile.empty())
        conditions.add("log.profile = ?", {query.profile});
    if (!query.kinds.empty()) {
        std::string list;
        for (const std::int64_t kind : query.kinds)
            list += (list.empty() ? "" : ", ") + std::to_string(kind);
        conditions.add("log.kind IN (" + list + ")");
    }
    for (const LogCondition& condition : query.conditions)
        store::add(conditions, condition);
    return conditions;
}

} // namespace castdeck::store
