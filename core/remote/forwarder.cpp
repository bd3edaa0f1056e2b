#include "core/remote/forwarder.h"

namespace castdeck::remote {

namespace {

using namespace std::chrono_literals;

constexpr auto timeout = 5s;
constexpr std::size_t maxAnswerBytes = 65'536;

class HttpForwarder final : public auth::Forwarder {
public:
    explicit HttpForwarder(std::shared_ptr<HttpSender> sender) : m_sender{std::move(sender)} {}

    void post(const std::string& url, http::Headers headers, std::string body, Done done) override
    {
        m_sender->send({.method = "POST",
                        .url = url,
                        .headers = std::move(headers),
                        .body = std::move(body),
                        .timeout = timeout,
                        .maxAnswerBytes = maxAnswerBytes},
                       [done = std::move(done)](http::Answer answer) {
                           if (answer.failure == http::Failure::None)
                               done({.status = answer.status, .body = std::move(answer.body), .failure = {}});
                           else
                               done({.status = 0, .body = {}, .failure = std::move(answer.detail)});
                       });
    }

private:
    const std::shared_ptr<HttpSender> m_sender;
};

} // namespace

std::shared_ptr<auth::Forwarder> forwarder(const HttpThread& thread)
{
    return std::make_shared<HttpForwarder>(thread.sender());
}

} // namespace castdeck::remote
