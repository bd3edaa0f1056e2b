#pragma once

#include "ui/models/log_filter.h"

#include <string>
#include <string_view>

namespace castdeck::ui {

/// Reads a filter line. Works on UTF-8, since all that has a meaning is ASCII.
class FilterParser {
public:
    FilterParser(const QString& line, WallTime clock);

    LogFilter::Parsed run();

private:
    using Node = LogFilter::Node;
    using Term = LogFilter::Term;
    using Key = LogFilter::Key;

    struct Word {
        std::string_view text; ///< Quotes included.
        std::size_t from = 0;
    };

    bool readAny(Node& node);
    bool readAll(Node& node);
    bool readOne(Node& node);
    bool readGroup(Node& node);
    bool readTerm(Node& node);
    bool readWord(Word& word);
    bool readKeyed(const Word& word, std::size_t colon, Term& term);
    bool readKinds(const Word& word, std::string_view value, bool isDirection, Term& term);
    bool readNumber(const Word& word, std::string_view value, Term& term);
    bool readSince(const Word& word, std::string_view value, Term& term);
    bool readTime(const Word& word, std::string_view value, Term& term);
    bool readJson(const Word& word, std::string_view value, Term& term);

    bool fail(const QString& sentence, std::size_t from, std::size_t length);
    bool fail(const QString& sentence, const Word& word);
    void skipBlanks();
    bool atEnd() const { return m_at >= m_line.size(); }
    bool isAtOr() const;

    std::string m_line;
    WallTime m_clock;
    std::size_t m_at = 0;
    int m_depth = 0;
    LogFilter::Mistake m_mistake;
};

/// `5m`, `1h30m`, `20s`, `2d`.
std::optional<std::chrono::seconds> readDuration(std::string_view text);

/// The moment that a clock time (`14:03`, `14:03:20.5`) or a date (`2026-05-04`, `2026-05-04T14:03`) begins, and how
/// long it lasts as precisely as it is written. A clock time that is still to come today is yesterday's.
struct Moment {
    WallTime from;
    std::chrono::milliseconds length;
};
std::optional<Moment> readMoment(std::string_view text, WallTime clock);

} // namespace castdeck::ui
