#pragma once

#include "core/base/clock.h"
#include "core/base/counter.h"
#include "core/net/host_list.h"
#include "core/net/options.h"
#include "core/net/tls_store.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace castdeck::net {

/// What one worker counts. On a cache line of its own, so that workers do not slow each other down.
struct alignas(64) WorkerCounters {
    Counter accepted;
    Counter open;
    Counter webSockets;
    Counter requests;
    Counter slowConsumers;
    Counter queuedBytes;
    Counter bytesIn;
    Counter bytesOut;
};

/// What all workers of a server share. Thread: any; the options never change.
struct ServerContext {
    ServerContext(ServerOptions serverOptions, const Clock& serverClock, unsigned workers)
        : options{std::move(serverOptions)}
        , clock{serverClock}
        , hosts{options.addresses, options.allowedHosts}
        , counters(workers)
    {
    }

    std::uint64_t queuedBytes() const
    {
        std::uint64_t sum = 0;
        for (const auto& worker : counters)
            sum += worker.queuedBytes.value();
        return sum;
    }

    const ServerOptions options;
    const Clock& clock;
    const HostList hosts;
    TlsStore tls;
    std::vector<WorkerCounters> counters;  ///< By index of the worker.
    std::atomic<std::size_t> bodyBytes{0}; ///< Of request bodies that have not arrived whole.
};

} // namespace castdeck::net
