#include "ui/models/capability_words.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace castdeck::ui {

using remote::Capability;
using State = Capability::State;
using Topic = Capability::Topic;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Capability", text);
}

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

} // namespace

CapabilityLook lookOf(State state)
{
    switch (state) {
    case State::Told: return {QStringLiteral("check"), Tone::Success, tr("Told")};
    case State::NotTold: return {QStringLiteral("dash"), Tone::Muted, tr("Not told")};
    case State::Failed: return {QStringLiteral("warning"), Tone::Warning, tr("No answer")};
    case State::Unknown: break;
    }
    return {QStringLiteral("waiting"), Tone::Muted, tr("Asking")};
}

QString subjectOf(Topic topic)
{
    switch (topic) {
    case Topic::Channels: return tr("Which channels are occupied");
    case Topic::Subscriptions: return tr("How many subscribers a channel has");
    case Topic::Users: return tr("How many users a presence channel has");
    case Topic::Connections: return tr("How many connections there are");
    case Topic::Log: return tr("Everything that happens there");
    case Topic::Health: return tr("Whether the server is well");
    }
    return {};
}

QString cameBack(const Capability& capability)
{
    const QString question = shownText(capability.question, 200);
    QString answer = shownText(capability.answer, 120).trimmed();
    while (answer.endsWith(QLatin1Char{'.'}))
        answer.chop(1);
    if (capability.state == State::Unknown)
        return tr("%1 has no answer yet.").arg(question);
    if (capability.status == 0)
        return tr("%1 got no answer: %2.").arg(question, answer);
    const QString answered = tr("%1 answered %2").arg(question).arg(capability.status);
    if (capability.state == State::Told)
        return answered + QLatin1Char{'.'};
    if (isSuccess(capability.status))
        return tr("%1, but did not say it.").arg(answered);
    return answer.isEmpty() ? answered + QLatin1Char{'.'} : tr("%1: %2.").arg(answered, answer);
}

// Source: what these servers answer, in the table of the protocol's HTTP interface. The hosted service is Pusher
// Channels.
QString offeredBy(Topic topic)
{
    switch (topic) {
    case Topic::Channels: return tr("Pusher Channels, Reverb, soketi, sockudo and Castdeck offer it.");
    case Topic::Subscriptions:
        return tr("Pusher Channels (when it is switched on for the app), Reverb, soketi and Castdeck offer it.");
    case Topic::Users: return tr("Pusher Channels, sockudo and Castdeck offer it.");
    case Topic::Connections: return tr("Reverb and Castdeck offer it.");
    case Topic::Log: return tr("Castdeck offers it, no other kind of server.");
    case Topic::Health: return tr("Reverb, sockudo and Castdeck offer it.");
    }
    return {};
}

const Capability* findCapability(const std::vector<Capability>& capabilities, Topic topic)
{
    const auto found = std::ranges::find(capabilities, topic, &Capability::topic);
    return found == capabilities.end() ? nullptr : &*found;
}

QString whyMissing(const std::vector<Capability>& capabilities, Topic topic)
{
    const Capability* const capability = findCapability(capabilities, topic);
    if (capability == nullptr || capability->state == State::Unknown || capability->state == State::Told)
        return {};
    const QString why = cameBack(*capability);
    if (capability->state == State::NotTold)
        return why + QLatin1Char{' '} + offeredBy(topic);
    constexpr int wrongSecret = 401;
    return capability->status == wrongSecret ? why + QLatin1Char{' '} + tr("Check key and secret of this profile.")
                                             : why;
}

} // namespace castdeck::ui
