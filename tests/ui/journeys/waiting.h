#pragma once

#include <QtCore/QString>

#include <chrono>
#include <functional>

namespace castdeck::test {

/// Lets the event loop run until the condition holds; false when it does not before the deadline. The condition is
/// looked at after whatever the loop did and every 2 ms.
bool waitUntil(const std::function<bool()>& condition, std::chrono::milliseconds deadline = std::chrono::seconds{10});

/// Lets the event loop do all that waits for it, and no more.
void settle();

/// Fails the test and ends its program at once: the journey cannot go on, and its world may be in any state.
[[noreturn]] void giveUp(const QString& why);

} // namespace castdeck::test
