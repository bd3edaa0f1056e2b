#pragma once

#include "core/auth/forwarding.h"

#include <functional>
#include <memory>
#include <string>

namespace castdeck::engine {

/// Brings the answers of another application to a thread of the engine, so that what handles them may use the engine.
/// After close() they are dropped.
///
/// Thread: any. Ownership: answers under way may outlive it.
class ForwarderRelay final : public auth::Forwarder {
public:
    using Post = std::function<void(std::function<void()>)>;

    /// `post` runs a task on that thread and must return at once; it is not called after close().
    ForwarderRelay(std::shared_ptr<auth::Forwarder> forwarder, Post post);
    ~ForwarderRelay() override;

    void post(const std::string& url, http::Headers headers, std::string body, Done done) override;
    void close();

private:
    struct Way;

    const std::shared_ptr<auth::Forwarder> m_forwarder;
    const std::shared_ptr<Way> m_way;
};

} // namespace castdeck::engine
