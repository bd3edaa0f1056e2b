#include "ui/text/near_misses.h"

#include "core/base/ascii.h"
#include "core/pusher/channel_name.h"
#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace castdeck::ui {

namespace {

using engine::Event;
using engine::EventKind;
using Kind = NearMiss::Kind;

QString tr(const char* text)
{
    return QCoreApplication::translate("NearMisses", text);
}

QString name(const std::string& text)
{
    return shownText(text, 200);
}

/// The name without what decides on its kind.
std::string_view baseOf(std::string_view channel)
{
    for (const std::string_view prefix : {"private-encrypted-cache-", "private-encrypted-", "private-cache-",
                                          "presence-cache-", "private-", "presence-", "cache-"}) {
        if (channel.starts_with(prefix))
            return channel.substr(prefix.size());
    }
    return channel;
}

/// Whether one letter added, taken away, changed or swapped with its neighbour makes one text of the other.
bool isOneLetterApart(std::string_view a, std::string_view b)
{
    if (a.size() > b.size())
        std::swap(a, b);
    if (b.size() - a.size() > 1)
        return false;
    const auto [left, right] = std::ranges::mismatch(a, b);
    const std::string_view restA{left, a.end()};
    const std::string_view restB{right, b.end()};
    if (a.size() < b.size())
        return restA == restB.substr(1);
    if (restA.empty())
        return false;
    if (restA.substr(1) == restB.substr(1))
        return true;
    return restA.size() >= 2 && restA[0] == restB[1] && restA[1] == restB[0] && restA.substr(2) == restB.substr(2);
}

bool isPattern(std::string_view channel, std::string_view wanted)
{
    const std::size_t star = channel.find('*');
    return star != std::string_view::npos && wanted.starts_with(channel.substr(0, star)) &&
           wanted.ends_with(channel.substr(star + 1));
}

QString ago(std::chrono::milliseconds time)
{
    if (time.count() < 1'000)
        return tr("%1 ms").arg(time.count());
    return tr("%1 s").arg(static_cast<double>(time.count()) / 1'000.0, 0, 'f', time.count() < 10'000 ? 1 : 0);
}

/// What the log tells of one socket and the wanted channel.
struct Past {
    const Event* left = nullptr;    ///< Last time before the event, unless it came back.
    const Event* closed = nullptr;  ///< Before the event.
    const Event* refused = nullptr; ///< Last refusal, unless it got in later.
};

class Search {
public:
    Search(const Event& sent, const engine::Snapshot& snapshot, std::span<const Event* const> log)
        : m_sent{sent}
        , m_snapshot{snapshot}
    {
        if (sent.trace) {
            for (const auto& each : sent.trace->reached())
                m_reached.insert(each.socketId);
            m_leftOut = sent.trace->exceptSocketId();
        }
        for (const Event* row : log)
            read(*row);
    }

    std::vector<NearMiss> all()
    {
        std::vector<NearMiss> found;
        for (const engine::ConnectionSnapshot& connection : m_snapshot.connections) {
            if (connection.appId != m_sent.appId)
                judgeForeigner(connection, found);
            else if (!m_reached.contains(connection.socketId))
                judge(connection, found);
            m_past.erase(connection.socketId);
        }
        for (const auto& [socket, past] : m_past) {
            if (past.closed != nullptr && past.left != nullptr && !m_reached.contains(socket))
                found.push_back({Kind::Gone, socket,
                                 tr("Its connection ended %1 before the event.").arg(ago(before(*past.closed)))});
        }
        std::ranges::stable_sort(found, {}, &NearMiss::kind);
        return found;
    }

private:
    static constexpr std::chrono::seconds window{60};

    std::chrono::milliseconds before(const Event& row) const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(m_sent.at - row.at);
    }

    void read(const Event& row)
    {
        if (row.appId != m_sent.appId || row.socketId.empty() || before(row) > window)
            return;
        const bool isEarlier = row.at <= m_sent.at;
        if (row.kind == EventKind::Disconnection && isEarlier)
            m_past[row.socketId].closed = &row;
        if (row.channel != m_sent.channel)
            return;
        Past& past = m_past[row.socketId];
        switch (row.kind) {
        case EventKind::Subscribed: past.left = past.refused = nullptr; break;
        case EventKind::Unsubscribed: past.left = isEarlier ? &row : past.left; break;
        case EventKind::AuthDenied:
        case EventKind::Error: past.refused = &row; break;
        default: break;
        }
    }

    bool isSubscribed(const engine::ConnectionSnapshot& connection) const
    {
        return std::ranges::find(connection.channels, m_sent.channel) != connection.channels.end();
    }

    void judgeForeigner(const engine::ConnectionSnapshot& connection, std::vector<NearMiss>& found) const
    {
        if (isSubscribed(connection))
            found.push_back({Kind::OtherApp, connection.socketId,
                             tr("Subscribed to this name in the application %1, the event went out in %2.")
                                 .arg(name(connection.appId), name(m_sent.appId))});
    }

    void judge(const engine::ConnectionSnapshot& connection, std::vector<NearMiss>& found) const
    {
        const std::string& socket = connection.socketId;
        const auto add = [&](Kind kind, const QString& reason) { found.push_back({kind, socket, reason}); };
        if (isSubscribed(connection))
            return socket == m_leftOut ? add(Kind::LeftOut, tr("The sender left this socket out (socket_id)."))
                                       : add(Kind::Late, tr("It subscribed after the event was sent."));
        const auto past = m_past.find(socket);
        if (past != m_past.end() && past->second.refused != nullptr)
            return add(Kind::Refused,
                       tr("Its subscription was refused: %1").arg(shownText(past->second.refused->detail, 256)));
        if (past != m_past.end() && past->second.left != nullptr)
            return add(Kind::Gone, tr("It left the channel %1 before the event.").arg(ago(before(*past->second.left))));
        if (connection.channels.empty()) {
            if (connection.since <= m_sent.at)
                add(Kind::NothingJoined, tr("Connected, but subscribed to nothing. It may still wait for its "
                                            "authorization, or it never subscribed."));
            return;
        }
        for (const std::string& channel : connection.channels) {
            if (const QString likeness = likenessOf(channel, m_sent.channel); !likeness.isEmpty())
                return add(Kind::OtherChannel, likeness);
        }
    }

    const Event& m_sent;
    const engine::Snapshot& m_snapshot;
    std::set<std::string> m_reached;
    std::string m_leftOut;
    std::map<std::string, Past> m_past;
};

} // namespace

