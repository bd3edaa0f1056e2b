#include "core/auth/rule_form.h"

#include "core/auth/rule_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace castdeck::auth {

namespace {

using Who = RuleForm::Who;

OrderedJson compare(const char* value, const char* is)
{
    return OrderedJson{{"value", value}, {"is", is}};
}

OrderedJson compare(const char* value, const char* is, OrderedJson to)
{
    OrderedJson condition = compare(value, is);
    condition["to"] = std::move(to);
    return condition;
}

std::string trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return std::string{text.substr(first, text.find_last_not_of(blanks) - first + 1)};
}

OrderedJson listOf(std::string_view text)
{
    OrderedJson list = OrderedJson::array();
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        if (std::string entry = trimmed(text.substr(0, comma)); !entry.empty())
            list.push_back(std::move(entry));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return list;
}

/// Null when it is no JSON, or the value is missing.
OrderedJson conditionOf(const RuleForm& form)
{
    const std::string value = trimmed(form.value);
    if (form.who == Who::Everybody)
        return true;
    if (form.who == Who::SignedIn)
        return compare("actor", "exists");
    if (value.empty())
        return nullptr;
    switch (form.who) {
    case Who::Role: return compare("actor.roles", "contains", value);
    case Who::Users: return compare("actor.id", "in", listOf(value));
    case Who::UserNamed: return compare("actor.id", "equals", "{" + value + "}");
    default: break;
    }
    OrderedJson condition = OrderedJson::parse(value, nullptr, false);
    return condition.is_discarded() ? OrderedJson{} : condition;
}

std::string textAt(const OrderedJson& object, const char* key)
{
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

bool isText(const OrderedJson& value)
{
    return value.is_string() && value.get<std::string>().find(',') == std::string::npos;
}

/// False when only JSON can tell it.
bool recognize(const OrderedJson& condition, RuleForm& form)
{
    if (condition == OrderedJson(true)) {
        form.who = Who::Everybody;
        return true;
    }
    if (!condition.is_object())
        return false;
    const std::string value = textAt(condition, "value");
    const std::string is = textAt(condition, "is");
    const auto to = condition.find("to");
    if (value == "actor" && is == "exists" && condition.size() == 2) {
        form.who = Who::SignedIn;
        return true;
    }
    if (to == condition.end() || condition.size() != 3)
        return false;
    const std::string text = to->is_string() ? to->get<std::string>() : std::string{};
    const bool isPlain = !text.empty() && text.find_first_of("{}$") == std::string::npos;
    if (value == "actor.roles" && is == "contains" && isPlain) {
        form.who = Who::Role;
        form.value = text;
        return true;
    }
    if (value == "actor.id" && is == "equals" && text.size() > 2 && text.front() == '{' &&
        text.find('}') == text.size() - 1) {
        form.who = Who::UserNamed;
        form.value = text.substr(1, text.size() - 2);
        return true;
    }
    if (value != "actor.id" || is != "in" || !to->is_array() || to->empty() || !std::ranges::all_of(*to, isText))
        return false;
    form.who = Who::Users;
    for (const OrderedJson& id : *to)
        form.value += (form.value.empty() ? "" : ", ") + id.get<std::string>();
    return true;
}

void readWho(const OrderedJson& condition, RuleForm& form)
{
    if (condition == OrderedJson(false)) {
        form.who = Who::Everybody;
        form.isDenied = true;
        return;
    }
    const bool isNot = condition.is_object() && condition.size() == 1 && condition.contains("not");
    form.isDenied = isNot && recognize(condition["not"], form);
    if (form.isDenied || recognize(condition, form))
        return;
    form.who = Who::Condition;
    form.value = condition.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

void setOrErase(OrderedJson& rule, const char* key, OrderedJson value)
{
    if (value.empty())
        rule.erase(key);
    else
        rule[key] = std::move(value);
}

Result<Rule> ruleFrom(const OrderedJson& json)
{
    std::vector<Problem> problems;
    if (auto rule = readRule(JsonSource{json, problems}))
        return *std::move(rule);
    return Error{ErrorKind::InvalidInput,
                 problems.empty() ? "This rule cannot be read." : problems.front().text() + "."};
}

} // namespace

Result<RuleForm> ruleFormOf(const std::string& json)
{
    const OrderedJson rule = OrderedJson::parse(json, nullptr, false);
    if (!rule.is_object())
        return Error{ErrorKind::InvalidInput, "a rule is a JSON object with \"pattern\" and \"when\""};
    RuleForm form;
    form.rest = json;
    form.pattern = textAt(rule, "pattern");
    form.note = textAt(rule, "note");
    if (const auto when = rule.find("when"); when != rule.end())
        readWho(*when, form);
    if (const auto member = rule.find("member"); member != rule.end())
        form.member = member->dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
    if (const auto kinds = rule.find("kinds"); kinds != rule.end() && kinds->is_array()) {
        for (const OrderedJson& each : *kinds) {
            if (const auto kind = each.is_string() ? kindFromText(each.get<std::string>()) : std::nullopt)
                form.kinds.push_back(*kind);
        }
    }
    return form;
}

Result<std::string> ruleText(const RuleForm& form)
{
    const auto wrong = [](std::string sentence) { return Error{ErrorKind::InvalidInput, std::move(sentence)}; };
    OrderedJson rule = OrderedJson::parse(form.rest, nullptr, false);
    if (!rule.is_object())
        rule = OrderedJson::object();
    if (form.pattern.empty())
        return wrong("A rule needs a pattern, such as private-orders.{id}.");
    OrderedJson when = conditionOf(form);
    if (when.is_null())
        return wrong(form.who == Who::Condition ? "The condition is not JSON." : "Say which ones.");
    rule["pattern"] = form.pattern;
    rule["when"] = !form.isDenied ? when : form.who == Who::Everybody ? OrderedJson(false) : OrderedJson{{"not", when}};
    OrderedJson kinds = OrderedJson::array();
    for (const Kind kind : form.kinds)
        kinds.push_back(toText(kind));
    setOrErase(rule, "kinds", std::move(kinds));
    OrderedJson member;
    if (!trimmed(form.member).empty()) {
        member = OrderedJson::parse(form.member, nullptr, false);
        if (!member.is_object())
            return wrong("What presence channels tell must be a JSON object.");
    }
    setOrErase(rule, "member", std::move(member));
    setOrErase(rule, "note", form.note.empty() ? OrderedJson{} : OrderedJson(form.note));
    if (const auto read = ruleFrom(rule); !read)
        return read.error();
    return rule.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

Result<Rule> ruleFrom(const std::string& json)
{
    return ruleFrom(OrderedJson::parse(json, nullptr, false));
}

} // namespace castdeck::auth
