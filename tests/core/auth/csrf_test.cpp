#include "core/auth/csrf.h"

#include "tests/core/auth/web_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;
using test::post;
using test::request;
using test::with;

class CsrfTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void onlyTheTokenOfTheSessionPasses_data();
    void onlyTheTokenOfTheSessionPasses();
    void aTokenIsTakenFromEveryPlace_data();
    void aTokenIsTakenFromEveryPlace();
    void methodsThatChangeNothingNeedNoToken();
    void exemptionsAreExact_data();
    void exemptionsAreExact();
    void theBodiesAreFixed();

private:
    CsrfVerdict check(const http::Request& incoming) const
    {
        return Csrf{{.isEnabled = true, .exempt = {}}, {}}.check(incoming, pusher::parseQuery(incoming.body), *m_store);
    }
    std::string cookies(const std::string& session, const std::string& token) const
    {
        return "SESSID=" + session + "; csrf_token=" + token;
    }

    test::ManualClock m_clock;
    std::unique_ptr<SessionStore> m_store;
    Session m_mine;
    Session m_other;
};

void CsrfTest::init()
{
    m_store = std::make_unique<SessionStore>(m_clock);
    m_mine = m_store->create("1");
    m_other = m_store->create("2");
}

void CsrfTest::onlyTheTokenOfTheSessionPasses_data()
{
    // "mine" and "other" stand for the secrets of these sessions, "-" for nothing.
    QTest::addColumn<std::string>("session");
    QTest::addColumn<std::string>("cookie");
    QTest::addColumn<std::string>("presented");
    QTest::addColumn<CsrfVerdict>("verdict");
    const auto row = [](const char* name, const char* session, const char* cookie, const char* presented,
                        CsrfVerdict verdict) {
        QTest::newRow(name) << std::string{session} << std::string{cookie} << std::string{presented} << verdict;
    };
    row("right", "mine", "mine", "mine", CsrfVerdict::Passed);
    row("nothing presented", "mine", "mine", "-", CsrfVerdict::Missing);
    row("nothing at all", "-", "-", "-", CsrfVerdict::Missing);
    row("wrong", "mine", "mine", "x", CsrfVerdict::Invalid);
    row("of another session", "mine", "mine", "other", CsrfVerdict::Invalid);
    row("cookie and token of another session", "mine", "other", "other", CsrfVerdict::Invalid);
    row("no cookie", "mine", "-", "mine", CsrfVerdict::Invalid);
    row("no session", "-", "mine", "mine", CsrfVerdict::Invalid);
    row("unknown session", "x", "mine", "mine", CsrfVerdict::Invalid);
    row("made up in both places", "mine", "x", "x", CsrfVerdict::Invalid);
    row("made up, without a session", "-", "x", "x", CsrfVerdict::Invalid);
}

void CsrfTest::onlyTheTokenOfTheSessionPasses()
{
    QFETCH(std::string, session);
    QFETCH(std::string, cookie);
    QFETCH(std::string, presented);
    QFETCH(CsrfVerdict, verdict);
    const auto sessionOf = [&](const std::string& word) { return word == "other" ? m_other : m_mine; };
    const auto isName = [](const std::string& word) { return word == "mine" || word == "other"; };
    http::Request incoming = post("/demo/login", "");
    if (session != "-")
        incoming = with(incoming, "Cookie", "SESSID=" + (isName(session) ? sessionOf(session).id : session));
    if (cookie != "-")
        incoming = with(incoming, "Cookie", "csrf_token=" + (isName(cookie) ? sessionOf(cookie).csrfToken : cookie));
    if (presented != "-")
        incoming = with(incoming, "X-CSRF-TOKEN", isName(presented) ? sessionOf(presented).csrfToken : presented);
    QCOMPARE(check(incoming), verdict);
}

void CsrfTest::aTokenIsTakenFromEveryPlace_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("field");
    QTest::addColumn<bool>("isFound");
    QTest::newRow("X-CSRF-TOKEN") << std::string{"X-CSRF-TOKEN"} << std::string{} << true;
    QTest::newRow("x-csrf-token") << std::string{"x-csrf-token"} << std::string{} << true;
    QTest::newRow("X-XSRF-TOKEN") << std::string{"X-XSRF-TOKEN"} << std::string{} << true;
    QTest::newRow("__token") << std::string{} << std::string{"__token"} << true;
    QTest::newRow("_token") << std::string{} << std::string{"_token"} << true;
    QTest::newRow("another header") << std::string{"X-TOKEN"} << std::string{} << false;
    QTest::newRow("another field") << std::string{} << std::string{"token"} << false;
}

