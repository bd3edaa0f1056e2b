#pragma once

#include "ui/models/log_filter.h"
#include "ui/theme/colors.h"

#include <QtCore/QString>

#include <optional>
#include <vector>

namespace castdeck::ui {

/// Which rows of the log somebody has coloured: those that a term of the filter line lets through. Of several terms,
/// the one coloured last counts.
class RowColors {
public:
    static constexpr std::size_t most = 12; ///< Above, the oldest goes: each row that is drawn asks all of them.

    /// Replaces the colour of the same term. A term with a mistake changes nothing.
    void set(const QString& term, Tone tone);
    void remove(const QString& term);
    void clear() { m_terms.clear(); }

    bool isEmpty() const noexcept { return m_terms.empty(); }
    bool has(const QString& term) const;
    std::optional<Tone> toneOf(const engine::Event& event) const;

private:
    struct Term {
        QString text;
        LogFilter filter;
        Tone tone;
    };
    std::vector<Term> m_terms; ///< The newest last.
};

} // namespace castdeck::ui
