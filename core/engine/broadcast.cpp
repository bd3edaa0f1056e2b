#include "core/engine/broadcast.h"

#include "core/auth/authorization_config.h"
#include "core/auth/rule_reader.h"

#include <mutex>
#include <utility>

namespace castdeck {

namespace {

struct Installed {
    std::mutex mutex; ///< Guards the pointer, and its target while a rule is handed over.
    engine::Engine* server = nullptr;
};

Installed& installed()
{
    static Installed instance;
    return instance;
}

Result<void> add(auth::Rule rule)
{
    Installed& place = installed();
    const std::lock_guard lock{place.mutex};
    if (place.server == nullptr)
        return Error{ErrorKind::Unavailable, "no server is installed that the rule could be for"};
    place.server->addRule(std::move(rule));
    return {};
}

/// Fails with the first thing that is wrong.
Result<auth::Condition> parsed(std::string_view text, const auth::ChannelPattern& pattern)
{
    const auth::OrderedJson document = auth::OrderedJson::parse(text, nullptr, false);
    if (document.is_discarded())
        return Error{ErrorKind::InvalidInput, "the condition is not JSON"};
    std::vector<auth::Problem> problems;
    auto condition = auth::readCondition(auth::JsonSource{document, problems}, pattern.parameterNames());
    if (!condition)
        return Error{ErrorKind::InvalidInput, problems.empty() ? "no condition" : problems.front().text()};
    return std::move(*condition);
}

} // namespace

void Broadcast::installServer(engine::Engine* server)
{
    Installed& place = installed();
    const std::lock_guard lock{place.mutex};
    place.server = server;
}

Result<void> Broadcast::rule(std::string_view pattern, std::string_view condition)
{
    auto compiled = auth::ChannelPattern::compile(pattern);
    if (!compiled)
        return compiled.error();
    auto read = parsed(condition, *compiled);
    if (!read)
        return read.error();
    return add({.pattern = std::move(*compiled), .when = std::move(*read)});
}

Result<void> Broadcast::rule(std::string_view pattern, auth::RuleFunction decide)
{
    auto compiled = auth::ChannelPattern::compile(pattern);
    if (!compiled)
        return compiled.error();
    return add({.pattern = std::move(*compiled), .when = std::move(decide)});
}

std::vector<auth::AuthRoute> Broadcast::routes(std::string path)
{
    auth::AuthorizationConfig config;
    config.path = std::move(path);
    return auth::AuthRoutes{config}.all();
}

} // namespace castdeck
