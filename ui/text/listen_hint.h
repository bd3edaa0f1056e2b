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

std::vector<ListenHint> listenHints(const std::string& channel, const std::string& event);

} // namespace castdeck::ui
