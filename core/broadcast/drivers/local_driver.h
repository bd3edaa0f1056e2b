#pragma once

#include "core/broadcast/driver.h"
#include "core/broadcast/local_publisher.h"
#include "core/broadcast/services.h"

namespace castdeck::broadcast {

/// How the drivers of Pusher-style engines put a bare message into an event.
struct MessageForm {
    std::string publishEvent = "message";
    bool isEventName = false; ///< `message_as: "event"`: the message is the name, and the data is `[]`.

    static MessageForm read(OptionReader& reader);
    OutgoingEvent eventFor(const std::vector<std::string>& topics, const std::string& message) const;
};

/// Hands events to the server within this process.
class LocalDriver final : public Driver {
public:
    static Result<std::shared_ptr<Driver>> make(const Options& options, const Services& services);
    /// `publisher` may be null: then no server runs.
    LocalDriver(std::shared_ptr<LocalPublisher> publisher, std::string appId, MessageForm form,
                std::size_t maxPayloadBytes);

    Capabilities capabilities() const override;
    void publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done) override;
    void broadcast(const OutgoingEvent& event, Done<Delivery> done) override;
    void listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done) override;
    void listMembers(const std::string& channel, Done<Listing<MemberInfo>> done) override;
    void terminateUser(const std::string& userId, Done<Failure> done) override;
    void testConnection(Done<Failure> done) override;
    SignedAnswer signChannel(const std::string& socketId, const std::string& channel,
                             const std::optional<std::string>& channelData) override;
    SignedAnswer signUser(const std::string& socketId, const std::string& userData) override;

private:
    Failure stopped() const; ///< Code None while the server runs.

    const std::shared_ptr<LocalPublisher> m_publisher;
    const std::string m_appId;
    const MessageForm m_form;
    const std::size_t m_maxPayloadBytes;
};

} // namespace castdeck::broadcast
