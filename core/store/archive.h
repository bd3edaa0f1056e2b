#pragma once

#include "core/base/result.h"
#include "core/store/archive_query.h"
#include "core/store/archive_rows.h"
#include "core/store/retention.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::store {

struct ArchiveOptions {
    std::filesystem::path path; ///< Usually state.db beside the configuration.
    Retention retention{};
    /// Rows of the log that may wait to be written. What comes above that is counted and dropped.
    std::size_t maxWaitingRows = 200'000;
    std::size_t maxWaitingBytes = std::size_t{64} << 20U;
    /// One sentence about trouble with the file, once for each kind. Called on threads of the archive.
    std::function<void(const std::string&)> trouble;
};

struct ArchiveFigures {
    std::int64_t logRows = 0;
    std::size_t waitingRows = 0;
    std::uint64_t droppedRows = 0; ///< Since the start.
    std::int64_t bytes = 0;        ///< Of the file.
};

/// What the program remembers beyond a run: what was sent, the live log, and documents such as drafts. One SQLite file,
/// readable by its owner only, which several processes may use at once.
///
/// Thread: every member may be called from any thread and returns at once, except open(), flush() and the destructor.
/// Callbacks run on threads of the archive, which they must not hold up. Ownership: the destructor writes what waits
/// and joins both threads; questions that were not answered by then are not.
class Archive {
public:
    using Done = std::function<void(const Result<void>&)>;
    template <typename T> using Answer = std::function<void(Result<T>)>;

    /// A damaged file is set aside and replaced; one of a later version is only read. notice() tells of both. Fails
    /// with Io when the file can be neither used nor replaced.
    static Result<std::unique_ptr<Archive>> open(ArchiveOptions options);
    ~Archive();
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;

    bool isReadOnly() const noexcept;           ///< Writing then fails with Forbidden.
    const std::string& notice() const noexcept; ///< Empty when all is well.
    /// When the file was replaced: the newest good copy.
    const std::optional<std::filesystem::path>& restorable() const noexcept;
    const std::vector<DocumentRow>& documents() const noexcept; ///< As they were when the file was opened.

    std::int64_t nextSentId(); ///< Above all that were given before, in this process and most likely in any.
    /// What is sent, settled or put as a document is never dropped, and is written in the order of the calls. `done`
    /// comes when it would survive the end of the process, or with the reason why it would not.
    void addSent(SentRow row, Done done = {});
    void settleSent(std::int64_t id, SentOutcome outcome, Done done = {});
    void putDocument(DocumentRow row, Done done = {});
    void removeDocument(std::string collection, std::string id, Done done = {});
    void orderDocuments(std::string collection, std::vector<std::string> ids, Done done = {});

    /// The rows get ids that follow each other; returns the first. They are written within about 100 ms.
    std::int64_t addLog(std::vector<LogRow> rows);

    /// A question takes the place of an earlier one of the same lane, which is then not answered. Lane 0: of none.
    void findSent(SentQuery query, Answer<SentPage> answer, unsigned lane = 0);
    void findLog(LogQuery query, Answer<LogPage> answer, unsigned lane = 0);

    /// Adds what the copy holds and the file does not. Answers with all documents.
    void restore(std::filesystem::path copy, Answer<std::vector<DocumentRow>> answer);

    /// Blocks until everything that was put is written. For programs that end, and for tests.
    void flush();

    void setRetention(const Retention& retention); ///< What is too much goes soon.
    ArchiveFigures figures() const;

private:
    class Impl;
    explicit Archive(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace castdeck::store
