#include "core/broadcast/drivers/redis_client.h"

#include <hiredis/hiredis.h>

#include <memory>
#include <utility>

namespace castdeck::broadcast {

namespace {

struct FreeReader {
    void operator()(redisReader* reader) const { ::redisReaderFree(reader); }
};

/// The bytes of a command. The library counts lengths, so arguments may hold anything.
std::string wireForm(const RedisClient::Command& command)
{
    std::vector<const char*> arguments;
    std::vector<std::size_t> sizes;
    for (const std::string& argument : command) {
        arguments.push_back(argument.data());
        sizes.push_back(argument.size());
    }
    char* text = nullptr;
    const auto size = ::redisFormatCommandArgv(&text, static_cast<int>(command.size()), arguments.data(), sizes.data());
    if (size < 0)
        return {};
    std::string wire(text, static_cast<std::size_t>(size));
    ::redisFreeCommand(text);
    return wire;
}

RedisReply converted(const redisReply& reply)
{
    RedisReply result;
    switch (reply.type) {
    case REDIS_REPLY_ERROR: result.kind = RedisReply::Kind::Error; break;
    case REDIS_REPLY_INTEGER: result.kind = RedisReply::Kind::Number; break;
    case REDIS_REPLY_ARRAY: result.kind = RedisReply::Kind::List; break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS: result.kind = RedisReply::Kind::Text; break;
    default: break;
    }
    result.number = reply.integer;
    if (reply.str != nullptr)
        result.text.assign(reply.str, static_cast<std::size_t>(reply.len));
    for (std::size_t i = 0; i < static_cast<std::size_t>(reply.elements); ++i)
        result.elements.push_back(converted(*reply.element[i]));
    return result;
}

} // namespace

RedisClient::RedisClient(Settings settings, const WakeUp& wakeUp) : m_settings{std::move(settings)}, m_stream{wakeUp} {}

RedisClient::Outcome RedisClient::run(const std::vector<Command>& commands)
{
    const SteadyTime deadline = std::chrono::steady_clock::now() + m_settings.timeout;
    // A server closes idle connections. Nothing has been sent on this one since, so opening another repeats nothing.
    if (!m_stream.isOpen() || m_stream.isStale()) {
        if (Failure failure = open(deadline); failure.isFailure())
            return {.replies = {}, .failure = std::move(failure)};
    }
    return exchange(commands, deadline);
}

Failure RedisClient::open(SteadyTime deadline)
{
    if (Failure failure = m_stream.open(m_settings.address, deadline); failure.isFailure())
        return failure;
    std::vector<Command> commands;
    if (!m_settings.password.empty() && m_settings.username.empty())
        commands.push_back({"AUTH", m_settings.password});
    else if (!m_settings.password.empty() || !m_settings.username.empty())
        commands.push_back({"AUTH", m_settings.username, m_settings.password});
    if (m_settings.database != 0)
        commands.push_back({"SELECT", std::to_string(m_settings.database)});
    Outcome outcome = exchange(commands, deadline);
    for (std::size_t i = 0; i < outcome.replies.size() && !outcome.failure.isFailure(); ++i) {
        if (outcome.replies[i].kind != RedisReply::Kind::Error)
            continue;
        outcome.failure = redisFailure(outcome.replies[i].text);
        if (commands[i].front() == "AUTH")
            outcome.failure.code = Code::Unauthorized;
    }
    if (outcome.failure.isFailure())
        m_stream.close();
    return outcome.failure;
}

RedisClient::Outcome RedisClient::exchange(const std::vector<Command>& commands, SteadyTime deadline)
{
    Outcome outcome;
    std::string bytes;
    for (const Command& command : commands)
        bytes += wireForm(command);
    outcome.failure = m_stream.send(bytes, deadline);
    const std::unique_ptr<redisReader, FreeReader> reader{::redisReaderCreate()};
    while (!outcome.failure.isFailure() && outcome.replies.size() < commands.size()) {
        void* reply = nullptr;
        if (::redisReaderGetReply(reader.get(), &reply) != REDIS_OK) {
            m_stream.close();
            outcome.failure = {Code::BadResponse, "the answer is not Redis: " + std::string{reader->errstr}};
        } else if (reply != nullptr) {
            outcome.replies.push_back(converted(*static_cast<redisReply*>(reply)));
            ::freeReplyObject(reply);
        } else {
            bytes.clear();
            outcome.failure = m_stream.receive(bytes, deadline);
            ::redisReaderFeed(reader.get(), bytes.data(), bytes.size());
        }
    }
    return outcome;
}

Failure redisFailure(const std::string& error)
{
    const std::string word = error.substr(0, error.find(' '));
    if (word == "NOAUTH" || word == "WRONGPASS")
        return {Code::Unauthorized, error};
    if (word == "NOPERM")
        return {Code::Forbidden, error};
    return {Code::Rejected, error};
}

} // namespace castdeck::broadcast
