#include "tests/remote/raw_server.h"
#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"

#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

const QString serverSecret = QStringLiteral("far-marker-secret-77aa");

/// Texts in which people keep what a server needs to be used; %1 is the port, %2 the secret.
struct Sample {
    const char* name;
    const char* text;
};

constexpr Sample samples[] = {
    {"Laravel with Reverb", "APP_URL=http://shop.test\nBROADCAST_CONNECTION=reverb\nREVERB_APP_ID=847\n"
                            "REVERB_APP_KEY=far-key\nREVERB_APP_SECRET=%2\nREVERB_HOST=localhost\nREVERB_PORT=%1\n"
                            "REVERB_SCHEME=https\n"},
    {"quoted values", "REVERB_APP_ID=\"847\"\nREVERB_APP_KEY='far-key'\nREVERB_APP_SECRET=\"%2\"\n"
                      "REVERB_HOST=\"localhost\"\nREVERB_PORT=\"%1\"\nREVERB_SCHEME=\"https\"\n"},
    {"Laravel with a Pusher server of its own",
     "BROADCAST_DRIVER=pusher\nPUSHER_APP_ID=847\nPUSHER_APP_KEY=far-key\nPUSHER_APP_SECRET=%2\n"
     "PUSHER_HOST=localhost\nPUSHER_PORT=%1\nPUSHER_SCHEME=https\nPUSHER_APP_CLUSTER=mt1\n"},
    {"both, Reverb in use", "PUSHER_APP_ID=1\nPUSHER_APP_KEY=no\nPUSHER_APP_SECRET=no\nPUSHER_APP_CLUSTER=eu\n"
                            "BROADCAST_CONNECTION=reverb\nREVERB_APP_ID=847\nREVERB_APP_KEY=far-key\n"
                            "REVERB_APP_SECRET=%2\nREVERB_HOST=localhost\nREVERB_PORT=%1\nREVERB_SCHEME=https\n"},
    {"with what the page gets",
     "REVERB_APP_ID=847\nREVERB_APP_KEY=far-key\nREVERB_APP_SECRET=%2\nREVERB_HOST=localhost\nREVERB_PORT=%1\n"
     "REVERB_SCHEME=https\n\nVITE_REVERB_APP_KEY=\"${REVERB_APP_KEY}\"\nVITE_REVERB_HOST=\"${REVERB_HOST}\"\n"},
    {"variables within variables", "DOMAIN=localhost\nREVERB_APP_ID=847\nREVERB_APP_KEY=far-key\n"
                                   "REVERB_APP_SECRET=%2\nREVERB_HOST=${DOMAIN}\nREVERB_PORT=%1\nREVERB_SCHEME=https"},
    {"where the server listens as well",
     "REVERB_SERVER_HOST=0.0.0.0\nREVERB_SERVER_PORT=8080\nREVERB_APP_ID=847\nREVERB_APP_KEY=far-key\n"
     "REVERB_APP_SECRET=%2\nREVERB_HOST=localhost\nREVERB_PORT=%1\nREVERB_SCHEME=https\n"},
    {"Windows line ends", "REVERB_APP_ID=847\r\nREVERB_APP_KEY=far-key\r\nREVERB_APP_SECRET=%2\r\n"
                          "REVERB_HOST=localhost\r\nREVERB_PORT=%1\r\nREVERB_SCHEME=https\r\n"},
    {"comments and blanks", "# the server\n  REVERB_APP_ID = 847\n\nREVERB_APP_KEY=far-key # ours\n"
                            "REVERB_APP_SECRET=%2   # keep\nREVERB_HOST=localhost\nREVERB_PORT=%1\n"
                            "REVERB_SCHEME=https\n"},
    {"exports of a shell", "export PUSHER_APP_ID=847\nexport PUSHER_APP_KEY=far-key\nexport PUSHER_APP_SECRET='%2'\n"
                           "export PUSHER_HOST=localhost\nexport PUSHER_PORT=%1\nexport PUSHER_SCHEME=https\n"},
    {"soketi", "SOKETI_DEFAULT_APP_ID=847\nSOKETI_DEFAULT_APP_KEY=far-key\nSOKETI_DEFAULT_APP_SECRET=%2\n"
               "SOKETI_HOST=localhost\nSOKETI_PORT=%1\nSOKETI_SCHEME=https\n"},
    {"docker compose", "    environment:\n      - REVERB_APP_ID=847\n      - REVERB_APP_KEY=far-key\n"
                       "      - REVERB_APP_SECRET=%2\n      - REVERB_HOST=localhost\n      - REVERB_PORT=%1\n"
                       "      - REVERB_SCHEME=https\n"},
    {"one address", "PUSHER_URL=https://far-key:%2@localhost:%1/apps/847\n"},
    {"the REST library's call", "new Pusher({ appId: '847', key: 'far-key', secret: '%2', host: 'localhost', "
                                "port: '%1', useTLS: true })"},
};

} // namespace

