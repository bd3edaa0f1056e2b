#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::bench {

/// The data of event `sequence`: twelve digits, then filling up to `bytes`.
std::string eventData(std::uint64_t sequence, std::size_t bytes);

/// Proves that every connection got every event once, in order and unchanged.
///
/// Events are numbered from 0. The first one shows how the server words the message; all others must equal it in every
/// byte but the twelve digits.
class Ledger {
public:
    /// `window` events may be under way at a time.
    Ledger(std::size_t connections, std::size_t window, std::size_t dataBytes);

    /// False when the text is not an event of this run: what it is else must be judged by the caller.
    bool record(std::size_t connection, std::string_view text);

    std::uint64_t deliveries() const { return m_deliveries; }
    /// All events below this number have been accounted for on all connections.
    std::uint64_t completed() const { return m_completed; }
    /// Copies that never came, known by a later one that did.
    std::uint64_t missing() const { return m_missing; }
    /// Copies that came twice, or after a later one.
    std::uint64_t repeatedOrLate() const { return m_repeatedOrLate; }

private:
    bool learn(std::string_view text);
    void account(std::uint64_t sequence);

    std::vector<std::uint64_t> m_expected;  ///< By connection: the next event.
    std::vector<std::size_t> m_outstanding; ///< By event modulo its size: copies not accounted for.
    std::size_t m_dataBytes;
    std::string m_before; ///< The message up to the digits.
    std::string m_after;  ///< The message behind the digits.
    std::uint64_t m_completed = 0;
    std::uint64_t m_deliveries = 0;
    std::uint64_t m_missing = 0;
    std::uint64_t m_repeatedOrLate = 0;
};

} // namespace castdeck::bench
