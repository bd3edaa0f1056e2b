#pragma once

#include <QtCore/QString>

#include <cstdint>
#include <optional>

namespace castdeck::app {

/// The first port from `wanted` on that `address` lets us listen on, within a hundred; `wanted` itself when it is 0.
std::optional<std::uint16_t> firstFreePort(const QString& address, std::uint16_t wanted);

} // namespace castdeck::app
