#pragma once

#include "app/cli/sending.h"

#include <functional>
#include <string>

namespace castdeck::cli {

/// Asks the engine behind a connection that is no Pusher interface what is there, and prints the answer. What the
/// driver cannot tell is said. Each question is asked once; `finish` gets the exit code.
class DriverState {
public:
    using Finish = std::function<void(int)>;

    explicit DriverState(const Target& target) : m_target{target}, m_sending{target} {}

    void printChannels(bool isJson, const Finish& finish);
    void printMembers(const std::string& channel, bool isJson, const Finish& finish);
    void printConnections(const Finish& finish);

private:
    int failed(const broadcast::Failure& failure) const;

    const Target& m_target;
    Sending m_sending;
};

} // namespace castdeck::cli
