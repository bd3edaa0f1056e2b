#include "core/remote/centrifugo_watcher.h"

#include "tests/remote/scripted_server.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace castdeck::remote;
using castdeck::test::ScriptedServer;
using namespace std::chrono_literals;

namespace {

/// Answers as Centrifugo does: every command with a success, unless a test says otherwise.
class Script {
public:
    Script()
    {
        server.onClient([this](QWebSocket* client) {
            QObject::connect(client, &QWebSocket::textMessageReceived, client, [this, client](const QString& text) {
                const QJsonObject command = QJsonDocument::fromJson(text.toUtf8()).object();
                if (!isSilent && command.contains(QLatin1String{"id"}))
                    client->sendTextMessage(answerTo(command));
            });
        });
    }

    /// The commands with this method, in the order they came.
    QList<QJsonObject> commands(const char* method) const
    {
        QList<QJsonObject> found;
        for (const QJsonObject& message : server.received()) {
            if (message.contains(QLatin1String{method}))
                found.append(message[QLatin1String{method}].toObject());
        }
        return found;
    }
    qsizetype count(const char* method) const { return commands(method).size(); }

    ScriptedServer server;
    QString hello = QStringLiteral(R"("connect":{"client":"c1","version":"6.9.1 OSS","ping":25,"pong":true})");
    QString subscription = QStringLiteral(R"("subscribe":{})");
    bool isSilent = false;

private:
    QString answerTo(const QJsonObject& command) const
    {
        const bool isHello = command.contains(QLatin1String{"connect"});
        const bool isSubscription = command.contains(QLatin1String{"subscribe"});
        const QString content = isHello ? hello : isSubscription ? subscription : QStringLiteral(R"("unsubscribe":{})");
        return QStringLiteral(R"({"id":%1,%2})").arg(command[QLatin1String{"id"}].toInt()).arg(content);
    }
};

CentrifugoTimes quick()
{
    return {.attempt = 5s, .firstDelay = 20ms, .longestDelay = 40ms, .silence = 10s, .stable = 10s};
}

CentrifugoWatcherOptions optionsFor(const Script& script)
{
    return {.url = script.server.url(), .times = quick()};
}

} // namespace

class CentrifugoWatcherTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theAddressOfClientsFollowsFromTheApis();
    void itConnectsWithItsTokenAndSubscribes();
    void subscriptionsOfTheServerAreToldToo();
    void whatHappensInChannelsIsTold();
    void aPingIsAnsweredWhenTheServerWantsIt();
    void aRefusedSubscriptionIsToldAndCanBeAskedForAgain();
    void anAnswerToAnEarlierSubscriptionIsNotTaken();
    void theServerMayEndASubscription();
    void itComesBackWithANewToken();
    void finalCloseCodesKeepItAway_data();
    void finalCloseCodesKeepItAway();
    void refusalsOfTheConnectionAreJudgedByTheirCode_data();
    void refusalsOfTheConnectionAreJudgedByTheirCode();
    void aSilentServerIsLeft();
    void aServerThatNeverAnswersIsLeft();
    void aListenerMayEndItInTheMiddleOfAFrame();
};

void CentrifugoWatcherTest::theAddressOfClientsFollowsFromTheApis()
{
    const auto address = [](const char* url) {
        return CentrifugoWatcher::socketUrl(QUrl{QLatin1String{url}}).toString();
    };
    QCOMPARE(address("http://127.0.0.1:8000"), QStringLiteral("ws://127.0.0.1:8000/connection/websocket"));
    QCOMPARE(address("https://push.example/live/"), QStringLiteral("wss://push.example/live/connection/websocket"));
}

