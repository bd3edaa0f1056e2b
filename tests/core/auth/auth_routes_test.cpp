#include "core/auth/auth_routes.h"

#include "tests/core/auth/config.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;

namespace {

AuthRoutes routesOf(const std::string& authorize)
{
    std::vector<Problem> problems;
    return AuthRoutes{test::readConfig(R"({"authorize":{)" + authorize + "}}", problems)};
}

const std::vector<std::string> methods{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"};

} // namespace

class AuthRoutesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPathHasItsKindAndMethods_data();
    void everyPathHasItsKindAndMethods();
    void pathsAreComparedExactly_data();
    void pathsAreComparedExactly();
    void aPrimaryPathThatIsSetMovesAndTakesAnyMethod();
    void aPrimaryPathKeepsTheKindItsNameHas();
    void allPathsCanBeTurnedOff();
    void onlyWithJsonpDoesTheDefaultPathTakeCallbacks();
};

void AuthRoutesTest::everyPathHasItsKindAndMethods_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<RouteKind>("kind");
    QTest::addColumn<bool>("takesGet");
    const auto row = [](const char* path, RouteKind kind, bool takesGet) {
        QTest::newRow(path) << std::string{path} << kind << takesGet;
    };
    row("/broadcasting/authorize", RouteKind::Channel, false);
    row("/pusher/auth", RouteKind::Channel, false);
    row("/pusher/user-auth", RouteKind::Both, false);
    row("/broadcasting/auth", RouteKind::Channel, true);
    row("/broadcasting/user-auth", RouteKind::User, true);
    row("/broadcast/auth", RouteKind::Both, false);
}

void AuthRoutesTest::everyPathHasItsKindAndMethods()
{
    QFETCH(std::string, path);
    QFETCH(RouteKind, kind);
    QFETCH(bool, takesGet);
    const AuthRoutes routes = routesOf("");
    const AuthRoute* const route = routes.find(path);
    QVERIFY(route != nullptr);
    QCOMPARE(route->kind, kind);
    QVERIFY(!route->takesJsonp);
    for (const std::string& method : methods)
        QCOMPARE(route->takes(method), method == "POST" || (method == "GET" && takesGet));
}

void AuthRoutesTest::pathsAreComparedExactly_data()
{
    QTest::addColumn<std::string>("path");
    for (const char* const path : {"/pusher/auth/", "/Pusher/auth", "pusher/auth", "/pusher//auth", "/pusher/auth%20",
                                   "/pusher/%61uth", "/pusher", "/", "", "/broadcasting/authorize2", "/x/pusher/auth"})
        QTest::newRow(path) << std::string{path};
}

void AuthRoutesTest::pathsAreComparedExactly()
{
    QFETCH(std::string, path);
    QVERIFY(routesOf("").find(path) == nullptr);
}

void AuthRoutesTest::aPrimaryPathThatIsSetMovesAndTakesAnyMethod()
{
    const AuthRoutes routes = routesOf(R"("path":"/who/may")");
    QVERIFY(routes.find("/broadcasting/authorize") == nullptr);
    QVERIFY(routes.find("/pusher/auth") != nullptr);
    for (const std::string& method : methods)
        QVERIFY(routes.find("/who/may")->takes(method));

    const AuthRoutes both = routesOf(R"("path":"/who/may","extra_paths":["/broadcasting/authorize"])");
    QVERIFY(both.find("/broadcasting/authorize") != nullptr);
    QVERIFY(!both.find("/broadcasting/authorize")->takes("GET"));
    QCOMPARE(both.paths(), (std::vector<std::string>{"/who/may", "/broadcasting/authorize"}));
}

void AuthRoutesTest::aPrimaryPathKeepsTheKindItsNameHas()
{
    const AuthRoutes routes = routesOf(R"("path":"/pusher/user-auth")");
    QCOMPARE(routes.find("/pusher/user-auth")->kind, RouteKind::Both);
    QVERIFY(routes.find("/pusher/user-auth")->takes("GET")); // The one of the extra paths does not count.
}

void AuthRoutesTest::allPathsCanBeTurnedOff()
{
    const AuthRoutes routes = routesOf(R"("path":null,"extra_paths":[])");
    QVERIFY(routes.paths().empty());
    QVERIFY(routes.find("") == nullptr && routes.find("/pusher/auth") == nullptr);
}

void AuthRoutesTest::onlyWithJsonpDoesTheDefaultPathTakeCallbacks()
{
    const AuthRoutes routes = routesOf(R"("jsonp":true)");
    for (const std::string& path : routes.paths()) {
        const bool expected =
            path == "/pusher/auth" || path == "/broadcasting/auth" || path == "/broadcasting/user-auth";
        QCOMPARE(routes.find(path)->takesJsonp, expected);
    }
    QVERIFY(!routes.find("/pusher/auth")->takes("GET")); // Without a callback.
}

QTEST_APPLESS_MAIN(AuthRoutesTest)
#include "auth_routes_test.moc"
