#include "core/auth/settings_reader.h"

#include "core/auth/rule_reader.h"

#include <algorithm>
#include <array>

namespace castdeck::auth {

namespace {

void read(const JsonSource& object, std::string_view key, bool& value)
{
    if (const auto source = object.member(key))
        value = source->boolean().value_or(value);
}

/// Sets `value` to the choice that the word under `key` names.
template <typename T, std::size_t N>
void readChoice(const JsonSource& object, std::string_view key,
                const std::array<std::pair<std::string_view, T>, N>& choices, T& value)
{
    const auto source = object.member(key);
    const auto word = source ? source->text() : std::nullopt;
    if (!word)
        return;
    std::string names;
    for (const auto& [name, choice] : choices) {
        names += (names.empty() ? "" : ", ") + std::string{name};
        if (*word == name) {
            value = choice;
            return;
        }
    }
    source->error("must be one of " + names);
}

void checkPath(const JsonSource& source, std::string_view path)
{
    const bool isOdd = std::ranges::any_of(path, [](char c) { return c <= ' ' || c == '?' || c == '#' || c == 0x7F; });
    if (!path.starts_with('/') || isOdd)
        source.error("must be a path that starts with \"/\" and has no blank, \"?\" or \"#\"");
}

void readPath(const JsonSource& authorize, AuthorizationConfig& config)
{
    const auto source = authorize.member("path");
    if (!source)
        return;
    config.isPathExplicit = true;
    config.path = source->value().is_null() ? "" : source->text().value_or("");
    if (!config.path.empty())
        checkPath(*source, config.path);
}

void readExtraPaths(const JsonSource& authorize, AuthorizationConfig& config)
{
    const auto source = authorize.member("extra_paths");
    auto paths = source ? source->texts() : std::nullopt;
    if (!paths)
        return;
    for (std::size_t i = 0; i < paths->size(); ++i)
        checkPath(source->at(i), (*paths)[i]);
    config.extraPaths = std::move(*paths);
}

bool isWebAddress(std::string_view url)
{
    const std::size_t scheme = url.starts_with("http://") ? 7 : url.starts_with("https://") ? 8 : 0;
    const std::string_view authority = url.substr(scheme, url.find_first_of("/?#", scheme) - scheme);
    const std::string_view host = authority.substr(authority.find('@') + 1); // The whole of it where there is no user.
    const bool isPlain = std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7F; });
    return scheme != 0 && isPlain && !host.empty() && !host.starts_with(':');
}

void readForwarding(const JsonSource& authorize, AuthorizationConfig& config)
{
    if (const auto url = authorize.member("forward_url"); url && !url->value().is_null()) {
        config.forwardUrl = url->text().value_or("");
        if (!config.forwardUrl.empty() && !isWebAddress(config.forwardUrl))
            url->error("must be a URL that starts with http:// or https:// and a host, percent-encoded where needed");
    }
    if (const auto headers = authorize.member("forward_headers"))
        config.forwardHeaders = headers->texts().value_or(config.forwardHeaders);
}

void readAuthorize(const JsonSource& authorize, AuthorizationConfig& config)
{
    static constexpr std::array<std::pair<std::string_view, Policy>, 3> policies{
        {{"open", Policy::Open}, {"closed", Policy::Closed}, {"strict", Policy::Strict}}};
    static constexpr std::array<std::pair<std::string_view, Explain>, 3> audiences{
        {{"never", Explain::Never}, {"loopback", Explain::Loopback}, {"always", Explain::Always}}};
    if (!authorize.isObject())
        return;
    authorize.warnOfOthers({"path", "extra_paths", "policy", "jsonp", "topics", "connect", "forward_url",
                            "forward_headers", "explain", "expose"});
    readPath(authorize, config);
    readExtraPaths(authorize, config);
    readChoice(authorize, "policy", policies, config.guard.policy);
    readChoice(authorize, "explain", audiences, config.explain);
    read(authorize, "jsonp", config.usesJsonp);
    read(authorize, "expose", config.isExposed);
    readForwarding(authorize, config);
    if (const auto topics = authorize.member("topics"))
        config.rules = readRules(*topics);
    if (const auto connect = authorize.member("connect"); connect && !connect->value().is_null())
        config.guard.connect = readCondition(*connect);
}

} // namespace

AuthorizationConfig readAuthorization(const OrderedJson& document, std::vector<Problem>& problems)
{
    AuthorizationConfig config;
    const JsonSource root{document, problems};
    if (!root.isObject())
        return config;
    if (const auto authorize = root.member("authorize"))
        readAuthorize(*authorize, config);
    if (const auto actors = root.member("actors"))
        config.actors = readActors(*actors);
    if (const auto identity = root.member("identity"); identity && identity->isObject()) {
        identity->warnOfOthers({"trust_header"});
        read(*identity, "trust_header", config.guard.trustsActorHeader);
    }
    return config;
}

} // namespace castdeck::auth
