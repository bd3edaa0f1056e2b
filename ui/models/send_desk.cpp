#include "ui/models/send_desk.h"

#include "ui/models/history_model.h"
#include "ui/models/report_words.h"
#include "ui/models/sealed_payload.h"
#include "ui/text/shown_text.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

SentMessage::State stateOf(const broadcast::Report& report)
{
    if (report.isSuccess())
        return SentMessage::State::Accepted;
    const bool isAnySent =
        std::ranges::find(report.entries, broadcast::Status::Sent, &broadcast::Entry::status) != report.entries.end();
    return isAnySent ? SentMessage::State::Partial : SentMessage::State::Failed;
}

std::optional<std::size_t> knownReceivers(const broadcast::Report& report)
{
    const bool isKnown =
        std::ranges::any_of(report.entries, [](const broadcast::Entry& entry) { return entry.receivers.has_value(); });
    return isKnown ? std::optional{receiversOf(report)} : std::nullopt;
}

broadcast::Emission emissionOf(const Draft& draft, const SendDesk::Way& way)
{
    std::vector<broadcast::Channel> channels; // Raw names, as typed.
    for (const std::string& name : channelNamesOf(draft))
        channels.emplace_back(name);
    const std::string payload = sentPayload(draft).bytes;
    broadcast::Emission emission;
    emission.event = toStd(draft.event);
    // Text is a value, so that wires that carry JSON quote it; JSON goes out as written.
    emission.payload =
        draft.mode == PayloadMode::Json ? broadcast::Payload{payload} : broadcast::Payload{broadcast::Json(payload)};
    emission.channels = broadcast::Channels{std::move(channels)};
    emission.options.connection = way.connection;
    emission.options.exceptSocketId = draft.excludeSocketId;
    emission.options.wantsCounts = way.wantsCounts;
    return emission;
}

} // namespace

WallTime sentAt(const SentMessage& message)
{
    return WallTime{std::chrono::milliseconds{message.at.toMSecsSinceEpoch()}};
}

SendDesk::SendDesk(ServerControl& server, ConnectionControl& connections, HistoryModel& history, QObject* parent)
    : QObject{parent}
    , m_server{server}
    , m_connections{connections}
    , m_history{history}
{
    m_traceTimer.setSingleShot(true);
    m_traceTimer.setInterval(100ms);
    connect(&m_traceTimer, &QTimer::timeout, this, &SendDesk::lookAtTraces);
}

QString SendDesk::send(const std::vector<Draft>& drafts, const Way& way)
{
    if (way.isEmbedded)
        return sendHere(drafts, way);
    sendThrough(drafts, way);
    return {};
}

void SendDesk::begin(const std::vector<Draft>& drafts)
{
    m_traces.clear();
    m_traceTimer.stop();
    m_traceLooks = 0;
    m_batchLines.clear();
    m_batch = {};
    if (drafts.size() < 2)
        return;
    for (const Draft& draft : drafts)
        m_batch.lines.push_back({.draft = draft});
}

SendDesk::Key SendDesk::remember(const Draft& draft, const Way& way)
{
    const Key key = ++m_lastKey;
    if (!m_batch.lines.empty())
        m_batchLines.emplace(key, m_batchLines.size());
    Draft sent = asSent(draft);
    sent.excludeSocketId.clear(); // Gone by the time somebody sends it again.
    m_last = SentMessage{.commandId = key,
                         .appId = way.appId,
                         .connection = toQt(way.connection),
                         .draft = std::move(sent),
                         .at = QDateTime::currentDateTime()};
    m_history.add(*m_last);
    return key;
}

QString SendDesk::sendHere(const std::vector<Draft>& drafts, const Way& way)
{
    std::vector<engine::PublishCommand> commands;
    for (const Draft& draft : drafts) {
        SentPayload payload = payloadToSend(draft, way.app);
        if (!payload.problem.isEmpty())
            return tr("Not sent. %1").arg(payload.problem);
        commands.push_back({.appId = toStd(way.appId),
                            .channels = channelNamesOf(draft),
                            .event = toStd(draft.event),
                            .data = std::move(payload.bytes),
                            .excludeSocketId = draft.excludeSocketId});
    }
    begin(drafts);
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const Key key = remember(drafts[i], way);
        m_commands[m_server.publish(std::move(commands[i]))] = key;
    }
    return {};
}

