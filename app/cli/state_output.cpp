#include "app/cli/state_output.h"

#include "app/cli/output.h"
#include "core/base/json.h"

#include <algorithm>

namespace castdeck::cli {

namespace {

std::string orDash(const std::string& text)
{
    return text.empty() ? "-" : text;
}

/// `,"users":3`, or nothing when there is no value.
std::string member(const char* name, const std::string& json)
{
    return json.empty() ? std::string{} : ",\"" + std::string{name} + "\":" + json;
}

std::string quoted(const std::string& text)
{
    return text.empty() ? std::string{} : json::toString(text);
}

} // namespace

void printChannels(const std::vector<ChannelRow>& channels, bool isJson)
{
    if (!isJson) {
        std::vector<std::vector<std::string>> rows{{"CHANNEL", "KIND", "SUBSCRIPTIONS", "USERS"}};
        for (const ChannelRow& each : channels)
            rows.push_back({visible(each.name), orDash(each.kind), orDash(each.subscriptions), orDash(each.users)});
        return printTable(rows);
    }
    std::string text;
    for (const ChannelRow& each : channels)
        text += (text.empty() ? "{\"name\":" : ",{\"name\":") + json::toString(each.name) +
                member("kind", quoted(each.kind)) + member("subscriptions", each.subscriptions) +
                member("users", each.users) + "}";
    printLine("{\"channels\":[" + text + "]}");
}

void printMembers(const std::string& channel, const std::vector<MemberRow>& members, bool isJson)
{
    if (isJson) {
        std::string text;
        for (const MemberRow& each : members)
            text += (text.empty() ? "{\"id\":" : ",{\"id\":") + json::toString(each.id) +
                    member("info", each.infoJson) + member("connections", each.connections) + "}";
        printLine("{\"channel\":" + json::toString(channel) + ",\"members\":[" + text + "]}");
        return;
    }
    const auto isCounted = [](const MemberRow& each) { return !each.connections.empty(); };
    const bool showsConnections = std::ranges::any_of(members, isCounted);
    std::vector<std::vector<std::string>> rows{{"USER"}};
    for (const MemberRow& each : members)
        rows.push_back({visible(each.id)});
    if (showsConnections) {
        rows.front().emplace_back("CONNECTIONS");
        for (std::size_t i = 0; i < members.size(); ++i)
            rows[i + 1].push_back(orDash(members[i].connections));
    }
    printTable(rows);
}

} // namespace castdeck::cli
