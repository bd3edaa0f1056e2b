#pragma once

#include "core/store/archive_rows.h"
#include "core/store/text_check.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

/// Questions to the archive. All of them are answered newest first, in pages.
namespace castdeck::store {

struct SentQuery {
    std::string profile{};                ///< Empty: all.
    std::string text{};                   ///< Each word must begin a word of event, channels or payload. Empty: any.
    std::optional<std::int64_t> before{}; ///< Only older ones than this id.
    std::size_t limit = 100;
};

struct SentPage {
    std::vector<SentRow> rows;
    bool isEnd = true; ///< There are no older ones.
};

/// What a row of the log must be like: a check of some of its columns, or conditions joined.
struct LogCondition {
    enum class Kind {
        Text,   ///< The text of one of `columns` passes `check`. A row without payload has no such text.
        Number, ///< The number in the first of `columns` is from `least` to `most`.
        All,    ///< All of `parts` hold.
        Any,    ///< One of them holds.
        None,   ///< None of them holds.
    };
    enum class Column { Channel, Event, Socket, User, App, Detail, Payload, EventKind, Code, Size, Time };

    Kind kind = Kind::All;
    std::vector<Column> columns{};
    TextCheck check{};
    std::int64_t least = std::numeric_limits<std::int64_t>::min(); ///< Size: bytes. Time: microseconds since 1970.
    std::int64_t most = std::numeric_limits<std::int64_t>::max();  ///< Included.
    std::vector<LogCondition> parts{};
};

struct LogQuery {
    std::string profile{};                ///< Empty: all.
    LogCondition condition{};             ///< As it is, it holds for all.
    std::optional<std::int64_t> before{}; ///< Only older ones than this id.
    std::size_t limit = 1'000;
};

struct LogPage {
    std::vector<LogRow> rows;
    bool isEnd = true;
};

} // namespace castdeck::store
