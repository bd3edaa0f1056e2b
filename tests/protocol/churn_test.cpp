#include "tests/protocol/churn_member.h"
#include "tests/support/engine_fixture.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <memory>
#include <random>
#include <vector>

using namespace castdeck;
using namespace castdeck::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int defaultMembers = 500;
constexpr bool measuresMemory = false; // A sanitizer keeps what is freed.
#elif defined(NDEBUG)
constexpr int defaultMembers = 10'000;
constexpr bool measuresMemory = true;
#else
constexpr int defaultMembers = 1'000;
constexpr bool measuresMemory = true;
#endif

constexpr auto serveArgument = "--serve";
constexpr std::size_t channelsPerMember = 3;
constexpr std::size_t eventsAtOnce = 10; // What one batch may hold.

int settingOf(const char* name, int fallback)
{
    bool isNumber = false;
    const int value = qEnvironmentVariableIntValue(name, &isNumber);
    return isNumber ? value : fallback;
}

/// The server is a process of its own: both ends of 10,000 connections are more than one may usually open, and its
/// memory and descriptors can be looked at from outside.
class ServerProcess {
public:
    bool start()
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), {serveArgument});
        if (!m_process.waitForStarted() || !m_process.waitForReadyRead(static_cast<int>(patience.count())))
            return false;
        m_port = m_process.readLine().trimmed().toUShort();
        return m_port != 0;
    }
    /// True when it ended in good order; a leak found by a sanitizer is a failure as well.
    bool stop()
    {
        m_process.closeWriteChannel();
        return m_process.waitForFinished(30'000) && m_process.exitStatus() == QProcess::NormalExit &&
               m_process.exitCode() == 0;
    }
    std::uint16_t port() const { return m_port; }
    qsizetype descriptors() const { return entriesOf("fd"); }
    qsizetype threads() const { return entriesOf("task"); }
    qint64 residentKiB() const
    {
        QFile file{QString{"/proc/%1/statm"}.arg(m_process.processId())};
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE) / 1'024;
    }

private:
    qsizetype entriesOf(const char* folder) const
    {
        const QDir entries{QString{"/proc/%1/%2"}.arg(m_process.processId()).arg(folder)};
        return entries.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
    }

    QProcess m_process;
    std::uint16_t m_port = 0;
};

/// All members, joining, leaving, ending and coming back as chance has it.
class Crowd {
public:
    Crowd(std::uint16_t port, const hub::AppConfig& app, std::size_t members, unsigned seed)
        : m_port{port}
        , m_app{app}
        , m_channelCount{std::max<std::size_t>(members / 10, 10)}
        , m_random{seed}
        , m_epoll{::epoll_create1(EPOLL_CLOEXEC)}
        , m_members{members}
        , m_sequence(m_channelCount)
    {
    }
    ~Crowd() { ::close(m_epoll); }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    void connectAll();
    void churn(std::size_t steps);
    /// Reads until every member has seen all that was sent before. False when it takes too long.
    bool settle();
    /// The last number of every channel once more, so that a loss at the end shows.
    void publishToAll();
    void endAll();

    const std::string& fault() const { return m_fault; }
    std::string firstContradiction() const;
    std::uint64_t received() const;
    std::map<std::string, std::set<std::string>> rosters() const;

private:
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>{0, bound - 1}(m_random); }
    static std::string nameOf(std::size_t channel) { return "presence-" + std::to_string(channel); }
    void connect(std::size_t index);
    void step();
    void toggle(ChurnMember& member, const std::string& channel);
    void publish(const std::vector<std::size_t>& channels);
    void readReady(int milliseconds);
    template <typename Condition> bool readUntil(Condition isDone);
    bool everyone(bool (ChurnMember::*holds)() const) const;

    std::uint16_t m_port;
    const hub::AppConfig& m_app;
    std::size_t m_channelCount;
    std::mt19937 m_random;
    int m_epoll;
    std::vector<std::unique_ptr<ChurnMember>> m_members;
    std::vector<std::uint64_t> m_sequence;
    std::uint64_t m_receivedBefore = 0; ///< By members that have ended.
    std::string m_fault;
};

void Crowd::connect(std::size_t index)
{
    m_members[index] = std::make_unique<ChurnMember>(m_port, m_app);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = index;
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_members[index]->descriptor(), &event);
}

void Crowd::readReady(int milliseconds)
{
    std::array<epoll_event, 512> events;
    const int ready = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), milliseconds);
    for (int i = 0; i < ready; ++i) {
        ChurnMember& member = *m_members[events.at(static_cast<std::size_t>(i)).data.u64];
        member.read();
        if (m_fault.empty() && !member.fault().empty())
            m_fault = member.fault();
    }
}