/// J5: a developer connects from a .env and passes TLS.
class ConnectJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPastedTextLeadsThroughTlsToTheLog_data();
    void aPastedTextLeadsThroughTlsToTheLog();
    void aFaultIsNamedAtItsStepWithAFix_data();
    void aFaultIsNamedAtItsStepWithAFix();

private:
    /// A server elsewhere; its port.
    static quint16 startServer(NodeActor& outside, const QString& fault, const SelfSigned* identity);
    static void connectWith(Ui& ui, const QString& text);
};

quint16 ConnectJourney::startServer(NodeActor& outside, const QString& fault, const SelfSigned* identity)
{
    QJsonObject options{{QStringLiteral("server"), QStringLiteral("far")},
                        {QStringLiteral("fault"), fault},
                        {QStringLiteral("app"), QJsonObject{{QStringLiteral("id"), QStringLiteral("847")},
                                                            {QStringLiteral("key"), QStringLiteral("far-key")},
                                                            {QStringLiteral("secret"), serverSecret}}}};
    if (identity != nullptr)
        options.insert(QStringLiteral("tls"),
                       QJsonObject{{QStringLiteral("cert"), QString::fromLatin1(identity->certificate)},
                                   {QStringLiteral("key"), QString::fromLatin1(identity->key)}});
    return static_cast<quint16>(outside.ask(QStringLiteral("startServer"), options)[QLatin1String{"port"}].toInt());
}

void ConnectJourney::connectWith(Ui& ui, const QString& text)
{
    ui.click(QStringLiteral("home.connect"));
    ui.paste(text); // Where the cursor stands.
    ui.press(Qt::Key_Return);
}

void ConnectJourney::aPastedTextLeadsThroughTlsToTheLog_data()
{
    QTest::addColumn<QString>("text");
    for (const Sample& sample : samples)
        QTest::newRow(sample.name) << QString::fromLatin1(sample.text);
}

void ConnectJourney::aPastedTextLeadsThroughTlsToTheLog()
{
    QFETCH(QString, text);
    Journey journey{{.id = QStringLiteral("J5 %1").arg(QString::fromLatin1(QTest::currentDataTag())),
                     .title = QStringLiteral("Developer connects from a pasted text and passes TLS"),
                     .actions = 4,
                     .block = 250ms}}; // A profile that opens makes all its pages at once: see README.md.
    Harness harness{journey};
    harness.addSecret(serverSecret.toLatin1());
    harness.open();
    const SelfSigned identity = makeSignedBy("Harbour Test Authority");
    const quint16 port = startServer(harness.actor(), {}, &identity);
    Ui ui{journey};

    harness.begin();
    connectWith(ui, text.arg(port).arg(serverSecret));
    QVERIFY(journey.within(QStringLiteral("the doctor stops"), 500ms,
                           [&] { return ui.isShown(QStringLiteral("doctor.remedy")); }));
    journey.step(QStringLiteral("the doctor stops"));
    QCOMPARE(ui.textOf(QStringLiteral("profile.host")), QStringLiteral("localhost"));
    QCOMPARE(ui.textOf(QStringLiteral("profile.port")), QString::number(port));
    QCOMPARE(ui.textOf(QStringLiteral("profile.scheme")), QStringLiteral("https"));
    QCOMPARE(ui.textOf(QStringLiteral("profile.appid")), QStringLiteral("847"));
    QCOMPARE(ui.textOf(QStringLiteral("profile.key")), QStringLiteral("far-key"));
    QCOMPARE(ui.textOf(QStringLiteral("profile.secret")), serverSecret);
    QVERIFY(ui.find<QLineEdit>(QStringLiteral("profile.secret")).echoMode() == QLineEdit::Password);
    const QString why = ui.textOf(QStringLiteral("doctor.problem"));
    QVERIFY2(why.contains(QLatin1String{"Harbour Test Authority"}) && why.contains(QLatin1String{"self-signed"}),
             qPrintable(why));

    ui.click(QStringLiteral("doctor.remedy"));
    QVERIFY(journey.within(QStringLiteral("connected, the log is open"), 500ms, [&] {
        return ui.isShown(QStringLiteral("page.log")) &&
               ui.textOf(QStringLiteral("status.connection")).startsWith(QLatin1String{"Connected"});
    }));
    journey.step(QStringLiteral("connected"));
    QCOMPARE(harness.faults(), QString{});
}

