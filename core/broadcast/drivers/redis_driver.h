#pragma once

#include "core/broadcast/driver.h"
#include "core/broadcast/drivers/redis_client.h"
#include "core/broadcast/services.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace castdeck::broadcast {

/// Publishes through a Redis server.
///
/// Thread: a thread of its own talks to the server, from the first call on; every `done` is called there. Ownership:
/// the destructor ends the thread, and may run on it.
class RedisDriver final : public Driver {
public:
    static Result<std::shared_ptr<Driver>> make(const Options& options, const Services& services);
    RedisDriver(RedisClient::Settings settings, std::string prefix);
    ~RedisDriver() override;

    Capabilities capabilities() const override;
    void publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done) override;
    void broadcast(const OutgoingEvent& event, Done<Delivery> done) override;
    void listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done) override;
    void testConnection(Done<Failure> done) override;
    void stop() override;

private:
    struct Worker;
    /// Gets null instead of a client when the driver has been stopped.
    using Job = std::function<void(RedisClient*)>;

    void send(const std::vector<std::string>& channels, const std::string& message, std::vector<std::string> notes,
              Done<Delivery> done);
    void post(Job job);

    const std::string m_prefix;
    const std::shared_ptr<Worker> m_worker;
    std::mutex m_threadMutex; ///< Guards m_thread.
    std::thread m_thread;
};

} // namespace castdeck::broadcast
