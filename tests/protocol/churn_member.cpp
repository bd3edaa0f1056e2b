#include "tests/protocol/churn_member.h"

#include "core/base/json.h"
#include "tests/support/app.h"
#include "tests/support/message.h"
#include "tests/support/websocket_client.h"

#include <algorithm>
#include <charconv>

namespace castdeck::test {

namespace {

/// The text between two others; the names in this test need no escapes, so no message has to be parsed as a whole.
std::string_view between(std::string_view text, std::string_view before, std::string_view after)
{
    const std::size_t at = text.find(before);
    if (at == std::string_view::npos)
        return {};
    const std::size_t start = at + before.size();
    const std::size_t end = text.find(after, start);
    return end == std::string_view::npos ? std::string_view{} : text.substr(start, end - start);
}

} // namespace

ChurnMember::ChurnMember(std::uint16_t port, const hub::AppConfig& app) : m_app{app}, m_socket{port}
{
    if (!m_socket.send("GET /app/" + app.key +
                       "?protocol=7 HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                       "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"))
        m_fault = "could not connect";
}

std::size_t ChurnMember::joined() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(m_views, [](const auto& entry) { return entry.second.state != State::Leaving; }));
}

void ChurnMember::send(std::string_view text)
{
    if (!m_socket.send(maskedFrame(Opcode::Text, text)) && m_fault.empty())
        m_fault = "the server takes no more";
}

void ChurnMember::join(const std::string& channel, const std::string& user)
{
    const std::string data = memberData(user);
    m_views[channel] = {State::Joining, user, {}, 0};
    send(R"({"event":"pusher:subscribe","data":{"channel":")" + channel + R"(","auth":")" +
         channelAuth(m_app, m_socketId, channel, data) + R"(","channel_data":)" + json::toString(data) + "}}");
}

void ChurnMember::leave(const std::string& channel)
{
    m_views.at(channel).state = State::Leaving;
    send(R"({"event":"pusher:unsubscribe","data":{"channel":")" + channel + R"("}})");
}

void ChurnMember::ask()
{
    ++m_asked;
    send(R"({"event":"pusher:ping"})");
}

void ChurnMember::forgetLeft()
{
    std::erase_if(m_views, [](const auto& entry) { return entry.second.state == State::Leaving; });
}

void ChurnMember::end(bool byReset)
{
    if (byReset)
        m_socket.reset();
    else
        m_socket.close();
}

void ChurnMember::read()
{
    const auto outcome = m_socket.receive(m_inbound, {});
    if (!m_isUpgraded) {
        const std::size_t end = m_inbound.find("\r\n\r\n");
        if (end == std::string::npos)
            return;
        m_isUpgraded = true;
        m_inbound.erase(0, end + 4);
    }
    std::string_view rest = m_inbound;
    WireFrame frame;
    FrameState state = FrameState::Incomplete;
    while ((state = takeFrame(rest, frame)) == FrameState::Taken) {
        if (frame.opcode == Opcode::Text)
            handle(frame.payload);
        else if (frame.opcode == Opcode::Ping)
            m_socket.send(maskedFrame(Opcode::Pong, frame.payload));
        else if (m_fault.empty())
            m_fault = "closed by the server: " + frame.payload;
    }
    m_inbound.erase(0, m_inbound.size() - rest.size());
    if (m_fault.empty() && state == FrameState::Illegal)
        m_fault = "an illegal frame";
    if (m_fault.empty() && outcome == Socket::Received::End)
        m_fault = "the server ended the connection";
}

void ChurnMember::handle(std::string_view text)
{
    ++m_received;
    const std::string_view event = between(text, R"("event":")", "\"");
    if (event == "pusher:connection_established") {
        m_socketId = between(text, R"(\"socket_id\":\")", "\\");
    } else if (event == "pusher:pong") {
        ++m_answered;
    } else if (event == "pusher:ping") {
        send(R"({"event":"pusher:pong"})");
    } else {
        const auto view = m_views.find(std::string{between(text, R"("channel":")", "\"")});
        const std::string before = m_fault;
        if (view == m_views.end())
            m_fault = "an error, or an event of a channel that it is not in";
        else
            handleChannel(event, view->second, text);
        if (!before.empty())
            m_fault = before;
        else if (!m_fault.empty())
            m_fault.append(": ").append(text);
    }
}

void ChurnMember::handleChannel(std::string_view event, View& view, std::string_view text)
{
    if (event == "pusher_internal:subscription_succeeded")
        return greet(view, text);
    if (view.state != State::Joined)
        return; // Of the time before it left.
    if (event == "numbered") {
        const std::string_view digits = between(text, R"("data":")", "\"");
        std::uint64_t number = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (number == 0 || (view.sequence != 0 && number != view.sequence + 1))
            m_fault = "expected the event after " + std::to_string(view.sequence);
        view.sequence = number;
        return;
    }
    const std::string user{between(text, R"(\"user_id\":\")", "\\")};
    if (user == view.self)
        m_fault = "a member event about itself";
    else if (event == "pusher_internal:member_added" && !view.users.insert(user).second)
        m_fault = "a member added twice";
    else if (event == "pusher_internal:member_removed" && view.users.erase(user) == 0)
        m_fault = "a member removed twice";
}

void ChurnMember::greet(View& view, std::string_view text)
{
    if (view.state == State::Leaving)
        return;
    if (view.state == State::Joined) {
        m_fault = "a second greeting";
        return;
    }
    const nlohmann::json payload = Message::parse(text).payload();
    const nlohmann::json& presence = payload.at("presence");
    view.users = presence.at("ids").get<std::set<std::string>>();
    view.state = State::Joined;
    if (presence.at("count").get<std::size_t>() != view.users.size() || !view.users.contains(view.self))
        m_fault = "ids and count differ, or the joiner is missing";
}

} // namespace castdeck::test
