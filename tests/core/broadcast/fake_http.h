#pragma once

#include "core/broadcast/http_transport.h"

#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace castdeck::test {

/// Writes down requests and gives the answers that the test has laid out, then `200 {}`. Thread: any.
class FakeHttp final : public broadcast::HttpTransport {
public:
    void send(http::OutgoingRequest request, Done done) override
    {
        http::Answer answer{.detail = {}, .status = 200, .headers = {}, .body = "{}"};
        {
            const std::lock_guard lock{m_mutex};
            m_requests.push_back(std::move(request));
            if (!m_answers.empty()) {
                answer = std::move(m_answers.front());
                m_answers.pop_front();
            }
        }
        done(std::move(answer));
    }

    void answerWith(int status, std::string body, http::Headers headers = {})
    {
        m_answers.push_back({.detail = {}, .status = status, .headers = std::move(headers), .body = std::move(body)});
    }
    void failWith(http::Failure failure, std::string detail)
    {
        m_answers.push_back({.failure = failure, .detail = std::move(detail), .status = 0, .headers = {}, .body = {}});
    }
    std::vector<http::OutgoingRequest> requests() const
    {
        const std::lock_guard lock{m_mutex};
        return m_requests;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<http::OutgoingRequest> m_requests;
    std::deque<http::Answer> m_answers;
};

} // namespace castdeck::test
