#include "ui/widgets/composer.h"

#include "ui/models/template.h"
#include "ui/text/shown_text.h"
#include "ui/widgets/channel_field.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/payload_field.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/send_options.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>

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

} // namespace

void Composer::check()
{
    const Draft current = draft();
    DraftProblems problems = problemsOf(current, limits());
    if (current.payload.empty() && current.mode == PayloadMode::Json)
        problems.payload.clear();
    showChannelState(problems);
    showEventState(problems);
    m_payload->showState(current, problems, limits());
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
    const bool isClientEvent = m_event->text().startsWith(QStringLiteral("client-"));
    m_sender->setVisible(isClientEvent && m_isClientPossible);
    setStyleProperty(m_event, "state", problems.event.isEmpty() ? QString{} : QStringLiteral("wrong"));
    // Protocol 7, "Client events": the prefix is what tells clients that a peer, not the server, has sent an event.
    showHint(m_eventHint, problems.event,
             !isClientEvent ? QString{}
             : isFromClient()
                 ? tr("client- events come from clients: a virtual subscriber of the channel sends it, and "
                      "all others there get it.")
                 : tr("Sent from the server it reaches every subscriber, as if a client had sent it."));
}

bool Composer::isFromClient() const
{
    return m_isClientPossible && m_event->text().startsWith(QStringLiteral("client-")) && m_sender->current() == 0;
}

void Composer::setClientPossible(bool isPossible)
{
    m_isClientPossible = isPossible;
    check();
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
            tr("The placeholders have to be filled in: save this as a template (Ctrl+S) and send it from the board.");
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
    return m_isEmbedded ? findApp(appId()) : nullptr;
}

const hub::AppConfig* Composer::findApp(const QString& appId) const
{
    const auto found = std::ranges::find(m_apps, toStd(appId), &hub::AppConfig::id);
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
