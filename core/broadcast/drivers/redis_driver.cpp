#include "core/broadcast/drivers/redis_driver.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/broadcast/drivers/split_delivery.h"
#include "core/broadcast/outgoing_check.h"
#include "core/broadcast/payload.h"

#include <condition_variable>
#include <deque>
#include <optional>
#include <utility>

namespace castdeck::broadcast {

namespace {

const Failure stopped{Code::Unreachable, "the connection is closed"};

Failure checkName(const std::string& channel)
{
    return channel.empty() ? Failure{Code::BadChannel, "a channel name must not be empty"} : Failure{};
}

/// A prefix as a pattern of PUBSUB CHANNELS.
std::string patternFor(const std::string& prefix)
{
    std::string pattern;
    for (const char c : prefix) {
        if (std::string_view{"*?[]\\"}.find(c) != std::string_view::npos)
            pattern.push_back('\\');
        pattern.push_back(c);
    }
    return pattern + "*";
}

/// The one reply of `command`, or what went wrong in its stead.
Failure ask(RedisClient& client, const RedisClient::Command& command, RedisReply& reply)
{
    RedisClient::Outcome outcome = client.run({command});
    if (outcome.failure.isFailure())
        return outcome.failure;
    reply = std::move(outcome.replies.front());
    return reply.kind == RedisReply::Kind::Error ? redisFailure(reply.text) : Failure{};
}

Entry entryFor(const std::string& channel, const RedisReply& reply)
{
    if (reply.kind == RedisReply::Kind::Error)
        return Entry::failed(channel, redisFailure(reply.text));
    if (reply.kind != RedisReply::Kind::Number || reply.number < 0)
        return Entry::failed(channel, {Code::BadResponse, "the answer is not a number of receivers"});
    Entry entry = Entry::sent(channel);
    entry.receivers = static_cast<std::uint64_t>(reply.number);
    return entry;
}

Exchange asExchange(const std::vector<RedisClient::Command>& commands, const RedisClient::Outcome& outcome)
{
    Exchange exchange;
    for (const RedisClient::Command& command : commands)
        exchange.request += (exchange.request.empty() ? "" : "\n") + command[0] + " " + command[1] + " " + command[2];
    for (const RedisReply& reply : outcome.replies) {
        exchange.answer += exchange.answer.empty() ? "" : "\n";
        exchange.answer += reply.kind == RedisReply::Kind::Number ? std::to_string(reply.number) : reply.text;
    }
    if (outcome.failure.isFailure())
        exchange.answer += "no answer: " + outcome.failure.text;
    return exchange;
}

Listing<ChannelInfo> readChannels(RedisClient& client, const std::string& prefix, std::size_t hidden)
{
    Listing<ChannelInfo> listing;
    RedisReply names;
    RedisReply counts;
    listing.failure = ask(client, {"PUBSUB", "CHANNELS", patternFor(prefix)}, names);
    if (listing.failure.isFailure() || names.elements.empty())
        return listing;
    RedisClient::Command command{"PUBSUB", "NUMSUB"};
    for (const RedisReply& name : names.elements)
        command.push_back(name.text);
    listing.failure = ask(client, command, counts);
    for (std::size_t i = 0; i + 1 < counts.elements.size(); i += 2)
        listing.items.push_back({.name = counts.elements[i].text.substr(hidden),
                                 .connections = static_cast<std::uint64_t>(counts.elements[i + 1].number),
                                 .users = {}});
    return listing;
}

} // namespace

/// What the thread works on. It belongs to the thread as well, which may outlive the driver by a moment.
struct RedisDriver::Worker {
    explicit Worker(RedisClient::Settings settings) : client{std::move(settings), wakeUp} {}

    WakeUp wakeUp;
    RedisClient client; ///< Only touched by the thread.
    std::mutex mutex;   ///< Guards the rest.
    std::condition_variable isWanted;
    std::deque<Job> jobs;
    bool isStopped = false;

    void run()
    {
        while (auto job = next())
            (*job)(isEnding() ? nullptr : &client);
    }

    std::optional<Job> next()
    {
        std::unique_lock lock{mutex};
        isWanted.wait(lock, [this] { return isStopped || !jobs.empty(); });
        if (jobs.empty())
            return std::nullopt;
        Job job = std::move(jobs.front());
        jobs.pop_front();
        return job;
    }

