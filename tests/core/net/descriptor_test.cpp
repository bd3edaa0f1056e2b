#include "tests/core/net/frame_client.h"

#include <QProcess>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

constexpr int text = 1;
constexpr rlim_t descriptorLimit = 64;

bool echoes(FrameClient& client)
{
    client.send(clientFrame(fin | text, "hello"));
    return client.next() == WireFrame{text, "hello"};
}

/// User and system time that the process has used.
std::chrono::milliseconds cpuTime(qint64 pid)
{
    std::ifstream stat{"/proc/" + std::to_string(pid) + "/stat"};
    std::string field;
    long ticks = 0;
    for (int i = 1; i <= 15 && stat >> field; ++i)
        ticks += i >= 14 ? std::stol(field) : 0;
    return std::chrono::milliseconds{ticks * 1000 / ::sysconf(_SC_CLK_TCK)};
}

} // namespace

/// Section 4.6 of the reliability document, on a process of its own.
class DescriptorTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void waitingClientsAreServedWhenDescriptorsAreFree();
    void waitingForDescriptorsCostsNoCpu();

private:
    void openUntilNoneIsLeft(std::vector<FrameClient>& clients);

    QProcess m_server;
    std::uint16_t m_port = 0;
};

void DescriptorTest::init()
{
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(qEnvironmentVariable("CASTDECK_BIN_DIR") + "/castdeck-ws-echo", {"0"});
    QVERIFY(m_server.waitForReadyRead(10'000));
    m_port = m_server.readLine().trimmed().split(':').last().toUShort();
    QVERIFY(m_port != 0);
    const rlimit limit{descriptorLimit, descriptorLimit};
    QCOMPARE(::prlimit(static_cast<pid_t>(m_server.processId()), RLIMIT_NOFILE, &limit, nullptr), 0);
}

void DescriptorTest::cleanup()
{
    m_server.terminate();
    QVERIFY(m_server.waitForFinished(13'000));
    QCOMPARE(m_server.exitCode(), 0);
}

/// The handshake of the last one is not answered within half a second.
void DescriptorTest::openUntilNoneIsLeft(std::vector<FrameClient>& clients)
{
    for (rlim_t i = 0; i < descriptorLimit; ++i) {
        FrameClient client{m_port, "127.0.0.1", 500ms};
        if (!client.isOpen())
            return;
        clients.push_back(std::move(client));
    }
}

void DescriptorTest::waitingClientsAreServedWhenDescriptorsAreFree()
{
    // The undefined behaviour sanitizer needs a descriptor when it meets a type for the first time: that is here.
    FrameClient canary{m_port};
    QVERIFY(echoes(canary));
    std::vector<FrameClient> clients;
    openUntilNoneIsLeft(clients);
    QVERIFY(clients.size() > descriptorLimit / 2 && clients.size() < descriptorLimit);
    QVERIFY(echoes(canary));
    QVERIFY(echoes(clients.back()));

    clients.erase(clients.end() - 5, clients.end());
    FrameClient late{m_port};
    QVERIFY(late.isOpen());
    QVERIFY(echoes(late));
    QVERIFY(echoes(canary));
}

void DescriptorTest::waitingForDescriptorsCostsNoCpu()
{
    std::vector<FrameClient> clients;
    openUntilNoneIsLeft(clients);
    const Socket waiting{m_port};
    QVERIFY(waiting.isOpen()); // In the backlog.
    const auto before = cpuTime(m_server.processId());
    FrameClient unanswered{m_port, "127.0.0.1", 2s};
    QVERIFY(!unanswered.isOpen());
    QVERIFY(cpuTime(m_server.processId()) - before < 100ms); // 5 % of a core
}

QTEST_GUILESS_MAIN(DescriptorTest)

#include "descriptor_test.moc"
