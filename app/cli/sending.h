#pragma once

#include "app/cli/target.h"
#include "core/broadcast/manager.h"
#include "core/remote/http_thread.h"

#include <functional>
#include <memory>
#include <string>

namespace castdeck::cli {

/// One connection with the program around it that it needs. The log driver writes to standard error.
///
/// Thread: the one with the event loop. Ownership: what is under way when it is destroyed is given up.
class Sending {
public:
    explicit Sending(const Target& target);

    /// False when the connection cannot be used; why is told on standard error then.
    bool isUsable();

    void send(broadcast::Emission emission, std::function<void(const broadcast::Report&)> done);
    /// Null when it is not usable.
    std::shared_ptr<broadcast::Connection> connection();

    /// Runs `task` in the event loop; for those who answer on other threads.
    static void post(std::function<void()> task);

private:
    const std::string m_name;
    const remote::HttpThread m_http;
    broadcast::Manager m_manager;
};

/// What a failed attempt to reach a server leaves to be said: where it was tried, and what to do next.
std::string whatWasTried(const Target& target);

} // namespace castdeck::cli
