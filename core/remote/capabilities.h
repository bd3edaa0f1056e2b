#pragma once

#include "core/remote/pusher_rest_client.h"

#include <QObject>

#include <string>
#include <vector>

namespace castdeck::remote {

/// One thing that servers of this protocol may tell, and whether this one does.
struct Capability {
    enum class Topic {
        Channels,      ///< Which channels are occupied.
        Subscriptions, ///< How many subscribers each has.
        Users,         ///< How many users a presence channel has.
        Connections,   ///< How many connections there are.
        Log,           ///< Everything that happens there.
        Health,        ///< Whether it is well.
    };
    enum class State { Unknown, Told, NotTold, Failed };

    Topic topic = Topic::Channels;
    State state = State::Unknown;
    std::string question; ///< "GET /apps/1/channels"
    int status = 0;       ///< HTTP; 0 without an answer.
    std::string answer;   ///< What was answered, one line; secrets replaced.

    bool operator==(const Capability&) const = default;
};

/// Asks a server what its HTTP interface offers. Every question is a signed GET; nothing is changed.
///
/// Thread: the one of its client, which must outlive it.
class CapabilityProbe : public QObject {
    Q_OBJECT
public:
    explicit CapabilityProbe(PusherRestClient& client, QObject* parent = nullptr) : QObject{parent}, m_client{client} {}

    /// Asks anew. Answers to earlier questions are ignored from then on.
    void start();
    const std::vector<Capability>& all() const noexcept { return m_all; }
    bool isComplete() const;
    /// Unknown counts as told: only a refusal is a reason not to ask.
    bool tells(Capability::Topic topic) const;

Q_SIGNALS:
    void changed();

private:
    void note(unsigned round, Capability::Topic topic, const RestAnswer& answer);
    Capability& entry(Capability::Topic topic);

    PusherRestClient& m_client;
    std::vector<Capability> m_all;
    unsigned m_round = 0;
};

} // namespace castdeck::remote
