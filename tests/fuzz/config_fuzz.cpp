#include "core/base/ascii.h"
#include "core/store/config_file.h"
#include "tests/fuzz/fuzz.h"

using namespace castdeck;
using fuzz::require;
using store::ConfigFile;
using store::Environment;

namespace {

constexpr std::string_view secret = "value-of-a-variable";

ConfigFile parse(std::string_view text)
{
    return ConfigFile::parse(std::string{text}, "broadcasting.json",
                             Environment{{{"SECRET", std::string{secret}}, {"PORT", "6002"}}});
}

void checkProblems(const ConfigFile& file)
{
    for (const store::Problem& problem : file.problems()) {
        require(!problem.message.empty());
        require(file.describe(problem).find(secret) == std::string::npos);
    }
}

/// What the file says must survive a rewrite, and a change must be all that changes.
void checkRewrite(ConfigFile file)
{
    const store::ServerConfig before = file.config().server;
    const ConfigFile again = parse(file.document().dump());
    require(!again.hasErrors() && again.config().server.port == before.port);
    require(again.config().server.apps.size() == before.apps.size());
    require(again.config().connections.size() == file.config().connections.size());

    file.setListen("::1", 6'543);
    file.setApps(before.apps);
    const ConfigFile changed = parse(file.document().dump());
    require(!changed.hasErrors());
    require(changed.config().server.listen == "::1" && changed.config().server.port == 6'543);
    require(changed.config().server.apps.size() == before.apps.size());
    for (std::size_t i = 0; i < before.apps.size(); ++i)
        require(changed.config().server.apps[i].secret == before.apps[i].secret);
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
    const ConfigFile file = parse(text);
    if (text.find(secret) == std::string_view::npos)
        checkProblems(file);
    if (!file.hasErrors())
        checkRewrite(file);
    return 0;
}
