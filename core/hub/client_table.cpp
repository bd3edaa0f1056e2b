#include "core/hub/client_table.h"

#include "core/pusher/server_message.h"

namespace castdeck::hub {

using pusher::CloseCode;
using pusher::SocketId;

SocketId ClientTable::add(Shard& shard, Connection& connection, ClientInfo info)
{
    SocketId socket = SocketId::random();
    while (m_records.contains(socket) || !shard.add(socket, connection))
        socket = SocketId::random();
    m_records.emplace(socket, ClientRecord{&shard, std::move(info), {}, {}});
    m_size.store(m_records.size(), std::memory_order_relaxed);
    return socket;
}

void ClientTable::remove(SocketId socket)
{
    m_records.erase(socket);
    m_size.store(m_records.size(), std::memory_order_relaxed);
}

ClientRecord* ClientTable::find(SocketId socket)
{
    const auto it = m_records.find(socket);
    return it == m_records.end() ? nullptr : &it->second;
}

void ClientTable::deliver(SocketId socket, SharedFrame frame) const
{
    if (const auto it = m_records.find(socket); it != m_records.end())
        it->second.shard->post({.kind = Action::Kind::Deliver, .client = socket.value(), .frame = std::move(frame)});
}

void ClientTable::close(SocketId socket, CloseCode code, std::string_view reason) const
{
    if (const auto it = m_records.find(socket); it != m_records.end())
        it->second.shard->post({.kind = Action::Kind::Close,
                                .code = code,
                                .client = socket.value(),
                                .frame = closeExplanation(code, reason),
                                .reason = std::string{reason}});
}

SharedFrame closeExplanation(CloseCode code, std::string_view reason)
{
    const int number = static_cast<int>(code);
    return number >= 4000 && number < 4200 ? makeFrame(pusher::message::error(number, reason)) : SharedFrame{};
}

} // namespace castdeck::hub
