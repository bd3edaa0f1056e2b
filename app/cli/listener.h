#pragma once

#include "app/cli/target.h"
#include "core/remote/pusher_client.h"

#include <QTimer>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::cli {

struct ListenOptions {
    std::vector<std::string> channels;
    std::string event; ///< Empty for all.
    std::optional<std::size_t> count;
    std::optional<double> timeoutSeconds;
    std::string actor = "operator";
    bool printsProtocolEvents = false;
};

/// The `listen` command at work: one client, one line per event.
class Listener : public QObject {
    Q_OBJECT
public:
    Listener(const Target& target, ListenOptions options, std::function<void(int)> finish);

private:
    void print(const remote::ServerMessage& message);
    void lost(int code, const QString& reason, bool willRetry);
    void timeIsUp();

    ListenOptions m_options;
    std::function<void(int)> m_finish;
    std::string m_address;
    remote::PusherClient m_client;
    QTimer m_timeout;
    std::size_t m_printed = 0;
    bool m_isDone = false;
};

} // namespace castdeck::cli
