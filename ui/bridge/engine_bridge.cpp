#include "ui/bridge/engine_bridge.h"

#include "core/engine/server_options.h"

#include <algorithm>
#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr qint64 frameMilliseconds = 16;
constexpr auto refreshInterval = 250ms;

} // namespace

EngineBridge::EngineBridge(engine::EngineOptions options, QObject* parent)
    : QObject{parent}
    , m_listen{options.listen}
    , m_engine{std::move(options), [this] {
                   if (!m_isWoken.exchange(true))
                       QMetaObject::invokeMethod(this, &EngineBridge::wake, Qt::QueuedConnection);
               }}
{
    m_flush.setSingleShot(true);
    m_flush.setTimerType(Qt::PreciseTimer);
    connect(&m_flush, &QTimer::timeout, this, &EngineBridge::flush);
    connect(&m_refresh, &QTimer::timeout, this, &EngineBridge::refresh);
    m_sinceFlush.start();
    m_refresh.start(refreshInterval);
}

void EngineBridge::setView(ServerView* view)
{
    m_view = view;
    m_shown.reset();
    refresh();
}

void EngineBridge::setPortFinder(std::function<std::uint16_t()> find)
{
    m_findPort = std::move(find);
}

void EngineBridge::reconfigure(const engine::EngineOptions& wanted)
{
    engine::reconfigure(m_engine, wanted);
}

void EngineBridge::startServer()
{
    if (m_findPort)
        m_engine.setListen(m_listen, m_findPort());
    m_engine.start();
}

void EngineBridge::stopServer()
{
    m_engine.stop(engine::StopReason::Operator);
}

std::uint64_t EngineBridge::publish(engine::PublishCommand command)
{
    return m_engine.publish(std::move(command));
}

std::uint64_t EngineBridge::authorize(engine::AuthorizationTrial trial)
{
    return m_engine.authorize(std::move(trial));
}

void EngineBridge::askDetails(engine::DetailsQuestion question, QObject* context, Answer answer)
{
    m_asked.emplace(m_engine.askDetails(std::move(question)), Asked{context, std::move(answer)});
}

void EngineBridge::closeSocket(const std::string& appId, const std::string& socketId)
{
    m_engine.disconnect(appId, socketId);
}

void EngineBridge::removeFromChannel(const std::string& appId, const std::string& socketId, const std::string& channel)
{
    m_engine.removeFromChannel(appId, socketId, channel);
}

void EngineBridge::terminateUser(const std::string& appId, const std::string& userId)
{
    m_engine.terminateUser(appId, userId);
}

/// An answer may ask the next question.
void EngineBridge::passDetails()
{
    for (const engine::Details& details : m_engine.takeDetails()) {
        const auto asked = m_asked.extract(details.commandId);
        if (!asked.empty() && asked.mapped().context)
            asked.mapped().answer(details);
    }
}

void EngineBridge::wake()
{
    m_isWoken = false;
    if (!m_flush.isActive())
        m_flush.start(
            static_cast<int>(std::clamp<qint64>(frameMilliseconds - m_sinceFlush.elapsed(), 0, frameMilliseconds)));
}

void EngineBridge::flush()
{
    m_sinceFlush.restart();
    passDetails();
    Mailbox<engine::Event>::Batch batch = m_engine.takeEvents();
    Mailbox<engine::Decision>::Batch decisions = m_engine.takeDecisions();
    const std::vector<engine::PublishOutcome> outcomes = m_engine.takeOutcomes();
    const std::vector<engine::AuthorizationVerdict> verdicts = m_engine.takeVerdicts();
    if (m_view == nullptr)
        return;
    m_view->addEvents(std::move(batch.items), batch.dropped);
    for (const engine::PublishOutcome& outcome : outcomes)
        m_view->showOutcome(outcome);
    m_view->addDecisions(std::move(decisions.items), decisions.dropped);
    for (const engine::AuthorizationVerdict& verdict : verdicts)
        m_view->showVerdict(verdict);
}

void EngineBridge::refresh()
{
    std::shared_ptr<const engine::Snapshot> snapshot = m_engine.snapshot();
    if (m_view == nullptr || snapshot == m_shown)
        return;
    m_shown = std::move(snapshot);
    m_view->showSnapshot(m_shown);
}

} // namespace castdeck::ui
