#include "core/store/archive_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace castdeck::store {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::size_t batchRows = 2'000;
constexpr std::size_t batchBytes = std::size_t{1} << 20U;
/// Rows that come one by one are written together.
constexpr auto gathering = 100ms;
constexpr auto trimInterval = 10s;
constexpr auto sentTrimInterval = 1h;

std::size_t bytesOf(const LogRow& row)
{
    return sizeof row + row.channel.size() + row.event.size() + row.detail.size() +
           (row.payload ? row.payload->size() : 0);
}

} // namespace

Result<std::unique_ptr<ArchiveWriter>> ArchiveWriter::make(Database database, const ArchiveOptions& options)
{
    auto owned = std::make_unique<Database>(std::move(database));
    // The log of changes takes no more room than this after a storm.
    if (auto set = owned->execute("PRAGMA journal_size_limit = 33554432; PRAGMA cache_size = -16000"); !set)
        return set.error();
    auto tables = ArchiveTables::of(*owned);
    if (!tables)
        return tables.error();
    auto room = ArchiveRoom::of(*owned);
    if (!room)
        return room.error();
    return std::unique_ptr<ArchiveWriter>{
        new ArchiveWriter{std::move(owned), *std::move(tables), *std::move(room), options}};
}

ArchiveWriter::ArchiveWriter(std::unique_ptr<Database> database, ArchiveTables tables, ArchiveRoom room,
                             const ArchiveOptions& options)
    : m_options{options}
    , m_database{std::move(database)}
    , m_tables{std::move(tables)}
    , m_room{std::move(room)}
    , m_nextSentTrim{SteadyClock::now() + 10s}
    , m_retention{options.retention}
    , m_figures{.logRows = m_room.rows()}
    , m_thread{[this] { run(); }}
{
}

