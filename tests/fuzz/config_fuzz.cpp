#include "core/base/ascii.h"
#include "core/engine/configuration_view.h"
#include "tests/fuzz/fuzz.h"

using namespace castdeck;
using engine::Configuration;
using fuzz::require;
using store::Environment;

namespace {

constexpr std::string_view secret = "value-of-a-variable";

Configuration parse(std::string_view text)
{
    return Configuration::parse(std::string{text}, "broadcasting.json",
                                Environment{{{"SECRET", std::string{secret}}, {"PORT", "6002"}}});
}

void checkThatNoSecretIsTold(const Configuration& configuration)
{
    for (const store::Problem& problem : configuration.problems()) {
        require(!problem.message.empty());
        require(configuration.describe(problem).find(secret) == std::string::npos);
    }
    for (const engine::ShownValue& value : engine::shownValues(configuration)) {
        require(store::OrderedJson::accept(value.json));
        require((value.json + value.written).find(secret) == std::string::npos);
    }
}

/// What the file says must survive a rewrite, and a change must be all that changes.
void checkRewrite(Configuration configuration)
{
    const store::ServerConfig before = configuration.settings().base.server;
    const Configuration again = parse(configuration.file().document().dump());
    require(!again.hasErrors());
    const engine::Settings& settings = again.settings();
    require(settings.base.server.port == before.port && settings.base.server.apps.size() == before.apps.size());
    require(settings.connections.connections.size() == configuration.settings().connections.connections.size());
    require(settings.authorization.rules.size() == configuration.settings().authorization.rules.size());
    require(settings.webhooks.size() == configuration.settings().webhooks.size());

    configuration.file().setListen("::1", 6'543);
    configuration.file().setApps(before.apps);
    const Configuration changed = parse(configuration.file().document().dump());
    require(!changed.hasErrors());
    const store::ServerConfig& after = changed.settings().base.server;
    require(after.listen == "::1" && after.port == 6'543 && after.apps.size() == before.apps.size());
    for (std::size_t i = 0; i < before.apps.size(); ++i)
        require(after.apps[i].secret == before.apps[i].secret);
}

void checkEnvironment(std::string_view text)
{
    Environment environment{{{"SECRET", std::string{secret}}}};
    for (const store::Problem& problem : environment.addDotEnv(text))
        require(!problem.message.empty());
    require(environment.value("SECRET") == secret);
    const store::Expansion expansion = store::expand(text, environment);
    require(store::hasPlaceholder(text) || expansion.text == text);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    checkEnvironment(text);
    const Configuration configuration = parse(text);
    if (text.find(secret) == std::string_view::npos)
        checkThatNoSecretIsTold(configuration);
    if (!configuration.hasErrors())
        checkRewrite(configuration);
    return 0;
}
