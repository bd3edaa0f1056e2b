#include "core/remote/endpoint_checks.h"

#include "core/base/json.h"
#include "core/pusher/channel_name.h"

#include <algorithm>

namespace castdeck::remote {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, checkCount> names{{
    {"Needs authorization", "needs_auth"},
    {"Reachable", "reachable"},
    {"TLS", "tls"},
    {"No redirect", "redirect"},
    {"Status", "status"},
    {"JSON", "json"},
    {"Has auth", "auth_present"},
    {"Form of auth", "auth_form"},
    {"Key", "key"},
    {"Signature", "signature"},
    {"Channel data", "channel_data"},
    {"Subscription", "subscription"},
}};

} // namespace

std::string_view titleOf(Check check)
{
    return names[static_cast<std::size_t>(check)].first;
}

std::string_view toText(Check check)
{
    return names[static_cast<std::size_t>(check)].second;
}

std::string_view wordFor(CheckMark mark)
{
    switch (mark) {
    case CheckMark::NotReached: return "not reached";
    case CheckMark::Passed: return "passed";
    case CheckMark::NotNeeded: return "not needed";
    case CheckMark::Unchecked: return "unchecked";
    case CheckMark::Failed: return "failed";
    }
    return "";
}

std::string_view toText(SignatureState state)
{
    switch (state) {
    case SignatureState::None: return "none";
    case SignatureState::Unchecked: return "unchecked";
    case SignatureState::Right: return "right";
    case SignatureState::Wrong: return "wrong";
    }
    return "wrong";
}

std::string_view wordFor(EndpointOutcome outcome)
{
    switch (outcome) {
    case EndpointOutcome::Allowed: return "Allow";
    case EndpointOutcome::Denied: return "Deny";
    case EndpointOutcome::Error: break;
    }
    return "Error";
}

std::optional<Check> EndpointReport::firstFailed() const
{
    const auto failed = std::ranges::find(checks, CheckMark::Failed, &CheckResult::mark);
    if (failed == checks.end())
        return std::nullopt;
    return static_cast<Check>(failed - checks.begin());
}

EndpointOutcome EndpointReport::outcome() const
{
    const auto failed = firstFailed();
    if (!failed)
        return EndpointOutcome::Allowed;
    return failed == Check::Status && isDenial ? EndpointOutcome::Denied : EndpointOutcome::Error;
}

std::string EndpointReport::explanation() const
{
    const auto failed = firstFailed();
    if (!failed)
        return isUnsigned ? "The application allows it, unsigned." : "The application allows it.";
    const CheckResult& result = at(*failed);
    return result.nextStep.empty() ? result.sentence : result.sentence + " " + result.nextStep;
}

bool checkName(const EndpointQuestion& question, EndpointReport& report)
{
    CheckResult& result = report.at(Check::NeedsAuth);
    result.mark = CheckMark::Passed;
    if (question.channel.empty()) {
        result.sentence = "It is about who the client is: user authentication.";
        return true;
    }
    const auto name = pusher::ChannelName::parse(question.channel);
    if (!name) {
        result.mark = CheckMark::Failed;
        result.sentence = "No client can use this name: " + name.error().detail + ".";
        result.nextStep = "Correct the channel's name.";
        return false;
    }
    result.sentence = name->needsAuth()
                          ? "Clients ask before they join a " + std::string{pusher::toText(name->kind())} + " channel."
                          : "This name needs none: clients join it without asking. Private names begin "
                            "with private- or presence-.";
    return true;
}

std::string authOf(const http::Answer& answer)
{
    const auto body = json::Value::parse(answer.body);
    const auto auth = body && body->is(json::Kind::Object) ? body->find("auth") : std::nullopt;
    return auth && auth->is(json::Kind::String) ? auth->text() : std::string{};
}

std::optional<std::string> channelDataOf(const http::Answer& answer)
{
    const auto body = json::Value::parse(answer.body);
    const auto data = body && body->is(json::Kind::Object) ? body->find("channel_data") : std::nullopt;
    return data && data->is(json::Kind::String) ? std::optional{data->text()} : std::nullopt;
}

} // namespace castdeck::remote
