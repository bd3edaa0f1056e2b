#include "app/cli/server_state.h"

#include "app/cli/output.h"
#include "app/cli/state_output.h"
#include "core/base/json.h"
#include "core/pusher/channel_name.h"

namespace castdeck::cli {

namespace {

std::optional<json::Value> member(const std::string& body, std::string_view key, json::Kind kind)
{
    const auto document = json::Value::parse(body);
    const auto value = document ? document->find(key) : std::nullopt;
    return value && value->is(kind) ? value : std::nullopt;
}

std::string numberMember(const json::Value& object, std::string_view key)
{
    const auto value = object.is(json::Kind::Object) ? object.find(key) : std::nullopt;
    return value && value->is(json::Kind::Number) ? std::string{value->raw()} : std::string{};
}

} // namespace

ServerState::ServerState(const Target& target) : m_rest{m_http, target.endpoint, m_clock}
{
    m_http.trust(target.trusted);
}

int ServerState::failed(const remote::RestAnswer& answer) const
{
    say(m_rest.endpoint().address() + ": " + std::string{toText(answer.code)} +
        (answer.status != 0 ? ", HTTP " + std::to_string(answer.status) : "") + ": " + visible(answer.text));
    return exitFailed;
}

void ServerState::printChannels(bool isJson, Finish finish)
{
    // Not every server counts subscriptions in a list; those that refuse the question are asked again without it.
    m_rest.channels("", "subscription_count", &m_http, [this, isJson, finish](const remote::RestAnswer& answer) {
        if (answer.code == broadcast::Code::None) {
            takeChannels(answer.body);
            return askForUsers(isJson, finish);
        }
        if (answer.code != broadcast::Code::Rejected)
            return finish(failed(answer));
        m_rest.channels("", "", &m_http, [this, isJson, finish](const remote::RestAnswer& plain) {
            if (plain.code != broadcast::Code::None)
                return finish(failed(plain));
            takeChannels(plain.body);
            askForUsers(isJson, finish);
        });
    });
}

/// Users can be asked for together with the prefix only.
void ServerState::askForUsers(bool isJson, const Finish& finish)
{
    m_rest.channels("presence-", "user_count", &m_http, [this, isJson, finish](const remote::RestAnswer& answer) {
        if (answer.code == broadcast::Code::None)
            takeChannels(answer.body);
        printChannelList(isJson);
        finish(exitDone);
    });
}

void ServerState::takeChannels(const std::string& body)
{
    const auto channels = member(body, "channels", json::Kind::Object);
    if (!channels)
        return;
    for (const json::Member& entry : channels->members()) {
        Counts& counts = m_channels[entry.key.text()];
        if (const std::string number = numberMember(entry.value, "subscription_count"); !number.empty())
            counts.subscriptions = number;
        if (const std::string number = numberMember(entry.value, "user_count"); !number.empty())
            counts.users = number;
    }
}

void ServerState::printChannelList(bool isJson) const
{
    std::vector<ChannelRow> rows;
    for (const auto& [name, counts] : m_channels)
        rows.push_back({.name = name,
                        .kind = std::string{pusher::toText(pusher::kindOf(name))},
                        .subscriptions = counts.subscriptions,
                        .users = counts.users});
    cli::printChannels(rows, isJson);
}

void ServerState::printMembers(const std::string& channel, bool isJson, Finish finish)
{
    m_rest.users(channel, &m_http, [this, channel, isJson, finish](const remote::RestAnswer& answer) {
        if (answer.code != broadcast::Code::None)
            return finish(failed(answer));
        std::vector<MemberRow> rows;
        if (const auto users = member(answer.body, "users", json::Kind::Array)) {
            for (const json::Value& user : users->elements()) {
                const auto id = user.is(json::Kind::Object) ? user.find("id") : std::nullopt;
                if (id)
                    rows.push_back({.id = id->is(json::Kind::String) ? id->text() : std::string{id->raw()},
                                    .infoJson = {},
                                    .connections = {}});
            }
        }
        cli::printMembers(channel, rows, isJson);
        finish(exitDone);
    });
}

void ServerState::printConnections(bool isJson, Finish finish)
{
    m_rest.connections(&m_http, [this, isJson, finish](const remote::RestAnswer& answer) {
        if (answer.code != broadcast::Code::None)
            return finish(failed(answer));
        const auto count = member(answer.body, "connections", json::Kind::Number);
        if (!count) {
            say(m_rest.endpoint().address() + ": the answer has no number of connections");
            return finish(exitFailed);
        }
        const std::string number{count->raw()};
        if (isJson)
            printLine("{\"connections\":" + number + "}");
        else
            printTable({{"CONNECTIONS"}, {number}});
        finish(exitDone);
    });
}

} // namespace castdeck::cli
