#pragma once

#include "core/broadcast/driver.h"
#include "core/broadcast/secret_mask.h"
#include "core/broadcast/send_queue.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::broadcast {

/// A named connection with its driver. What drivers answer passes through here: every `done` is called once, exceptions
/// of drivers end here, and no secret of the options leaves.
///
/// Thread: any. Ownership: what is under way keeps the connection alive.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    template <class T> using Done = Driver::Done<T>;

    Connection(std::string name, std::shared_ptr<Driver> driver, const std::vector<std::string>& secrets,
               unsigned retries, std::shared_ptr<SendQueue> queue);

    const std::string& name() const noexcept { return m_name; }
    Capabilities capabilities() const { return m_driver->capabilities(); }

    /// Sends after all that was asked for before. `done` is called with an entry for every channel asked for.
    void broadcast(OutgoingEvent event, Done<Delivery> done);
    void broadcastAll(std::vector<OutgoingEvent> events, Done<Delivery> done);
    void publish(std::vector<std::string> topics, std::string message, Done<Delivery> done);

    void listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done);
    void listMembers(const std::string& channel, Done<Listing<MemberInfo>> done);
    void terminateUser(const std::string& userId, Done<Failure> done);
    void testConnection(Done<Failure> done);
    SignedAnswer signChannel(const std::string& socketId, const std::string& channel,
                             const std::optional<std::string>& channelData = std::nullopt);
    SignedAnswer signUser(const std::string& socketId, const std::string& userData);

    void stop() { m_driver->stop(); }

private:
    using Send = std::function<void(Driver&, const std::vector<std::string>& channels, Done<Delivery>)>;

    void enqueue(std::vector<std::string> channels, Send send, unsigned retries, Done<Delivery> done);
    void attempt(std::vector<std::string> channels, const Send& send, unsigned retries, Done<Delivery> done);
    Delivery complete(const std::vector<std::string>& channels, Delivery delivery) const;
    Failure masked(Failure failure) const;
    template <class T, class Call> void ask(Call call, T otherwise, Done<T> done);

    const std::string m_name;
    const std::shared_ptr<Driver> m_driver;
    const SecretMask m_mask;
    const unsigned m_retries;
    const std::shared_ptr<SendQueue> m_queue;
};

} // namespace castdeck::broadcast
