#include "core/store/archive.h"

#include "core/store/archive_copy.h"
#include "core/store/archive_reader.h"
#include "core/store/archive_schema.h"
#include "core/store/archive_search.h"
#include "core/store/archive_writer.h"
#include "core/store/timed_numbers.h"

#include <system_error>
#include <utility>

namespace castdeck::store {

class Archive::Impl {
public:
    explicit Impl(ArchiveOptions given) : options{std::move(given)}
    {
        if (!options.trouble)
            options.trouble = [](const std::string&) {};
    }

    ~Impl()
    {
        // Whoever closes a file last writes the log of changes into it, which a reader cannot.
        if (reader)
            reader->close();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    Result<void> open()
    {
        const bool isSuspect = std::filesystem::exists(suspicionPath(options.path));
        const auto checked = isSuspect ? std::span<const std::string_view>{} : archiveCoreTables();
        auto database = Database::openOrReplace(options.path, archiveSteps(), notice, checked);
        if (!database)
            return database.error().kind == ErrorKind::Forbidden ? openReadOnly(database.error()) : database.error();
        std::error_code ignored;
        std::filesystem::remove(suspicionPath(options.path), ignored);
        if (!notice.empty())
            restorable = newestCopy(options.path);
        auto loaded = loadDocuments(*database);
        if (!loaded)
            return loaded.error();
        documents = *std::move(loaded);
        auto made = ArchiveWriter::make(*std::move(database), options);
        if (!made)
            return made.error();
        writer = *std::move(made);
        return openReader();
    }

    void put(std::function<Result<void>(Database&, ArchiveTables&)> work, Done done, bool isAlone = false)
    {
        if (writer)
            writer->put(ArchiveWriter::Job{std::move(work), std::move(done), isAlone});
        else if (done)
            done(Error{ErrorKind::Forbidden, notice});
    }

    ArchiveOptions options;
    std::string notice;
    std::optional<std::filesystem::path> restorable;
    std::vector<DocumentRow> documents;
    TimedNumbers sentIds;
    TimedNumbers logIds;
    std::unique_ptr<ArchiveReader> reader;
    std::unique_ptr<ArchiveWriter> writer; ///< Goes before the reader, which its callbacks may ask.

private:
    Result<void> openReadOnly(const Error& reason)
    {
        notice = reason.detail;
        if (auto opened = openReader(); !opened)
            return opened;
        auto database = Database::openReadOnly(options.path);
        if (auto loaded = database ? loadDocuments(*database) : database.error(); loaded)
            documents = *std::move(loaded);
        return {};
    }

    Result<void> openReader()
    {
        auto database = Database::openReadOnly(options.path);
        if (!database)
            return database.error();
        reader =
            std::make_unique<ArchiveReader>(*std::move(database), options.path, writer != nullptr, options.trouble);
        return {};
    }
};

Archive::Archive(std::unique_ptr<Impl> impl) : m_impl{std::move(impl)} {}

Archive::~Archive() = default;

Result<std::unique_ptr<Archive>> Archive::open(ArchiveOptions options)
{
    auto impl = std::make_unique<Impl>(std::move(options));
    if (auto opened = impl->open(); !opened)
        return opened.error();
    return std::unique_ptr<Archive>{new Archive{std::move(impl)}};
}

bool Archive::isReadOnly() const noexcept
{
    return m_impl->writer == nullptr;
}

const std::string& Archive::notice() const noexcept
{
    return m_impl->notice;
}

const std::optional<std::filesystem::path>& Archive::restorable() const noexcept
{
    return m_impl->restorable;
}

const std::vector<DocumentRow>& Archive::documents() const noexcept
{
    return m_impl->documents;
}

std::int64_t Archive::nextSentId()
{
    return m_impl->sentIds.take(1);
}

void Archive::addSent(SentRow row, Done done)
{
    m_impl->put([row = std::move(row)](Database&, ArchiveTables& tables) { return tables.addSent(row); },
                std::move(done));
}

void Archive::settleSent(std::int64_t id, SentOutcome outcome, Done done)
{
    m_impl->put(
        [id, outcome = std::move(outcome)](Database&, ArchiveTables& tables) { return tables.settleSent(id, outcome); },
        std::move(done));
}

void Archive::putDocument(DocumentRow row, Done done)
{
    m_impl->put([row = std::move(row)](Database&, ArchiveTables& tables) { return tables.putDocument(row); },
                std::move(done));
}

void Archive::removeDocument(std::string collection, std::string id, Done done)
{
    m_impl->put([collection = std::move(collection), id = std::move(id)](
                    Database&, ArchiveTables& tables) { return tables.removeDocument(collection, id); },
                std::move(done));
}

void Archive::orderDocuments(std::string collection, std::vector<std::string> ids, Done done)
{
    m_impl->put([collection = std::move(collection), ids = std::move(ids)](
                    Database&, ArchiveTables& tables) { return tables.orderDocuments(collection, ids); },
                std::move(done));
}

std::int64_t Archive::addLog(std::vector<LogRow> rows)
{
    const std::int64_t first = m_impl->logIds.take(static_cast<std::int64_t>(rows.size()));
    std::int64_t id = first;
    for (LogRow& row : rows)
        row.id = id++;
    if (m_impl->writer && !rows.empty())
        m_impl->writer->put(std::move(rows));
    return first;
}

void Archive::findSent(SentQuery query, Answer<SentPage> answer, unsigned lane)
{
    m_impl->reader->ask(
        lane, [query = std::move(query)](Database& database) { return store::findSent(database, query); },
        std::move(answer));
}

void Archive::findLog(LogQuery query, Answer<LogPage> answer, unsigned lane)
{
    m_impl->reader->ask(
        lane, [query = std::move(query)](Database& database) { return store::findLog(database, query); },
        std::move(answer));
}

void Archive::restore(std::filesystem::path copy, Answer<std::vector<DocumentRow>> answer)
{
    m_impl->put([copy = std::move(copy)](Database& database, ArchiveTables&) { return restoreFrom(database, copy); },
                [impl = m_impl.get(), answer = std::move(answer)](const Result<void>& restored) {
                    if (!restored) {
                        answer(restored.error());
                        return;
                    }
                    impl->reader->ask(0, &loadDocuments, answer);
                },
                true);
}

void Archive::flush()
{
    if (m_impl->writer)
        m_impl->writer->flush();
}

void Archive::setRetention(const Retention& retention)
{
    if (m_impl->writer)
        m_impl->writer->setRetention(retention);
}

ArchiveFigures Archive::figures() const
{
    ArchiveFigures figures = m_impl->writer ? m_impl->writer->figures() : ArchiveFigures{};
    std::error_code error;
    const std::uintmax_t bytes = std::filesystem::file_size(m_impl->options.path, error);
    figures.bytes = error ? 0 : static_cast<std::int64_t>(bytes);
    return figures;
}

} // namespace castdeck::store
