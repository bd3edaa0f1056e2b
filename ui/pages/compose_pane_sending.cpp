#include "ui/pages/compose_pane.h"

#include "ui/models/send_desk.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/receipt.h"
#include "ui/widgets/send_options.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>

#include <algorithm>
#include <utility>

// From the wish to send to the desk: what stands in the way, the question before production, and the batch.
namespace castdeck::ui {

void ComposePane::setProfile(const Profile& profile)
{
    m_profile = profile;
    showGuard();
}

void ComposePane::setLocked(bool isLocked, const QString& reason)
{
    if (m_isLocked == isLocked && m_lockReason == reason)
        return; // Told every second while the time runs; the receipt stays.
    const bool wasLocked = std::exchange(m_isLocked, isLocked);
    m_lockReason = reason;
    if (isLocked && m_confirm->isAsking())
        cancelled();
    showGuard();
    if (m_isLocked)
        m_receipt->showNotice(m_lockReason);
    else if (wasLocked)
        m_receipt->showIdle();
}

void ComposePane::showGuard()
{
    const QString text = m_isLocked ? tr("Read-only") : m_profile.isProduction ? tr("Send to PRODUCTION") : tr("Send");
    m_send->setText(text);
    m_send->setAccessibleName(text);
    setStyleProperty(m_send, "kind", m_isLocked ? QStringLiteral("plain") : QStringLiteral("primary"));
    m_send->setIcon(m_isLocked ? icon(QStringLiteral("private")) : icon(QStringLiteral("send"), Tone::OnAccent));
    m_send->setToolTip(m_isLocked ? m_lockReason : tr("Send (Ctrl+Enter)"));
    const bool isUsual = !m_isLocked && !m_profile.isProduction; // Two buttons beside each other: each says what goes.
    Q_EMIT guardChanged(isUsual ? tr("Send alert") : text, m_isLocked ? m_lockReason : QString{});
}

bool ComposePane::isAsking() const
{
    return m_stack->currentWidget() == m_confirm;
}

void ComposePane::send()
{
    if (!isAsking())
        m_composer->send();
}

void ComposePane::sendDraft(const Draft& draft)
{
    Outgoing outgoing{.drafts = {}, .connection = choice().name, .isFromClient = m_composer->isFromClient()};
    if (!outgoing.isFromClient)
        outgoing.drafts = m_batch;
    outgoing.drafts.push_back(draft);
    request(std::move(outgoing));
}

/// Why it cannot go out, in one sentence; empty when it can.
QString ComposePane::obstacle(const Outgoing& outgoing) const
{
    const ConnectionChoice* const way = choiceNamed(outgoing.connection);
    if (m_isLocked)
        return m_lockReason;
    if (way == nullptr)
        return tr("Not sent. There is no connection %1 in the configuration.").arg(shownText(outgoing.connection, 64));
    if (way->isEmbedded && m_snapshot && m_snapshot->server.state != engine::ServerState::Running)
        return tr("Not sent. The local server is stopped: start it on the Apps page.");
    return {};
}

bool ComposePane::wantsQuestion(const Outgoing& outgoing) const
{
    return m_profile.isProduction || m_askRule == AskRule::Always ||
           (m_askRule == AskRule::Elsewhere && !choiceNamed(outgoing.connection)->isEmbedded);
}

void ComposePane::request(Outgoing outgoing)
{
    if (const QString problem = obstacle(outgoing); !problem.isEmpty()) {
        m_receipt->showRefusal(problem);
        Q_EMIT held(outgoing.templateId);
        return;
    }
    if (!wantsQuestion(outgoing)) {
        dispatch(outgoing);
        return;
    }
    m_pending = std::move(outgoing);
    ask();
}

void ComposePane::ask()
{
    const std::vector<Draft>& messages = m_pending->drafts;
    const bool isOwn = m_profile.kind == Profile::Kind::Pusher || m_pending->connection.empty();
    ConfirmSheet::Question question{.serverName = isOwn ? m_profile.name : toQt(m_pending->connection),
                                    .isProduction = m_profile.isProduction,
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
    m_stack->setCurrentWidget(m_confirm);
    m_confirm->ask(question);
    m_receipt->showNotice(tr("Not sent yet: the question above wants an answer."));
}

void ComposePane::confirmed()
{
    if (!m_pending)
        return;
    const Outgoing outgoing = std::move(*m_pending);
    m_pending.reset();
    m_stack->setCurrentIndex(0);
    dispatch(outgoing);
    m_receipt->setFocus(); // Where a second Enter does nothing.
}

void ComposePane::cancelled()
{
    const std::string templateId = m_pending ? m_pending->templateId : std::string{};
    m_pending.reset();
    m_stack->setCurrentIndex(0);
    m_receipt->showNotice(tr("Not sent."));
    if (templateId.empty())
        m_composer->setFocus();
    Q_EMIT held(templateId);
}

void ComposePane::dispatch(const Outgoing& outgoing)
{
    const ConnectionChoice& way = *choiceNamed(outgoing.connection);
    const QString appId = outgoing.appId.isEmpty() ? m_composer->appId() : outgoing.appId;
    if (outgoing.isFromClient) {
        Q_EMIT clientEventRequested(appId, outgoing.drafts.front());
        return;
    }
    m_receipt->showWaiting();
    const QString problem = m_desk.send(outgoing.drafts, {.isEmbedded = way.isEmbedded,
                                                          .connection = way.name,
                                                          .appId = appId,
                                                          .app = m_composer->findApp(appId),
                                                          .wantsCounts = m_composer->options()->wantsCounts()});
    if (!problem.isEmpty()) {
        m_receipt->showRefusal(problem);
        Q_EMIT held(outgoing.templateId);
        return;
    }
    if (outgoing.templateId.empty() && outgoing.drafts.size() > 1)
        clearBatch();
    Q_EMIT sent(outgoing.templateId);
}

void ComposePane::addToBatch()
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

void ComposePane::clearBatch()
{
    m_batch.clear();
    m_composer->options()->setBatchCount(0);
}

} // namespace castdeck::ui
