#include "core/auth/guard.h"
#include "core/auth/rule_reader.h"

#include <QTest>

#include <algorithm>
#include <chrono>
#include <functional>

using namespace castdeck;
using namespace castdeck::auth;

namespace {

constexpr std::size_t ruleCount = 1'000;
constexpr std::size_t actorCount = 1'000;

/// One pattern and one channel that it matches, for each number.
struct Shape {
    std::function<std::string(const std::string& number)> pattern;
    std::function<std::string(const std::string& number)> channel;
};

Guard guardOf(const Shape& shape)
{
    OrderedJson list = OrderedJson::array();
    for (std::size_t i = 0; i < ruleCount; ++i)
        list.push_back({{"pattern", shape.pattern(std::to_string(i))},
                        {"when", {{"value", "actor.id"}, {"is", "equals"}, {"to", "{id}"}}}});
    std::vector<Actor> actors(actorCount);
    for (std::size_t i = 0; i < actorCount; ++i) {
        actors[i].id = std::to_string(i);
        actors[i].token = "token-" + std::to_string(i);
    }
    std::vector<Problem> problems;
    RuleSet rules{readRules(JsonSource{list, problems})};
    for (const Problem& problem : problems)
        qWarning("%s", problem.text().c_str());
    return Guard{std::move(rules), ActorDirectory{std::move(actors)}, {}};
}

/// By the first, the last and all other rules, and by none; half of them by the actor that the rule wants.
std::vector<AuthorizationRequest> requestsOf(const Shape& shape)
{
    std::vector<AuthorizationRequest> requests;
    for (std::size_t i = 0; i < 2 * ruleCount; ++i) {
        AuthorizationRequest request;
        request.channels = {i % 10 == 9 ? "private-none." + std::to_string(i) : shape.channel(std::to_string(i / 2))};
        request.socketId = "4821.9047";
        request.headers = {{"Host", "localhost"},
                           {"Authorization", "Bearer token-" + std::to_string(i % 2 == 0 ? 7 : 8)}};
        requests.push_back(std::move(request));
    }
    return requests;
}

} // namespace

class DecisionSpeedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aThousandRulesTakeTenMicroseconds_data();
    void aThousandRulesTakeTenMicroseconds();
};

void DecisionSpeedTest::aThousandRulesTakeTenMicroseconds_data()
{
    using namespace std::string_literals;
    QTest::addColumn<Shape>("shape");
    const auto row = [](const char* name, auto pattern, auto channel) {
        QTest::newRow(name) << Shape{std::move(pattern), std::move(channel)};
    };
    row(
        "the number is in front", [](const auto& n) { return "order" + n + ".{id}"; },
        [](const auto& n) { return "private-order" + n + ".7"; });
    row(
        "the number is behind", [](const auto& n) { return "{tenant}.{id}.room" + n; },
        [](const auto& n) { return "presence-acme.7.room" + n; });
    row(
        "the number is between regular expressions",
        [](const auto& n) { return "private-{tenant:[a-z]+}-" + n + "-{id:[0-9]+}"; },
        [](const auto& n) { return "private-acme-" + n + "-7"; });
    row(
        "the number is in a regular expression", [](const auto& n) { return "private-{room:x" + n + "}-{id}"; },
        [](const auto& n) { return "private-x" + n + "-7"; });
}

void DecisionSpeedTest::aThousandRulesTakeTenMicroseconds()
{
    using Clock = std::chrono::steady_clock;
    QFETCH(Shape, shape);
    const Guard guard = guardOf(shape);
    QCOMPARE(guard.rules().rules().size(), ruleCount);
    const auto requests = requestsOf(shape);

    std::size_t allowed = 0;
    std::vector<Clock::duration> times;
    const auto start = Clock::now();
    const auto end = start + std::chrono::seconds{1};
    for (std::size_t i = 0; Clock::now() < end; ++i) {
        const auto before = Clock::now();
        allowed += guard.decide(requests[i % requests.size()]).allowed ? 1 : 0;
        times.push_back(Clock::now() - before);
    }
    const auto perSecond =
        static_cast<double>(times.size()) / std::chrono::duration<double>(Clock::now() - start).count();
    std::ranges::sort(times);
    const auto p99 = std::chrono::duration<double, std::micro>(times[times.size() * 99 / 100]).count();
    qInfo("%.0f decisions per second, 99 %% under %.1f microseconds", perSecond, p99);
    QVERIFY(allowed > 0 && allowed < times.size());
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QVERIFY(perSecond >= 100'000);
    QVERIFY(p99 < 50);
#endif
}

QTEST_APPLESS_MAIN(DecisionSpeedTest)
#include "decision_speed_test.moc"
