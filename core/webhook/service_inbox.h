#pragma once

#include "core/base/clock.h"
#include "core/hub/fact.h"
#include "core/webhook/dispatcher.h"
#include "core/webhook/webhook_event.h"
#include "core/webhook/webhook_target.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::webhook {

/// What comes in for the webhook thread, from the workers, the transport and the owner.
///
/// Thread: any; wait() for the webhook thread.
class ServiceInbox {
public:
    struct Noted {
        std::string appId;
        WebhookEvent event;
    };
    struct Batch {
        std::optional<std::vector<AppWebhooks>> apps; ///< When they changed.
        std::vector<Noted> events;
        std::size_t droppedEvents = 0;
        std::vector<SendResult> results; ///< As many as are in flight, at most.
        std::optional<SteadyTime> stopBy;
    };

    ServiceInbox(std::size_t maxEvents, std::size_t maxBytes) : m_maxEvents{maxEvents}, m_maxBytes{maxBytes} {}

    /// Counted and dropped when there is no room; ignored when no target of the application wants it, for which nothing
    /// is locked.
    void put(const hub::Fact& fact);
    void put(SendResult result);
    void put(std::vector<AppWebhooks> apps);
    void stop(SteadyTime by);

    /// Returns what has come in; empty when nothing has after `patience`, or without one not before something has.
    Batch wait(std::optional<std::chrono::milliseconds> patience);

private:
    using Watched = std::map<std::string, EventKinds, std::less<>>; ///< By application.

    bool isWatched(const hub::Fact& fact, EventKind kind) const;
    void watch(Watched watched);

    const std::size_t m_maxEvents;
    const std::size_t m_maxBytes;
    std::atomic<const Watched*> m_watched{nullptr}; ///< The last of m_tables.
    std::mutex m_mutex; ///< Guards everything below. Taken with an application's lock held, never the other way round.
    std::condition_variable m_changed;
    std::vector<std::unique_ptr<const Watched>> m_tables; ///< All until the end: a worker may be reading any of them.
    Batch m_pending;
    std::size_t m_pendingBytes = 0;
    bool m_hasNews = false;
};

} // namespace castdeck::webhook
