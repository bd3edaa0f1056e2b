#pragma once

#include <span>
#include <string_view>

namespace castdeck::engine {

/// One option of a driver as the configuration may have it. "options.host" stands inside the object `options`.
struct DriverOption {
    std::string_view name;
    std::string_view builtIn; ///< What holds without it, as JSON; empty when nothing does, or it depends on others.
};

/// The options of a built-in driver; empty for a name that is none.
std::span<const DriverOption> optionsOfDriver(std::string_view driver);

/// Options of every connection, whatever its driver.
std::span<const DriverOption> optionsOfEveryDriver();

} // namespace castdeck::engine
