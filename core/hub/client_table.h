#pragma once

#include "core/base/clock.h"
#include "core/base/frame.h"
#include "core/hub/dossier.h"
#include "core/hub/shard.h"
#include "core/pusher/close_code.h"
#include "core/pusher/socket_id.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace castdeck::hub {

class Channel;

/// What one client said of itself in the handshake.
struct ClientInfo {
    std::string peer;
    std::string client; ///< Name and version of its library.
    std::string origin;
    WallTime since{};
    std::unique_ptr<const Dossier> dossier{}; ///< May be null.
};

struct ClientRecord {
    Shard* shard;
    ClientInfo info;
    std::string userId; ///< When signed in.
    std::vector<Channel*> channels;
};

/// The connected clients of one application, and the way to each of them.
///
/// Thread: guarded by its application's lock, but for size().
class ClientTable {
public:
    using Records = std::unordered_map<pusher::SocketId, ClientRecord>;

    const Records& records() const noexcept { return m_records; }
    std::size_t size() const noexcept { return m_size.load(std::memory_order_relaxed); } ///< Any thread.

    /// Under an id that no other client has. On the shard's worker.
    pusher::SocketId add(Shard& shard, Connection& connection, ClientInfo info);
    void remove(pusher::SocketId socket);
    /// Null when it is not connected.
    ClientRecord* find(pusher::SocketId socket);
    ClientRecord& at(pusher::SocketId socket) { return m_records.at(socket); }

    // Both leave clients alone that are not connected.
    void deliver(pusher::SocketId socket, SharedFrame frame) const;
    /// With the explanation that the code asks for.
    void close(pusher::SocketId socket, pusher::CloseCode code, std::string_view reason) const;

private:
    Records m_records;
    std::atomic<std::size_t> m_size{0};
};

/// The pusher:error that precedes a close with 4000 to 4199; null for other codes.
/// Source: Pusher docs, "Pusher Channels protocol", "Connection closure".
SharedFrame closeExplanation(pusher::CloseCode code, std::string_view reason);

} // namespace castdeck::hub
