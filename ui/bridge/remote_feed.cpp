#include "ui/bridge/remote_feed.h"

#include "core/base/ascii.h"
#include "core/base/json.h"

#include <chrono>
#include <string>

namespace castdeck::ui {

using namespace std::chrono_literals;
using engine::Event;
using engine::EventKind;

namespace {

constexpr auto interval = 250ms;

std::string textIn(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value && value->is(json::Kind::String) ? value->text() : std::string{};
}

std::uint64_t numberIn(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value ? parseNumber(value->raw()).value_or(0) : 0;
}

Event eventIn(const json::Value& row)
{
    Event event;
    event.kind = static_cast<EventKind>(numberIn(row, "kind"));
    event.at = WallTime{std::chrono::duration_cast<WallTime::duration>(
        std::chrono::milliseconds{static_cast<std::int64_t>(numberIn(row, "at"))})};
    event.channel = textIn(row, "channel");
    event.event = textIn(row, "event");
    event.socketId = textIn(row, "socket");
    event.userId = textIn(row, "user");
    event.detail = textIn(row, "detail");
    if (row.find("data"))
        event.payload = std::make_shared<const std::string>(textIn(row, "data"));
    event.code = static_cast<int>(numberIn(row, "code"));
    event.receivers = static_cast<std::size_t>(numberIn(row, "receivers"));
    return event;
}

std::vector<Event> eventsIn(const json::Value& answer)
{
    std::vector<Event> events;
    const auto rows = answer.find("rows");
    if (!rows || !rows->is(json::Kind::Array))
        return events;
    for (const json::Value& row : rows->elements()) {
        if (row.is(json::Kind::Object) && numberIn(row, "kind") < engine::eventKindCount)
            events.push_back(eventIn(row));
    }
    return events;
}

} // namespace

RemoteFeed::RemoteFeed(remote::PusherRestClient& rest, QObject* parent) : QObject{parent}, m_rest{rest}
{
    m_next.setSingleShot(true);
    m_next.setInterval(interval);
    connect(&m_next, &QTimer::timeout, this, &RemoteFeed::ask);
}

void RemoteFeed::start()
{
    stop();
    m_after = remote::PusherRestClient::fromHereOn;
    ask();
}

void RemoteFeed::stop()
{
    ++m_round;
    m_isLive = false;
    m_next.stop();
}

void RemoteFeed::ask()
{
    m_rest.log(m_after, this, [this, round = m_round](const remote::RestAnswer& answer) {
        if (round == m_round)
            take(answer);
    });
}

void RemoteFeed::take(const remote::RestAnswer& answer)
{
    const auto document = json::Value::parse(answer.body);
    const bool isTold = answer.code == broadcast::Code::None && document && document->is(json::Kind::Object) &&
                        numberIn(*document, "version") == 1;
    if (!isTold && !m_isLive)
        return; // Another kind of server.
    m_next.start();
    if (!isTold)
        return; // It did answer before: the connection says what is wrong.
    m_isLive = true;
    m_after = numberIn(*document, "last");
    const std::vector<Event> rows = eventsIn(*document);
    const auto dropped = static_cast<std::size_t>(numberIn(*document, "dropped"));
    if (!rows.empty() || dropped > 0)
        Q_EMIT rowsCame(rows, dropped);
}

} // namespace castdeck::ui
