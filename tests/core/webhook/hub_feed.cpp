#include "tests/core/webhook/hub_feed.h"

#include "core/base/json.h"

namespace castdeck::test {

HubFeed::HubFeed(const Clock& clock, hub::Observer& observer) : m_hub{clock, &observer}
{
    hub::AppConfig app = makeApp();
    app.allowsClientEvents = true;
    (void)m_hub.setApps({app});
}

HubFeed::Client::Client(HubFeed& feed)
    : m_feed{feed}
    , m_socket{*feed.application().open(feed.m_shard, m_connection, {})}
{
    m_feed.m_shard.drain();
}

HubFeed::Client::~Client()
{
    m_feed.application().close(m_socket, 1006);
    m_feed.m_shard.drain();
}

void HubFeed::Client::join(const std::string& channel, const std::optional<std::string>& userId)
{
    std::optional<pusher::MemberData> member;
    if (userId)
        member = pusher::MemberData{*userId, "{}"};
    (void)m_feed.application().subscribe(m_socket, *pusher::ChannelName::parse(channel), member);
    m_feed.m_shard.drain();
}

void HubFeed::Client::leave(const std::string& channel)
{
    (void)m_feed.application().unsubscribe(m_socket, channel);
    m_feed.m_shard.drain();
}

void HubFeed::Client::whisper(const std::string& channel, const std::string& event, const std::string& data)
{
    (void)m_feed.application().clientEvent(m_socket, channel, event, json::toString(data));
    m_feed.m_shard.drain();
}

std::vector<std::string> HubFeed::Client::take()
{
    m_feed.m_shard.drain();
    return m_connection.takeNames();
}

} // namespace castdeck::test
