#pragma once

#include "core/broadcast/connections_config.h"
#include "core/broadcast/manager.h"

#include <QtCore/QString>

#include <string>
#include <vector>

namespace castdeck::ui {

/// One way out for a message, as the Send page offers it.
struct ConnectionChoice {
    std::string name;        ///< Of the connection or alias; empty for the server in this program when none names it.
    std::string driver{};    ///< After driver aliases; empty for the server in this program.
    QString text;            ///< "eu-prod (pusher)"
    QString origin{};        ///< Why it is the default; empty for all others.
    QString note;            ///< What should be known before sending: that it discards.
    bool isEmbedded = false; ///< Sent by the server in this program, without a network.
};

struct ConnectionChoices {
    std::vector<ConnectionChoice> list; ///< The embedded server first, then the order of the configuration.
    int preferred = 0;                  ///< The default connection, or the embedded server when none was set.
};

/// Whether a choice is there besides the embedded server, `log` and `null`: an engine that may know who is connected.
bool hasOtherEngines(const ConnectionChoices& choices);

ConnectionChoices connectionChoices(const broadcast::ConnectionsConfig& config,
                                    const broadcast::DefaultChoice& defaultChoice);

} // namespace castdeck::ui
