#include "core/hub/origin.h"

#include <QTest>

using namespace castdeck;

class OriginTest : public QObject {
    Q_OBJECT
private slots:
    void anOriginIsComparedAsAParsedWhole_data();
    void anOriginIsComparedAsAParsedWhole();
    void anEmptyListLetsOnlyProgramsIn();
};

void OriginTest::anOriginIsComparedAsAParsedWhole_data()
{
    QTest::addColumn<std::string>("entry");
    QTest::addColumn<std::string>("origin");
    QTest::addColumn<bool>("isAllowed");
    const auto row = [](const char* name, const char* entry, const char* origin, bool isAllowed) {
        QTest::newRow(name) << std::string{entry} << std::string{origin} << isAllowed;
    };
    row("no origin is no browser", "@loopback", "", true);
    row("localhost", "@loopback", "http://localhost", true);
    row("localhost on a port", "@loopback", "http://localhost:3000", true);
    row("127.0.0.1 over TLS", "@loopback", "https://127.0.0.1:8443", true);
    row("[::1]", "@loopback", "http://[::1]:80", true);
    row("localhost in capitals", "@loopback", "http://LOCALHOST", true);
    row("H7 a foreign page", "@loopback", "http://evil.example", false);
    row("localhost as a prefix", "@loopback", "http://localhost.evil.example", false);
    row("localhost as a suffix", "@loopback", "http://evil-localhost", false);
    row("localhost as a user", "@loopback", "http://localhost@evil.example", false);
    row("localhost as a fragment", "@loopback", "http://evil.example#localhost", false);
    row("another loopback address", "@loopback", "http://127.0.0.2", false);
    row("a port that is no number", "@loopback", "http://localhost:x", false);
    row("a port beyond the last", "@loopback", "http://localhost:65536", false);
    row("text after the bracket", "@loopback", "http://[::1]evil.example", false);
    row("no scheme", "@loopback", "localhost", false);
    row("null needs an entry", "@loopback", "null", false);
    row("null with its entry", "null", "null", true);
    row("the star takes all", "*", "http://evil.example", true);
    row("the star takes null", "*", "null", true);
    row("a whole origin", "https://shop.example", "https://shop.example", true);
    row("a whole origin in capitals", "https://shop.example", "HTTPS://Shop.Example", true);
    row("another scheme", "https://shop.example", "http://shop.example", false);
    row("another port", "https://shop.example", "https://shop.example:444", false);
    row("an origin as a prefix", "https://shop.example", "https://shop.example.evil.example", false);
    row("a host on any scheme and port", "shop.example", "http://shop.example:8080", true);
    row("another host below it", "shop.example", "http://www.shop.example", false);
}

void OriginTest::anOriginIsComparedAsAParsedWhole()
{
    QFETCH(std::string, entry);
    QFETCH(std::string, origin);
    QFETCH(bool, isAllowed);
    QCOMPARE(hub::isOriginAllowed(origin, {"https://other.example", entry}), isAllowed);
}

void OriginTest::anEmptyListLetsOnlyProgramsIn()
{
    QVERIFY(hub::isOriginAllowed("", {}));
    QVERIFY(!hub::isOriginAllowed("http://localhost", {}));
}

QTEST_APPLESS_MAIN(OriginTest)
#include "origin_test.moc"
