#include "ui/bridge/archive_bridge.h"

#include "core/engine/log_rows.h"
#include "ui/bridge/stored_filter.h"
#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <atomic>
#include <utility>

namespace castdeck::ui {

namespace {

using State = SentMessage::State;

unsigned nextLanes()
{
    static unsigned last = 1;
    return std::exchange(last, last + 2);
}

LogArchive::Page toPage(Result<store::LogPage> found)
{
    LogArchive::Page page;
    if (!found) {
        page.trouble = toQt(found.error().detail);
        return page;
    }
    page.isEnd = found->isEnd;
    page.firstId = found->rows.empty() ? 0 : found->rows.back().id;
    for (auto row = found->rows.rbegin(); row != found->rows.rend(); ++row)
        page.rows.push_back(engine::fromLogRow(std::move(*row)));
    return page;
}

store::SentState toStored(State state)
{
    switch (state) {
    case State::Waiting: return store::SentState::Waiting;
    case State::Accepted: return store::SentState::Accepted;
    case State::Partial: return store::SentState::Partial;
    case State::Failed: return store::SentState::Failed;
    }
    return store::SentState::Waiting;
}

State fromStored(store::SentState state)
{
    switch (state) {
    case store::SentState::Waiting: return State::Waiting;
    case store::SentState::Accepted: return State::Accepted;
    case store::SentState::Partial: return State::Partial;
    case store::SentState::Failed: return State::Failed;
    }
    return State::Waiting;
}

constexpr std::int64_t storedJson = 0;
constexpr std::int64_t storedText = 1;

QDateTime toQtTime(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

SentMessage fromRow(store::SentRow row)
{
    SentMessage message;
    message.appId = toQt(row.appId);
    message.connection = toQt(row.connection);
    message.draft.channels = toQt(row.channels);
    message.draft.event = toQt(row.event);
    message.draft.payload = std::move(row.payload);
    message.draft.mode = row.mode == storedText ? PayloadMode::Text : PayloadMode::Json;
    message.at = toQtTime(row.at);
    message.state = fromStored(row.outcome.state);
    if (row.outcome.receivers)
        message.receivers = static_cast<std::size_t>(std::max<std::int64_t>(*row.outcome.receivers, 0));
    message.archiveId = row.id;
    return message;
}

} // namespace

/// Brings answers to the GUI thread, and drops them when the bridge is gone.
class ArchiveBridge::Post : public std::enable_shared_from_this<Post> {
public:
    void send(std::function<void()> task)
    {
        QMetaObject::invokeMethod(
            qApp,
            [self = shared_from_this(), task = std::move(task)] {
                if (self->m_isOpen)
                    task();
            },
            Qt::QueuedConnection);
    }
    void close() { m_isOpen = false; }

private:
    bool m_isOpen = true; ///< Of the GUI thread.
};

ArchiveBridge::ArchiveBridge(store::Archive& archive, std::string profileId, QObject* parent)
    : QObject{parent}
    , m_archive{archive}
    , m_profileId{std::move(profileId)}
    , m_lanes{nextLanes()}
    , m_post{std::make_shared<Post>()}
{
}

ArchiveBridge::~ArchiveBridge()
{
    m_post->close();
}

void ArchiveBridge::addEvents(const std::vector<engine::Event>& events)
{
    if (events.empty())
        return;
    std::vector<store::LogRow> rows;
    rows.reserve(events.size());
    for (const engine::Event& event : events)
        rows.push_back(engine::toLogRow(event, m_profileId));
    m_archive.addLog(std::move(rows));
}

void ArchiveBridge::ask(LogArchive::Question question, std::function<void(LogArchive::Page)> answer)
{
    store::LogQuery query{.profile = m_profileId, .before = question.beforeId, .limit = question.limit};
    const auto before = std::chrono::duration_cast<std::chrono::microseconds>(question.before.time_since_epoch());
    query.condition.parts = {
        {.kind = store::LogCondition::Kind::Number,
         .columns = {store::LogCondition::Column::Time},
         .most = before.count() - 1},
        StoredFilter::conditionOf(question.kinds),
        StoredFilter::conditionOf(question.filter),
    };
    m_archive.findLog(
        std::move(query),
        [post = m_post, answer = std::move(answer)](Result<store::LogPage> found) {
            post->send([answer, page = toPage(std::move(found))]() mutable { answer(std::move(page)); });
        },
        m_lanes);
}

std::int64_t ArchiveBridge::add(const SentMessage& message)
{
    store::SentRow row;
    row.id = m_archive.nextSentId();
    row.profile = m_profileId;
    row.connection = toStd(message.connection);
    row.appId = toStd(message.appId);
    row.channels = toStd(message.draft.channels);
    row.event = toStd(message.draft.event);
    row.payload = message.draft.payload;
    row.mode = message.draft.mode == PayloadMode::Text ? storedText : storedJson;
    row.at = WallTime{std::chrono::milliseconds{message.at.toMSecsSinceEpoch()}};
    const std::int64_t id = row.id;
    m_archive.addSent(std::move(row), [](const Result<void>&) {}); // What fails, fails again when it is settled.
    return id;
}

void ArchiveBridge::settle(std::int64_t archiveId, const Outcome& outcome, std::function<void(const QString&)> kept)
{
    store::SentOutcome stored;
    stored.state = toStored(outcome.state);
    if (outcome.receivers)
        stored.receivers = static_cast<std::int64_t>(*outcome.receivers);
    stored.report = toStd(outcome.report);
    stored.at = SystemClock{}.wall();
    m_archive.settleSent(archiveId, std::move(stored),
                         [this, post = m_post, kept = std::move(kept)](const Result<void>& result) {
                             const QString trouble = result ? QString{} : toQt(result.error().detail);
                             post->send([this, kept, trouble] {
                                 kept(trouble);
                                 if (!trouble.isEmpty())
                                     Q_EMIT troubled(tr("What was sent is not kept: %1.").arg(trouble));
                             });
                         });
}

void ArchiveBridge::find(const SentArchive::Question& question, std::function<void(SentArchive::Page)> answer)
{
    store::SentQuery query{
        .profile = m_profileId, .text = toStd(question.words), .before = question.before, .limit = question.limit};
    m_archive.findSent(
        std::move(query),
        [post = m_post, answer = std::move(answer)](Result<store::SentPage> found) {
            SentArchive::Page page;
            if (found) {
                page.isEnd = found->isEnd;
                for (store::SentRow& row : found->rows)
                    page.messages.push_back(fromRow(std::move(row)));
            }
            post->send([answer, page = std::move(page)]() mutable { answer(std::move(page)); });
        },
        m_lanes + 1);
}

} // namespace castdeck::ui
