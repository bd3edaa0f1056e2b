#include "ui/widgets/composer.h"

#include "core/base/json.h"
#include "ui/models/template.h"
#include "ui/text/json_text.h"
#include "ui/text/placeholders.h"
#include "ui/text/shown_text.h"
#include "ui/widgets/channel_field.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/json_editor.h"
#include "ui/widgets/send_options.h"
#include "ui/widgets/size_meter.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <algorithm>

// What the composer says of a message while it is written, and the numbers it is checked against.
namespace castdeck::ui {

namespace {

bool isEncrypted(pusher::ChannelKind kind)
{
    return kind == pusher::ChannelKind::Encrypted || kind == pusher::ChannelKind::EncryptedCache;
}

/// Whether the payload would be JSON if it was filled in.
bool isAlert(const Draft& draft, const DraftProblems& problems)
{
    return problems.payloadLine > 0 && draft.payload.find("{{") != std::string::npos &&
           problemOfTemplate(draft).isEmpty();
}

void showHint(QLabel* label, const QString& problem, const QString& hint)
{
    setStyleProperty(label, "textKind", problem.isEmpty() ? QStringLiteral("hint") : QStringLiteral("error"));
    label->setText(problem.isEmpty() ? hint : problem);
    label->setVisible(!label->text().isEmpty());
}

} // namespace

void Composer::check()
{
    const Draft current = draft();
    DraftProblems problems = problemsOf(current, limits());
    if (current.payload.empty() && current.mode == PayloadMode::Json)
        problems.payload.clear();
    showChannelState(problems);
    showEventState(problems);
    showPayloadState(problems);
    showEncryption();
    m_channels->showLooks();
    Q_EMIT edited();
}

void Composer::showChannelState(const DraftProblems& problems)
{
    const QString text = m_channels->text();
    const std::size_t count = parseChannels(text).size();
    m_channels->setWrong(!problems.channels.isEmpty());
    m_channelCount->setText(count == 0 ? QString{} : tr("%1/%2").arg(count).arg(limits().maxChannels));
    setStyleProperty(m_channelCount, "textKind",
                     count > limits().maxChannels ? QStringLiteral("error") : QStringLiteral("hint"));
    showHint(m_channelsHint, problems.channels, hintForChannels(text));
}

void Composer::showEventState(const DraftProblems& problems)
{
    // Protocol 7, "Client events": the prefix is what tells clients that a peer, not the server, has sent an event.
    const bool isClientEvent = m_event->text().startsWith(QStringLiteral("client-"));
    setStyleProperty(m_event, "state", problems.event.isEmpty() ? QString{} : QStringLiteral("wrong"));
    showHint(m_eventHint, problems.event,
             isClientEvent
                 ? tr("client- events come from clients. Sent from here, it comes from the server and reaches "
                      "every subscriber; to send it as a client, use a virtual subscriber.")
                 : QString{});
}

void Composer::showPayloadState(const DraftProblems& problems)
{
    const Draft current = draft();
    const DraftLimits allowed = limits();
    const bool isJsonMode = current.mode == PayloadMode::Json;
    const bool isEmpty = current.payload.empty();
    const bool isJson = problems.payloadLine == 0;
    m_size->setSize(sentPayload(current).bytes.size(), allowed.maxPayloadBytes);
    m_payload->setColoured(isJsonMode);
    m_payload->setMistake(isJsonMode && !isJson && !isEmpty
                              ? std::optional{TextPlace{problems.payloadLine, problems.payloadColumn}}
                              : std::nullopt);
    const bool canRewrite = isJsonMode && !isEmpty && !json::check(current.payload);
    m_format->setEnabled(canRewrite);
    m_minify->setEnabled(canRewrite);
    m_sendAsText->setVisible(isJsonMode && !isJson && !isEmpty && !problems.isTooLarge);
    m_sendAnyway->setVisible(problems.isTooLarge && !allowed.isKnown && isJson);
    setStyleProperty(m_payload, "state", problems.payload.isEmpty() ? QString{} : QStringLiteral("wrong"));
    showHint(m_payloadHint, problems.payload, payloadHint(current));
}

QString Composer::payloadHint(const Draft& draft) const
{
    if (draft.payload.find("{{") != std::string::npos) {
        const PlaceholderText text{draft.payload, Syntax::Plain};
        if (!text.mistake() && !text.isEmpty())
            return tr("The placeholders go out as they stand here. Save it as an alert to have them asked for.");
    }
    switch (draft.mode) {
    case PayloadMode::Json:
        return draft.payload.empty() ? tr("Any JSON value. It is sent byte for byte as written here.")
                                     : tr("Valid JSON. Sent byte for byte as written here.");
    case PayloadMode::Text:
        return draft.payload.empty() ? tr("Any text. It is sent byte for byte as written here.")
                                     : tr("Sent as plain text, byte for byte.");
    case PayloadMode::Base64:
        return draft.payload.empty() ? tr("Base64 of a text; the text is sent.") : tr("The decoded text is sent.");
    }
    return {};
}

void Composer::showEncryption()
{
    const auto entries = parseChannels(m_channels->text());
    const bool hasEncrypted =
        std::ranges::any_of(entries, [](const ChannelEntry& entry) { return isEncrypted(entry.kind); });
    const hub::AppConfig* const target = app();
    QString sentence;
    if (hasEncrypted && target == nullptr)
        sentence = tr("The connection encrypts with its encryption_master_key_base64.");
    else if (hasEncrypted && target->encryptionMasterKey.empty())
        sentence = tr("This app has no encryption master key, so that encrypted channels cannot be sent to.");
    else if (hasEncrypted)
        sentence = tr("The payload is encrypted here with the app's master key; the server sees ciphertext only.");
    m_options->setEncryption(sentence);
}

DraftProblems Composer::problemsOf(const Draft& draft, const DraftLimits& allowed) const
{
    DraftProblems problems = checkDraft(draft, allowed);
    if (isAlert(draft, problems)) {
        problems.payload =
            tr("The placeholders have to be filled in: save this as an alert (Ctrl+S) and send it from the board.");
        problems.payloadLine = 0;
    }
    return problems;
}

DraftProblems Composer::problems() const
{
    return problemsOf(draft(), limits());
}

const hub::AppConfig* Composer::app() const
{
    if (!m_isEmbedded)
        return nullptr;
    const auto found = std::ranges::find(m_apps, toStd(appId()), &hub::AppConfig::id);
    return found == m_apps.end() ? nullptr : &*found;
}

DraftLimits Composer::limits() const
{
    const hub::AppConfig* const target = app();
    if (target == nullptr)
        return {.isKnown = m_isEmbedded};
    return {.maxChannels = target->limits.maxChannelsPerPublish,
            .maxEventNameCharacters = target->limits.maxEventNameCharacters,
            .maxPayloadBytes = target->limits.maxEventDataBytes};
}

std::optional<std::size_t> Composer::subscribersOf(const std::string& channel) const
{
    if (!m_isEmbedded || !m_snapshot)
        return std::nullopt;
    const std::string id = toStd(appId());
    const auto it = std::ranges::find_if(m_snapshot->channels, [&](const engine::ChannelSnapshot& candidate) {
        return candidate.name == channel && candidate.appId == id;
    });
    return it == m_snapshot->channels.end() ? 0 : it->subscriptions;
}

} // namespace castdeck::ui
