#include "core/base/loopback.h"

#include <QTest>

#include <string>

using namespace castdeck;

class LoopbackTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyThisMachineIsLoopback_data();
    void onlyThisMachineIsLoopback();
};

void LoopbackTest::onlyThisMachineIsLoopback_data()
{
    QTest::addColumn<std::string>("host");
    QTest::addColumn<bool>("isLoopback");
    for (const char* host : {"localhost", "LocalHost", "127.0.0.1", "127.1.2.3", "127.255.255.255", "::1", "[::1]",
                             "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "[::ffff:127.0.0.1]", "::FFFF:7f00:2"})
        QTest::newRow(host) << std::string{host} << true;
    for (const char* host : {"127.0.0.1.evil.com",
                             "x.localhost",
                             "localhost.evil.com",
                             "localhost.",
                             "localhost:80",
                             "127.1",
                             "127.",
                             "127.0.0.256",
                             "0177.0.0.1",
                             "2130706433",
                             "128.0.0.1",
                             "10.0.0.1",
                             "0.0.0.0",
                             "::",
                             "::2",
                             "[::1",
                             "::1]",
                             "[[::1]]",
                             "[]",
                             "[127.0.0.1]",
                             "[localhost]",
                             "::1%lo",
                             "::ffff:128.0.0.1",
                             "::127.0.0.1",
                             "64:ff9b::7f00:1",
                             " 127.0.0.1",
                             "127.0.0.1 "})
        QTest::newRow(host) << std::string{host} << false;
    QTest::newRow("empty") << std::string{} << false;
    QTest::newRow("a byte zero in it") << std::string{"127.0.0.1\0.evil.com", 19} << false;
}

void LoopbackTest::onlyThisMachineIsLoopback()
{
    QFETCH(std::string, host);
    QTEST(isLoopbackHost(host), "isLoopback");
}

QTEST_APPLESS_MAIN(LoopbackTest)
#include "loopback_test.moc"
