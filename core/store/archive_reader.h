#pragma once

#include "core/store/database.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace castdeck::store {

/// The one thread that reads the archive. While nobody asks, it looks the whole file through for damage, and keeps a
/// copy of what cannot be had again.
class ArchiveReader {
public:
    /// `trouble` is told of damage, on this thread. `isOurs` is false for a file that is only read.
    ArchiveReader(Database database, std::filesystem::path path, bool isOurs,
                  std::function<void(const std::string&)> trouble);
    ~ArchiveReader() { close(); }
    ArchiveReader(const ArchiveReader&) = delete;
    ArchiveReader& operator=(const ArchiveReader&) = delete;

    /// Joins the thread and closes the file; what is asked afterwards is not answered.
    void close();

    /// `read` tells its result by `answer`, which is left out for a question whose place another one took. Lane 0 is
    /// that of questions that stand by themselves.
    template <typename Read, typename Answer> void ask(unsigned lane, Read read, Answer answer)
    {
        put({.lane = lane,
             .isWanted = std::make_shared<std::atomic<bool>>(true),
             .carryOut = [read = std::move(read), answer = std::move(answer)](Database& database,
                                                                              const std::atomic<bool>& isWanted) {
                 auto result = read(database);
                 if (isWanted)
                     answer(std::move(result));
             }});
    }

private:
    struct Question {
        unsigned lane = 0;
        std::shared_ptr<std::atomic<bool>> isWanted;
        std::function<void(Database&, const std::atomic<bool>&)> carryOut;
    };

    void put(Question question);
    void run();
    bool waitForQuestion(std::unique_lock<std::mutex>& lock);
    void checkWhole();

    const std::filesystem::path m_path;
    const bool m_isOurs;
    const std::function<void(const std::string&)> m_trouble;
    bool m_isChecked = false; ///< Of the thread.

    std::mutex m_mutex; ///< Guards what follows; m_database is interrupted under it.
    std::condition_variable m_wake;
    std::deque<Question> m_questions;
    Question m_current; ///< Without isWanted while there is none.
    bool m_isChecking = false;
    bool m_isStopping = false;
    std::optional<Database> m_database; ///< Used by the thread only, but for interrupt().

    std::thread m_thread; ///< Last: it uses everything else.
};

/// Exists beside a file that was found to be damaged while it was in use: it is then looked through whole, and set
/// aside, when it is opened next.
std::filesystem::path suspicionPath(const std::filesystem::path& archive);

} // namespace castdeck::store
