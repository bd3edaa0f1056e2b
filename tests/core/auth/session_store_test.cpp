#include "core/auth/session_store.h"

#include "core/auth/cookies.h"
#include "tests/support/manual_clock.h"

#include <QTest>

#include <set>
#include <thread>
#include <vector>

using namespace castdeck;
using namespace castdeck::auth;
using namespace std::chrono_literals;

class SessionStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void secretsAreLongRandomAndIndependent();
    void aSessionEndsWithItsTime();
    void oneTooManyEndsTheOldest();
    void aRemovedSessionIsGone();
    void workersShareIt();
    void cookiesAreFoundAmongOthers_data();
    void cookiesAreFoundAmongOthers();
    void aHugeCookieHeaderIsReadOnce();
    void aCookieIsSetForThisServerAlone();
};

void SessionStoreTest::secretsAreLongRandomAndIndependent()
{
    const test::ManualClock clock;
    SessionStore store{clock};
    std::set<std::string> secrets;
    for (int i = 0; i < 100; ++i) {
        const Session session = store.create();
        QCOMPARE(session.id.size(), std::size_t{64}); // 256 bits.
        QCOMPARE(session.csrfToken.size(), std::size_t{64});
        secrets.insert({session.id, session.csrfToken});
    }
    QCOMPARE(secrets.size(), std::size_t{200});
}

void SessionStoreTest::aSessionEndsWithItsTime()
{
    test::ManualClock clock;
    SessionStore store{clock, {.sessions = 10, .lifetime = 60s}};
    const Session session = store.create("1");
    clock.advance(59s);
    QCOMPARE(store.find(session.id)->actorId, std::string{"1"});
    clock.advance(1s);
    QVERIFY(!store.find(session.id));
    store.create();
    QCOMPARE(store.count(), std::size_t{1});
}

void SessionStoreTest::oneTooManyEndsTheOldest()
{
    const test::ManualClock clock;
    SessionStore store{clock, {.sessions = 3, .lifetime = 60s}};
    const Session first = store.create("1");
    const Session second = store.create("2");
    store.create();
    store.create();
    QCOMPARE(store.count(), std::size_t{3});
    QVERIFY(!store.find(first.id));
    QVERIFY(store.find(second.id).has_value());
}

void SessionStoreTest::aRemovedSessionIsGone()
{
    const test::ManualClock clock;
    SessionStore store{clock};
    const Session session = store.create("1");
    store.remove("another");
    QVERIFY(store.find(session.id).has_value());
    store.remove(session.id);
    store.remove(session.id);
    QVERIFY(!store.find(session.id));
    QCOMPARE(store.count(), std::size_t{0});
}

void SessionStoreTest::workersShareIt()
{
    const SystemClock clock;
    SessionStore store{clock, {.sessions = 50, .lifetime = 60s}};
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 4; ++worker) {
        workers.emplace_back([&store] {
            for (int i = 0; i < 500; ++i) {
                const Session session = store.create("1");
                store.find(session.id);
                if (i % 3 == 0)
                    store.remove(session.id);
            }
        });
    }
    for (std::thread& worker : workers)
        worker.join();
    QVERIFY(store.count() <= 50);
}

void SessionStoreTest::cookiesAreFoundAmongOthers_data()
{
    QTest::addColumn<QStringList>("headers");
    QTest::addColumn<QString>("value"); // Null for none.
    const auto row = [](const char* name, const QStringList& headers, const QString& value) {
        QTest::newRow(name) << headers << value;
    };
    row("alone", {"SESSID=abc"}, "abc");
    row("between others", {"a=1; SESSID=abc; b=2"}, "abc");
    row("without blanks", {"a=1;SESSID=abc;b=2"}, "abc");
    row("many blanks", {"  SESSID =  abc  ;"}, "abc");
    row("in quotes", {R"(SESSID="abc")"}, "abc");
    row("one quote", {R"(SESSID=")"}, "\"");
    row("empty", {"SESSID="}, "");
    row("an equals sign inside", {"SESSID=a=b"}, "a=b");
    row("in another header", {"a=1", "SESSID=abc"}, "abc");
    row("twice the same", {"SESSID=abc; SESSID=abc"}, "abc");
    row("twice, different", {"SESSID=abc; SESSID=def"}, {});
    row("twice, in two headers", {"SESSID=abc", "SESSID=def"}, {});
    row("no value", {"SESSID"}, {});
    row("no name", {"=SESSID"}, {});
    row("other case", {"sessid=abc"}, {});
    row("a longer name", {"XSESSID=abc; SESSIDX=abc"}, {});
    row("only separators", {";;; ; ;"}, {});
    row("nothing", {""}, {});
}

void SessionStoreTest::cookiesAreFoundAmongOthers()
{
    QFETCH(QStringList, headers);
    QFETCH(QString, value);
    http::Headers sent{{"Host", "SESSID=no"}};
    for (const QString& header : headers)
        sent.push_back({"cookie", header.toStdString()});
    const auto found = cookieOf(sent, "SESSID");
    QCOMPARE(found.has_value(), !value.isNull());
    if (found)
        QCOMPARE(QString::fromStdString(*found), value);
}

void SessionStoreTest::aHugeCookieHeaderIsReadOnce()
{
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        text += "name" + std::to_string(i) + "=value; ";
    QCOMPARE(*cookieOf({{"Cookie", text + "SESSID=abc"}}, "SESSID"), std::string{"abc"});
    QVERIFY(!cookieOf({{"Cookie", std::string(1'000'000, ';')}}, "SESSID"));
    QVERIFY(!cookieOf({{"Cookie", std::string(1'000'000, '\xFF')}}, "SESSID"));
}

void SessionStoreTest::aCookieIsSetForThisServerAlone()
{
    const auto text = [](CookieAudience audience, bool isTls) {
        return setCookie("a", "b", 60s, audience, isTls).value;
    };
    QCOMPARE(text(CookieAudience::Server, false), std::string{"a=b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"});
    QCOMPARE(text(CookieAudience::Scripts, true), std::string{"a=b; Path=/; Max-Age=60; SameSite=Lax; Secure"});
}

QTEST_APPLESS_MAIN(SessionStoreTest)
#include "session_store_test.moc"
