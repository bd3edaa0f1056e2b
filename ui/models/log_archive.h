#pragma once

#include "core/engine/event.h"
#include "ui/models/log_filter.h"

#include <QtCore/QString>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace castdeck::ui {

/// The rows of one profile's log that are on disk, as the log page asks for them.
///
/// Thread: GUI. Answers come later and on the GUI thread; a question that nobody waits for any more may stay without.
class LogArchive {
public:
    struct Question {
        WallTime before = WallTime::max();      ///< Only rows of an earlier time.
        std::optional<std::int64_t> beforeId{}; ///< Only older ones than this: firstId of the page before.
        LogFilter filter{};                     ///< Only rows that it lets through.
        std::uint32_t kinds = 0;                ///< One bit for each engine::EventKind; 0 for all.
        std::size_t limit = 1'000;
    };
    struct Page {
        std::vector<engine::Event> rows; ///< Oldest first.
        std::int64_t firstId = 0;        ///< Of the oldest.
        bool isEnd = true;               ///< There are no older ones.
        QString trouble;                 ///< Why nothing could be read; empty when all is well.
    };

    virtual ~LogArchive() = default;
    virtual void ask(Question question, std::function<void(Page)> answer) = 0;
};

} // namespace castdeck::ui
