#pragma once

#include "core/base/text_pattern.h"
#include "core/engine/event.h"
#include "ui/text/json_condition.h"

#include <QtCore/QString>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace castdeck::ui {

/// What the filter line of the live log asks for: words, `key:value`, `json:` conditions and times, which must all hold
/// unless `or` stands between them; `-` negates and brackets group. docs/handbook/filter.md is the language's text for
/// people.
///
/// Fast enough for a hundred thousand rows in a fraction of a second: what is cheap is asked first.
class LogFilter {
public:
    struct Mistake {
        QString sentence; ///< What was expected there.
        int from = 0;     ///< UTF-16 units from the start of the line.
        int length = 0;   ///< At least 1, but for an empty line.
    };
    struct Parsed;

    /// A line with a mistake gives the mistake and no filter. `since:` and clock times are counted from `clock`.
    static Parsed parse(const QString& line, WallTime clock = std::chrono::system_clock::now());
    /// What both let through.
    static LogFilter both(LogFilter a, LogFilter b);

    bool isEmpty() const noexcept { return !m_root; }
    bool accepts(const engine::Event& event) const;
    /// In words, for people: "channel is orders.*, and not type is subscribed".
    QString description() const;

private:
    friend class FilterParser;
    friend class StoredFilter;

    enum class Key { Anywhere, Channel, Event, Socket, User, App, Kinds, Size, Status, Time, Json };
    enum class Compare { Equal, Above, Below, AtLeast, AtMost };

    struct Term {
        Key key = Key::Anywhere;
        Compare compare = Compare::Equal;
        TextPattern pattern;
        std::uint32_t kinds = 0; ///< One bit for each engine::EventKind; for types and directions.
        std::uint64_t number = 0;
        WallTime from = WallTime::min();
        WallTime to = WallTime::max(); ///< Not included.
        JsonCondition json;
        QString words; ///< For description().
    };
    enum class Operation { Term, All, Any, Not };
    struct Node {
        Operation operation = Operation::Term;
        std::vector<Node> children;
        Term term;
        int cost = 0;
    };

    static void sortByCost(Node& node);
    static bool holds(const Node& node, const engine::Event& event);
    static bool holds(const Term& term, const engine::Event& event);
    static bool isAnywhere(const TextPattern& pattern, const engine::Event& event);
    static QString describe(const Node& node);

    std::shared_ptr<const Node> m_root; ///< Null lets everything through.
};

struct LogFilter::Parsed {
    std::optional<LogFilter> filter;
    Mistake mistake;
};

} // namespace castdeck::ui
