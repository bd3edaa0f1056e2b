#include "core/engine/rule_list.h"

namespace castdeck::engine {

namespace {

using Json = store::OrderedJson;

constexpr auto replaced = Json::error_handler_t::replace;

const Json* find(const Json& value, const char* key)
{
    const auto it = value.is_object() ? value.find(key) : value.end();
    return it == value.end() ? nullptr : &*it;
}

/// Of a list, or of an object of patterns and conditions.
std::vector<std::string> textsOf(const Json& rules)
{
    std::vector<std::string> texts;
    if (rules.is_array()) {
        for (const Json& rule : rules)
            texts.push_back(rule.dump(-1, ' ', false, replaced));
    } else if (rules.is_object()) {
        for (const auto& [pattern, condition] : rules.items())
            texts.push_back(Json{{"pattern", pattern}, {"when", condition}}.dump(-1, ' ', false, replaced));
    }
    return texts;
}

} // namespace

std::vector<std::string> rulesOf(const Configuration& configuration)
{
    const Json* authorize = find(configuration.file().document(), "authorize");
    const Json* topics = authorize != nullptr ? find(*authorize, "topics") : nullptr;
    return topics != nullptr ? textsOf(*topics) : std::vector<std::string>{};
}

Result<void> saveRules(const std::filesystem::path& path, const std::vector<std::string>& rules)
{
    const auto wrong = [](const Configuration& configuration) {
        for (const store::Problem& problem : configuration.problems()) {
            if (problem.severity == store::Severity::Error)
                return Error{ErrorKind::InvalidInput, configuration.describe(problem)};
        }
        return Error{ErrorKind::InvalidInput, "the configuration cannot be used"};
    };
    Configuration configuration = Configuration::load(path, store::Environment::ofProcess());
    if (configuration.hasErrors())
        return wrong(configuration);
    Json list = Json::array();
    for (const std::string& rule : rules)
        list.push_back(Json::parse(rule, nullptr, false));
    configuration.file().setRules(std::move(list));
    const Configuration check = Configuration::parse(configuration.file().document().dump(-1, ' ', false, replaced),
                                                     path, store::Environment::ofProcess());
    if (check.hasErrors())
        return wrong(check);
    return configuration.file().save();
}

Result<std::vector<std::string>> rulesIn(const std::string& text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_structured())
        return Error{ErrorKind::InvalidInput, "There are no rules in it: expected a JSON list of rules, or a "
                                              "configuration with authorize.topics."};
    const Json* authorize = find(json, "authorize");
    const Json* topics = authorize != nullptr ? find(*authorize, "topics") : nullptr;
    std::vector<std::string> rules = textsOf(topics != nullptr ? *topics : json);
    if (rules.empty())
        return Error{ErrorKind::InvalidInput, "There are no rules in it."};
    return rules;
}

} // namespace castdeck::engine