void SendDesk::sendThrough(const std::vector<Draft>& drafts, const Way& way)
{
    begin(drafts);
    Asked asked;
    std::vector<broadcast::Emission> emissions;
    for (const Draft& draft : drafts) {
        asked.keys.push_back(remember(draft, way));
        emissions.push_back(emissionOf(draft, way));
        asked.channels.push_back(emissions.back().channels.list().size());
    }
    const std::uint64_t id = emissions.size() == 1 ? m_connections.send(std::move(emissions.front()))
                                                   : m_connections.sendBatch(std::move(emissions));
    m_emissions[id] = std::move(asked);
}

void SendDesk::settleBatch(Key key, bool isAccepted, std::optional<std::size_t> receivers, const QString& problem)
{
    BatchLine& line = m_batch.lines[m_batchLines.at(key)];
    line.isAnswered = true;
    line.isAccepted = isAccepted;
    line.receivers = receivers;
    line.problem = isAccepted ? QString{} : problem;
    if (std::ranges::all_of(m_batch.lines, &BatchLine::isAnswered))
        Q_EMIT batchAnswered(m_batch);
}

void SendDesk::showOutcome(const engine::PublishOutcome& outcome)
{
    const auto command = m_commands.extract(outcome.commandId);
    if (command.empty())
        return;
    const Key key = command.mapped();
    std::size_t receivers = 0;
    for (const auto& channel : outcome.channels)
        receivers += channel.receivers;
    const auto state = outcome.isAccepted ? SentMessage::State::Accepted : SentMessage::State::Failed;
    const QString problem = shownText(outcome.error, 300);
    // What is reported as sent has been written down first.
    m_history.settle(key, {state, receivers, problem}, [this, key, outcome, receivers, problem] {
        if (m_batchLines.contains(key))
            settleBatch(key, outcome.isAccepted, receivers, problem);
        else if (key == m_lastKey)
            Q_EMIT answered(outcome);
    });
}

void SendDesk::showReport(std::uint64_t id, const broadcast::Report& report)
{
    const auto emission = m_emissions.extract(id);
    if (emission.empty())
        return;
    const Asked& asked = emission.mapped();
    if (asked.keys.size() == 1) {
        showPart(asked.keys.front(), report);
        return;
    }
    if (m_batchLines.contains(asked.keys.front()))
        m_batch.exchanges = report.exchanges;
    // The entries of all messages follow each other.
    std::size_t next = 0;
    for (std::size_t i = 0; i < asked.keys.size(); ++i) {
        broadcast::Report part;
        part.duration = report.duration;
        for (std::size_t n = 0; n < asked.channels[i] && next < report.entries.size(); ++n)
            part.entries.push_back(report.entries[next++]);
        showPart(asked.keys[i], part);
    }
}

void SendDesk::showPart(Key key, const broadcast::Report& part)
{
    const auto receivers = knownReceivers(part);
    const QString sentence = reportSentence(part);
    m_history.settle(key, {stateOf(part), receivers, sentence}, [this, key, part, receivers, sentence] {
        if (m_batchLines.contains(key))
            settleBatch(key, part.isSuccess() && !part.entries.empty(), receivers, sentence);
        else if (key == m_lastKey)
            Q_EMIT reported(part);
    });
}

void SendDesk::showEvents(const std::vector<engine::Event>& events)
{
    if (!m_last || !m_batch.lines.empty())
        return;
    const auto channels = channelNamesOf(m_last->draft);
    if (m_traces.size() == channels.size())
        return;
    const std::string name = toStd(m_last->draft.event);
    const std::size_t before = m_traces.size();
    for (const engine::Event& event : events) {
        const bool isOfLast = event.kind == engine::EventKind::ApiMessage && event.trace && event.event == name &&
                              event.at >= sentAt(*m_last) &&
                              std::ranges::find(channels, event.channel) != channels.end() && event.payload &&
                              *event.payload == m_last->draft.payload;
        if (isOfLast && m_traces.size() < channels.size())
            m_traces.push_back(event.trace);
    }
    if (m_traces.size() > before)
        lookAtTraces();
}

/// The traces fill while the event is fanned out; what is not complete is looked at again.
void SendDesk::lookAtTraces()
{
    constexpr int mostLooks = 20;
    std::chrono::microseconds after{0};
    for (const auto& trace : m_traces) {
        const auto reached = trace->reached();
        if (reached.size() < trace->expected()) {
            if (++m_traceLooks < mostLooks) // A client that closed under way stays missing.
                m_traceTimer.start();
            return;
        }
        for (const auto& each : reached)
            after = std::max(after, each.delay);
    }
    Q_EMIT delivered(after);
}

} // namespace castdeck::ui
