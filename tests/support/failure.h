#pragma once

#include <source_location>
#include <string>

namespace castdeck::test {

/// Fails the running test function at the place of the caller. Thread: the test's own.
void fail(const std::string& text, const std::source_location& place);

/// After a failure the clients wait for nothing more, so that a broken test ends soon.
bool hasFailed();

} // namespace castdeck::test
