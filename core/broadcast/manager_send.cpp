/// How the manager sends: who may, on which connections, and what the report says of it.

#include "core/broadcast/manager.h"

#include "core/broadcast/report_builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace castdeck::broadcast {

namespace {

Entry entryFor(const std::string& channel, const std::string& connection, Status status, std::string text = {})
{
    Entry entry = Entry::sent(channel);
    entry.connection = connection;
    entry.status = status;
    entry.text = std::move(text);
    return entry;
}

std::vector<Entry> failedEntries(std::vector<Entry> plan, const Failure& failure)
{
    for (Entry& entry : plan) {
        if (entry.status != Status::Sent)
            continue;
        entry.status = Status::Failed;
        entry.code = failure.code;
        entry.text = failure.text;
    }
    return plan;
}

std::vector<std::string> toBeSent(const std::vector<Entry>& plan)
{
    std::vector<std::string> channels;
    for (const Entry& entry : plan) {
        if (entry.status == Status::Sent)
            channels.push_back(entry.channel);
    }
    return channels;
}

OutgoingEvent outgoing(const Emission& emission, std::vector<std::string> channels)
{
    return {.name = emission.event,
            .data = emission.payload.text(),
            .isPlainText = emission.payload.isPlainText(),
            .channels = std::move(channels),
            .exceptSocketId = emission.options.exceptSocketId,
            .wantsCounts = emission.options.wantsCounts};
}

std::vector<std::string> connectionsOf(const Emission& emission)
{
    if (!emission.options.connection.empty() || emission.connections.empty())
        return {emission.options.connection};
    return emission.connections;
}

} // namespace

AnonymousEvent::Send Manager::sending() const
{
    // The manager outlives what is put together for it.
    return [self = const_cast<Manager*>(this)](Emission emission) { return self->send(std::move(emission)); };
}

bool Manager::hasActor(const CallOptions& options) const
{
    if (options.actor)
        return !options.actor->isNobody();
    if (const Actor* current = ActorScope::current())
        return !current->isNobody();
    const std::lock_guard lock{m_mutex};
    return !m_operator.isNobody();
}

bool Manager::requiresActor() const
{
    const std::lock_guard lock{m_mutex};
    return m_config.requiresActor;
}

/// An entry for every channel: what is to be sent is marked as sent, the rest says why not.
std::vector<Entry> Manager::planFor(const Emission& emission, const std::string& connection) const
{
    const bool isAllowed = !requiresActor() || hasActor(emission.options);
    std::vector<Entry> plan;
    for (const Channel& channel : emission.channels.list()) {
        if (emission.isSuppressed)
            plan.push_back(entryFor(channel.name(), connection, Status::Suppressed));
        else if (channel.needsActor() && !isAllowed)
            plan.push_back(entryFor(channel.name(), connection, Status::Skipped, "no actor"));
        else
            plan.push_back(entryFor(channel.name(), connection, Status::Sent));
    }
    return plan;
}

PendingReport Manager::send(Emission emission)
{
    const auto report =
        std::make_shared<ReportBuilder>(m_services.clock, emission.event, emission.payload.text().size());
    const std::vector<Emission> one{std::move(emission)};
    for (const std::string& name : connectionsOf(one.front()))
        sendOn(name, one, *report);
    return report->finish();
}

PendingReport Manager::batch(std::vector<Emission> emissions)
{
    std::size_t bytes = 0;
    std::vector<std::pair<std::string, std::vector<Emission>>> byConnection;
    for (const Emission& emission : emissions) {
        bytes += emission.payload.text().size();
        for (const std::string& name : connectionsOf(emission)) {
            auto share = std::ranges::find(byConnection, name, [](const auto& each) { return each.first; });
            if (share == byConnection.end())
                share = byConnection.insert(share, {name, {}});
            share->second.push_back(emission);
        }
    }
    const auto report = std::make_shared<ReportBuilder>(m_services.clock, "batch", bytes);
    for (const auto& [name, share] : byConnection)
        sendOn(name, share, *report);
    return report->finish();
}

void Manager::sendOn(const std::string& name, const std::vector<Emission>& emissions, ReportBuilder& report)
{
    const Found found = connection(name);
    const std::string& shown = found.connection ? found.connection->name() : name;
    std::vector<Entry> plan;
    std::vector<OutgoingEvent> events;
    for (const Emission& emission : emissions) {
        std::vector<Entry> part = planFor(emission, shown);
        if (!emission.payload.isValid())
            part = failedEntries(std::move(part), {Code::NotJson, "the payload cannot be written as JSON"});
        if (auto channels = toBeSent(part); !channels.empty())
            events.push_back(outgoing(emission, std::move(channels)));
        std::ranges::move(part, std::back_inserter(plan));
    }
    if (!found.connection)
        return report.addEntries(failedEntries(std::move(plan), found.failure));
    if (events.empty())
        return report.addEntries(std::move(plan));
    if (events.size() == 1)
        found.connection->broadcast(std::move(events.front()), report.addPart(std::move(plan)));
    else
        found.connection->broadcastAll(std::move(events), report.addPart(std::move(plan)));
}

PendingReport Manager::publish(Topics topics, Messages messages, CallOptions options)
{
    const auto& texts = messages.texts();
    std::size_t bytes = 0;
    for (const std::string& text : texts)
        bytes += text.size();
    const auto report = std::make_shared<ReportBuilder>(m_services.clock, "", bytes);
    if (topics.texts().empty() || texts.empty())
        return report->finish();
    const Found found = connection(options.connection);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        std::vector<Entry> plan;
        for (const std::string& topic : topics.texts()) {
            plan.push_back(
                entryFor(topic, found.connection ? found.connection->name() : options.connection, Status::Sent));
            plan.back().message = i + 1;
        }
        if (found.connection)
            found.connection->publish(topics.texts(), texts[i], report->addPart(std::move(plan)));
        else
            report->addEntries(failedEntries(std::move(plan), found.failure));
    }
    return report->finish();
}

} // namespace castdeck::broadcast
