#pragma once

#include "ui/text/draft.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <functional>
#include <string>
#include <vector>

namespace castdeck::ui {

class VirtualSubscriber;
class VirtualSubscribersModel;

/// Client events from the composer: a virtual subscriber that has joined the channel sends them. Where none has, one
/// joins first.
///
/// Thread: GUI. The subscribers outlive it.
class ClientEvents : public QObject {
    Q_OBJECT

public:
    /// Somebody who joins that channel of the application; null, and `why`, when nobody can.
    using Play = std::function<VirtualSubscriber*(const std::string& appId, const std::string& channel, QString& why)>;

    ClientEvents(const VirtualSubscribersModel& subscribers, Play play, QObject* parent = nullptr);

    /// On every channel of the draft. What became of it comes by told(), at once or when somebody has joined.
    void send(const std::string& appId, const Draft& draft);

Q_SIGNALS:
    void told(const QString& sentence, bool isProblem);

private:
    struct Waiting {
        QPointer<VirtualSubscriber> subscriber;
        std::string channel;
        std::string event;
        std::string json;
    };

    VirtualSubscriber* memberOf(const std::string& appId, const std::string& channel) const;
    void sendWaiting();
    void trigger(VirtualSubscriber& sender, const Waiting& event);

    const VirtualSubscribersModel& m_subscribers;
    const Play m_play;
    std::vector<Waiting> m_waiting;
};

} // namespace castdeck::ui
