#pragma once

#include "core/engine/event.h"

#include <QtCore/QString>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::ui {

/// What the filter line of the live log asks for: words and `key:value`, all of which must hold; `-` negates.
///
/// Words are found anywhere in a row, letters of ASCII in either case; `*` in a value stands for any text.
class LogFilter {
public:
    struct Mistake {
        QString sentence;
        int from = 0; ///< UTF-16 units from the start of the line.
        int length = 0;
    };
    struct Parsed;

    /// A line with a mistake gives the mistake and no filter.
    static Parsed parse(const QString& line);

    bool isEmpty() const noexcept { return m_terms.empty(); }
    bool accepts(const engine::Event& event) const;

private:
    enum class Key { Anywhere, Channel, Event, Type, Socket, User, App, Direction, Size, Code };
    enum class Compare { Matches, Above, Below };

    struct Term {
        Key key = Key::Anywhere;
        bool isNegated = false;
        Compare compare = Compare::Matches;
        std::string text; ///< Lower case; for texts.
        std::size_t number = 0;
        std::uint32_t kinds = 0; ///< One bit for each engine::EventKind; for types and directions.
    };

    static std::optional<QString> readTerm(const QString& word, bool isQuoted, Term& term);
    static std::optional<QString> readNumber(const QString& value, Term& term);
    static void addKinds(Term& term);
    static bool holds(const Term& term, const engine::Event& event);
    static bool isAnywhere(const std::string& text, const engine::Event& event);

    std::vector<Term> m_terms;
};

struct LogFilter::Parsed {
    std::optional<LogFilter> filter;
    Mistake mistake;
};

} // namespace castdeck::ui
