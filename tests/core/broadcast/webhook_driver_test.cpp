#include "core/broadcast/drivers/webhook_driver.h"

#include "tests/core/broadcast/driver_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::broadcast;
using test::DriverFixture;
using test::everythingIn;
using test::words;

namespace {

struct WebhookFixture : DriverFixture {
    explicit WebhookFixture(Options options) : DriverFixture{std::move(options)}
    {
        manager->extend("webhook", WebhookDriver::make);
    }
};

Options options()
{
    return {{"driver", R"("webhook")"},
            {"url", R"("http://127.0.0.1:9000/in")"},
            {"headers", R"({"Authorization":"Bearer MARKER","X-Kind":"test"})"}};
}

} // namespace

/// The seam for custom drivers, through the example that ships.
class WebhookDriverTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutExtendItIsUnknown();
    void messagesArePosted();
    void eventsArePosted();
    void failuresBecomeCodes();
    void whatItLacksIsNotSupported();
    void badOptionsAreNamed_data();
    void badOptionsAreNamed();
    void theHeaderStaysInside();
    void theSecretsOfTheAddressStayInside();
};

void WebhookDriverTest::withoutExtendItIsUnknown()
{
    DriverFixture fixture{options()};
    QVERIFY(fixture.manager->publish("a", "{}").get().code() == Code::UnknownDriver);
}

void WebhookDriverTest::messagesArePosted()
{
    WebhookFixture fixture{options()};
    fixture.http->answerWith(204, "");
    QCOMPARE(words(fixture.manager->publish({"a", "b"}, {R"({"n":1})", "text"}).get()),
             std::string{"a on eu: sent\nb on eu: sent\na on eu: sent\nb on eu: sent\n"});
    const auto requests = fixture.http->requests();
    QCOMPARE(requests.size(), std::size_t{2});
    QCOMPARE(requests[0].method, std::string{"POST"});
    QCOMPARE(requests[0].url, std::string{"http://127.0.0.1:9000/in"});
    QCOMPARE(*http::find(requests[0].headers, "X-Kind"), std::string{"test"});
    QCOMPARE(requests[0].body, std::string{R"({"channels":["a","b"],"data":{"n":1}})"});
    QCOMPARE(requests[1].body, std::string{R"({"channels":["a","b"],"data":"text"})"});
}

void WebhookDriverTest::eventsArePosted()
{
    WebhookFixture fixture{options()};
    fixture.manager->channel("any / topic", "e", {{"k", 1}}, CallOptions{}.toOthers("1.2"));
    QCOMPARE(fixture.http->requests().at(0).body,
             std::string{R"({"event":"e","socket_id":"1.2","channels":["any / topic"],"data":{"k":1}})"});
}

void WebhookDriverTest::failuresBecomeCodes()
{
    WebhookFixture fixture{options()};
    fixture.http->answerWith(500, "oops");
    fixture.http->answerWith(403, R"({"message":"no"})");
    fixture.http->failWith(http::Failure::Timeout, "no answer");
    QCOMPARE(words(fixture.manager->publish("a", {"1", "2", "3"}).get()),
             std::string{"a on eu: failed, bad_response: oops\na on eu: failed, forbidden: no\n"
                         "a on eu: failed, timeout: http://127.0.0.1:9000: no answer\n"});
    QVERIFY(fixture.manager->publish("a", std::string(1'048'577, 'x')).get().code() == Code::PayloadTooLarge);
}

void WebhookDriverTest::whatItLacksIsNotSupported()
{
    WebhookFixture fixture{options()};
    Code code = Code::None;
    fixture.connection()->listChannels("", [&](const auto& listing) { code = listing.failure.code; });
    QVERIFY(code == Code::NotSupported);
    QVERIFY(!fixture.connection()->capabilities().listChannels.isThere);
}

void WebhookDriverTest::badOptionsAreNamed_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("value");
    QTest::newRow("no url") << std::string{"url"} << std::string{"null"};
    QTest::newRow("url of a file") << std::string{"url"} << std::string{R"("file:///x")"};
    QTest::newRow("header with a line break") << std::string{"headers"} << std::string{R"({"A":"MARKER\r\nB: c"})"};
}

void WebhookDriverTest::badOptionsAreNamed()
{
    QFETCH(std::string, name);
    QFETCH(std::string, value);
    Options bad = options();
    bad.set(name, value);
    WebhookFixture fixture{bad};
    const Entry entry = fixture.manager->publish("a", "{}").get().entries.at(0);
    QVERIFY(entry.code == Code::BadOption);
    QVERIFY(entry.text.starts_with("connection \"eu\": option \"" + name + "\""));
    QVERIFY(entry.text.find("MARKER") == std::string::npos);
}

void WebhookDriverTest::theHeaderStaysInside()
{
    WebhookFixture fixture{options()};
    for (const char* const answer : {"Bearer MARKER is not known", "the token MARKER is not known"}) {
        fixture.http->answerWith(401, answer);
        const std::string all = everythingIn(fixture.manager->publish("a", "{}").get());
        QVERIFY2(all.find("MARKER") == std::string::npos, all.c_str());
    }
}

void WebhookDriverTest::theSecretsOfTheAddressStayInside()
{
    Options options{{"driver", R"("webhook")"},
                    {"url", R"("http://user:MARK@ER@127.0.0.1:9000/in?a=1&token=MARKER-1&MARKER-2")"}};
    WebhookFixture fixture{options};
    for (const char* const answer : {"no MARK@ER here", "no a=1&token=MARKER-1&MARKER-2 here", "no MARKER-1 here"}) {
        fixture.http->answerWith(403, answer);
        const std::string all = everythingIn(fixture.manager->publish("a", "{}").get());
        QVERIFY2(all.find("MARK") == std::string::npos, all.c_str());
        QVERIFY2(all.find("http://user:••••@127.0.0.1:9000/in?••••") != std::string::npos, all.c_str());
    }
}

QTEST_APPLESS_MAIN(WebhookDriverTest)
#include "webhook_driver_test.moc"
