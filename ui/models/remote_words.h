#pragma once

#include "core/broadcast/report.h"

#include <QtCore/QString>

#include <string>
#include <string_view>

/// What an engine elsewhere could not tell, said in words: a state like others, no error.
namespace castdeck::ui {

struct RemoteWords {
    QString title;
    QString sentence; ///< What was asked and what came back, and what to do about it.
};

RemoteWords channelsWords(const std::string& connection, std::string_view driver, const broadcast::Failure& failure);
RemoteWords membersWords(const std::string& connection, std::string_view driver, const std::string& channel,
                         const broadcast::Failure& failure);

} // namespace castdeck::ui