void CentrifugoWatcherTest::itConnectsWithItsTokenAndSubscribes()
{
    Script script;
    CentrifugoWatcherOptions options = optionsFor(script);
    options.token = [] { return std::string{"a.b.c"}; };
    CentrifugoWatcher watcher{options};
    QSignalSpy subscribed{&watcher, &CentrifugoWatcher::subscribed};
    std::string version;
    connect(&watcher, &CentrifugoWatcher::connected, this, [&](const auto& answer) { version = answer.version; });
    watcher.subscribe("releases");
    watcher.connectToServer();
    QTRY_VERIFY(watcher.isSubscribed("releases"));
    QCOMPARE(watcher.state(), CentrifugoWatcher::State::Connected);
    QCOMPARE(version, std::string{"6.9.1 OSS"});
    QCOMPARE(script.commands("connect").first()[QLatin1String{"token"}].toString(), QStringLiteral("a.b.c"));
    watcher.subscribe("news");
    watcher.subscribe("news");
    QTRY_COMPARE(subscribed.count(), 2);
    QCOMPARE(script.count("subscribe"), 2);
    watcher.unsubscribe("news");
    watcher.unsubscribe("never asked for");
    QTRY_COMPARE(script.count("unsubscribe"), 1);
    QVERIFY(!watcher.isSubscribed("news"));
}

void CentrifugoWatcherTest::subscriptionsOfTheServerAreToldToo()
{
    Script script;
    script.hello = QStringLiteral(R"("connect":{"client":"c1","subs":{"news":{},"mail":{}}})");
    CentrifugoWatcher watcher{optionsFor(script)};
    QSignalSpy subscribed{&watcher, &CentrifugoWatcher::subscribed};
    watcher.subscribe("news");
    watcher.connectToServer();
    QTRY_COMPARE(subscribed.count(), 2);
    QVERIFY(watcher.isSubscribed("news"));
    QVERIFY(!watcher.isSubscribed("mail"));
    QCOMPARE(script.count("subscribe"), 0);
}

void CentrifugoWatcherTest::whatHappensInChannelsIsTold()
{
    Script script;
    CentrifugoWatcher watcher{optionsFor(script)};
    QStringList heard;
    connect(&watcher, &CentrifugoWatcher::published, this, [&](const centrifugo::Publication& publication) {
        heard << QString::fromStdString(publication.channel + " " + publication.data);
    });
    connect(&watcher, &CentrifugoWatcher::joined, this, [&](const QString& channel, const auto& client) {
        heard << channel + QStringLiteral(" +") + QString::fromStdString(client.user);
    });
    connect(&watcher, &CentrifugoWatcher::left, this, [&](const QString& channel, const auto& client) {
        heard << channel + QStringLiteral(" -") + QString::fromStdString(client.user);
    });
    watcher.subscribe("room:1");
    watcher.connectToServer();
    QTRY_VERIFY(watcher.isSubscribed("room:1"));
    script.server.send("{\"push\":{\"channel\":\"room:1\",\"join\":{\"info\":{\"user\":\"42\",\"client\":\"c\"}}}}\n"
                       "{\"push\":{\"channel\":\"room:1\",\"pub\":{\"data\":{\"a\": 1}}}}\n"
                       "{\"push\":{\"channel\":\"room:1\",\"leave\":{\"info\":{\"user\":\"42\",\"client\":\"c\"}}}}");
    const QStringList expected{QStringLiteral("room:1 +42"), QStringLiteral("room:1 {\"a\": 1}"),
                               QStringLiteral("room:1 -42")};
    QTRY_COMPARE(heard, expected);
}

void CentrifugoWatcherTest::aPingIsAnsweredWhenTheServerWantsIt()
{
    Script script;
    CentrifugoWatcher watcher{optionsFor(script)};
    watcher.connectToServer();
    QTRY_COMPARE(watcher.state(), CentrifugoWatcher::State::Connected);
    const qsizetype before = script.server.received().size();
    script.server.send("{}");
    QTRY_COMPARE(script.server.received().size(), before + 1);
    QVERIFY(script.server.received().last().isEmpty());
    // Without a wish for an answer there is none: what comes after the ping is the next thing the server hears.
    script.hello = QStringLiteral(R"("connect":{"client":"c1","ping":25})");
    watcher.disconnectFromServer();
    watcher.connectToServer();
    QTRY_COMPARE(watcher.state(), CentrifugoWatcher::State::Connected);
    script.server.send("{}\n{\"push\":{\"channel\":\"x\",\"pub\":{\"data\":1}}}");
    QSignalSpy published{&watcher, &CentrifugoWatcher::published};
    QVERIFY(published.wait());
    watcher.subscribe("news");
    QTRY_COMPARE(script.count("subscribe"), 1);
    QCOMPARE(script.server.received().size(), before + 3);
}

