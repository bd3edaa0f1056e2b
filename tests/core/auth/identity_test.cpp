#include "core/auth/identity.h"

#include "tests/core/auth/config.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;

namespace {

ActorDirectory directory()
{
    std::vector<Problem> problems;
    return ActorDirectory{test::readConfig(test::configWith(""), problems).actors};
}

/// Everybody at once: Ada by token, Bob by cookie, 5 by header, 6 by socket.
AuthorizationRequest fullRequest()
{
    AuthorizationRequest request = test::requestFor("private-x", test::ada);
    request.sessionActorId = "2";
    request.headers.push_back({"x-actor-id", "5"});
    request.signedInUserId = "6";
    return request;
}

/// "1 by token", or "anonymous".
std::string found(const AuthorizationRequest& request, bool trustsHeader = true,
                  const std::vector<IdentitySource>& sources = {})
{
    const Identity identity = identify(request, directory(), trustsHeader, sources);
    if (!identity.actor)
        return identity.source ? "nobody with a source" : "anonymous";
    return identity.actor->id + " by " + std::string{toText(*identity.source)};
}

} // namespace

class IdentityTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstSourceWithAnActorWins();
    void guardsNarrowTheSources();
    void tokensMatchWhole_data();
    void tokensMatchWhole();
    void anUnknownTokenLeavesTheOtherSources();
    void theHeaderCountsFromLoopbackAndWhenTrusted();
    void aStrangerSignedInOnTheSocketKeepsHisId();
    void aVanishedSessionActorIsAnonymous();
    void noActorOfADirectoryHasItsToken();
};

void IdentityTest::theFirstSourceWithAnActorWins()
{
    AuthorizationRequest request = fullRequest();
    QCOMPARE(found(request), std::string{"1 by token"});
    request.headers.erase(request.headers.begin());
    QCOMPARE(found(request), std::string{"2 by cookie"});
    request.sessionActorId.reset();
    QCOMPARE(found(request), std::string{"5 by header"});
    request.headers.clear();
    QCOMPARE(found(request), std::string{"6 by socket"});
    request.signedInUserId.reset();
    QCOMPARE(found(request), std::string{"anonymous"});
}

void IdentityTest::guardsNarrowTheSources()
{
    using enum IdentitySource;
    const AuthorizationRequest request = fullRequest();
    QCOMPARE(found(request, true, {Cookie}), std::string{"2 by cookie"});
    QCOMPARE(found(request, true, {Socket, Header}), std::string{"5 by header"});
    QCOMPARE(found(test::requestFor("x", test::ada), true, {Cookie, Header, Socket}), std::string{"anonymous"});
}

void IdentityTest::tokensMatchWhole_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* header, const char* expected) {
        QTest::newRow(header) << std::string{header} << std::string{expected};
    };
    row("Bearer ada-token", "1 by token");
    row("bearer ada-token", "1 by token");
    row("Bearer  ada-token", "1 by token");
    row("Bearer ada-toke", "anonymous");
    row("Bearer ada-tokenx", "anonymous");
    row("Bearer Ada-token", "anonymous");
    row("Bearer ", "anonymous");
    row("Bearer", "anonymous");
    row("Basic ada-token", "anonymous");
    row("ada-token", "anonymous");
}

void IdentityTest::tokensMatchWhole()
{
    QFETCH(std::string, header);
    QFETCH(std::string, expected);
    AuthorizationRequest request;
    request.headers = {{"authorization", header}};
    QCOMPARE(found(request), expected);
}

void IdentityTest::anUnknownTokenLeavesTheOtherSources()
{
    AuthorizationRequest request = test::requestFor("x", "foreign");
    QVERIFY(identify(request, directory(), false).hasUnknownToken);
    QVERIFY(!identify(request, directory(), false, {IdentitySource::Cookie}).hasUnknownToken);
    request.sessionActorId = "2";
    QCOMPARE(found(request), std::string{"2 by cookie"});
}

void IdentityTest::theHeaderCountsFromLoopbackAndWhenTrusted()
{
    AuthorizationRequest request = test::requestFor("x");
    request.headers = {{"X-Actor-Id", "1"}};
    QCOMPARE(found(request, true), std::string{"1 by header"});
    QCOMPARE(found(request, false), std::string{"anonymous"});
    request.trustsActorHeader = true;
    QCOMPARE(found(request, false), std::string{"1 by header"});
    request.isLoopback = false;
    QCOMPARE(found(request, true), std::string{"anonymous"});
}

void IdentityTest::aStrangerSignedInOnTheSocketKeepsHisId()
{
    AuthorizationRequest request;
    request.signedInUserId = "stranger";
    QCOMPARE(found(request), std::string{"stranger by socket"});
}

void IdentityTest::aVanishedSessionActorIsAnonymous()
{
    AuthorizationRequest request;
    request.sessionActorId = "gone";
    QCOMPARE(found(request), std::string{"anonymous"});
}

void IdentityTest::noActorOfADirectoryHasItsToken()
{
    const ActorDirectory actors = directory();
    QCOMPARE(actors.actors().size(), std::size_t{4});
    for (const auto& actor : actors.actors())
        QVERIFY(actor->token.empty());
    QVERIFY(actors.byToken("ada-token") == actors.byId("1"));
    QVERIFY(actors.byToken("") == nullptr);
}

QTEST_APPLESS_MAIN(IdentityTest)
#include "identity_test.moc"
