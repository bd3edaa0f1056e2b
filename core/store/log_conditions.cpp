#include "core/store/log_conditions.h"

#include <utility>

namespace castdeck::store {

namespace {

using Kind = LogCondition::Kind;
using Column = LogCondition::Column;
using Values = std::vector<SqlConditions::Value>;

std::string sqlOf(Column column)
{
    switch (column) {
    case Column::Channel: return "log.channel";
    case Column::Event: return "log.event";
    case Column::Socket: return "log.socket";
    case Column::User: return "log.user";
    case Column::App: return "log.app";
    case Column::Detail: return "log.detail";
    case Column::Payload: return "log.payload";
    case Column::EventKind: return "log.kind";
    case Column::Code: return "log.code";
    case Column::Size: return "ifnull(length(CAST(log.payload AS BLOB)), 0)";
    case Column::Time: return "log.at";
    }
    return "NULL";
}

std::string sqlOf(const LogCondition& condition, Values& values);

std::string joined(const LogCondition& condition, const char* conjunction, const char* ofNothing, Values& values)
{
    std::string text;
    for (const LogCondition& part : condition.parts)
        text += (text.empty() ? "" : conjunction) + sqlOf(part, values);
    return text.empty() ? ofNothing : '(' + text + ')';
}

std::string textSql(const LogCondition& condition, Values& values)
{
    values.emplace_back(&condition.check);
    std::string text = "passes(?";
    for (const Column column : condition.columns)
        text += ", " + sqlOf(column);
    return text + ')';
}

std::string numberSql(const LogCondition& condition, Values& values)
{
    values.emplace_back(condition.least);
    values.emplace_back(condition.most);
    return sqlOf(condition.columns.front()) + " BETWEEN ? AND ?";
}

std::string sqlOf(const LogCondition& condition, Values& values)
{
    switch (condition.kind) {
    case Kind::Text: return textSql(condition, values);
    case Kind::Number: return numberSql(condition, values);
    case Kind::All: return joined(condition, " AND ", "1", values);
    case Kind::Any: return joined(condition, " OR ", "0", values);
    case Kind::None: return "NOT " + joined(condition, " OR ", "0", values);
    }
    return "0";
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
        if (const auto* const number = std::get_if<std::int64_t>(&each))
            statement.bind(parameter, *number);
        else if (const auto* const check = std::get_if<const TextCheck*>(&each))
            statement.bind(parameter, **check);
        else
            statement.bind(parameter, std::string_view{std::get<std::string>(each)});
    }
}

SqlConditions conditionsOf(const LogQuery& query)
{
    SqlConditions conditions;
    if (!query.profile.empty())
        conditions.add("log.profile = ?", {query.profile});
    if (query.before)
        conditions.add("log.id < ?", {*query.before});
    std::vector<SqlConditions::Value> values;
    const std::string text = sqlOf(query.condition, values);
    conditions.add(text, std::move(values));
    return conditions;
}

} // namespace castdeck::store