void CsrfTest::aTokenIsTakenFromEveryPlace()
{
    QFETCH(std::string, header);
    QFETCH(std::string, field);
    QFETCH(bool, isFound);
    http::Request incoming = with(post("/x", field.empty() ? "" : field + "=" + m_mine.csrfToken), "Cookie",
                                  cookies(m_mine.id, m_mine.csrfToken));
    if (!header.empty())
        incoming = with(incoming, header, m_mine.csrfToken);
    QCOMPARE(check(incoming), isFound ? CsrfVerdict::Passed : CsrfVerdict::Missing);
    incoming.query = "_token=" + m_mine.csrfToken; // Never: addresses are logged.
    QCOMPARE(check(incoming), isFound ? CsrfVerdict::Passed : CsrfVerdict::Missing);
}

void CsrfTest::methodsThatChangeNothingNeedNoToken()
{
    for (const char* const method : {"GET", "HEAD", "OPTIONS"})
        QCOMPARE(check(request(method, "/x")), CsrfVerdict::Passed);
    for (const char* const method : {"POST", "PUT", "DELETE", "PATCH", "get"})
        QCOMPARE(check(request(method, "/x")), CsrfVerdict::Missing);
    QCOMPARE((Csrf{{.isEnabled = false, .exempt = {}}, {}}.check(post("/x", ""), {}, *m_store)), CsrfVerdict::Passed);
}

void CsrfTest::exemptionsAreExact_data()
{
    QTest::addColumn<std::string>("entry");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<bool>("isExempt");
    const auto row = [](const char* entry, const char* path, bool isExempt) {
        QTest::addRow("%s: %s", entry, path) << std::string{entry} << std::string{path} << isExempt;
    };
    row("@authorize", "/pusher/auth", true);
    row("@authorize", "/pusher/auth/", false);
    row("@authorize", "/demo/login", false);
    row("/hooks", "/hooks", true);
    row("/hooks", "/hooks/", false);
    row("/hooks", "/hooks-admin", false);
    row("/hooks", "/Hooks", false);
    row("/hooks", "/a/hooks", false);
    row("/a/*/b", "/a/1/b", true);
    row("/a/*/b", "/a/1/2/b", false);
    row("/a/*/b", "/a//b", false);
    row("/a/*/b", "/a/1/b/c", false);
    row("/a/*/b", "/a/1", false);
    row("/x/*", "/x/1", true);
    row("/x/*", "/x/1/2/3", true);
    row("/x/*", "/x", false);
    row("/x/*", "/x/", false);
    row("/x/*", "/xy/1", false);
    row("/*/y/*", "/1/y/2/3", true);
    row("/*", "/anything", true);
    row("/*", "/", false);
    row("", "/x", false);
    row("/x", "", false);
}

void CsrfTest::exemptionsAreExact()
{
    QFETCH(std::string, entry);
    QFETCH(std::string, path);
    QFETCH(bool, isExempt);
    const Csrf csrf{{.isEnabled = true, .exempt = {entry}}, {"/pusher/auth"}};
    QCOMPARE(csrf.isExempt(path), isExempt);
    QCOMPARE(csrf.check(post(path, ""), {}, *m_store), isExempt ? CsrfVerdict::Passed : CsrfVerdict::Missing);
}

void CsrfTest::theBodiesAreFixed()
{
    const http::Response missing = Csrf::refusal(CsrfVerdict::Missing);
    QCOMPARE(missing.status, 419);
    QCOMPARE(missing.body, std::string{R"({"error":"csrf","reason":"missing"})"});
    const http::Response invalid = Csrf::refusal(CsrfVerdict::Invalid);
    QCOMPARE(invalid.status, 419);
    QCOMPARE(invalid.body, std::string{R"({"error":"csrf","reason":"invalid"})"});
}

QTEST_APPLESS_MAIN(CsrfTest)
#include "csrf_test.moc"