void ConnectJourney::aFaultIsNamedAtItsStepWithAFix_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("button");
    QTest::newRow("DNS") << 1 << QStringLiteral("no-such-host.invalid") << QStringLiteral("Edit the host");
    QTest::newRow("refused port") << 2 << QStringLiteral("Nothing listens") << QStringLiteral("Edit the port");
    QTest::newRow("plain HTTP on a TLS port") << 3 << QStringLiteral("plain HTTP") << QStringLiteral("Use http");
    QTest::newRow("proxy page") << 4 << QStringLiteral("web page") << QStringLiteral("Edit the address");
    QTest::newRow("path prefix") << 5 << QStringLiteral("/apps/847") << QStringLiteral("Use the path /reverb");
    QTest::newRow("unknown key") << 6 << QStringLiteral("4001") << QStringLiteral("Edit the key");
    QTest::newRow("origin") << 7 << QStringLiteral("origin") << QStringLiteral("Edit the origin");
    QTest::newRow("wrong secret") << 8 << QStringLiteral("signature") << QStringLiteral("Edit the secret");
    QTest::newRow("clock") << 8 << QStringLiteral("20 minutes behind") << QStringLiteral("Check again");
}

void ConnectJourney::aFaultIsNamedAtItsStepWithAFix()
{
    QFETCH(int, step);
    QFETCH(QString, said);
    QFETCH(QString, button);
    const QString fault = QString::fromLatin1(QTest::currentDataTag());
    Journey journey{{.id = QStringLiteral("J5 %1").arg(fault),
                     .title = QStringLiteral("Developer learns why a server cannot be used"),
                     .actions = 4}};
    Harness harness{journey};
    harness.addSecret(serverSecret.toLatin1());
    harness.open();
    const quint16 port =
        fault == QLatin1String{"refused port"} ? closedPort() : startServer(harness.actor(), fault, nullptr);
    Ui ui{journey};

    harness.begin();
    connectWith(
        ui,
        QStringLiteral("REVERB_APP_ID=847\nREVERB_APP_KEY=%1\nREVERB_APP_SECRET=%2\nREVERB_HOST=%3\n"
                       "REVERB_PORT=%4\nREVERB_SCHEME=%5\n")
            .arg(fault == QLatin1String{"unknown key"} ? QStringLiteral("other-key") : QStringLiteral("far-key"),
                 fault == QLatin1String{"wrong secret"} ? QStringLiteral("other") : serverSecret,
                 fault == QLatin1String{"DNS"} ? QStringLiteral("no-such-host.invalid") : QStringLiteral("127.0.0.1"),
                 QString::number(port),
                 fault.startsWith(QLatin1String{"plain"}) ? QStringLiteral("https") : QStringLiteral("http")));
    QVERIFY(journey.within(QStringLiteral("the failing step"), 3s,
                           [&] { return ui.isShown(QStringLiteral("doctor.problem")); }));
    journey.step(QStringLiteral("the failing step"));
    const QString words = ui.textOf(QStringLiteral("doctor.problem"));
    QVERIFY2(words.contains(said), qPrintable(words));
    QVERIFY(!ui.textOf(QStringLiteral("doctor.fix")).isEmpty());
    for (int each = 1; each <= 9; ++each) {
        const QString name = ui.find(QStringLiteral("doctor.step.%1").arg(each)).accessibleName();
        const bool isPassed = name.endsWith(QLatin1String{": good"}) || name.endsWith(QLatin1String{": skipped"});
        QVERIFY2(each < step    ? isPassed
                 : each == step ? name.endsWith(QLatin1String{": failed"})
                                : name.endsWith(QLatin1String{": waiting"}),
                 qPrintable(name));
    }
    QVERIFY(waitUntil([&] { return ui.find(QStringLiteral("connect.run")).isEnabled(); }));
    QCOMPARE(ui.textOf(QStringLiteral("doctor.remedy")), button);
    QVERIFY(harness.window().workspaces().size() == 1); // It does not pass as connected.
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(ConnectJourney)
#include "j05_connect_test.moc"