QString likenessOf(const std::string& other, const std::string& wanted)
{
    if (other == wanted)
        return {};
    if (baseOf(other) == baseOf(wanted))
        return tr("Subscribed to %1: another prefix makes it another channel.").arg(name(other));
    if (toLower(other) == toLower(wanted))
        return tr("Subscribed to %1: capital and small letters differ.").arg(name(other));
    if (toLower(std::string{baseOf(other)}) == toLower(std::string{baseOf(wanted)}))
        return tr("Subscribed to %1: prefix and capital letters differ.").arg(name(other));
    if (isPattern(other, wanted))
        return tr("Subscribed to %1: a channel has exactly one name, an asterisk stands for nothing else.")
            .arg(name(other));
    if (isOneLetterApart(other, wanted))
        return tr("Subscribed to %1: the name differs by one letter.").arg(name(other));
    return {};
}

NearMisses nearMisses(const Event& sent, const engine::Snapshot& snapshot, std::span<const Event* const> log)
{
    NearMisses result;
    result.list = Search{sent, snapshot, log}.all();
    if (result.list.size() > NearMisses::maxListed) {
        result.more = result.list.size() - NearMisses::maxListed;
        result.list.resize(NearMisses::maxListed);
    }
    return result;
}

} // namespace castdeck::ui
