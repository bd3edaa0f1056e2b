#include "ui/pages/send_page.h"

#include "ui/models/history_model.h"
#include "ui/models/report_words.h"
#include "ui/models/sealed_payload.h"
#include "ui/pages/board_pane.h"
#include "ui/text/shown_text.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/receipt.h"
#include "ui/widgets/send_options.h"
#include "ui/widgets/template_form.h"

#include <QtWidgets/QStackedWidget>

#include <algorithm>
#include <chrono>
#include <utility>

// How a message of the Send page goes out: asked about, dispatched, remembered, and what is told of it.
namespace castdeck::ui {

namespace {

/// Server and connections count their sends separately; the history keeps both in one list.
std::uint64_t keyHere(std::uint64_t id)
{
    return 2 * id;
}

std::uint64_t keyThrough(std::uint64_t id)
{
    return 2 * id + 1;
}

SentMessage::State stateOf(const broadcast::Report& report)
{
    if (report.isSuccess())
        return SentMessage::State::Accepted;
    const bool isAnySent =
        std::ranges::find(report.entries, broadcast::Status::Sent, &broadcast::Entry::status) != report.entries.end();
    return isAnySent ? SentMessage::State::Partial : SentMessage::State::Failed;
}

} // namespace

void SendPage::send()
{
    if (m_right->currentWidget() == m_confirm)
        return; // Only its own button and Enter answer the question.
    if (m_board->form().isVisible() && m_board->form().isAncestorOf(focusWidget()))
        m_board->form().send();
    else
        m_composer->send();
}

void SendPage::sendDraft(const Draft& draft)
{
    Outgoing outgoing{.drafts = m_batch, .connection = choice().name, .templateId = {}};
    outgoing.drafts.push_back(draft);
    request(std::move(outgoing));
}

void SendPage::sendTemplate(const Template& message, const Draft& draft)
{
    const std::string connection = message.connection.empty() ? choice().name : message.connection;
    request({.drafts = {draft}, .connection = connection, .templateId = message.id});
}

void SendPage::request(Outgoing outgoing)
{
    const ConnectionChoice* const way = choiceNamed(outgoing.connection);
    QString problem;
    if (m_isLocked)
        problem = m_lockReason;
    else if (way == nullptr)
        problem =
            tr("Not sent. There is no connection %1 in the configuration.").arg(shownText(outgoing.connection, 64));
    else if (way->isEmbedded && m_snapshot && m_snapshot->server.state != engine::ServerState::Running)
        problem = tr("Not sent. The local server is stopped: start it on the Apps page.");
    if (!problem.isEmpty()) {
        m_receipt->showRefusal(problem);
        m_board->form().allowAnother();
        return;
    }
    if (!m_profile.isProduction) {
        dispatch(outgoing);
        return;
    }
    m_pending = std::move(outgoing);
    ask();
}

void SendPage::ask()
{
    const std::vector<Draft>& messages = m_pending->drafts;
    ConfirmSheet::Question question{.profileName = m_profile.name,
                                    .channels = {},
                                    .event = messages.front().event,
                                    .payload = sentPayload(messages.front()).bytes};
    for (const Draft& draft : messages) {
        for (const std::string& name : channelNamesOf(draft)) {
            if (std::ranges::find(question.channels, name, &ConfirmSheet::Channel::name) == question.channels.end())
                question.channels.push_back({name, m_composer->subscribersOf(name)});
        }
    }
    if (messages.size() > 1) {
        question.event = tr("%1 messages").arg(messages.size());
        question.payload.clear();
        for (const Draft& draft : messages)
            question.payload +=
                toStd(tr("%1 on %2").arg(draft.event, draft.channels)) + '\n' + sentPayload(draft).bytes + "\n\n";
    }
    if (const std::string& socket = messages.back().excludeSocketId; !socket.empty())
        question.note = tr("Leaves out the socket %1.").arg(shownText(socket, 40));
    m_right->setCurrentWidget(m_confirm);
    m_confirm->ask(question);
    m_receipt->showNotice(tr("Not sent yet: the question above wants an answer."));
}

void SendPage::confirmed()
{
    if (!m_pending)
        return;
    const Outgoing outgoing = std::move(*m_pending);
    m_pending.reset();
    m_right->setCurrentIndex(0);
    dispatch(outgoing);
    m_receipt->setFocus(); // Where a second Enter does nothing.
}

void SendPage::cancelled()
{
    const bool isOfComposer = m_pending && m_pending->templateId.empty();
    m_pending.reset();
    m_right->setCurrentIndex(0);
    m_board->form().allowAnother();
    m_receipt->showNotice(tr("Not sent."));
    isOfComposer ? m_composer->setFocus() : m_board->form().setFocus();
}

void SendPage::dispatch(const Outgoing& outgoing)
{
    const ConnectionChoice& way = *choiceNamed(outgoing.connection);
    const bool isBatch = outgoing.drafts.size() > 1;
    m_sentBatch.reset();
    if (isBatch)
        m_sentBatch.emplace();
    bool isOut = true;
    m_traces.clear();
    m_traceTimer.stop();
    m_traceLooks = 0;
    m_receipt->showWaiting();
    for (const Draft& draft : outgoing.drafts) {
        if (way.isEmbedded)
            isOut = sendHere(draft, way.name) && isOut;
        else
            sendThrough(draft, way.name);
    }
    if (!isOut) {
        m_board->form().allowAnother();
        return;
    }
    if (!outgoing.templateId.empty())
        m_board->showSent(outgoing.templateId);
    else if (isBatch) {
        m_batch.clear();
        m_composer->options()->setBatchCount(0);
    }
    showKnownNames();
}

bool SendPage::sendHere(const Draft& draft, const std::string& connection)
{
    const auto channels = channelNamesOf(draft);
    const SentPayload payload = payloadToSend(draft, m_composer->app());
    if (!payload.problem.isEmpty()) {
        m_receipt->showRefusal(tr("Not sent. %1").arg(payload.problem));
        return false;
    }
    engine::PublishCommand command{.appId = toStd(m_composer->appId()),
                                   .channels = channels,
                                   .event = toStd(draft.event),
                                   .data = payload.bytes,
                                   .excludeSocketId = draft.excludeSocketId};
    remember(keyHere(m_server.publish(std::move(command))), draft, connection);
    return true;
}

void SendPage::sendThrough(const Draft& draft, const std::string& connection)
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
    emission.options.connection = connection;
    emission.options.exceptSocketId = draft.excludeSocketId;
    remember(keyThrough(m_connectionControl.send(std::move(emission))), draft, connection);
}

