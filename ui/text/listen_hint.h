#pragma once

#include <QtCore/QString>

#include <string>
#include <vector>

/// How to listen for an event that was sent: the exact line for each client. Pure functions.
namespace castdeck::ui {

struct ListenHint {
    QString client; ///< "Laravel Echo"
    QString code;   ///< One statement, ready to be pasted.
    QString note;   ///< The rule behind it that people trip over; may be empty.
};

/// With Laravel Echo's rules for prefixes, whispers and the leading dot. `variable` names the Echo object.
QString echoListenLine(const std::string& channel, const std::string& event, const QString& variable);
QString pusherListenLine(const std::string& channel, const std::string& event);

std::vector<ListenHint> listenHints(const std::string& channel, const std::string& event);

} // namespace castdeck::ui
