#pragma once

#include "core/store/archive_rows.h"

#include <cstddef>
#include <cstdint>
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

/// One thing that a row of the log must, or must not, have.
struct LogCondition {
    enum class Field { Channel, Event, Socket, User, App, Kind, Code, Receivers, Size, Time, Payload };
    enum class Comparison {
        Like, ///< `text`, where * stands for anything; the case of ASCII letters counts not.
        Equal,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
    };

    Field field = Field::Channel;
    Comparison comparison = Comparison::Like;
    std::string text{};
    std::optional<double> number{}; ///< Compared in place of `text`. Of Time: microseconds since 1970.
    std::string path{};             ///< Of Payload: the part of it that is compared, such as "$.order.total".
    bool isNegated = false;
};

struct LogQuery {
    std::string profile{};                  ///< Empty: all.
    std::string text{};                     ///< As in SentQuery, in any column.
    std::vector<std::int64_t> kinds{};      ///< Empty: all.
    std::vector<LogCondition> conditions{}; ///< All of them must hold.
    std::optional<std::int64_t> before{};   ///< Only older ones than this id.
    std::size_t limit = 1'000;
};

struct LogPage {
    std::vector<LogRow> rows;
    bool isEnd = true;
};

} // namespace castdeck::store