template <typename Condition> bool Crowd::readUntil(Condition isDone)
{
    const auto deadline = std::chrono::steady_clock::now() + 6 * patience;
    while (!isDone()) {
        if (!m_fault.empty() || std::chrono::steady_clock::now() > deadline)
            return false;
        readReady(50);
    }
    return true;
}

bool Crowd::everyone(bool (ChurnMember::*holds)() const) const
{
    return std::ranges::all_of(m_members, [&](const auto& member) { return (member.get()->*holds)(); });
}

void Crowd::connectAll()
{
    for (std::size_t index = 0; index < m_members.size(); ++index) {
        connect(index);
        if (index % 100 == 0)
            readReady(0);
    }
    if (!readUntil([this] { return everyone(&ChurnMember::isGreeted); }) && m_fault.empty())
        m_fault = "not everyone was greeted";
}

void Crowd::toggle(ChurnMember& member, const std::string& channel)
{
    const auto view = member.views().find(channel);
    if (view != member.views().end() && view->second.state == ChurnMember::State::Joined)
        member.leave(channel);
    else if (view == member.views().end() && member.joined() < channelsPerMember)
        member.join(channel, "user-" + std::to_string(below(m_members.size() / 2)));
}

void Crowd::step()
{
    const std::size_t index = below(m_members.size());
    ChurnMember& member = *m_members[index];
    if (!member.isGreeted())
        return;
    const std::size_t dice = below(20);
    if (dice == 0) {
        m_receivedBefore += member.received();
        member.end(below(2) == 0);
        connect(index);
    } else if (dice == 1) {
        std::vector<std::size_t> channels;
        for (std::size_t i = 0; i < eventsAtOnce; ++i)
            channels.push_back(below(m_channelCount));
        publish(channels);
    } else if (dice < 10 && !member.views().empty()) {
        auto view = member.views().begin();
        std::advance(view, below(member.views().size()));
        toggle(member, std::string{view->first});
    } else {
        toggle(member, nameOf(below(m_channelCount)));
    }
}

void Crowd::churn(std::size_t steps)
{
    for (std::size_t i = 0; i < steps && m_fault.empty(); ++i) {
        step();
        if (i % 10 == 0)
            readReady(0);
    }
}

void Crowd::publish(const std::vector<std::size_t>& channels)
{
    std::string body;
    for (const std::size_t channel : channels) {
        body.append(body.empty() ? R"({"batch":[)" : ",")
            .append(R"({"name":"numbered","channel":")" + nameOf(channel) + R"(","data":")")
            .append(std::to_string(++m_sequence[channel]) + R"("})");
    }
    const HttpReply reply = signedPost(m_port, m_app, "/batch_events", body + "]}");
    if (reply.status != 200 && m_fault.empty())
        m_fault = "publishing was answered with " + std::to_string(reply.status) + " " + reply.body;
}

void Crowd::publishToAll()
{
    for (std::size_t first = 0; first < m_channelCount; first += eventsAtOnce) {
        std::vector<std::size_t> channels;
        for (std::size_t channel = first; channel < std::min(first + eventsAtOnce, m_channelCount); ++channel)
            channels.push_back(channel);
        publish(channels);
        readReady(0);
    }
}

bool Crowd::settle()
{
    if (!readUntil([this] { return everyone(&ChurnMember::isGreeted); }))
        return false;
    // After the first round every command has been carried out, after the second what they caused has arrived.
    for (int round = 0; round < 2; ++round) {
        for (const auto& member : m_members) {
            member->ask();
            readReady(0);
        }
        if (!readUntil([this] { return everyone(&ChurnMember::hasAnswered); }))
            return false;
    }
    for (const auto& member : m_members)
        member->forgetLeft();
    return true;
}

std::map<std::string, std::set<std::string>> Crowd::rosters() const
{
    std::map<std::string, std::set<std::string>> result;
    for (const auto& member : m_members) {
        for (const auto& [channel, view] : member->views())
            result[channel].insert(view.self);
    }
    return result;
}

/// Compares what every member believes with who is there, and the last number it saw with the last one published.
std::string Crowd::firstContradiction() const
{
    const auto truth = rosters();
    for (const auto& member : m_members) {
        for (const auto& [channel, view] : member->views()) {
            if (view.state != ChurnMember::State::Joined)
                return channel + " has not been joined";
            if (view.users != truth.at(channel))
                return "a member believes in another roster of " + channel;
            const std::size_t number = std::stoul(channel.substr(channel.find('-') + 1));
            if (view.sequence != m_sequence[number])
                return "a member lost the last event of " + channel;
        }
    }
    return {};
}

