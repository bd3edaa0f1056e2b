#include "ui/text/copy_as.h"

#include "tests/support/engine_fixture.h"
#include "ui/text/shown_text.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::ui;

/// Copied code as somebody runs it, with the libraries it names, against a running server.
class CopiedCodeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatSendsSendsTheSameBytes_data();
    void whatSendsSendsTheSameBytes();
    void whatListensHearsTheEvent_data();
    void whatListensHearsTheEvent();

private:
    CopyEndpoint endpoint() const;
    void prepare(QProcess& process) const;
    void takePublished(std::vector<engine::Event>& found);

    QString m_clients;
    std::unique_ptr<test::EngineFixture> m_server;
};

namespace {

constexpr int deadline = 30'000;

/// Names and bytes that break code which quotes carelessly.
const CopyMessage hostile{
    {"orders", "a=b;c,d@e"},
    "it's \"so\" $(id) `id` \\ \xE2\x80\xAE</script> %1",
    "{ \"a\":\"\\/ \\u00e9 'x' $HOME `id` \\\\ \xC3\xA4\", \"big\":18446744073709551615, \"a\":1.0}"};

} // namespace

void CopiedCodeTest::initTestCase()
{
    m_clients = qEnvironmentVariable("CASTDECK_SOURCE_DIR") + QStringLiteral("/tests/clients");
    QVERIFY2(QDir{m_clients}.exists(QStringLiteral("node_modules/pusher-js-8")), "./dev setup installs it");
    QVERIFY2(QDir{m_clients}.exists(QStringLiteral(".venv/bin/python")), "./dev setup installs it");
    hub::AppConfig app = test::makeApp();
    app.id = "3456678"; // The Python library takes digits only.
    m_server = std::make_unique<test::EngineFixture>(app);
}

CopyEndpoint CopiedCodeTest::endpoint() const
{
    return {.isTls = false,
            .host = "127.0.0.1",
            .port = m_server->port(),
            .path = "",
            .appId = m_server->app().id,
            .key = m_server->app().key,
            .authEndpoint = "http://127.0.0.1:" + std::to_string(m_server->port()) + "/pusher/auth"};
}

void CopiedCodeTest::prepare(QProcess& process) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PUSHER_APP_SECRET"), toQt(m_server->app().secret));
    environment.insert(QStringLiteral("NO_PROXY"), QStringLiteral("127.0.0.1"));
    environment.insert(QStringLiteral("no_proxy"), QStringLiteral("127.0.0.1"));
    environment.insert(QStringLiteral("PATH"), environment.value(QStringLiteral("CASTDECK_BIN_DIR")) + u':' +
                                                   environment.value(QStringLiteral("PATH")));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_clients);
    process.setProcessChannelMode(QProcess::MergedChannels);
}

void CopiedCodeTest::takePublished(std::vector<engine::Event>& found)
{
    for (engine::Event& event : m_server->engine().takeEvents().items) {
        if (event.kind == engine::EventKind::ApiMessage)
            found.push_back(std::move(event));
    }
}

void CopiedCodeTest::whatSendsSendsTheSameBytes_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QStringList>("command");
    QTest::newRow("curl") << static_cast<int>(CopyKind::Curl)
                          << QStringList{QStringLiteral("bash"), QStringLiteral("-c")};
    QTest::newRow("python") << static_cast<int>(CopyKind::Python)
                            << QStringList{QStringLiteral(".venv/bin/python"), QStringLiteral("-c")};
    QTest::newRow("command line") << static_cast<int>(CopyKind::CommandLine)
                                  << QStringList{QStringLiteral("bash"), QStringLiteral("-c")};
}

void CopiedCodeTest::whatSendsSendsTheSameBytes()
{
    QFETCH(int, kind);
    QFETCH(QStringList, command);
    std::vector<engine::Event> events;
    takePublished(events);
    events.clear();
    const QString code = copyAs(static_cast<CopyKind>(kind), hostile, endpoint());
    QVERIFY(!code.contains(toQt(m_server->app().secret)));
    QProcess process;
    prepare(process);
    const QString program = command.first().startsWith(u'.') ? m_clients + u'/' + command.first() : command.first();
    process.start(program, command.mid(1) << code);
    QVERIFY(process.waitForFinished(deadline));
    const QByteArray output = process.readAll();
    QVERIFY2(process.exitCode() == 0, output.constData());
    QTRY_VERIFY2((takePublished(events), events.size() >= hostile.channels.size()), output.constData());
    QCOMPARE(events.front().event, hostile.event);
    QCOMPARE(*events.front().payload, hostile.payload);
    QVERIFY(std::ranges::find(hostile.channels, events.front().channel) != hostile.channels.end());
}

void CopiedCodeTest::whatListensHearsTheEvent_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("pusher-js") << static_cast<int>(CopyKind::PusherJs);
    QTest::newRow("Echo") << static_cast<int>(CopyKind::Echo);
}

void CopiedCodeTest::whatListensHearsTheEvent()
{
    QFETCH(int, kind);
    const CopyMessage message{hostile.channels, hostile.event, "\"heard it\""};
    QString code = copyAs(static_cast<CopyKind>(kind), message, endpoint());
    code.replace(QStringLiteral("'pusher-js'"), QStringLiteral("'pusher-js-8'")); // As it is called here.
    QProcess process;
    prepare(process);
    process.start(QStringLiteral("node"), {QStringLiteral("--input-type=module"), QStringLiteral("-e"), code});
    QVERIFY(process.waitForStarted(deadline));
    const bool hasJoined =
        m_server->waitFor([](const engine::Snapshot& snapshot) { return snapshot.channels.size() == 2; });
    QVERIFY2(hasJoined, process.readAll().constData());
    m_server->publish(message.channels.front(), message.event, message.payload);
    QByteArray output;
    QElapsedTimer timer;
    timer.start();
    while (!output.contains('\n') && timer.elapsed() < deadline && process.waitForReadyRead(deadline))
        output += process.readAll();
    process.kill();
    process.waitForFinished();
    QCOMPARE(output.trimmed(), QByteArray{"heard it"});
    QVERIFY(m_server->waitFor([](const engine::Snapshot& snapshot) { return snapshot.channels.empty(); }));
}

QTEST_GUILESS_MAIN(CopiedCodeTest)
#include "copied_code_test.moc"
