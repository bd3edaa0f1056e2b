#include "core/remote/capabilities.h"

#include "core/base/json.h"

#include <algorithm>

namespace castdeck::remote {

using Topic = Capability::Topic;
using State = Capability::State;

namespace {

/// Whether an answer that is a success holds what was asked for: servers ignore what they do not know.
bool answers(Topic topic, const std::string& body)
{
    if (topic == Topic::Health)
        return true;
    const auto document = json::Value::parse(body);
    if (!document || !document->is(json::Kind::Object))
        return false;
    if (topic == Topic::Connections)
        return document->find("connections").has_value();
    if (topic == Topic::Log)
        return document->find("version").has_value() && document->find("rows").has_value();
    const auto channels = document->find("channels");
    if (!channels)
        return false;
    if (topic == Topic::Channels || !channels->is(json::Kind::Object))
        return true;
    const auto members = channels->members();
    const char* const name = topic == Topic::Users ? "user_count" : "subscription_count";
    return members.empty() || (members.front().value.is(json::Kind::Object) && members.front().value.find(name));
}

/// A refusal that says nothing of what the server offers to others, or at another time.
bool mayPass(int status)
{
    constexpr int noAnswer = 0;
    constexpr int wrongSecret = 401;
    constexpr int tooMany = 429;
    return status == noAnswer || status == wrongSecret || status == tooMany || status >= 500;
}

std::string firstLine(const std::string& text)
{
    constexpr std::size_t longest = 160;
    return text.substr(0, std::min(text.find('\n'), longest));
}

} // namespace

void CapabilityProbe::start()
{
    const unsigned round = ++m_round;
    const std::string app = "/apps/" + m_client.endpoint().appId;
    m_all = {
        {.topic = Topic::Channels, .question = "GET " + app + "/channels", .answer = {}},
        {.topic = Topic::Subscriptions, .question = "GET " + app + "/channels?info=subscription_count", .answer = {}},
        {.topic = Topic::Users,
         .question = "GET " + app + "/channels?filter_by_prefix=presence-&info=user_count",
         .answer = {}},
        {.topic = Topic::Connections, .question = "GET " + app + "/connections", .answer = {}},
        {.topic = Topic::Log, .question = "GET " + app + "/log", .answer = {}},
        {.topic = Topic::Health, .question = "GET /up", .answer = {}}};
    const auto noting = [this, round](Topic topic) {
        return [this, round, topic](const RestAnswer& answer) { note(round, topic, answer); };
    };
    m_client.channels({}, {}, this, noting(Topic::Channels));
    m_client.channels({}, "subscription_count", this, noting(Topic::Subscriptions));
    m_client.channels("presence-", "user_count", this, noting(Topic::Users));
    m_client.connections(this, noting(Topic::Connections));
    m_client.log(PusherRestClient::fromHereOn, this, noting(Topic::Log));
    m_client.health(this, noting(Topic::Health));
    Q_EMIT changed();
}

void CapabilityProbe::note(unsigned round, Topic topic, const RestAnswer& answer)
{
    if (round != m_round)
        return;
    Capability& noted = entry(topic);
    noted.status = answer.status;
    noted.answer = firstLine(answer.code == broadcast::Code::None ? answer.body : answer.text);
    if (answer.code == broadcast::Code::None)
        noted.state = answers(topic, answer.body) ? State::Told : State::NotTold;
    else if (topic == Topic::Health && answer.status == 200 && answer.text.find('<') == std::string::npos)
        noted.state = State::Told; // Some say so in one word; a web page says something else.
    else
        noted.state = mayPass(answer.status) ? State::Failed : State::NotTold;
    Q_EMIT changed();
}

Capability& CapabilityProbe::entry(Topic topic)
{
    return *std::ranges::find(m_all, topic, &Capability::topic);
}

bool CapabilityProbe::isComplete() const
{
    return !m_all.empty() &&
           std::ranges::none_of(m_all, [](const Capability& one) { return one.state == State::Unknown; });
}

bool CapabilityProbe::tells(Topic topic) const
{
    const auto found = std::ranges::find(m_all, topic, &Capability::topic);
    return found == m_all.end() || found->state != State::NotTold;
}

} // namespace castdeck::remote
