#pragma once

#include "core/hub/hub.h"
#include "core/hub/shard.h"
#include "tests/support/app.h"
#include "tests/support/fake_connection.h"

#include <memory>
#include <optional>
#include <string>

namespace castdeck::test {

/// A hub with the application "app", whose facts go to `observer`.
class HubFeed {
public:
    HubFeed(const Clock& clock, hub::Observer& observer);

    hub::Application& application() { return *m_hub.findById("app"); }

    /// A connection to the application that subscribes without signatures, as those were checked before.
    class Client {
    public:
        explicit Client(HubFeed& feed);
        ~Client();

        void join(const std::string& channel, const std::optional<std::string>& userId = std::nullopt);
        void leave(const std::string& channel);
        /// `data` goes out as a JSON string.
        void whisper(const std::string& channel, const std::string& event, const std::string& data);
        std::string socketId() const { return m_socket.text(); }
        /// The names of the events that came since the last call.
        std::vector<std::string> take();

    private:
        HubFeed& m_feed;
        FakeConnection m_connection;
        pusher::SocketId m_socket;
    };

private:
    hub::Hub m_hub;
    hub::Shard m_shard{0, [] {}};
};

} // namespace castdeck::test
