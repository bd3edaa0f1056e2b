#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What libraries, frameworks and servers call the parts of an address and of credentials.
namespace castdeck::ui::paste {

enum class Meaning : std::uint8_t { Scheme, Host, Port, TlsPort, Path, AppId, Key, Secret, Cluster, UsesTls, Address };
inline constexpr std::size_t meaningCount = static_cast<std::size_t>(Meaning::Address) + 1;

/// What a name of any spelling stands for: `wsHost`, `app_id`, `forceTLS`.
std::optional<Meaning> meaningOf(std::string_view name);

struct VariableName {
    std::string family; ///< "PUSHER" of VITE_PUSHER_APP_KEY; empty when it belongs to none that is known.
    std::optional<Meaning> meaning;
    bool isForBrowsers = false;     ///< Has a prefix such as VITE_, which repeats a setting for web pages.
    bool isForServerItself = false; ///< Where a server listens, which need not be where it is reached.
};

VariableName variableOf(std::string_view name);

} // namespace castdeck::ui::paste
