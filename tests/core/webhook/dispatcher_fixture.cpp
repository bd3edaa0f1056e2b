#include "tests/core/webhook/dispatcher_fixture.h"

namespace castdeck::test {

using namespace webhook;

void FakeTransport::post(TransportRequest request, Done done)
{
    const std::lock_guard lock{m_mutex};
    m_posted.push_back({std::move(request), std::move(done)});
}

std::vector<FakeTransport::Posted> FakeTransport::take()
{
    const std::lock_guard lock{m_mutex};
    return std::exchange(m_posted, {});
}

Result<std::vector<OutboxEntry>> MemoryOutbox::load()
{
    if (isBroken)
        return Error{ErrorKind::Io, "the disk is gone"};
    std::vector<OutboxEntry> result;
    for (const auto& [id, entry] : entries)
        result.push_back(entry);
    return result;
}

Result<void> MemoryOutbox::write(const OutboxChange& change)
{
    if (isBroken)
        return Error{ErrorKind::Io, "the disk is gone"};
    ++writes;
    for (const std::uint64_t id : change.removed)
        entries.erase(id);
    for (const OutboxEntry& entry : change.added)
        entries[entry.id] = entry;
    return {};
}

AppWebhooks makeAppWebhooks(const std::string& id)
{
    return {id, id + "-key", "marker-secret", {{.id = {}, .url = "http://127.0.0.1:9/" + id}}};
}

AppWebhooks makeBatchingApp()
{
    AppWebhooks app = makeAppWebhooks();
    app.targets.front().isBatching = true;
    return app;
}

DispatcherFixture::DispatcherFixture(std::vector<AppWebhooks> apps)
{
    makeDispatcher(apps);
}

void DispatcherFixture::makeDispatcher(const std::vector<AppWebhooks>& apps)
{
    m_dispatcher.reset();
    m_results.clear();
    m_log = std::make_unique<DeliveryLog>();
    m_dispatcher = std::make_unique<Dispatcher>(
        clock, transport, outbox, *m_log, [this](SendResult result) { m_results.push_back(std::move(result)); },
        [this](std::string notice) { notices.push_back(std::move(notice)); });
    m_dispatcher->configure(apps);
    m_dispatcher->turn();
}

void DispatcherFixture::restart(std::vector<AppWebhooks> apps)
{
    (void)transport.take();
    makeDispatcher(apps);
}

void DispatcherFixture::tell(const hub::Fact& fact)
{
    m_dispatcher->accept(std::string{fact.appId}, makeEvent(*eventKindOf(fact.kind), fact));
    m_dispatcher->turn();
}

void DispatcherFixture::tell(EventKind kind, const std::string& channel, const std::string& userId)
{
    for (const auto fact : {hub::FactKind::Occupied, hub::FactKind::Vacated, hub::FactKind::MemberAdded,
                            hub::FactKind::MemberRemoved, hub::FactKind::ClientEvent, hub::FactKind::CacheMiss}) {
        if (eventKindOf(fact) == kind)
            tell({.kind = fact, .appId = "app", .channel = channel, .userId = userId});
    }
}

std::vector<std::string> DispatcherFixture::bodies()
{
    std::vector<std::string> result;
    for (FakeTransport::Posted& posted : transport.take())
        result.push_back(std::move(posted.request.body));
    return result;
}

void DispatcherFixture::settle()
{
    for (const SendResult& result : std::exchange(m_results, {}))
        m_dispatcher->finish(result);
    m_dispatcher->turn();
}

void DispatcherFixture::answer(const FakeTransport::Posted& posted, TransportAnswer answer)
{
    posted.done(std::move(answer));
    settle();
}

std::vector<std::string> DispatcherFixture::answerAll(int status)
{
    std::vector<std::string> result;
    for (auto posted = transport.take(); !posted.empty(); posted = transport.take()) {
        for (FakeTransport::Posted& request : posted) {
            result.push_back(request.request.body);
            request.done({.status = status, .failure = {}});
        }
        settle();
    }
    return result;
}

void DispatcherFixture::pass(std::chrono::milliseconds time)
{
    constexpr std::chrono::milliseconds step{100};
    for (; time > std::chrono::milliseconds{0}; time -= step) {
        clock.advance(std::min(step, time));
        m_dispatcher->turn();
    }
}

std::vector<std::string> eventsOf(const std::string& body)
{
    std::vector<std::string> result;
    for (const WebhookEvent& event : parseBody(body).value_or(std::vector<WebhookEvent>{})) {
        std::string text{toText(event.kind)};
        text.append("@").append(event.channel);
        result.push_back(event.userId.empty() ? text : text + " " + event.userId);
    }
    return result;
}

std::vector<std::string> eventsOf(const std::vector<std::string>& bodies)
{
    std::vector<std::string> result;
    for (const std::string& body : bodies) {
        for (std::string& event : eventsOf(body))
            result.push_back(std::move(event));
    }
    return result;
}

} // namespace castdeck::test
