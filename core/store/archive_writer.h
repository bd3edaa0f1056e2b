#pragma once

#include "core/store/archive.h"
#include "core/store/archive_room.h"
#include "core/store/archive_tables.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace castdeck::store {

/// The one thread that writes the archive: first what must not be lost, then rows of the log, then room for more.
class ArchiveWriter {
public:
    struct Job {
        std::function<Result<void>(Database&, ArchiveTables&)> work;
        Archive::Done done;
        bool isAlone = false; ///< Not within a transaction with others.
    };

    static Result<std::unique_ptr<ArchiveWriter>> make(Database database, const ArchiveOptions& options);
    ~ArchiveWriter(); ///< Writes what waits.
    ArchiveWriter(const ArchiveWriter&) = delete;
    ArchiveWriter& operator=(const ArchiveWriter&) = delete;

    void put(Job job);
    void put(std::vector<LogRow> rows);
    void flush();
    void setRetention(const Retention& retention);
    ArchiveFigures figures() const; ///< Without the size of the file.

private:
    ArchiveWriter(std::unique_ptr<Database> database, ArchiveTables tables, ArchiveRoom room,
                  const ArchiveOptions& options);

    struct Work {
        std::deque<Job> jobs;
        std::vector<LogRow> rows;
    };

    void run();
    Work takeWork(std::unique_lock<std::mutex>& lock);
    std::vector<LogRow> takeRows();
    bool areRowsDue() const;
    void carryOut(std::deque<Job>& jobs);
    void carryOutAlone(Job& job);
    void write(const std::vector<LogRow>& rows);
    void keepHouse(bool isIdle, const Retention& retention);
    void tell(const Error& error);
    void publishFigures();

    const ArchiveOptions m_options;
    const std::unique_ptr<Database> m_database; ///< At an address that stays, which tables and room know.
    ArchiveTables m_tables;
    ArchiveRoom m_room;

    // Of the thread.
    bool m_hasMoreToTrim = true;
    std::chrono::steady_clock::time_point m_nextTrim{};
    std::chrono::steady_clock::time_point m_nextSentTrim{};
    std::set<std::string> m_told;

    mutable std::mutex m_mutex; ///< Guards what follows.
    std::condition_variable m_wake;
    std::condition_variable m_written;
    std::deque<Job> m_jobs;
    std::deque<LogRow> m_rows;
    std::size_t m_rowBytes = 0;
    std::chrono::steady_clock::time_point m_rowsSince{};
    int m_flushes = 0;
    Retention m_retention;
    bool m_isBusy = false;
    bool m_isStopping = false;
    ArchiveFigures m_figures;

    std::thread m_thread; ///< Last: it uses everything else.
};

} // namespace castdeck::store
