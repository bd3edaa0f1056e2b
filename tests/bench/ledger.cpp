#include "tests/bench/ledger.h"

#include <algorithm>
#include <bit>
#include <optional>

namespace castdeck::bench {

namespace {

constexpr std::size_t digits = 12;
constexpr std::string_view eventMark = R"("event":"bench")";
constexpr std::string_view dataMark = R"("data":")";

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

} // namespace

std::string eventData(std::uint64_t sequence, std::size_t bytes)
{
    std::string data = std::to_string(sequence);
    data.insert(0, digits - std::min(digits, data.size()), '0');
    data.resize(std::max(bytes, digits), 'x');
    return data;
}

Ledger::Ledger(std::size_t connections, std::size_t window, std::size_t dataBytes)
    : m_expected(connections)
    , m_outstanding(std::bit_ceil(window), connections)
    , m_dataBytes{dataBytes}
{
}

bool Ledger::record(std::size_t connection, std::string_view text)
{
    if (m_before.empty() && !learn(text))
        return false;
    if (text.size() != m_before.size() + digits + m_after.size() || !text.starts_with(m_before) ||
        !text.ends_with(m_after))
        return false;
    const auto sequence = number(text.substr(m_before.size(), digits));
    if (!sequence || *sequence >= m_completed + m_outstanding.size())
        return false;

    ++m_deliveries;
    auto& expected = m_expected[connection];
    if (*sequence < expected) {
        ++m_repeatedOrLate;
        return true;
    }
    m_missing += *sequence - expected;
    while (expected <= *sequence)
        account(expected++);
    return true;
}

bool Ledger::learn(std::string_view text)
{
    const auto data = text.find(dataMark);
    if (text.find(eventMark) == std::string_view::npos || data == std::string_view::npos)
        return false;
    const auto start = data + dataMark.size();
    const auto sequence = number(text.substr(start, digits));
    if (!sequence || text.substr(start, m_dataBytes) != eventData(*sequence, m_dataBytes))
        return false;
    m_before = text.substr(0, start);
    m_after = text.substr(start + digits);
    return true;
}

// Every connection accounts for its events in order, so the oldest event is always the first to be complete.
void Ledger::account(std::uint64_t sequence)
{
    auto& outstanding = m_outstanding[sequence % m_outstanding.size()];
    if (--outstanding != 0)
        return;
    outstanding = m_expected.size();
    ++m_completed;
}

} // namespace castdeck::bench
