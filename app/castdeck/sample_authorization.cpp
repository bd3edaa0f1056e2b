#include "app/castdeck/sample_authorization.h"

#include "core/auth/settings_reader.h"
#include "core/engine/rule_list.h"

#include <chrono>
#include <string>

namespace castdeck::app {

using namespace std::chrono_literals;
using engine::Decision;

namespace {

constexpr const char* rules = R"({
    "authorize": {
        "policy": "closed",
        "topics": [
            {"pattern": "private-orders.{id:[0-9]+}",
             "when": {"any": [{"value": "actor.id", "is": "equals", "to": "{id}"},
                              {"value": "actor.role", "is": "equals", "to": "lead"}]}},
            {"pattern": "private-warehouse",
             "when": {"value": "actor.roles", "is": "contains", "to": "staff"}, "guards": ["token"]},
            {"pattern": "private-encrypted-payroll", "when": {"value": "actor.role", "is": "equals", "to": "lead"}},
            {"pattern": "support", "when": {"value": "actor", "is": "exists"}, "kinds": ["presence"]},
            {"pattern": "private-hooks", "when": {"value": "header.X-Hook-Secret", "is": "equals", "to": "picture"}},
            {"pattern": "private-orders.1042", "when": true}
        ]
    },
    "actors": [
        {"id": "ana", "name": "Ana Ferreira", "role": "lead"},
        {"id": "ben", "name": "Ben Okafor", "role": "staff"},
        {"id": "1042", "name": "Customer 1042", "role": "customer"}
    ]
})";

/// Adds decisions, each a little later than the one before.
class Ledger {
public:
    explicit Ledger(WallTime start) : m_at{start} {}

    Decision& add(std::string channel, std::string actorId, std::string actorName)
    {
        Decision decision;
        decision.at = m_at;
        decision.channel = std::move(channel);
        decision.actorId = std::move(actorId);
        decision.actorName = std::move(actorName);
        decision.identitySource = decision.actorId.empty() ? "" : "token";
        decision.socketId = "184467120.291036481";
        decision.remoteIp = "127.0.0.1";
        decision.method = "POST";
        decision.path = "/pusher/auth";
        m_at += 13s;
        m_decisions.push_back(std::move(decision));
        return m_decisions.back();
    }
    void allow(std::string channel, std::string id, std::string name, std::size_t rule, std::string pattern)
    {
        Decision& decision = add(std::move(channel), std::move(id), std::move(name));
        decision.isAllowed = true;
        decision.httpStatus = 200;
        decision.reason = "rule_allowed";
        decision.ruleIndex = rule;
        decision.rule = std::move(pattern);
        decision.explanation = "allowed by rule " + std::to_string(rule) + " \"" + decision.rule + "\"";
    }
    void refuse(std::string channel, std::string id, std::string name, std::string reason, std::string why)
    {
        Decision& decision = add(std::move(channel), std::move(id), std::move(name));
        decision.httpStatus = 403;
        decision.reason = std::move(reason);
        decision.explanation = std::move(why);
    }
    std::vector<Decision> take() { return std::move(m_decisions); }

private:
    WallTime m_at;
    std::vector<Decision> m_decisions;
};

constexpr const char* orderRule = "private-orders.{id:[0-9]+}";

} // namespace

auth::AuthorizationConfig sampleAuthorization()
{
    std::vector<auth::Problem> problems;
    return auth::readAuthorization(auth::OrderedJson::parse(rules), problems);
}

std::vector<std::string> SampleRules::rules() const
{
    auto found = engine::rulesIn(castdeck::app::rules);
    return found ? *std::move(found) : std::vector<std::string>{};
}

std::vector<Decision> sampleDecisions(WallTime now)
{
    Ledger ledger{now - 90s};
    ledger.allow("presence-support", "ana", "Ana Ferreira", 4, "support");
    ledger.allow("private-orders.1042", "1042", "Customer 1042", 1, orderRule);
    ledger.refuse("presence-support", "", "", "no_actor",
                  "refused: a presence channel needs somebody signed in, and nobody is");
    ledger.allow("private-warehouse", "ben", "Ben Okafor", 2, "private-warehouse");
    ledger.refuse("private-invoices", "ben", "Ben Okafor", "policy_closed",
                  "refused by the policy \"closed\": no rule matches \"private-invoices\"");
    ledger.allow("private-encrypted-payroll", "ana", "Ana Ferreira", 3, "private-encrypted-payroll");
    return ledger.take();
}

engine::AuthorizationVerdict sampleVerdict(std::uint64_t commandId, WallTime now)
{
    engine::AuthorizationVerdict verdict;
    verdict.commandId = commandId;
    verdict.httpStatus = 403;
    verdict.body = R"({"error":"Forbidden","reason":"rule_refused"})";
    Ledger ledger{now};
    ledger.refuse("private-orders.1042", "ben", "Ben Okafor", "rule_refused",
                  R"(refused by rule 1 "private-orders.{id:[0-9]+}": actor.id is "ben", wanted "1042"; )"
                  R"(and actor.role is "staff", wanted "lead")");
    verdict.decision = ledger.take().front();
    verdict.decision.ruleIndex = 1;
    verdict.decision.rule = orderRule;
    verdict.decision.identitySource = "header";
    verdict.params = {{"id", "1042"}};
    return verdict;
}

} // namespace castdeck::app
