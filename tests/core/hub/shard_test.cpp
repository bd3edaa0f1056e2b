#include "core/hub/shard.h"

#include "tests/support/fake_connection.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace castdeck;
using hub::Action;
using hub::Shard;
using pusher::SocketId;
using test::FakeConnection;

using Names = std::vector<std::string>;

class ShardTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void actionsAreCarriedOutInTheOrderOfPosting();
    void onlyAnEmptyInboxWakesTheWorker();
    void aFanOutSkipsTheExceptedClient();
    void whatIsUnderWayForAClientThatClosedIsDropped();
    void leavingKeepsTheOthersOnTheList();
    void aCloseIsExplainedFirst();
    void anIdIsTakenOnce();
    void whatADrainCausesIsCarriedOutInTheSameDrain();
    void aTraceNamesWhoWasReached();

private:
    static SharedFrame frame(const std::string& name) { return makeFrame(R"({"event":")" + name + R"("})"); }
    void join(int client, hub::ChannelId channel)
    {
        m_shard->post({.kind = Action::Kind::Join, .client = id(client).value(), .channel = channel});
    }
    void fanOut(hub::ChannelId channel, const std::string& name, std::uint64_t except = 0)
    {
        m_shard->post({.kind = Action::Kind::FanOut, .client = except, .channel = channel, .frame = frame(name)});
    }
    static SocketId id(int client)
    {
        const std::string number = std::to_string(client + 1);
        return *SocketId::parse(number + "." + number);
    }

    std::unique_ptr<Shard> m_shard;
    std::array<FakeConnection, 4> m_connections;
    int m_wakes = 0;
};

void ShardTest::init()
{
    m_wakes = 0;
    m_shard = std::make_unique<Shard>(0, [this] { ++m_wakes; });
    m_connections = {};
    for (int i = 0; i < 4; ++i)
        QVERIFY(m_shard->add(id(i), m_connections.at(static_cast<std::size_t>(i))));
}

void ShardTest::actionsAreCarriedOutInTheOrderOfPosting()
{
    fanOut(1, "too early");
    m_shard->post({.kind = Action::Kind::Deliver, .client = id(0).value(), .frame = frame("snapshot")});
    join(0, 1);
    fanOut(1, "a");
    fanOut(1, "b");
    m_shard->post({.kind = Action::Kind::Leave, .client = id(0).value(), .channel = 1});
    fanOut(1, "too late");
    m_shard->drain();
    QCOMPARE(m_connections[0].takeNames(), (Names{"snapshot", "a", "b"}));
}

void ShardTest::onlyAnEmptyInboxWakesTheWorker()
{
    fanOut(1, "a");
    fanOut(1, "b");
    QCOMPARE(m_wakes, 1);
    m_shard->drain();
    fanOut(1, "c");
    QCOMPARE(m_wakes, 2);
}

void ShardTest::aFanOutSkipsTheExceptedClient()
{
    join(0, 1);
    join(1, 1);
    fanOut(1, "a", id(0).value());
    m_shard->drain();
    QCOMPARE(m_connections[0].takeNames(), Names{});
    QCOMPARE(m_connections[1].takeNames(), Names{"a"});
}

void ShardTest::whatIsUnderWayForAClientThatClosedIsDropped()
{
    join(0, 1);
    m_shard->drain();
    m_shard->post({.kind = Action::Kind::Deliver, .client = id(0).value(), .frame = frame("answer")});
    join(0, 2);
    fanOut(1, "a");
    m_shard->remove(id(0));
    m_shard->remove(id(0)); // Of an id that is gone: nothing happens.
    m_shard->post({.kind = Action::Kind::Leave, .client = id(0).value(), .channel = 1});
    m_shard->drain();
    QCOMPARE(m_connections[0].takeNames(), Names{});
}

void ShardTest::leavingKeepsTheOthersOnTheList()
{
    // Every order of leaving three of four: each removal moves the last listener into the gap.
    std::array<int, 4> order{0, 1, 2, 3};
    hub::ChannelId channel = 1;
    do {
        for (int client = 0; client < 4; ++client)
            join(client, channel);
        std::array<bool, 4> isOn{true, true, true, true};
        for (const int leaver : order) {
            m_shard->post({.kind = Action::Kind::Leave, .client = id(leaver).value(), .channel = channel});
            isOn.at(static_cast<std::size_t>(leaver)) = false;
            fanOut(channel, "a");
            m_shard->drain();
            for (std::size_t client = 0; client < 4; ++client)
                QCOMPARE(m_connections.at(client).takeNames(), isOn.at(client) ? Names{"a"} : Names{});
        }
        ++channel;
    } while (std::ranges::next_permutation(order).found);
}

void ShardTest::aCloseIsExplainedFirst()
{
    m_shard->post({.kind = Action::Kind::Close,
                   .code = pusher::CloseCode::Unauthorized,
                   .client = id(0).value(),
                   .frame = frame("pusher:error"),
                   .reason = "gone"});
    m_shard->post({.kind = Action::Kind::Deliver, .client = id(0).value(), .frame = frame("too late")});
    m_shard->drain();
    QCOMPARE(m_connections[0].takeNames(), Names{"pusher:error"});
    QVERIFY(m_connections[0].closeCode() == pusher::CloseCode::Unauthorized);
    QCOMPARE(m_connections[0].closeReason(), std::string{"gone"});
}

void ShardTest::anIdIsTakenOnce()
{
    FakeConnection other;
    QVERIFY(!m_shard->add(id(0), other));
    m_shard->remove(id(0));
    QVERIFY(m_shard->add(id(0), other));
}

void ShardTest::whatADrainCausesIsCarriedOutInTheSameDrain()
{
    class Echo final : public hub::Connection {
    public:
        explicit Echo(ShardTest& test) : m_test{test} {}
        void send(const LocalFrame&) override { m_test.fanOut(1, "caused"); }
        void ping() override {}
        void close(pusher::CloseCode, std::string_view) override {}
        void setReading(bool) override {}
        std::size_t queuedBytes() const override { return 0; }

    private:
        ShardTest& m_test;
    };
    Echo echo{*this};
    const SocketId socket = *SocketId::parse("9.9");
    QVERIFY(m_shard->add(socket, echo));
    join(0, 1);
    m_shard->post({.kind = Action::Kind::Deliver, .client = socket.value(), .frame = frame("a")});
    m_shard->drain();
    QCOMPARE(m_connections[0].takeNames(), Names{"caused"});
}

void ShardTest::aTraceNamesWhoWasReached()
{
    for (const int client : {0, 1, 2})
        join(client, 7);
    m_connections[2].setQueuedBytes(512);
    const auto trace = std::make_shared<hub::DeliveryTrace>(2, id(1).text());
    m_shard->post({.kind = Action::Kind::FanOut,
                   .client = id(1).value(),
                   .channel = 7,
                   .frame = frame("traced"),
                   .trace = trace});
    QVERIFY(m_shard->drain());
    const auto reached = trace->reached();
    QCOMPARE(reached.size(), std::size_t{2});
    QCOMPARE(reached[0].socketId, id(0).text());
    QCOMPARE(reached[0].waitsBehindBytes, std::size_t{0});
    QCOMPARE(reached[1].socketId, id(2).text());
    QCOMPARE(reached[1].waitsBehindBytes, std::size_t{512});
    QVERIFY(reached[1].delay >= reached[0].delay);
    QCOMPARE(trace->expected(), std::size_t{2});
    QCOMPARE(trace->exceptSocketId(), id(1).text());
}

QTEST_APPLESS_MAIN(ShardTest)
#include "shard_test.moc"
