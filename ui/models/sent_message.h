#pragma once

#include "ui/text/draft.h"

#include <QtCore/QDateTime>
#include <QtCore/QString>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace castdeck::ui {

/// One message sent from the composer, as it was sent.
struct SentMessage {
    std::uint64_t commandId = 0; ///< 0: sent in an earlier run.
    QString appId;
    QString connection; ///< Empty: by the server in this program.
    Draft draft;
    QDateTime at;
    enum class State { Waiting, Accepted, Partial, Failed } state = State::Waiting;
    std::optional<std::size_t> receivers{}; ///< Where it is known.
    std::int64_t archiveId = 0;             ///< 0: in no archive.
};

} // namespace castdeck::ui
