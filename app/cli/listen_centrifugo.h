#pragma once

#include "app/cli/listen_output.h"
#include "app/cli/target.h"
#include "core/remote/centrifugo_watcher.h"

#include <QTimer>

#include <functional>
#include <string>

namespace castdeck::cli {

/// Who may listen to a Centrifugo server, from the options of its connection.
struct CentrifugoAccess {
    std::string url;
    std::string tokenSecret; ///< The server's client.token.hmac_secret_key: tokens are made with it.
    std::string token;       ///< One that somebody else made; counts before the secret.
};

/// False, and why is told, when an option is of the wrong kind.
bool readAccess(const Target& target, CentrifugoAccess& access);

/// The `listen` command at a Centrifugo server: one client, one line per event.
class CentrifugoListener : public QObject {
    Q_OBJECT
public:
    CentrifugoListener(const Target& target, CentrifugoAccess access, ListenOptions options,
                       std::function<void(int)> finish);

private:
    void connectSignals();
    void publish(const remote::centrifugo::Publication& publication);
    void print(const HeardEvent& event);
    void lost(int code, const QString& reason, bool willRetry);
    void refused(const QString& channel, int code, const QString& reason);
    void timeIsUp();
    void end(int exitCode);
    std::string advice() const;

    const ListenOptions m_options;
    const CentrifugoAccess m_access;
    const std::string m_connection;
    std::function<void(int)> m_finish;
    ListenOutput m_output;
    remote::CentrifugoWatcher m_client;
    QTimer m_timeout;
    bool m_isDone = false;
};

} // namespace castdeck::cli
