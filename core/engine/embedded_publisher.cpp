#include "core/engine/embedded_publisher.h"

#include <utility>

namespace castdeck::engine {

namespace {

using broadcast::ChannelInfo;
using broadcast::Code;
using broadcast::Failure;
using broadcast::Listing;
using broadcast::MemberInfo;

Failure notRunning()
{
    return {Code::Unreachable, "the embedded server is not running"};
}

Code codeOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::NotFound: return Code::BadOption; // The application, which an option of the connection names.
    case ErrorKind::TooLarge: return Code::PayloadTooLarge;
    default: return Code::Rejected;
    }
}

Failure failureOf(const Error& error)
{
    return {codeOf(error.kind), error.detail};
}

/// An answer that is nothing but a failure.
template <class Answer> Answer failed(Failure failure)
{
    Answer answer;
    answer.failure = std::move(failure);
    return answer;
}

template <> Failure failed(Failure failure)
{
    return failure;
}

std::vector<MemberInfo> membersOf(const hub::Application& application, const std::string& channel)
{
    std::vector<MemberInfo> members;
    application.read([&](const hub::Application::Clients&, const hub::Application::Channels& channels) {
        const auto it = channels.find(channel);
        if (it == channels.end())
            return;
        for (const auto& [userId, member] : it->second.roster().members())
            members.push_back({.id = userId, .infoJson = member.userInfo, .connections = member.sockets.size()});
    });
    return members;
}

ChannelInfo infoOf(const hub::ChannelCounts& counts)
{
    ChannelInfo info{.name = counts.channel, .connections = counts.subscriptions, .users = {}};
    if (counts.kind == pusher::ChannelKind::Presence || counts.kind == pusher::ChannelKind::PresenceCache)
        info.users = counts.users;
    return info;
}

} // namespace

void EmbeddedPublisher::detach()
{
    m_isRunning.store(false);
    const std::lock_guard lock{m_mutex};
    m_server.reset();
}

Failure EmbeddedPublisher::offer(std::function<void(const Server&)> task) const
{
    const std::lock_guard lock{m_mutex};
    if (!m_server)
        return notRunning();
    const bool isOffered = m_server->offer([server = m_server, task = std::move(task)] { task(*server); });
    return isOffered ? Failure{} : Failure{Code::Rejected, "too many commands are waiting; nothing was done"};
}

template <class Answer>
void EmbeddedPublisher::carryOut(std::function<Answer(const Server&)> work, const std::function<void(Answer)>& done)
{
    Failure failure = offer([this, work = std::move(work), done](const Server& server) {
        done(m_isRunning.load() ? work(server) : failed<Answer>(notRunning()));
    });
    if (failure.isFailure())
        done(failed<Answer>(std::move(failure)));
}

void EmbeddedPublisher::publish(std::string appId, broadcast::OutgoingEvent event, std::function<void(Outcome)> done)
{
    PublishCommand command{.appId = std::move(appId),
                           .channels = std::move(event.channels),
                           .event = std::move(event.name),
                           .data = std::move(event.data),
                           .excludeSocketId = std::move(event.exceptSocketId)};
    carryOut<Outcome>(
        [command = std::move(command)](const Server& server) {
            const auto published = server.publish(command);
            if (!published)
                return failed<Outcome>(failureOf(published.error()));
            Outcome outcome;
            for (const hub::ChannelCounts& counts : *published)
                outcome.receivers.push_back(counts.receivers);
            return outcome;
        },
        std::move(done));
}

void EmbeddedPublisher::listChannels(std::string appId, std::string prefix,
                                     broadcast::Driver::Done<Listing<ChannelInfo>> done)
{
    carryOut<Listing<ChannelInfo>>(
        [appId = std::move(appId), prefix = std::move(prefix)](const Server& server) {
            const auto application = findApplication(server.hub, appId);
            if (!application)
                return failed<Listing<ChannelInfo>>(failureOf(application.error()));
            Listing<ChannelInfo> listing;
            for (const hub::ChannelCounts& counts : (*application)->channels(prefix)) {
                // The channels of users are no secret, but nobody's list of channels has them.
                if (counts.kind != pusher::ChannelKind::ServerToUser)
                    listing.items.push_back(infoOf(counts));
            }
            return listing;
        },
        std::move(done));
}

void EmbeddedPublisher::listMembers(std::string appId, std::string channel,
                                    broadcast::Driver::Done<Listing<MemberInfo>> done)
{
    carryOut<Listing<MemberInfo>>(
        [appId = std::move(appId), channel = std::move(channel)](const Server& server) {
            const auto application = findApplication(server.hub, appId);
            if (!application)
                return failed<Listing<MemberInfo>>(failureOf(application.error()));
            const auto name = pusher::ChannelName::parse(channel);
            if (!name || !name->isPresence())
                return failed<Listing<MemberInfo>>({Code::BadChannel, "only presence channels have members"});
            return Listing<MemberInfo>{.failure = {}, .items = membersOf(**application, channel)};
        },
        std::move(done));
}

void EmbeddedPublisher::terminateUser(std::string appId, std::string userId, broadcast::Driver::Done<Failure> done)
{
    carryOut<Failure>(
        [appId = std::move(appId), userId = std::move(userId)](const Server& server) {
            const auto application = findApplication(server.hub, appId);
            if (!application)
                return failureOf(application.error());
            (*application)->terminateUser(userId);
            return Failure{};
        },
        std::move(done));
}

std::shared_ptr<const pusher::Signer> EmbeddedPublisher::signer(const std::string& appId) const
{
    const std::lock_guard lock{m_mutex};
    if (!m_server)
        return nullptr;
    const auto application = findApplication(m_server->hub, appId);
    if (!application)
        return nullptr;
    const auto settings = (*application)->settings();
    return {settings, &settings->signer};
}

} // namespace castdeck::engine
