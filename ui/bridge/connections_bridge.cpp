#include "ui/bridge/connections_bridge.h"

#include <chrono>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace castdeck::ui {

namespace {

constexpr std::size_t maxWaitingLines = 10'000;

engine::Event noticeOf(std::string line)
{
    engine::Event event;
    event.kind = engine::EventKind::ServerNotice;
    event.at = std::chrono::system_clock::now();
    event.detail = std::move(line);
    return event;
}

} // namespace

/// As many as the view asked for.
struct ConnectionsBridge::Answers {
    std::vector<std::pair<std::uint64_t, broadcast::Report>> reports;
    std::vector<std::pair<std::uint64_t, ChannelListing>> channels;
    std::vector<std::pair<std::uint64_t, MemberListing>> members;
    std::vector<engine::Event> lines;
    std::size_t droppedLines = 0;
};

/// What other threads leave for the GUI thread.
struct ConnectionsBridge::Mailbox {
    explicit Mailbox(ConnectionsBridge* bridge) : owner{bridge} {}

    template <class T> void add(std::vector<std::pair<std::uint64_t, T>> Answers::* list, std::uint64_t id, T answer)
    {
        const std::lock_guard lock{mutex};
        (answers.*list).emplace_back(id, std::move(answer));
        wake();
    }
    template <class T>
    void addListing(std::vector<std::pair<std::uint64_t, T>> Answers::* list, std::uint64_t id, T answer)
    {
        if (answer.items.size() > maxListed)
            answer.items.resize(maxListed + 1);
        add(list, id, std::move(answer));
    }
    void addLine(std::string_view line)
    {
        const std::lock_guard lock{mutex};
        if (answers.lines.size() < maxWaitingLines)
            answers.lines.push_back(noticeOf(std::string{line}));
        else
            ++answers.droppedLines;
        wake();
    }
    /// Under the lock: the owner cannot go away meanwhile.
    void wake()
    {
        if (owner != nullptr && !std::exchange(isWoken, true))
            QMetaObject::invokeMethod(owner, &ConnectionsBridge::flush, Qt::QueuedConnection);
    }

    std::mutex mutex; ///< Guards all below.
    ConnectionsBridge* owner;
    bool isWoken = false;
    Answers answers;
};

ConnectionsBridge::ConnectionsBridge(broadcast::ConnectionsConfig config, broadcast::Services services, QObject* parent)
    : QObject{parent}
    , m_mailbox{std::make_shared<Mailbox>(this)}
{
    services.log = [mailbox = m_mailbox](broadcast::LogLevel, std::string_view line) { mailbox->addLine(line); };
    m_manager = std::make_shared<broadcast::Manager>(std::move(config), std::move(services));
    m_manager->setOperator({"operator"});
}

ConnectionsBridge::~ConnectionsBridge()
{
    const std::lock_guard lock{m_mailbox->mutex};
    m_mailbox->owner = nullptr;
}

std::uint64_t ConnectionsBridge::send(broadcast::Emission emission)
{
    return answer(m_manager->send(std::move(emission)));
}

std::uint64_t ConnectionsBridge::sendBatch(std::vector<broadcast::Emission> emissions)
{
    return answer(m_manager->batch(std::move(emissions)));
}

std::uint64_t ConnectionsBridge::answer(broadcast::PendingReport report)
{
    const std::uint64_t id = ++m_lastId;
    report.then(
        [mailbox = m_mailbox, id](const broadcast::Report& done) { mailbox->add(&Answers::reports, id, done); });
    return id;
}

std::uint64_t ConnectionsBridge::listChannels(const std::string& connection, const std::string& prefix)
{
    const std::uint64_t id = ++m_lastId;
    const auto answer = [mailbox = m_mailbox, id](ChannelListing listing) {
        mailbox->addListing(&Answers::channels, id, std::move(listing));
    };
    const broadcast::Found found = m_manager->connection(connection);
    if (found.connection)
        found.connection->listChannels(prefix, answer);
    else
        answer({.failure = found.failure, .items = {}});
    return id;
}

std::uint64_t ConnectionsBridge::listMembers(const std::string& connection, const std::string& channel)
{
    const std::uint64_t id = ++m_lastId;
    const auto answer = [mailbox = m_mailbox, id](MemberListing listing) {
        mailbox->addListing(&Answers::members, id, std::move(listing));
    };
    const broadcast::Found found = m_manager->connection(connection);
    if (found.connection)
        found.connection->listMembers(channel, answer);
    else
        answer({.failure = found.failure, .items = {}});
    return id;
}

void ConnectionsBridge::flush()
{
    Answers answers;
    {
        const std::lock_guard lock{m_mailbox->mutex};
        m_mailbox->isWoken = false;
        answers = std::exchange(m_mailbox->answers, {});
    }
    if (m_view == nullptr)
        return;
    if (!answers.lines.empty() || answers.droppedLines > 0)
        m_view->addEvents(std::move(answers.lines), answers.droppedLines);
    for (const auto& [id, report] : answers.reports)
        m_view->showReport(id, report);
    for (auto& [id, listing] : answers.channels)
        m_view->showChannels(id, std::move(listing));
    for (auto& [id, listing] : answers.members)
        m_view->showMembers(id, std::move(listing));
}

} // namespace castdeck::ui
