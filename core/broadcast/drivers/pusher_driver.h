#pragma once

#include "core/base/clock.h"
#include "core/broadcast/drivers/pusher_options.h"
#include "core/broadcast/http_transport.h"
#include "core/broadcast/services.h"
#include "core/pusher/signature.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::broadcast {

class SplitDelivery;

/// The hosted service, or any server that speaks its HTTP interface.
/// Source: Pusher docs, "HTTP API reference".
class PusherDriver final : public Driver {
public:
    static constexpr std::size_t maxChannelsPerRequest = 100;
    static constexpr std::size_t maxEventsPerBatch = 10;

    static Result<std::shared_ptr<Driver>> make(const Options& options, const Services& services);
    PusherDriver(PusherOptions options, std::shared_ptr<HttpTransport> http, std::shared_ptr<const Clock> clock);

    Capabilities capabilities() const override;
    void publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done) override;
    void broadcast(const OutgoingEvent& event, Done<Delivery> done) override;
    void broadcastAll(const std::vector<OutgoingEvent>& events, Done<Delivery> done) override;
    void listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done) override;
    void listMembers(const std::string& channel, Done<Listing<MemberInfo>> done) override;
    void terminateUser(const std::string& userId, Done<Failure> done) override;
    void testConnection(Done<Failure> done) override;
    SignedAnswer signChannel(const std::string& socketId, const std::string& channel,
                             const std::optional<std::string>& channelData) override;
    SignedAnswer signUser(const std::string& socketId, const std::string& userData) override;

private:
    /// What came back; `body` is a JSON object when nothing failed.
    struct Answer {
        Failure failure;
        int status = 0;
        std::string body;
        Exchange exchange;
    };
    struct Batch;

    void sendChunks(const std::shared_ptr<SplitDelivery>& split, OutgoingEvent event, std::size_t sent,
                    Done<Delivery> done);
    void sendBatches(const std::shared_ptr<Batch>& batch);
    Failure listingFailure(const std::string& path, const Answer& answer) const;
    Failure checkChannel(const std::string& channel, const OutgoingEvent& event) const;
    Failure seal(OutgoingEvent& event) const;
    void addNotes(const OutgoingEvent& event, Delivery& delivery) const;

    void request(const std::string& method, const std::string& path, std::string body,
                 pusher::QueryParameters parameters, std::function<void(Answer)> done);
    Answer interpret(const http::OutgoingRequest& request, const http::Answer& answer) const;

    const PusherOptions m_options;
    const pusher::Signer m_signer;
    const std::shared_ptr<HttpTransport> m_http;
    const std::shared_ptr<const Clock> m_clock;
};

} // namespace castdeck::broadcast
