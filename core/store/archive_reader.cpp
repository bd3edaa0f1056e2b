#include "core/store/archive_reader.h"

#include "core/store/archive_copy.h"
#include "core/store/private_file.h"

#include <chrono>
#include <utility>

namespace castdeck::store {

using namespace std::chrono_literals;

namespace {

/// After so long without a question, what can wait is done.
constexpr auto quiet = 5s;

} // namespace

std::filesystem::path suspicionPath(const std::filesystem::path& archive)
{
    return archive.string() + ".suspect";
}

ArchiveReader::ArchiveReader(Database database, std::filesystem::path path, bool isOurs,
                             std::function<void(const std::string&)> trouble)
    : m_path{std::move(path)}
    , m_isOurs{isOurs}
    , m_trouble{std::move(trouble)}
    , m_database{std::move(database)}
    , m_thread{[this] { run(); }}
{
}

void ArchiveReader::close()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock{m_mutex};
        m_isStopping = true;
        m_questions.clear();
        if (m_current.isWanted)
            *m_current.isWanted = false;
        m_database->interrupt();
    }
    m_wake.notify_one();
    m_thread.join();
    const std::lock_guard lock{m_mutex};
    m_database.reset();
}

void ArchiveReader::put(Question question)
{
    {
        const std::lock_guard lock{m_mutex};
        if (m_isStopping)
            return;
        const auto isReplaced = [&](const Question& each) { return each.lane != 0 && each.lane == question.lane; };
        std::erase_if(m_questions, isReplaced);
        const bool isCurrentReplaced = m_current.isWanted && isReplaced(m_current);
        if (isCurrentReplaced)
            *m_current.isWanted = false;
        if (isCurrentReplaced || m_isChecking)
            m_database->interrupt();
        m_questions.push_back(std::move(question));
    }
    m_wake.notify_one();
}

bool ArchiveReader::waitForQuestion(std::unique_lock<std::mutex>& lock)
{
    const auto isWoken = [this] { return m_isStopping || !m_questions.empty(); };
    if (!m_isChecked)
        return m_wake.wait_for(lock, quiet, isWoken);
    m_wake.wait(lock, isWoken);
    return true;
}

void ArchiveReader::run()
{
    (void)m_database->execute("PRAGMA cache_size = -32000; PRAGMA mmap_size = 1073741824");
    std::unique_lock lock{m_mutex};
    for (;;) {
        const bool isAsked = waitForQuestion(lock);
        if (m_isStopping)
            return;
        if (isAsked) {
            m_current = std::move(m_questions.front());
            m_questions.pop_front();
            lock.unlock();
            m_current.carryOut(*m_database, *m_current.isWanted);
            m_current.carryOut = {};
            lock.lock();
            m_current = {};
        } else {
            m_isChecking = true;
            lock.unlock();
            checkWhole();
            lock.lock();
            m_isChecking = false;
        }
    }
}

void ArchiveReader::checkWhole()
{
    const auto isIntact = m_database->isIntact();
    if (!isIntact)
        return; // Interrupted by a question: later.
    m_isChecked = true;
    if (!*isIntact) {
        (void)replacePrivateFile(suspicionPath(m_path), "");
        m_trouble(m_path.string() +
                  " is damaged in part. It is set aside when Castdeck starts again, which then offers "
                  "the last copy");
    } else if (m_isOurs && isCopyDue(m_path)) {
        if (auto kept = writeCopy(m_path); !kept)
            m_trouble(kept.error().detail);
    }
}

} // namespace castdeck::store
