#pragma once

#include "core/broadcast/report.h"
#include "core/pusher/signature.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::broadcast {

/// One named event as drivers get it.
struct OutgoingEvent {
    std::string name;
    std::string data;         ///< Goes out as this text, byte for byte.
    bool isPlainText = false; ///< A string value: quoted on wires that carry JSON, even when it reads like JSON.
    std::vector<std::string> channels; ///< Wire names, each once.
    std::string exceptSocketId;        ///< Empty: nobody is left out.
    bool wantsCounts = false;          ///< Whoever sends would like to know how many subscribers there are.
};

/// What a driver reports: an entry for each channel, in the order asked. Secrets of the options need no masking here,
/// the manager does that.
struct Delivery {
    std::vector<Entry> entries;
    std::vector<Exchange> exchanges;

    static Delivery failed(const std::vector<std::string>& channels, const Failure& failure);
};

struct ChannelInfo {
    std::string name;
    std::optional<std::uint64_t> connections;
    std::optional<std::uint64_t> users;
};

struct MemberInfo {
    std::string id;
    std::string infoJson;        ///< Empty when the engine does not tell.
    std::size_t connections = 0; ///< 0 when the engine does not tell.
};

template <class T> struct Listing {
    Failure failure;
    std::vector<T> items;
};

/// The answer to an authorization request, or why there is none.
struct SignedAnswer {
    Failure failure;
    std::string auth;                        ///< "KEY:HEX"
    std::optional<std::string> sharedSecret; ///< Base64, for encrypted channels.
};

/// What a driver can do; `note` says how far.
struct Capability {
    bool isThere = false;
    std::string_view note;
};

struct Capabilities {
    Capability broadcast;    ///< Named events.
    Capability manyChannels; ///< One call for many channels.
    Capability excludeSocket;
    Capability guard; ///< Signed authorization.
    Capability listChannels;
    Capability listMembers;
    Capability counts;
    Capability history;
    Capability terminateUser;
    Capability testConnection;
};

/// Delivers to one engine with one set of options. Only publish() and capabilities() must be written; the rest answers
/// `not_supported`.
///
/// Thread: members may be called from any thread. A connection calls publish() and broadcast() one after the other: the
/// next when `done` of the last was called. Each `done` is called exactly once, at once or later, from any thread; it
/// is the last thing a driver does for a call and may destroy the driver.
class Driver {
public:
    template <class T> using Done = std::function<void(T)>;

    Driver() = default;
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;
    virtual ~Driver() = default;

    virtual Capabilities capabilities() const = 0;
    /// One message to all topics.
    virtual void publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done) = 0;

    virtual void broadcast(const OutgoingEvent& event, Done<Delivery> done);
    /// Several events; the entries of all follow each other.
    virtual void broadcastAll(const std::vector<OutgoingEvent>& events, Done<Delivery> done);

    virtual void listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done);
    virtual void listMembers(const std::string& channel, Done<Listing<MemberInfo>> done);
    virtual void terminateUser(const std::string& userId, Done<Failure> done);
    virtual void testConnection(Done<Failure> done);

    virtual SignedAnswer signChannel(const std::string& socketId, const std::string& channel,
                                     const std::optional<std::string>& channelData);
    virtual SignedAnswer signUser(const std::string& socketId, const std::string& userData);

    /// Gives up what is under way and calls every `done` that is still owed. The program is ending.
    virtual void stop() {}
};

Failure notSupported(std::string_view what);

} // namespace castdeck::broadcast
