#include "app/cli/driver_state.h"

#include "app/cli/output.h"
#include "app/cli/state_output.h"
#include "core/base/json_check.h"
#include "core/pusher/channel_name.h"

namespace castdeck::cli {

namespace {

using broadcast::Code;

std::string textOf(const std::optional<std::uint64_t>& number)
{
    return number ? std::to_string(*number) : std::string{};
}

} // namespace

int DriverState::failed(const broadcast::Failure& failure) const
{
    say("connection \"" + visible(m_target.name) + "\": " + std::string{toText(failure.code)} + ": " +
        visible(failure.text));
    if (failure.code == Code::Unreachable || failure.code == Code::Timeout || failure.code == Code::Tls)
        say(whatWasTried(m_target));
    return exitFailed;
}

void DriverState::printChannels(bool isJson, const Finish& finish)
{
    if (!m_sending.isUsable())
        return finish(exitBadUsage);
    const bool hasKinds = m_target.driver != "centrifugo"; // Prefixes mean nothing there.
    const auto print = [this, isJson, hasKinds, finish](const broadcast::Listing<broadcast::ChannelInfo>& listing) {
        if (listing.failure.isFailure())
            return finish(failed(listing.failure));
        std::vector<ChannelRow> rows;
        for (const broadcast::ChannelInfo& each : listing.items)
            rows.push_back({.name = each.name,
                            .kind = hasKinds ? std::string{pusher::toText(pusher::kindOf(each.name))} : "",
                            .subscriptions = textOf(each.connections),
                            .users = textOf(each.users)});
        cli::printChannels(rows, isJson);
        finish(exitDone);
    };
    m_sending.connection()->listChannels(
        "", [print](const auto& listing) { Sending::post([print, listing] { print(listing); }); });
}

void DriverState::printMembers(const std::string& channel, bool isJson, const Finish& finish)
{
    if (!m_sending.isUsable())
        return finish(exitBadUsage);
    const auto print = [this, channel, isJson, finish](const broadcast::Listing<broadcast::MemberInfo>& listing) {
        if (listing.failure.isFailure())
            return finish(failed(listing.failure));
        std::vector<MemberRow> rows;
        for (const broadcast::MemberInfo& each : listing.items)
            rows.push_back({.id = each.id,
                            .infoJson = json::check(each.infoJson) ? "" : each.infoJson,
                            .connections = each.connections > 0 ? std::to_string(each.connections) : ""});
        cli::printMembers(channel, rows, isJson);
        finish(exitDone);
    };
    m_sending.connection()->listMembers(
        channel, [print](const auto& listing) { Sending::post([print, listing] { print(listing); }); });
}

void DriverState::printConnections(const Finish& finish)
{
    finish(failed({Code::NotSupported, "this driver does not support counting client connections"}));
}

} // namespace castdeck::cli