    bool isEnding()
    {
        const std::lock_guard lock{mutex};
        return isStopped;
    }
};

Result<std::shared_ptr<Driver>> RedisDriver::make(const Options& options, const Services&)
{
    OptionReader reader{options};
    RedisClient::Settings settings;
    settings.address.host = reader.text({"host"}, "127.0.0.1");
    if (settings.address.host.empty())
        reader.fail("host", "must not be empty");
    if (settings.address.host.find_first_of("/?#@ ") != std::string::npos)
        reader.fail("host", "must be a host name or an address, without user and port");
    settings.address.port = static_cast<std::uint16_t>(reader.number({"port"}, 1, 65'535, 6'379));
    settings.address.usesTls = reader.flag("tls", false);
    settings.username = reader.text({"username"});
    settings.password = reader.text({"password"});
    settings.database = static_cast<unsigned>(reader.number({"database"}, 0, 65'535, 0));
    settings.timeout = std::chrono::milliseconds{reader.number({"timeout_ms"}, 1, 600'000, 5'000)};
    std::string prefix = reader.text({"prefix"});
    if (reader.hasFailed())
        return reader.error();
    return std::shared_ptr<Driver>{std::make_shared<RedisDriver>(std::move(settings), std::move(prefix))};
}

RedisDriver::RedisDriver(RedisClient::Settings settings, std::string prefix)
    : m_prefix{std::move(prefix)}
    , m_worker{std::make_shared<Worker>(std::move(settings))}
{
}

RedisDriver::~RedisDriver()
{
    stop();
}

void RedisDriver::stop()
{
    {
        const std::lock_guard lock{m_worker->mutex};
        m_worker->isStopped = true;
    }
    m_worker->wakeUp.signal();
    m_worker->isWanted.notify_all();
    std::thread thread;
    {
        const std::lock_guard lock{m_threadMutex};
        thread = std::move(m_thread);
    }
    // The last report may be what destroys the driver, on this very thread.
    if (thread.joinable() && thread.get_id() == std::this_thread::get_id())
        thread.detach();
    else if (thread.joinable())
        thread.join();
}

void RedisDriver::post(Job job)
{
    {
        std::unique_lock lock{m_worker->mutex};
        if (m_worker->isStopped) {
            lock.unlock();
            return job(nullptr);
        }
        m_worker->jobs.push_back(std::move(job));
    }
    m_worker->isWanted.notify_one();
    const std::lock_guard lock{m_threadMutex};
    if (!m_thread.joinable())
        m_thread = std::thread{[worker = m_worker] { worker->run(); }};
}

Capabilities RedisDriver::capabilities() const
{
    Capabilities can;
    can.broadcast = can.counts = can.listChannels = can.testConnection = {true, {}};
    can.manyChannels = {true, "pipelined"};
    can.excludeSocket = {true, "noted in the message"};
    can.guard = {false, "rules only"};
    return can;
}

void RedisDriver::publish(const std::vector<std::string>& topics, const std::string& message, Done<Delivery> done)
{
    send(topics, message, {}, std::move(done));
}

void RedisDriver::broadcast(const OutgoingEvent& event, Done<Delivery> done)
{
    Failure failure = checkEvent(event);
    if (!failure.isFailure() && !isValidUtf8(event.data))
        failure = {Code::NotJson, "the payload is not valid UTF-8"};
    if (failure.isFailure())
        return done(Delivery::failed(event.channels, failure));
    bool wasWrapped = false;
    const std::string data = asJson(event.data, event.isPlainText, wasWrapped);
    const std::string socket = event.exceptSocketId.empty() ? "null" : json::toString(event.exceptSocketId);
    std::vector<std::string> notes;
    if (wasWrapped)
        notes.emplace_back("wrapped as string");
    send(event.channels,
         "{\"event\":" + json::toString(event.name) + ",\"data\":" + data + ",\"socket\":" + socket + "}",
         std::move(notes), [event, done = std::move(done)](Delivery delivery) {
             addEventNotes(event, delivery);
             done(std::move(delivery));
         });
}

void RedisDriver::send(const std::vector<std::string>& channels, const std::string& message,
                       std::vector<std::string> notes, Done<Delivery> done)
{
    const auto split = std::make_shared<SplitDelivery>(channels, checkName);
    std::vector<RedisClient::Command> commands;
    for (const std::string& channel : split->accepted())
        commands.push_back({"PUBLISH", m_prefix + channel, message});
    if (commands.empty())
        return done(split->delivery());
    post(
        [split, commands = std::move(commands), notes = std::move(notes), done = std::move(done)](RedisClient* client) {
            const RedisClient::Outcome outcome =
                client == nullptr ? RedisClient::Outcome{.replies = {}, .failure = stopped} : client->run(commands);
            for (std::size_t i = 0; i < outcome.replies.size(); ++i)
                split->set(i, entryFor(split->accepted()[i], outcome.replies[i]));
            split->failRest(outcome.replies.size(), outcome.failure);
            for (std::size_t i = 0; i < split->accepted().size(); ++i) {
                for (const std::string& note : notes)
                    split->note(i, note);
            }
            split->addExchange(asExchange(commands, outcome));
            done(split->delivery());
        });
}

void RedisDriver::listChannels(const std::string& prefix, Done<Listing<ChannelInfo>> done)
{
    post([whole = m_prefix + prefix, hidden = m_prefix.size(), done = std::move(done)](RedisClient* client) {
        done(client == nullptr ? Listing<ChannelInfo>{.failure = stopped, .items = {}}
                               : readChannels(*client, whole, hidden));
    });
}

void RedisDriver::testConnection(Done<Failure> done)
{
    post([done = std::move(done)](RedisClient* client) {
        RedisReply reply;
        done(client == nullptr ? stopped : ask(*client, {"PING"}, reply));
    });
}

} // namespace castdeck::broadcast
