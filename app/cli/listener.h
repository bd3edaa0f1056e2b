#pragma once

#include "app/cli/listen_output.h"
#include "app/cli/target.h"
#include "core/remote/pusher_client.h"

#include <QTimer>

#include <functional>
#include <string>

namespace castdeck::cli {

/// The `listen` command at a server with the Pusher protocol: one client, one line per event.
class Listener : public QObject {
    Q_OBJECT
public:
    Listener(const Target& target, ListenOptions options, std::function<void(int)> finish);

private:
    void print(const remote::ServerMessage& message);
    void lost(int code, const QString& reason, bool willRetry);
    void timeIsUp();

    const ListenOptions m_options;
    ListenOutput m_output;
    std::function<void(int)> m_finish;
    std::string m_address;
    remote::PusherClient m_client;
    QTimer m_timeout;
    bool m_isDone = false;
};

} // namespace castdeck::cli
