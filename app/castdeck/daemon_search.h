#pragma once

#include "core/base/clock.h"
#include "core/remote/http_client.h"
#include "core/remote/pusher_rest_client.h"
#include "core/store/config.h"
#include "ui/models/profile.h"

#include <QtCore/QObject>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::app {

/// Whether the server of this configuration runs already, without a window: something on its port answers a question
/// that is signed with the configuration's own secret, as only this program does.
///
/// Thread: GUI.
class DaemonSearch : public QObject {
    Q_OBJECT

public:
    /// An application of the running server, as something to connect to.
    struct Found {
        ui::Profile profile;
        std::string secret;
    };

    /// `port` is where the server is to listen; 0, any, finds nothing.
    DaemonSearch(const store::ServerConfig& server, std::uint16_t port, QObject* parent = nullptr);

    /// Answers within a second, at once where nobody listens.
    void start();

Q_SIGNALS:
    /// Empty: nobody is there, or somebody else. The last signal.
    void ended(const std::vector<castdeck::app::DaemonSearch::Found>& found);

private:
    const SystemClock m_clock;
    remote::HttpClient m_http;
    std::unique_ptr<remote::PusherRestClient> m_rest; ///< Null: there is nothing to look for.
    std::vector<Found> m_apps;
};

} // namespace castdeck::app
