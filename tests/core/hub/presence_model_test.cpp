#include "core/hub/hub.h"

#include "tests/support/hub_fixture.h"

#include <QTest>

#include <array>
#include <map>
#include <random>
#include <set>

using namespace castdeck;
using test::FakeClient;
using test::HubFixture;
using test::Message;

namespace {

constexpr std::size_t channelCount = 6;
constexpr std::size_t clientCount = 24;
constexpr int userCount = 10;

/// What a client has learnt of one channel that it is in.
struct View {
    std::set<std::string> users;
    std::string self;
    int lastSequence = 0;
};

/// A client that folds its snapshots and member events as client libraries do, and names the first contradiction.
class Observer {
public:
    explicit Observer(HubFixture& fixture) : m_client{fixture.connect()} {}

    FakeClient& client() { return *m_client; }
    bool isIn(const std::string& channel) const { return m_joined.contains(channel); }
    const std::map<std::string, std::string>& joined() const { return m_joined; }
    const std::map<std::string, View>& views() const { return m_views; }

    /// `sequence` numbers the last event that was published before.
    void join(const std::string& channel, const std::string& user, int sequence)
    {
        m_joined[channel] = user;
        m_expected[channel] = {{}, user, sequence};
        m_client->subscribe(channel, test::memberData(user));
    }
    /// What is under way is received first; after that nothing of the channel may come.
    std::string leave(const std::string& channel)
    {
        m_client->shard().drain();
        const std::string contradiction = receive();
        m_client->unsubscribe(channel);
        m_joined.erase(channel);
        m_views.erase(channel);
        return contradiction;
    }
    std::string receive()
    {
        for (const Message& message : m_client->connection().take()) {
            if (const std::string text = fold(message); !text.empty())
                return text + ": " + message.text;
        }
        return {};
    }

private:
    std::string fold(const Message& message)
    {
        const std::string channel = message.channel();
        const nlohmann::json data = message.payload();
        if (message.event() == "pusher_internal:subscription_succeeded")
            return greet(channel, data["presence"]);
        const auto view = m_views.find(channel);
        if (view == m_views.end())
            return "an event of a channel that the client is not in";
        if (message.event() == "numbered")
            return data.get<int>() == ++view->second.lastSequence ? "" : "an event out of order";
        const auto user = data["user_id"].get<std::string>();
        if (user == view->second.self)
            return "a member event about oneself";
        if (message.event() == "pusher_internal:member_added")
            return view->second.users.insert(user).second ? "" : "a member added twice";
        if (message.event() == "pusher_internal:member_removed")
            return view->second.users.erase(user) == 1 ? "" : "a member removed twice";
        return "an unknown event";
    }
    std::string greet(const std::string& channel, const nlohmann::json& presence)
    {
        if (m_views.contains(channel) || !m_expected.contains(channel))
            return "a second greeting";
        View view = m_expected.extract(channel).mapped();
        for (const auto& id : presence["ids"])
            view.users.insert(id.get<std::string>());
        const bool agrees =
            presence["count"].get<std::size_t>() == view.users.size() && presence["hash"].size() == view.users.size();
        const bool hasSelf = view.users.contains(view.self);
        m_views.emplace(channel, std::move(view));
        return agrees && hasSelf ? "" : "ids, hash and count differ, or the joiner is missing";
    }

    std::unique_ptr<FakeClient> m_client;
    std::map<std::string, std::string> m_joined; ///< Channel and the user that the client is there.
    std::map<std::string, View> m_expected;      ///< Until the greeting comes.
    std::map<std::string, View> m_views;
};

/// Random joins, leaves, closes and events on three shards that work whenever chance has it.
class Run {
public:
    explicit Run(unsigned seed) : m_random{seed}
    {
        for (auto& observer : m_observers)
            observer = std::make_unique<Observer>(m_fixture);
    }

    std::string step();
    std::string settle();

private:
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>{0, bound - 1}(m_random); }
    static std::string nameOf(std::size_t channel) { return "presence-" + std::to_string(channel); }
    std::string toggle(Observer& observer, std::size_t channel);
    std::string close(std::unique_ptr<Observer>& observer);
    std::string compare(const Observer& observer) const;

    std::mt19937 m_random;
    HubFixture m_fixture{test::makeApp(), 3};
    std::array<int, channelCount> m_sequence{};
    std::array<std::unique_ptr<Observer>, clientCount> m_observers;
};

std::string Run::toggle(Observer& observer, std::size_t channel)
{
    const std::string name = nameOf(channel);
    if (observer.isIn(name))
        return observer.leave(name);
    // A user of its own, or one that others have as well.
    observer.join(name, "user-" + std::to_string(below(userCount)), m_sequence.at(channel));
    return {};
}

std::string Run::close(std::unique_ptr<Observer>& observer)
{
    const std::string contradiction = observer->receive();
    observer->client().closed();
    observer = std::make_unique<Observer>(m_fixture);
    return contradiction;
}

