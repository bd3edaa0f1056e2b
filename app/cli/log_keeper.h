#pragma once

#include "core/base/result.h"
#include "core/engine/engine.h"
#include "core/store/archive.h"

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

namespace castdeck::cli {

/// Keeps the live log of a headless server on disk, as the window does for its own: under the same profile and for as
/// long as was set in the window.
///
/// Thread: wake() from any. Its own thread takes the events; the archive's writes them.
class LogKeeper {
public:
    /// Fails as store::Archive::open() does, and with Forbidden for a file that may only be read.
    static Result<std::unique_ptr<LogKeeper>> open(const std::filesystem::path& archive);
    ~LogKeeper() { stop(); }
    LogKeeper(const LogKeeper&) = delete;
    LogKeeper& operator=(const LogKeeper&) = delete;

    /// From here on until stop(), before which `server` must not go.
    void follow(engine::Engine& server);
    void wake();
    void stop(); ///< What has happened by then is written when the keeper goes.

private:
    explicit LogKeeper(std::unique_ptr<store::Archive> archive) : m_archive{std::move(archive)} {}

    void run(engine::Engine& server);
    void take(engine::Engine& server);

    std::unique_ptr<store::Archive> m_archive;
    std::size_t m_dropped = 0; ///< Events that came faster than they were taken; of the thread.

    std::mutex m_mutex; ///< Guards what follows.
    std::condition_variable m_woken;
    bool m_isWoken = false;
    bool m_isStopping = false;

    std::thread m_thread; ///< Last: it uses everything else.
};

} // namespace castdeck::cli
