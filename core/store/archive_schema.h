#pragma once

#include "core/store/database.h"

#include <span>
#include <string>
#include <string_view>

/// The tables of state.db.
namespace castdeck::store {

std::span<const std::string_view> archiveSteps();

/// Those without which nothing goes; they are looked through at every start. The log may be large, and follows later.
std::span<const std::string_view> archiveCoreTables();

} // namespace castdeck::store