std::string Run::step()
{
    auto& observer = m_observers.at(below(clientCount));
    const std::size_t channel = below(channelCount);
    switch (below(8)) {
    case 0: return close(observer);
    case 1: m_fixture.publish(nameOf(channel), "numbered", std::to_string(++m_sequence.at(channel))); return {};
    case 2: m_fixture.shard(below(m_fixture.shardCount())).drain(); return {};
    case 3: return observer->receive();
    default: return toggle(*observer, channel);
    }
}

std::string Run::compare(const Observer& observer) const
{
    if (observer.views().size() != observer.joined().size())
        return "a client is in other channels than it has joined";
    for (const auto& [channel, view] : observer.views()) {
        std::set<std::string> users;
        for (const auto& other : m_observers) {
            if (other->isIn(channel))
                users.insert(other->joined().at(channel));
        }
        if (view.users != users)
            return "a client believes in another roster of " + channel;
    }
    return {};
}

/// Compares what every client believes with what is so.
std::string Run::settle()
{
    m_fixture.settle();
    for (const auto& observer : m_observers) {
        if (const std::string text = observer->receive(); !text.empty())
            return text;
    }
    for (const auto& observer : m_observers) {
        if (const std::string text = compare(*observer); !text.empty())
            return text;
    }
    return {};
}

int settingOf(const char* name, int fallback)
{
    bool isNumber = false;
    const int value = qEnvironmentVariableIntValue(name, &isNumber);
    return isNumber ? value : fallback;
}

} // namespace

/// CASTDECK_MODEL_SEEDS and CASTDECK_MODEL_STEPS lengthen the run; 200 seeds of 10,000 steps take about seven minutes,
/// and beyond five Qt Test wants QTEST_FUNCTION_TIMEOUT, in milliseconds.
class PresenceModelTest : public QObject {
    Q_OBJECT
private slots:
    void PR10_Q4_everyClientEndsWithTheTrueRosters();
    void Q4_whenAllHaveLeftNothingRemains();
    void P11_joiningAndLeavingInOneTurnAlternates();
};

void PresenceModelTest::PR10_Q4_everyClientEndsWithTheTrueRosters()
{
    const auto seeds = static_cast<unsigned>(settingOf("CASTDECK_MODEL_SEEDS", 20));
    const int steps = settingOf("CASTDECK_MODEL_STEPS", 1'000);
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        Run run{seed};
        for (int step = 1; step <= steps; ++step) {
            std::string contradiction = run.step();
            if (contradiction.empty() && (step % 100 == 0 || step == steps))
                contradiction = run.settle();
            if (!contradiction.empty())
                QFAIL(qPrintable(
                    QString{"seed %1, step %2: %3"}.arg(seed).arg(step).arg(QString::fromStdString(contradiction))));
        }
    }
}

void PresenceModelTest::Q4_whenAllHaveLeftNothingRemains()
{
    HubFixture fixture;
    const auto watcher = fixture.connect();
    watcher->subscribe("presence-a", test::memberData("watcher"));
    std::vector<std::unique_ptr<FakeClient>> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(fixture.connect());
        clients.back()->subscribe("presence-a", test::memberData("user-" + std::to_string(i % 7)));
    }
    fixture.settle();
    (void)watcher->connection().take();
    for (std::size_t i = 0; i < clients.size(); ++i) {
        if (i % 2 == 0)
            clients[i]->unsubscribe("presence-a");
        else
            clients[i]->closed();
    }
    fixture.settle();
    QCOMPARE(watcher->connection().takeNames(),
             std::vector<std::string>(7, "pusher_internal:member_removed@presence-a"));
    QCOMPARE(fixture.application().userIds("presence-a"), std::vector<std::string>{"watcher"});
    watcher->closed();
    for (std::size_t i = 0; i < clients.size(); i += 2)
        clients[i]->closed();
    QVERIFY(fixture.application().channels().empty());
    QCOMPARE(fixture.application().connectionCount(), std::size_t{0});
}

void PresenceModelTest::P11_joiningAndLeavingInOneTurnAlternates()
{
    HubFixture fixture;
    const auto watcher = fixture.connect();
    const auto hasty = fixture.connect();
    watcher->subscribe("presence-a", test::memberData("watcher"));
    fixture.settle();
    (void)watcher->connection().take();
    std::vector<std::string> expected;
    for (int i = 0; i < 300; ++i) {
        hasty->subscribe("presence-a", test::memberData("hasty"));
        expected.emplace_back("pusher_internal:member_added@presence-a");
        if (i < 299) {
            hasty->unsubscribe("presence-a");
            expected.emplace_back("pusher_internal:member_removed@presence-a");
        }
    }
    fixture.settle();
    QCOMPARE(watcher->connection().takeNames(), expected);
    QCOMPARE(hasty->connection().takeNames(),
             std::vector<std::string>(300, "pusher_internal:subscription_succeeded@presence-a"));
    QCOMPARE(fixture.application().userIds("presence-a"), (std::vector<std::string>{"hasty", "watcher"}));
}

QTEST_APPLESS_MAIN(PresenceModelTest)
#include "presence_model_test.moc"