void CentrifugoWatcherTest::aRefusedSubscriptionIsToldAndCanBeAskedForAgain()
{
    Script script;
    script.subscription = QStringLiteral(R"("error":{"code":103,"message":"permission denied"})");
    CentrifugoWatcher watcher{optionsFor(script)};
    QSignalSpy failed{&watcher, &CentrifugoWatcher::subscriptionFailed};
    watcher.subscribe("room:1");
    watcher.connectToServer();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.first(), (QVariantList{QStringLiteral("room:1"), 103, QStringLiteral("permission denied")}));
    script.subscription = QStringLiteral(R"("error":{"code":105,"message":"already subscribed"})");
    watcher.subscribe("room:1");
    QTRY_VERIFY(watcher.isSubscribed("room:1"));
    QCOMPARE(failed.count(), 1);
}

void CentrifugoWatcherTest::anAnswerToAnEarlierSubscriptionIsNotTaken()
{
    Script script;
    CentrifugoWatcher watcher{optionsFor(script)};
    QSignalSpy subscribed{&watcher, &CentrifugoWatcher::subscribed};
    watcher.connectToServer();
    QTRY_COMPARE(watcher.state(), CentrifugoWatcher::State::Connected);
    watcher.subscribe("news");
    watcher.unsubscribe("news");
    watcher.subscribe("news");
    watcher.subscribe("last");
    QTRY_VERIFY(watcher.isSubscribed("last"));
    QCOMPARE(subscribed.count(), 2);
}

void CentrifugoWatcherTest::theServerMayEndASubscription()
{
    Script script;
    CentrifugoWatcher watcher{optionsFor(script)};
    QSignalSpy failed{&watcher, &CentrifugoWatcher::subscriptionFailed};
    watcher.subscribe("news");
    watcher.connectToServer();
    QTRY_VERIFY(watcher.isSubscribed("news"));
    script.server.send(R"({"push":{"channel":"news","unsubscribe":{"code":2500,"reason":"insufficient state"}}})");
    QTRY_COMPARE(script.count("subscribe"), 2);
    QTRY_VERIFY(watcher.isSubscribed("news"));
    script.server.send(R"({"push":{"channel":"news","unsubscribe":{"code":2000,"reason":"server unsubscribe"}}})");
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!watcher.isSubscribed("news"));
    QCOMPARE(script.count("subscribe"), 2);
}

void CentrifugoWatcherTest::itComesBackWithANewToken()
{
    Script script;
    CentrifugoWatcherOptions options = optionsFor(script);
    int tokens = 0;
    options.token = [&tokens] { return "token-" + std::to_string(++tokens); };
    CentrifugoWatcher watcher{options};
    QSignalSpy lost{&watcher, &CentrifugoWatcher::connectionLost};
    QSignalSpy subscribed{&watcher, &CentrifugoWatcher::subscribed};
    watcher.subscribe("news");
    watcher.connectToServer();
    QTRY_COMPARE(subscribed.count(), 1);
    script.server.close(3001, QStringLiteral("shutdown"));
    QTRY_COMPARE(subscribed.count(), 2);
    QCOMPARE(lost.count(), 1);
    QCOMPARE(lost.first(), (QVariantList{3001, QStringLiteral("shutdown"), true}));
    QCOMPARE(script.commands("connect").last()[QLatin1String{"token"}].toString(), QStringLiteral("token-2"));
}

void CentrifugoWatcherTest::finalCloseCodesKeepItAway_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("returns");
    for (const int code : {3000, 3499, 4000, 4499})
        QTest::addRow("%d", code) << code << true;
    for (const int code : {3500, 3503, 3999, 4500, 4999})
        QTest::addRow("%d", code) << code << false;
}

