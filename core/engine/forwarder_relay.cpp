#include "core/engine/forwarder_relay.h"

#include <mutex>
#include <utility>

namespace castdeck::engine {

struct ForwarderRelay::Way {
    std::mutex mutex; ///< Guards `post`. Taken before the lock of the queue that it leads to.
    Post post;        ///< Empty once closed.
};

ForwarderRelay::ForwarderRelay(std::shared_ptr<auth::Forwarder> forwarder, Post post)
    : m_forwarder{std::move(forwarder)}
    , m_way{std::make_shared<Way>()}
{
    m_way->post = std::move(post);
}

ForwarderRelay::~ForwarderRelay()
{
    close();
}

void ForwarderRelay::post(const std::string& url, http::Headers headers, std::string body, Done done)
{
    m_forwarder->post(url, std::move(headers), std::move(body),
                      [way = m_way, done = std::move(done)](auth::ForwardAnswer answer) {
                          const std::lock_guard lock{way->mutex};
                          if (way->post)
                              way->post([done, answer = std::move(answer)] { done(answer); });
                      });
}

void ForwarderRelay::close()
{
    const std::lock_guard lock{m_way->mutex};
    m_way->post = nullptr;
}

} // namespace castdeck::engine