std::uint64_t Crowd::received() const
{
    std::uint64_t sum = m_receivedBefore;
    for (const auto& member : m_members)
        sum += member->received();
    return sum;
}

void Crowd::endAll()
{
    for (const auto& member : m_members)
        member->end(true);
}

int serve()
{
    engine::EngineOptions options;
    options.apps = {makeApp()};
    options.apps[0].activityTimeout = std::chrono::seconds{300}; // The canary answers no ping while others churn.
    options.recordsEvents = false;
    options.workers = 2;
    EngineFixture fixture{options};
    std::printf("%u\n", fixture.port());
    std::fflush(stdout);
    while (std::getchar() != EOF)
        ;
    return fixture.port() != 0 ? 0 : 1;
}

} // namespace

/// CASTDECK_CHURN_MEMBERS sets how many connections there are; a tenth as many presence channels.
class ChurnTest : public QObject {
    Q_OBJECT
private slots:
    void Q1_Q4_rostersCountsAndOrderStayRightAndNothingLeaks();

private:
    void runOnce(std::size_t members, unsigned seed);

    const hub::AppConfig m_app = makeApp();
    ServerProcess m_server;
};

void ChurnTest::runOnce(std::size_t members, unsigned seed)
{
    Crowd crowd{m_server.port(), m_app, members, seed};
    crowd.connectAll();
    crowd.churn(5 * members);
    QVERIFY2(crowd.settle(), crowd.fault().c_str());
    crowd.publishToAll();
    QVERIFY2(crowd.settle(), crowd.fault().c_str());
    const std::string contradiction = crowd.firstContradiction();
    QVERIFY2(contradiction.empty(), contradiction.c_str());

    // What the server counts.
    auto truth = crowd.rosters();
    truth["presence-canary"] = {"canary"};
    const auto channels =
        signedGet(m_server.port(), m_app, "/channels", {{"filter_by_prefix", "presence-"}, {"info", "user_count"}})
            .json()
            .at("channels");
    QCOMPARE(channels.size(), truth.size());
    for (const auto& [channel, users] : truth)
        QCOMPARE(channels.at(channel).at("user_count").get<std::size_t>(), users.size());
    const auto connections = [this] {
        return signedGet(m_server.port(), m_app, "/connections").json().value("connections", std::size_t{1});
    };
    QCOMPARE(connections(), members + 1); // And the canary.
    qInfo("%zu members, %zu channels, %llu messages received", members, truth.size(),
          static_cast<unsigned long long>(crowd.received()));

    crowd.endAll();
    QTRY_COMPARE_WITH_TIMEOUT(connections(), std::size_t{1}, 10'000);
    QCOMPARE(signedGet(m_server.port(), m_app, "/channels").json().at("channels").size(), std::size_t{1});
}

void ChurnTest::Q1_Q4_rostersCountsAndOrderStayRightAndNothingLeaks()
{
    const auto members = static_cast<std::size_t>(settingOf("CASTDECK_CHURN_MEMBERS", defaultMembers));
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < members + 200)
        QSKIP("this machine lets a process open too few descriptors");

    QVERIFY(m_server.start());
    PusherClient canary{m_server.port(), m_app};
    canary.join("presence-canary", memberData("canary"));
    const qsizetype descriptors = m_server.descriptors();
    const qsizetype threads = m_server.threads();
    runOnce(members, 1);
    if (QTest::currentTestFailed())
        return;
    const qint64 resident = m_server.residentKiB();
    runOnce(members, 2);
    if (QTest::currentTestFailed())
        return;
    const qint64 residentAfter = m_server.residentKiB();
    qInfo("resident after the first run %lld KiB, after the second %lld KiB", static_cast<long long>(resident),
          static_cast<long long>(residentAfter));
    QTRY_COMPARE(m_server.descriptors(), descriptors);
    QCOMPARE(m_server.threads(), threads);
    if (measuresMemory)
        QVERIFY(residentAfter <= resident + resident / 10 + 1'024);
    canary.expectSilence();
    canary.close();
    QVERIFY(m_server.stop());
}

int main(int argc, char** argv)
{
    if (argc > 1 && std::string_view{argv[1]} == serveArgument)
        return serve();
    QCoreApplication application{argc, argv};
    ChurnTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "churn_test.moc"
