#include "tests/support/engine_fixture.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtTest/QTest>

using namespace castdeck;
using namespace castdeck::test;

/// What pusher-js notices of a socket that the operator takes off a channel.
class RemovedClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pageIsToldAndMaySubscribeAgain();
};

namespace {

const char* const page = R"(
import Pusher from 'pusher-js-8';
const [, port, key] = process.argv;
const pusher = new Pusher(key, { wsHost: '127.0.0.1', wsPort: port, forceTLS: false, cluster: '', enabledTransports: ['ws'] });
const say = (text) => console.log(text);
const orders = pusher.subscribe('orders');
orders.bind('pusher:subscription_succeeded', () => say('joined as ' + pusher.connection.socket_id));
orders.bind('pusher:subscription_error', (error) => {
    say(`told ${error.type} ${error.status}`);
    say(`connection ${pusher.connection.state}`);
    pusher.unsubscribe('orders');
    pusher.subscribe('orders').bind('pusher:subscription_succeeded', () => {
        say('joined again');
        pusher.disconnect();
    });
});
)";

class Page {
public:
    explicit Page(const EngineFixture& server)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.setWorkingDirectory(qEnvironmentVariable("CASTDECK_SOURCE_DIR") + QStringLiteral("/tests/clients"));
        m_process.start(QStringLiteral("node"),
                        {QStringLiteral("--input-type=module"), QStringLiteral("-e"), QString::fromLatin1(page),
                         QStringLiteral("--"), QString::number(server.port()),
                         QString::fromStdString(server.app().key)});
    }
    ~Page()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /// The next line that begins so; what came instead when none does in time.
    QString line(const QString& beginning)
    {
        constexpr int patience = 20'000;
        QElapsedTimer timer;
        timer.start();
        QString seen;
        while (timer.elapsed() < patience) {
            while (m_process.canReadLine()) {
                const QString text = QString::fromUtf8(m_process.readLine()).trimmed();
                if (text.startsWith(beginning))
                    return text;
                seen += text + QLatin1Char{'\n'};
            }
            m_process.waitForReadyRead(100);
        }
        return QStringLiteral("nothing but: ") + seen;
    }

private:
    QProcess m_process;
};

} // namespace

void RemovedClientTest::pageIsToldAndMaySubscribeAgain()
{
    QVERIFY2(QDir{qEnvironmentVariable("CASTDECK_SOURCE_DIR")}.exists("tests/clients/node_modules/pusher-js-8"),
             "./dev setup installs it");
    EngineFixture server;
    Page page{server};
    const QString joined = page.line(QStringLiteral("joined as "));
    const std::string socket = joined.section(QLatin1Char{' '}, 2).toStdString();
    server.engine().removeFromChannel(server.app().id, socket, "orders");
    QCOMPARE(page.line(QStringLiteral("told")), QStringLiteral("told Removed 403"));
    QCOMPARE(page.line(QStringLiteral("connection")), QStringLiteral("connection connected"));
    QCOMPARE(page.line(QStringLiteral("joined again")), QStringLiteral("joined again"));
}

QTEST_GUILESS_MAIN(RemovedClientTest)
#include "removed_client_test.moc"
