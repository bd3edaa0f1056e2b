#include "ui/text/paste_names.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <map>

namespace castdeck::ui::paste {

namespace {

/// Without case and the marks that join words.
std::string bare(std::string_view name)
{
    std::string text = toLower(name);
    std::erase_if(text, [](char c) { return c == '_' || c == '-' || c == '.' || c == '$' || c == '@'; });
    return text;
}

bool takePrefix(std::string_view& name, std::string_view prefix)
{
    if (!name.starts_with(prefix))
        return false;
    name.remove_prefix(prefix.size());
    return true;
}

constexpr std::array browserPrefixes{"VITE_", "MIX_",     "REACT_APP_",   "NEXT_PUBLIC_", "NUXT_PUBLIC_",
                                     "NUXT_", "VUE_APP_", "EXPO_PUBLIC_", "GATSBY_",      "PUBLIC_"};
constexpr std::array families{"PUSHER",     "REVERB",       "SOKETI",    "LARAVEL_WEBSOCKETS",
                              "WEBSOCKETS", "BROADCASTING", "BROADCAST", "CASTDECK"};

} // namespace

std::optional<Meaning> meaningOf(std::string_view name)
{
    using enum Meaning;
    static const std::map<std::string_view, Meaning> names{
        {"scheme", Scheme},    {"protocol", Scheme},   {"host", Host},          {"hostname", Host},
        {"wshost", Host},      {"httphost", Host},     {"apihost", Host},       {"server", Host},
        {"listen", Host},      {"port", Port},         {"wsport", Port},        {"httpport", Port},
        {"wssport", TlsPort},  {"httpsport", TlsPort}, {"path", Path},          {"wspath", Path},
        {"basepath", Path},    {"pathprefix", Path},   {"prefix", Path},        {"id", AppId},
        {"appid", AppId},      {"key", Key},           {"appkey", Key},         {"client", Key},
        {"clientkey", Key},    {"authkey", Key},       {"pusherkey", Key},      {"secret", Secret},
        {"appsecret", Secret}, {"cluster", Cluster},   {"appcluster", Cluster}, {"tls", UsesTls},
        {"usetls", UsesTls},   {"forcetls", UsesTls},  {"encrypted", UsesTls},  {"ssl", UsesTls},
        {"usessl", UsesTls},   {"secure", UsesTls},    {"https", UsesTls},      {"url", Address},
        {"dsn", Address},      {"endpoint", Address}};
    constexpr std::size_t longest = 24;
    if (name.size() > longest)
        return std::nullopt;
    const auto found = names.find(bare(name));
    return found == names.end() ? std::nullopt : std::optional{found->second};
}

VariableName variableOf(std::string_view name)
{
    VariableName result;
    for (const char* prefix : browserPrefixes)
        result.isForBrowsers = takePrefix(name, prefix) || result.isForBrowsers;
    const auto family = std::ranges::find_if(families, [&](const char* text) {
        return name.starts_with(text) && name.size() > std::string_view{text}.size() &&
               name[std::string_view{text}.size()] == '_';
    });
    if (family != families.end()) {
        result.family = *family;
        name.remove_prefix(result.family.size() + 1);
    }
    takePrefix(name, "PUSHER_");
    takePrefix(name, "DEFAULT_");
    result.isForServerItself = takePrefix(name, "SERVER_");
    result.meaning = meaningOf(name);
    // `id` and `key` alone say too little; `HOST` in somebody's environment is anybody's.
    if (result.family.empty() && name.find('_') == std::string_view::npos && !name.starts_with("app"))
        result.meaning = result.meaning == Meaning::Secret || result.meaning == Meaning::Cluster ||
                                 std::ranges::any_of(name, [](char c) { return c >= 'a' && c <= 'z'; })
                             ? result.meaning
                             : std::nullopt;
    return result;
}

} // namespace castdeck::ui::paste