void SendPage::remember(std::uint64_t id, const Draft& draft, const std::string& connection)
{
    m_lastSent = id;
    if (m_sentBatch)
        m_sentBatch->answered.emplace(id, false);
    Draft sent = asSent(draft);
    sent.excludeSocketId.clear(); // Gone by the time somebody sends it again.
    m_history->add({.commandId = id,
                    .appId = m_composer->appId(),
                    .connection = toQt(connection),
                    .draft = sent,
                    .at = QDateTime::currentDateTime()});
}

/// Whether the answer belongs to several that were sent together; then the receipt tells of all of them.
void SendPage::settle(std::uint64_t key, bool isAccepted, std::size_t receivers, const QString& problem)
{
    Batch& batch = *m_sentBatch;
    batch.answered[key] = true;
    batch.accepted += isAccepted ? 1U : 0U;
    batch.receivers += receivers;
    if (!isAccepted && batch.problem.isEmpty())
        batch.problem = problem;
    const bool isWhole = std::ranges::all_of(batch.answered, [](const auto& entry) { return entry.second; });
    if (isWhole)
        m_receipt->showBatch(batch.answered.size(), batch.accepted, batch.receivers, batch.problem);
}

void SendPage::showOutcome(const engine::PublishOutcome& outcome)
{
    std::size_t receivers = 0;
    for (const auto& channel : outcome.channels)
        receivers += channel.receivers;
    const std::uint64_t key = keyHere(outcome.commandId);
    const auto state = outcome.isAccepted ? SentMessage::State::Accepted : SentMessage::State::Failed;
    // What is reported as sent has been written down first.
    m_history->settle(key, {state, receivers, shownText(outcome.error, 300)}, [this, key, outcome, receivers] {
        if (m_sentBatch && m_sentBatch->answered.contains(key))
            settle(key, outcome.isAccepted, receivers, shownText(outcome.error, 300));
        else if (key == m_lastSent)
            m_receipt->showOutcome(outcome);
    });
}

void SendPage::showReport(std::uint64_t id, const broadcast::Report& report)
{
    const bool tellsReceivers =
        std::ranges::any_of(report.entries, [](const broadcast::Entry& entry) { return entry.receivers.has_value(); });
    const auto receivers = tellsReceivers ? std::optional{receiversOf(report)} : std::nullopt;
    const std::uint64_t key = keyThrough(id);
    m_history->settle(key, {stateOf(report), receivers, reportSentence(report)}, [this, key, report] {
        if (m_sentBatch && m_sentBatch->answered.contains(key))
            settle(key, report.isSuccess(), receiversOf(report), reportSentence(report));
        else if (key == m_lastSent)
            m_receipt->showReport(report);
    });
}

void SendPage::showEvents(const std::vector<engine::Event>& events)
{
    if (m_history->rowCount() == 0 || m_sentBatch)
        return;
    const SentMessage& last = m_history->at(0);
    const auto channels = channelNamesOf(last.draft);
    const std::string name = toStd(last.draft.event);
    for (const engine::Event& event : events) {
        const bool isOfLast = event.kind == engine::EventKind::ApiMessage && event.trace && event.event == name &&
                              std::ranges::find(channels, event.channel) != channels.end() && event.payload &&
                              *event.payload == last.draft.payload;
        if (isOfLast && m_traces.size() < channels.size())
            m_traces.push_back(event.trace);
    }
    showDelivery();
}

/// The traces fill while the event is fanned out; what is not complete is looked at again.
void SendPage::showDelivery()
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
    if (!m_traces.empty())
        m_receipt->showLastDelivery(after);
}

void SendPage::addToBatch()
{
    constexpr std::size_t mostInBatch = 9; // The composer's own is the tenth, as the HTTP interface takes.
    const Draft draft = m_composer->draft();
    const DraftProblems problems = m_composer->problems();
    if (m_batch.size() >= mostInBatch)
        m_receipt->showRefusal(tr("A batch takes 10 messages."));
    else if (!problems.none() || channelNamesOf(draft).empty() || draft.event.isEmpty())
        m_receipt->showRefusal(problems.none() ? tr("A message needs a channel and an event.") : problems.first());
    else {
        m_batch.push_back(draft);
        m_composer->options()->setBatchCount(m_batch.size());
    }
}

} // namespace castdeck::ui