void CentrifugoWatcherTest::finalCloseCodesKeepItAway()
{
    QFETCH(int, code);
    QFETCH(bool, returns);
    Script script;
    CentrifugoWatcher watcher{optionsFor(script)};
    QSignalSpy lost{&watcher, &CentrifugoWatcher::connectionLost};
    watcher.connectToServer();
    QTRY_COMPARE(watcher.state(), CentrifugoWatcher::State::Connected);
    script.server.close(code, QStringLiteral("bye"));
    QTRY_COMPARE(lost.count(), 1);
    QCOMPARE(lost.first(), (QVariantList{code, QStringLiteral("bye"), returns}));
    QCOMPARE(watcher.state(), returns ? CentrifugoWatcher::State::Connecting : CentrifugoWatcher::State::Disconnected);
}

void CentrifugoWatcherTest::refusalsOfTheConnectionAreJudgedByTheirCode_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<bool>("returns");
    QTest::newRow("token expired") << R"({"code":109,"message":"token expired"})" << true;
    QTest::newRow("temporary") << R"({"code":100,"message":"internal server error","temporary":true})" << true;
    QTest::newRow("permission denied") << R"({"code":103,"message":"permission denied"})" << false;
    QTest::newRow("of an application") << R"({"code":403,"message":"no"})" << false;
}

void CentrifugoWatcherTest::refusalsOfTheConnectionAreJudgedByTheirCode()
{
    QFETCH(QString, error);
    QFETCH(bool, returns);
    Script script;
    script.hello = QStringLiteral("\"error\":") + error;
    CentrifugoWatcher watcher{optionsFor(script)};
    QSignalSpy lost{&watcher, &CentrifugoWatcher::connectionLost};
    watcher.connectToServer();
    QTRY_VERIFY(!lost.isEmpty());
    QCOMPARE(lost.first().at(2).toBool(), returns);
    if (returns)
        QTRY_VERIFY(script.server.clients() > 2);
    else
        QCOMPARE(watcher.state(), CentrifugoWatcher::State::Disconnected);
}

void CentrifugoWatcherTest::aSilentServerIsLeft()
{
    Script script;
    script.hello = QStringLiteral(R"("connect":{"client":"c1","ping":1,"pong":true})");
    CentrifugoWatcherOptions options = optionsFor(script);
    options.times.silence = 10ms;
    CentrifugoWatcher watcher{options};
    QSignalSpy lost{&watcher, &CentrifugoWatcher::connectionLost};
    watcher.connectToServer();
    QTRY_COMPARE(lost.count(), 1);
    QCOMPARE(lost.first(), (QVariantList{1006, QStringLiteral("the server stays silent"), true}));
}

void CentrifugoWatcherTest::aServerThatNeverAnswersIsLeft()
{
    Script script;
    script.isSilent = true;
    CentrifugoWatcherOptions options = optionsFor(script);
    options.times.attempt = 200ms;
    CentrifugoWatcher watcher{options};
    QSignalSpy lost{&watcher, &CentrifugoWatcher::connectionLost};
    watcher.connectToServer();
    QTRY_COMPARE(lost.count(), 1);
    QCOMPARE(lost.first(), (QVariantList{1006, QStringLiteral("no answer in time"), true}));
    script.isSilent = false;
    QTRY_COMPARE(watcher.state(), CentrifugoWatcher::State::Connected);
}

void CentrifugoWatcherTest::aListenerMayEndItInTheMiddleOfAFrame()
{
    Script script;
    auto watcher = std::make_unique<CentrifugoWatcher>(optionsFor(script));
    int heard = 0;
    connect(watcher.get(), &CentrifugoWatcher::published, this, [&] {
        ++heard;
        watcher.reset();
    });
    watcher->connectToServer();
    QTRY_COMPARE(watcher->state(), CentrifugoWatcher::State::Connected);
    script.server.send(
        "{\"push\":{\"channel\":\"a\",\"pub\":{\"data\":1}}}\n{\"push\":{\"channel\":\"a\",\"pub\":{\"data\":2}}}");
    QTRY_VERIFY(!watcher);
    QCOMPARE(heard, 1);
}

QTEST_GUILESS_MAIN(CentrifugoWatcherTest)
#include "centrifugo_watcher_test.moc"
