#include "ui/text/paste_names.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <utility>

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
    static constexpr std::array names{std::pair{"scheme", Scheme},      std::pair{"protocol", Scheme},
                                      std::pair{"host", Host},          std::pair{"hostname", Host},
                                      std::pair{"wshost", Host},        std::pair{"httphost", Host},
                                      std::pair{"apihost", Host},       std::pair{"server", Host},
                                      std::pair{"listen", Host},        std::pair{"port", Port},
                                      std::pair{"wsport", Port},        std::pair{"httpport", Port},
                                      std::pair{"wssport", TlsPort},    std::pair{"httpsport", TlsPort},
                                      std::pair{"path", Path},          std::pair{"wspath", Path},
                                      std::pair{"basepath", Path},      std::pair{"pathprefix", Path},
                                      std::pair{"prefix", Path},        std::pair{"id", AppId},
                                      std::pair{"appid", AppId},        std::pair{"key", Key},
                                      std::pair{"appkey", Key},         std::pair{"client", Key},
                                      std::pair{"clientkey", Key},      std::pair{"authkey", Key},
                                      std::pair{"pusherkey", Key},      std::pair{"secret", Secret},
                                      std::pair{"appsecret", Secret},   std::pair{"cluster", Cluster},
                                      std::pair{"appcluster", Cluster}, std::pair{"tls", UsesTls},
                                      std::pair{"usetls", UsesTls},     std::pair{"forcetls", UsesTls},
                                      std::pair{"encrypted", UsesTls},  std::pair{"ssl", UsesTls},
                                      std::pair{"usessl", UsesTls},     std::pair{"secure", UsesTls},
                                      std::pair{"https", UsesTls},      std::pair{"url", Address},
                                      std::pair{"dsn", Address},        std::pair{"endpoint", Address}};
    constexpr std::size_t longest = 24;
    if (name.size() > longest)
        return std::nullopt;
    const std::string wanted = bare(name);
    const auto found = std::ranges::find_if(names, [&](const auto& entry) { return wanted == entry.first; });
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
