#include "ui/models/remote_channels.h"

#include "ui/models/channels_model.h"
#include "ui/models/remote_members.h"

#include <algorithm>
#include <utility>

namespace castdeck::ui {

using namespace std::chrono_literals;
using broadcast::Code;

namespace {

constexpr auto typingPause = 300ms; ///< So long nothing is typed before the engine is asked.

bool speaksPusher(std::string_view driver)
{
    return driver == "pusher" || driver == "reverb" || driver == "local";
}

bool isPresence(const std::string& channel)
{
    const pusher::ChannelKind kind = pusher::kindOf(channel);
    return kind == pusher::ChannelKind::Presence || kind == pusher::ChannelKind::PresenceCache;
}

bool mayPass(Code code)
{
    return code == Code::Unreachable || code == Code::Timeout || code == Code::BadResponse;
}

/// Whether to ask again without being told to.
bool mayChange(const RemoteChannels::Known& known)
{
    return !known.hasMore && (known.answer != RemoteChannels::Answer::Failed || mayPass(known.failure.code));
}

template <class T> RemoteChannels::Known knownFrom(broadcast::Listing<T>& listing)
{
    if (listing.failure.isFailure())
        return {.answer = RemoteChannels::Answer::Failed, .failure = std::move(listing.failure)};
    const bool hasMore = listing.items.size() > maxListed;
    if (hasMore)
        listing.items.resize(maxListed);
    return {.answer = RemoteChannels::Answer::Listed, .failure = {}, .hasMore = hasMore};
}

/// Some engines take no prefix. A star is a pattern, which only the engine understands.
bool isWanted(const std::string& name, const std::string& prefix)
{
    return prefix.find('*') != std::string::npos || name.starts_with(prefix);
}

} // namespace

RemoteChannels::RemoteChannels(ConnectionControl& control, std::chrono::milliseconds interval, QObject* parent)
    : QObject{parent}
    , m_control{control}
    , m_interval{interval}
    , m_channels{new ChannelsModel{this}}
    , m_members{new RemoteMembersModel{this}}
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &RemoteChannels::askChannels);
}

void RemoteChannels::choose(const ConnectionChoice& choice)
{
    m_connection = choice.name;
    m_driver = choice.driver;
    forget();
    askChannels();
}

void RemoteChannels::leave()
{
    m_connection.clear();
    m_driver.clear();
    m_next.stop();
    forget();
}

void RemoteChannels::forget()
{
    m_channelsKnown = {};
    m_listed.clear();
    showRows();
    selectChannel({});
    Q_EMIT channelsChanged();
}

void RemoteChannels::setActive(bool isActive)
{
    if (std::exchange(m_isActive, isActive) == isActive)
        return;
    if (isActive)
        refresh();
    else
        m_next.stop();
}

void RemoteChannels::setPrefix(std::string prefix)
{
    if (m_prefix == prefix)
        return;
    m_prefix = std::move(prefix);
    if (isLooking())
        m_next.start(typingPause);
}

void RemoteChannels::selectChannel(std::string name)
{
    if (m_channel == name)
        return;
    m_channel = std::move(name);
    m_membersKnown = {};
    m_members->setMembers({});
    askMembers();
    Q_EMIT membersChanged();
}

void RemoteChannels::refresh()
{
    if (m_membersKnown.answer == Answer::Failed)
        m_membersKnown = {};
    askChannels();
}

bool RemoteChannels::hasKinds() const
{
    return m_driver != "centrifugo";
}

bool RemoteChannels::mayHaveMembers() const
{
    return !speaksPusher(m_driver) || isPresence(m_channel);
}

bool RemoteChannels::isUnderWay(const Questions& questions) const
{
    return std::ranges::find(questions, m_connection, &Question::connection) != questions.end();
}

std::optional<RemoteChannels::Question> RemoteChannels::answered(Questions& questions, std::uint64_t id)
{
    const auto it = std::ranges::find(questions, id, &Question::id);
    if (it == questions.end())
        return std::nullopt;
    Question question = std::move(*it);
    questions.erase(it);
    return question;
}

void RemoteChannels::askChannels()
{
    m_next.stop();
    if (isLooking() && !isUnderWay(m_channelQuestions))
        m_channelQuestions.push_back({m_control.listChannels(m_connection, m_prefix), m_connection, m_prefix});
}

void RemoteChannels::askMembers()
{
    if (isLooking() && !m_channel.empty() && mayHaveMembers() && !isUnderWay(m_memberQuestions))
        m_memberQuestions.push_back({m_control.listMembers(m_connection, m_channel), m_connection, m_channel});
}

void RemoteChannels::takeChannels(std::uint64_t id, ChannelListing listing)
{
    const auto question = answered(m_channelQuestions, id);
    if (!question || !isLooking() || question->connection != m_connection)
        return;
    if (question->subject != m_prefix)
        return askChannels(); // Something else was typed meanwhile.
    m_channelsKnown = knownFrom(listing);
    m_listed = std::move(listing.items);
    showRows();
    Q_EMIT channelsChanged();
    if (mayChange(m_membersKnown))
        askMembers();
    if (mayChange(m_channelsKnown))
        m_next.start(m_interval);
}

void RemoteChannels::showRows()
{
    std::vector<ChannelRow> rows;
    const auto add = [&](const broadcast::ChannelInfo& channel) {
        if (isWanted(channel.name, m_prefix))
            rows.push_back({.appId = {},
                            .name = channel.name,
                            .kind = hasKinds() ? std::optional{pusher::kindOf(channel.name)} : std::nullopt,
                            .subscriptions = channel.connections,
                            .members = channel.users,
                            .isWatched = isWatched(channel.name)});
    };
    for (const broadcast::ChannelInfo& channel : m_listed)
        add(channel);
    for (const std::string& name : m_watched) {
        if (std::ranges::find(m_listed, name, &broadcast::ChannelInfo::name) == m_listed.end())
            add({.name = name, .connections = {}, .users = {}});
    }
    m_channels->setAllOpen(!m_prefix.empty());
    m_channels->setChannels(std::move(rows));
}

bool RemoteChannels::isWatched(const std::string& name) const
{
    return std::ranges::binary_search(m_watched, name);
}

void RemoteChannels::setWatched(std::vector<std::string> names)
{
    std::ranges::sort(names);
    m_watched = std::move(names);
    showRows();
    // Who listens to a presence channel is told its members, whatever the server answers to a question.
    if (isWatched(m_channel)) {
        m_membersKnown = {};
        // An answer that is under way does not know of it yet: it is taken for one about another channel.
        for (Question& question : m_memberQuestions)
            question.subject.clear();
        askMembers();
    }
    Q_EMIT channelsChanged();
}

void RemoteChannels::takeMembers(std::uint64_t id, MemberListing listing)
{
    const auto question = answered(m_memberQuestions, id);
    if (!question || !isLooking() || question->connection != m_connection)
        return;
    if (question->subject != m_channel)
        return askMembers(); // Another one was selected meanwhile.
    m_membersKnown = knownFrom(listing);
    m_members->setMembers(listing.items);
    Q_EMIT membersChanged();
}

} // namespace castdeck::ui
