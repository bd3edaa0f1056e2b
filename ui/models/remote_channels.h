#pragma once

#include "ui/bridge/server_view.h"
#include "ui/models/connection_choices.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::ui {

class ChannelsModel;
class RemoteMembersModel;

/// Asks the engine behind a connection which channels are occupied, and who is in the selected one: at once when
/// something is chosen, then again and again while somebody looks.
///
/// There is never a second question of a kind under way to the same connection, whatever is chosen meanwhile. It stops
/// asking by itself when the answer will stay as it is (not supported, refused), and above maxListed channels, as such
/// a question is costly for the engine.
class RemoteChannels : public QObject {
    Q_OBJECT

public:
    enum class Answer { Awaited, Listed, Failed };
    struct Known {
        Answer answer = Answer::Awaited;
        broadcast::Failure failure{};
        bool hasMore = false; ///< Than maxListed, which are kept.
    };

    explicit RemoteChannels(ConnectionControl& control, std::chrono::milliseconds interval = std::chrono::seconds{5},
                            QObject* parent = nullptr);

    void choose(const ConnectionChoice& choice);
    /// No connection is looked at.
    void leave();
    void setActive(bool isActive);
    /// Only channels whose names begin so; the engine itself is asked for them.
    void setPrefix(std::string prefix);
    /// Channels the console listens to: they are shown whether the engine lists them or not.
    void setWatched(std::vector<std::string> names);
    bool isWatched(const std::string& name) const;
    /// Whose members are wanted; empty for none.
    void selectChannel(std::string name);
    /// Asks as soon as no other question is under way.
    void refresh();

    void takeChannels(std::uint64_t id, ChannelListing listing);
    void takeMembers(std::uint64_t id, MemberListing listing);

    const std::string& connection() const noexcept { return m_connection; } ///< Empty for none.
    const std::string& driver() const noexcept { return m_driver; }
    const std::string& channel() const noexcept { return m_channel; }
    const std::string& prefix() const noexcept { return m_prefix; }
    const Known& channelsKnown() const noexcept { return m_channelsKnown; }
    const Known& membersKnown() const noexcept { return m_membersKnown; }
    ChannelsModel* channels() const { return m_channels; }
    RemoteMembersModel* members() const { return m_members; }
    /// Prefixes of channel names say what kind a channel is; not so with Centrifugo.
    bool hasKinds() const;
    /// False where only presence channels have members and the selected one is none.
    bool mayHaveMembers() const;

Q_SIGNALS:
    void channelsChanged();
    void membersChanged();

private:
    struct Question {
        std::uint64_t id;
        std::string connection;
        std::string subject; ///< What the channels begin with, or the channel.
    };
    using Questions = std::vector<Question>;

    bool isLooking() const { return m_isActive && !m_connection.empty(); }
    bool isUnderWay(const Questions& questions) const;
    static std::optional<Question> answered(Questions& questions, std::uint64_t id);
    void forget();
    void askChannels();
    void askMembers();
    void showRows();

    ConnectionControl& m_control;
    const std::chrono::milliseconds m_interval;
    bool m_isActive = false;
    std::string m_connection;
    std::string m_driver;
    std::string m_prefix;
    std::string m_channel;
    std::vector<std::string> m_watched;
    std::vector<broadcast::ChannelInfo> m_listed;
    Questions m_channelQuestions;
    Questions m_memberQuestions;
    Known m_channelsKnown;
    Known m_membersKnown;
    ChannelsModel* m_channels;
    RemoteMembersModel* m_members;
    QTimer m_next;
};

} // namespace castdeck::ui
