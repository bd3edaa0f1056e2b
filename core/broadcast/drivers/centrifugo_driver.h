#pragma once

#include "core/broadcast/driver.h"
#include "core/broadcast/http_transport.h"
#include "core/broadcast/services.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::broadcast {

class SplitDelivery;

/// A Centrifugo server, versions 5 and 6, through its HTTP API.
///
/// Its errors come with HTTP 200; only the entries of its answers say what became of a channel.
class CentrifugoDriver final : public Driver {
public:
    struct Settings {
        std::string apiUrl; ///< "http://127.0.0.1:8000/api", without a slash at the end.
        std::string apiKey;
        std::chrono::milliseconds timeout{5'000};
        bool skipsHistory = true;
        std::vector<Options::Entry> tags;
        bool isEnvelope = true;    ///< Named events travel as {"event":...,"data":...}.
        bool isLifted = false;     ///< Errors of whole requests come as HTTP status.
        bool mapsToDollar = false; ///< private-x becomes $x, presence-x becomes $presence:x.
    };

    static Result<std::shared_ptr<Driver>> make(const Options& options, const Services& services);
    CentrifugoDriver(Settings settings, std::shared_ptr<HttpTransport> http);

    Capabilities capabilities() const override;
    void publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done) override;
    void broadcast(const OutgoingEvent& event, Done<Delivery> done) override;
    /// `prefix` is Centrifugo's pattern, such as `chat:*`; without a star it becomes a prefix.
    void listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done) override;
    void listMembers(const std::string& channel, Done<Listing<MemberInfo>> done) override;
    void terminateUser(const std::string& userId, Done<Failure> done) override;
    void testConnection(Done<Failure> done) override;

private:
    /// `result` is JSON text when nothing failed.
    struct Answer {
        Failure failure;
        int number = 0; ///< The error's number, or else the HTTP status.
        std::string result;
        Exchange exchange;
    };

    void send(const std::vector<std::string>& channels, const std::string& data, bool wasWrapped,
              const std::function<void(Delivery)>& done);
    void addNotes(SplitDelivery& split, bool wasWrapped) const;
    std::string wireName(const std::string& channel) const;
    std::string body(const std::vector<std::string>& channels, const std::string& data) const;
    void call(const std::string& method, std::string body, std::function<void(Answer)> done);
    Answer interpret(const http::OutgoingRequest& request, const http::Answer& answer) const;

    const Settings m_settings;
    const std::shared_ptr<HttpTransport> m_http;
};

} // namespace castdeck::broadcast
