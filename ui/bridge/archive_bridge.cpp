#include "ui/bridge/archive_bridge.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <atomic>
#include <utility>

namespace castdeck::ui {

namespace {

using engine::EventKind;
using State = SentMessage::State;

// Kinds are kept in files by their number.
static_assert(static_cast<int>(EventKind::Connection) == 0 && static_cast<int>(EventKind::ApiMessage) == 6 &&
                  static_cast<int>(EventKind::WebhookSent) == 12 && static_cast<int>(EventKind::ServerNotice) == 17,
              "a kind that is added goes after the others");

unsigned nextLanes()
{
    static unsigned last = 1;
    return std::exchange(last, last + 2);
}

store::LogRow toRow(const engine::Event& event, const std::string& profileId)
{
    store::LogRow row;
    row.profile = profileId;
    row.kind = static_cast<std::int64_t>(event.kind);
    row.at = event.at;
    row.appId = event.appId;
    row.channel = event.channel;
    row.event = event.event;
    row.socketId = event.socketId;
    row.userId = event.userId;
    row.payload = event.payload;
    row.detail = event.detail;
    row.code = event.code;
    row.receivers = static_cast<std::int64_t>(event.receivers);
    return row;
}

engine::Event fromRow(store::LogRow row)
{
    engine::Event event;
    const bool isKnown = row.kind >= 0 && row.kind < static_cast<std::int64_t>(engine::eventKindCount);
    event.kind = isKnown ? static_cast<EventKind>(row.kind) : EventKind::ServerNotice;
    event.at = row.at;
    event.appId = std::move(row.appId);
    event.channel = std::move(row.channel);
    event.event = std::move(row.event);
    event.socketId = std::move(row.socketId);
    event.userId = std::move(row.userId);
    event.payload = std::move(row.payload);
    event.detail = std::move(row.detail);
    event.code = static_cast<int>(row.code);
    event.receivers = static_cast<std::size_t>(std::max<std::int64_t>(row.receivers, 0));
    return event;
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
        page.rows.push_back(fromRow(std::move(*row)));
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
        rows.push_back(toRow(event, m_profileId));
    m_archive.addLog(std::move(rows));
}

void ArchiveBridge::ask(LogArchive::Question question, std::function<void(LogArchive::Page)> answer)
{
    store::LogQuery query{
        .profile = m_profileId, .text = toStd(question.words), .before = question.beforeId, .limit = question.limit};
    if (question.before != WallTime::max()) {
        const auto before = std::chrono::duration_cast<std::chrono::microseconds>(question.before.time_since_epoch());
        query.conditions.push_back({.field = store::LogCondition::Field::Time,
                                    .comparison = store::LogCondition::Comparison::Less,
                                    .number = static_cast<double>(before.count())});
    }
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
