#include "ui/models/row_colors.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace castdeck::ui {

void RowColors::set(const QString& term, Tone tone)
{
    LogFilter::Parsed parsed = LogFilter::parse(term);
    if (!parsed.filter || parsed.filter->isEmpty())
        return;
    remove(term);
    if (m_terms.size() == most)
        m_terms.erase(m_terms.begin());
    m_terms.push_back({term, std::move(*parsed.filter), tone});
}

void RowColors::remove(const QString& term)
{
    std::erase_if(m_terms, [&](const Term& each) { return each.text == term; });
}

bool RowColors::has(const QString& term) const
{
    return std::ranges::find(m_terms, term, &Term::text) != m_terms.end();
}

std::optional<Tone> RowColors::toneOf(const engine::Event& event) const
{
    for (const Term& term : std::views::reverse(m_terms)) {
        if (term.filter.accepts(event))
            return term.tone;
    }
    return std::nullopt;
}

} // namespace castdeck::ui
