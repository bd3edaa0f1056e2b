#pragma once

#include "tests/core/net/frame_client.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace castdeck::test {

/// One case of the usual WebSocket conformance suite, in our own words.
struct ConformanceCase {
    std::vector<std::string> sends = {};  ///< Each in a write of its own.
    std::size_t chopBytes = 0;            ///< Not 0: in writes of so many bytes.
    std::vector<WireFrame> expected = {}; ///< What the server must send, in this order, before the close frame.
    /// Not 0: the server fails the connection with this code. 0: the client closes with 1000 when all has arrived.
    int failure = 0;
    /// Not 0: the client's own close frame is among `sends`, and this is the code of the answer.
    int closeAnswer = 0;
    int rounds = 1; ///< How often `sends` and `expected` happen, each after the one before.
};

struct NamedCase {
    std::string name; ///< The number that the case has in the suite.
    std::function<ConformanceCase()> make;
};

std::vector<NamedCase> framingCases();       ///< Group 1.
std::vector<NamedCase> pingCases();          ///< Group 2.
std::vector<NamedCase> reservedBitsCases();  ///< Group 3.
std::vector<NamedCase> opcodeCases();        ///< Group 4.
std::vector<NamedCase> fragmentationCases(); ///< Group 5.
std::vector<NamedCase> utf8Cases();          ///< Group 6.
std::vector<NamedCase> closeCases();         ///< Group 7.
std::vector<NamedCase> sizeCases();          ///< Group 9.
std::vector<NamedCase> autoFragmentCases();  ///< Group 10.

} // namespace castdeck::test
