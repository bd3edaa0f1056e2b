#include "core/auth/guard.h"
#include "core/auth/rule_reader.h"
#include "tests/bench/modes.h"

#include <array>
#include <stdexcept>
#include <unistd.h>

namespace castdeck::bench {

namespace {

using namespace castdeck::auth;
using Steady = std::chrono::steady_clock;

constexpr std::size_t actorCount = 1'000;
constexpr double warmUpSeconds = 0.3;

struct NameAndPattern {
    std::string pattern;
    std::string channel; ///< The pattern matches it, and its parameter `id` is 7.
};

/// The number stands in front, behind, between regular expressions, or in one: no single trick finds the rule.
NameAndPattern numbered(std::size_t number)
{
    const auto n = std::to_string(number);
    switch (number % 4) {
    case 0: return {"order" + n + ".{id}", "private-order" + n + ".7"};
    case 1: return {"{tenant}.{id}.room" + n, "presence-acme.7.room" + n};
    case 2: return {"private-{tenant:[a-z]+}-" + n + "-{id:[0-9]+}", "private-acme-" + n + "-7"};
    default: return {"private-{room:x" + n + "}-{id}", "private-x" + n + "-7"};
    }
}

Guard guardWith(std::size_t ruleCount)
{
    OrderedJson list = OrderedJson::array();
    for (std::size_t i = 0; i < ruleCount; ++i)
        list.push_back(
            {{"pattern", numbered(i).pattern}, {"when", {{"value", "actor.id"}, {"is", "equals"}, {"to", "{id}"}}}});
    std::vector<Actor> actors(actorCount);
    for (std::size_t i = 0; i < actorCount; ++i) {
        actors[i].id = std::to_string(i);
        actors[i].token = "token-" + std::to_string(i);
    }
    std::vector<Problem> problems;
    RuleSet rules{readRules(JsonSource{list, problems})};
    if (!problems.empty())
        throw std::logic_error{problems.front().text()};
    return Guard{std::move(rules), ActorDirectory{std::move(actors)}, {}};
}

/// Each rule twice: from the actor that it wants, and from another one.
std::vector<AuthorizationRequest> requestsFor(std::size_t ruleCount)
{
    std::vector<AuthorizationRequest> requests(2 * ruleCount);
    for (std::size_t i = 0; i < requests.size(); ++i) {
        requests[i].channels = {numbered(i / 2).channel};
        requests[i].socketId = "4821.9047";
        requests[i].headers = {{"Host", "localhost"},
                               {"Authorization", i % 2 == 0 ? "Bearer token-7" : "Bearer token-8"}};
    }
    return requests;
}

/// Decides in turn and checks every answer.
void decideFor(double seconds, const Guard& guard, const std::vector<AuthorizationRequest>& requests,
               std::vector<std::chrono::nanoseconds>& times)
{
    times.clear();
    const auto end =
        Steady::now() + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>{seconds});
    auto before = Steady::now();
    for (std::size_t i = 0; before < end; i = (i + 1) % requests.size()) {
        const bool isAllowed = guard.decide(requests[i]).allowed;
        const auto after = Steady::now();
        times.push_back(after - before);
        before = after;
        if (isAllowed != (i % 2 == 0))
            throw std::logic_error{"decided wrongly about " + requests[i].channels.front()};
    }
}

} // namespace

Json runDecisions(const DecisionOptions& options)
{
    const Guard guard = guardWith(options.rules);
    const auto requests = requestsFor(options.rules);
    std::vector<std::chrono::nanoseconds> times;
    decideFor(warmUpSeconds, guard, requests, times);

    const auto before = usageOf(getpid());
    const auto start = Steady::now();
    decideFor(options.seconds, guard, requests, times);
    const auto elapsed = Steady::now() - start;
    const auto after = usageOf(getpid());

    const std::size_t count = times.size();
    Json report{{"mode", "decisions"}, {"rules", options.rules}, {"decisionMicroseconds", percentiles(times)}};
    addCost(report, count, elapsed, before, after);
    return report;
}

} // namespace castdeck::bench
