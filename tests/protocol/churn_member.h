#pragma once

#include "core/hub/app_config.h"
#include "tests/support/socket.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace castdeck::test {

/// One of many clients that join and leave: it folds what it is told about each channel and names the first
/// contradiction. It never waits; whoever owns it reads when its socket is readable.
class ChurnMember {
public:
    enum class State { Joining, Joined, Leaving };
    struct View {
        State state = State::Joining;
        std::string self;
        std::set<std::string> users;
        std::uint64_t sequence = 0; ///< Of the last numbered event; 0 for none yet.
    };

    ChurnMember(std::uint16_t port, const hub::AppConfig& app);

    int descriptor() const { return m_socket.descriptor(); }
    bool isGreeted() const { return !m_socketId.empty(); }
    const std::map<std::string, View>& views() const { return m_views; }
    std::size_t joined() const;                          ///< Channels that it is in or about to be in.
    const std::string& fault() const { return m_fault; } ///< Empty while all is well.
    std::uint64_t received() const { return m_received; }

    void join(const std::string& channel, const std::string& user);
    void leave(const std::string& channel);
    /// Asks for a pong; hasAnswered() is false until it comes, and all that was sent before it has come as well.
    void ask();
    bool hasAnswered() const { return m_asked == m_answered; }
    /// What was left is left: no event of those channels may follow.
    void forgetLeft();
    void read();
    void end(bool byReset);

private:
    void send(std::string_view text);
    void handle(std::string_view text);
    void handleChannel(std::string_view event, View& view, std::string_view text);
    void greet(View& view, std::string_view text);

    const hub::AppConfig& m_app;
    Socket m_socket;
    std::string m_inbound;
    std::string m_socketId;
    std::map<std::string, View> m_views;
    std::string m_fault;
    std::uint64_t m_received = 0;
    int m_asked = 0;
    int m_answered = 0;
    bool m_isUpgraded = false;
};

} // namespace castdeck::test
