#pragma once

#include <optional>
#include <string>
#include <vector>

namespace castdeck::cli {

struct ListenOptions {
    std::vector<std::string> channels;
    std::string event; ///< Empty for all.
    std::optional<std::size_t> count;
    std::optional<double> timeoutSeconds;
    std::string actor = "operator";
    bool printsProtocolEvents = false;
};

struct HeardEvent {
    std::string channel;
    std::string event;
    std::string userId; ///< Of who sent it, where that is told.
    std::string data;   ///< JSON, or any other text.
    bool isOfProtocol = false;
};

/// What `listen` prints, whichever server it listens to: one line for each event that is wanted, until it is enough.
class ListenOutput {
public:
    /// `options` must outlive this.
    explicit ListenOutput(const ListenOptions& options) : m_options{options} {}

    /// The exit code when that was the last line.
    std::optional<int> print(const HeardEvent& event);
    /// Tells what is missing; the exit code.
    int endOfTime(bool isConnected) const;

private:
    const ListenOptions& m_options;
    std::size_t m_printed = 0;
};

} // namespace castdeck::cli