ArchiveWriter::~ArchiveWriter()
{
    {
        const std::lock_guard lock{m_mutex};
        m_isStopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void ArchiveWriter::put(Job job)
{
    {
        const std::lock_guard lock{m_mutex};
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void ArchiveWriter::put(std::vector<LogRow> rows)
{
    std::size_t bytes = 0;
    for (const LogRow& row : rows)
        bytes += bytesOf(row);
    {
        const std::lock_guard lock{m_mutex};
        if (m_rows.size() + rows.size() > m_options.maxWaitingRows || m_rowBytes + bytes > m_options.maxWaitingBytes) {
            m_figures.droppedRows += rows.size();
            return;
        }
        const bool wasEmpty = m_rows.empty();
        if (wasEmpty)
            m_rowsSince = SteadyClock::now();
        m_rowBytes += bytes;
        std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
        if (!wasEmpty && m_rows.size() < batchRows)
            return; // It wakes by itself.
    }
    m_wake.notify_one();
}

void ArchiveWriter::flush()
{
    std::unique_lock lock{m_mutex};
    ++m_flushes;
    m_wake.notify_one();
    m_written.wait(lock, [this] { return m_jobs.empty() && m_rows.empty() && !m_isBusy; });
    --m_flushes;
}

void ArchiveWriter::setRetention(const Retention& retention)
{
    const std::lock_guard lock{m_mutex};
    m_retention = retention; // Looked at within some seconds.
}

ArchiveFigures ArchiveWriter::figures() const
{
    const std::lock_guard lock{m_mutex};
    ArchiveFigures figures = m_figures;
    figures.waitingRows = m_rows.size();
    return figures;
}

bool ArchiveWriter::areRowsDue() const
{
    return !m_rows.empty() && (m_rows.size() >= batchRows || m_isStopping || m_flushes > 0 ||
                               SteadyClock::now() >= m_rowsSince + gathering);
}

std::vector<LogRow> ArchiveWriter::takeRows()
{
    std::vector<LogRow> rows;
    for (std::size_t bytes = 0; !m_rows.empty() && rows.size() < batchRows && bytes < batchBytes;) {
        const std::size_t size = bytesOf(m_rows.front());
        bytes += size;
        m_rowBytes -= size;
        rows.push_back(std::move(m_rows.front()));
        m_rows.pop_front();
    }
    return rows;
}

ArchiveWriter::Work ArchiveWriter::takeWork(std::unique_lock<std::mutex>& lock)
{
    const auto hasWork = [this] { return m_isStopping || !m_jobs.empty() || areRowsDue(); };
    if (!m_hasMoreToTrim)
        m_wake.wait_until(lock, m_rows.empty() ? m_nextTrim : m_rowsSince + gathering, hasWork);
    Work work{std::exchange(m_jobs, {}), {}};
    if (areRowsDue())
        work.rows = takeRows();
    m_isBusy = !work.jobs.empty() || !work.rows.empty();
    return work;
}

void ArchiveWriter::run()
{
    std::unique_lock lock{m_mutex};
    for (;;) {
        Work work = takeWork(lock);
        const bool isIdle = !m_isBusy;
        const Retention retention = m_retention;
        if (isIdle && m_isStopping)
            return;
        lock.unlock();
        carryOut(work.jobs);
        if (!work.rows.empty())
            write(work.rows);
        keepHouse(isIdle, retention);
        work = {}; // What callbacks hold goes outside of the lock.
        lock.lock();
        m_isBusy = false;
        publishFigures();
        m_written.notify_all();
    }
}

void ArchiveWriter::publishFigures()
{
    m_figures.logRows = m_room.rows();
}

void ArchiveWriter::carryOut(std::deque<Job>& jobs)
{
    while (!jobs.empty()) {
        const auto end = std::ranges::find_if(jobs, &Job::isAlone);
        const auto together = m_database->transaction([&]() -> Result<void> {
            for (auto job = jobs.begin(); job != end; ++job) {
                if (auto done = job->work(*m_database, m_tables); !done)
                    return done;
            }
            return {};
        });
        for (auto job = jobs.begin(); job != end; ++job) {
            if (together && job->done)
                job->done({});
            else if (!together)
                carryOutAlone(*job);
        }
        if (end != jobs.end()) {
            carryOutAlone(*end);
            if (auto counted = m_room.count(); !counted)
                tell(counted.error());
        }
        jobs.erase(jobs.begin(), end == jobs.end() ? end : std::next(end));
    }
}

void ArchiveWriter::carryOutAlone(Job& job)
{
    const auto work = [&] { return job.work(*m_database, m_tables); };
    const auto result = job.isAlone ? work() : m_database->transaction(work);
    if (job.done)
        job.done(result);
    else if (!result)
        tell(result.error());
}

void ArchiveWriter::write(const std::vector<LogRow>& rows)
{
    const auto written = m_database->transaction([&]() -> Result<void> {
        auto added = m_tables.addLog(rows);
        return added ? m_room.rowsAdded(static_cast<std::int64_t>(rows.size())) : added;
    });
    if (written)
        return;
    tell(written.error());
    const std::lock_guard lock{m_mutex};
    m_figures.droppedRows += rows.size();
}

void ArchiveWriter::keepHouse(bool isIdle, const Retention& retention)
{
    const auto now = SteadyClock::now();
    const bool isTooLong = m_room.rows() > retention.logRows;
    if (isTooLong || m_hasMoreToTrim || now >= m_nextTrim) {
        m_nextTrim = now + trimInterval;
        const auto isMore = m_room.trimStep(retention, std::chrono::system_clock::now());
        m_hasMoreToTrim = isMore && *isMore;
        if (!isMore)
            tell(isMore.error());
    }
    if (isIdle && now >= m_nextSentTrim) {
        const auto isMore = m_room.trimSentStep(retention);
        m_nextSentTrim = isMore && *isMore ? now : now + sentTrimInterval;
    }
}

void ArchiveWriter::tell(const Error& error)
{
    if (m_options.trouble && m_told.insert(error.detail).second)
        m_options.trouble(error.detail);
}

} // namespace castdeck::store
