#include "ui/bridge/connections_bridge.h"

#include <chrono>
#include <mutex>
#include <string>
#include <utility>

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

/// What other threads leave for the GUI thread.
struct ConnectionsBridge::Mailbox {
    explicit Mailbox(ConnectionsBridge* bridge) : owner{bridge} {}

    void addReport(std::uint64_t id, const broadcast::Report& report)
    {
        const std::lock_guard lock{mutex};
        reports.emplace_back(id, report);
        wake();
    }
    void addLine(std::string_view line)
    {
        const std::lock_guard lock{mutex};
        if (lines.size() < maxWaitingLines)
            lines.push_back(noticeOf(std::string{line}));
        else
            ++droppedLines;
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
    std::vector<std::pair<std::uint64_t, broadcast::Report>> reports;
    std::vector<engine::Event> lines;
    std::size_t droppedLines = 0;
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
    const std::uint64_t id = ++m_lastId;
    m_manager->send(std::move(emission)).then([mailbox = m_mailbox, id](const broadcast::Report& report) {
        mailbox->addReport(id, report);
    });
    return id;
}

void ConnectionsBridge::flush()
{
    std::vector<std::pair<std::uint64_t, broadcast::Report>> reports;
    std::vector<engine::Event> lines;
    std::size_t dropped = 0;
    {
        const std::lock_guard lock{m_mailbox->mutex};
        m_mailbox->isWoken = false;
        reports.swap(m_mailbox->reports);
        lines.swap(m_mailbox->lines);
        dropped = std::exchange(m_mailbox->droppedLines, 0);
    }
    if (m_view == nullptr)
        return;
    if (!lines.empty() || dropped > 0)
        m_view->addEvents(std::move(lines), dropped);
    for (const auto& [id, report] : reports)
        m_view->showReport(id, report);
}

} // namespace castdeck::ui
