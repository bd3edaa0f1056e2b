#include "core/remote/http_thread.h"

#include "core/remote/driver_transport.h"
#include "tests/remote/inbox.h"
#include "tests/remote/raw_server.h"
#include "tests/support/engine_fixture.h"

#include <QTest>

#include <future>
#include <optional>
#include <thread>

using namespace castdeck;
using namespace castdeck::remote;
using namespace std::chrono_literals;
using test::Inbox;
using test::RawServer;

namespace {

http::OutgoingRequest get(const std::string& url)
{
    return {.method = "GET", .url = url, .headers = {}, .body = {}};
}

} // namespace

class HttpThreadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersComeWhileTheMainThreadWaits();
    void requestsOfManyThreadsAreAnsweredOnceEach();
    void whatIsOwedIsUnreachableWhenTheThreadEnds();
    void whoeverOutlivesTheThreadGetsUnreachable();
    void anAnswerMayEndTheLastTransport();
    void theLastAnswersMaySendAgain();
    void moreCertificatesCanBeTrusted();
};

void HttpThreadTest::answersComeWhileTheMainThreadWaits()
{
    const test::EngineFixture server;
    const HttpThread thread;
    std::promise<http::Answer> promise;
    thread.sender()->send(get("http://127.0.0.1:" + std::to_string(server.port()) + "/nothing"),
                          [&](http::Answer answer) { promise.set_value(std::move(answer)); });
    auto future = promise.get_future();
    QVERIFY(future.wait_for(10s) == std::future_status::ready); // No event loop runs here.
    QCOMPARE(future.get().status, 404);
}

void HttpThreadTest::requestsOfManyThreadsAreAnsweredOnceEach()
{
    constexpr std::size_t threads = 4;
    constexpr std::size_t requests = 50;
    const test::EngineFixture server;
    const HttpThread thread;
    const Inbox<http::Answer> inbox;
    {
        std::vector<std::jthread> senders;
        for (std::size_t i = 0; i < threads; ++i)
            senders.emplace_back([&] {
                for (std::size_t n = 0; n < requests; ++n)
                    thread.sender()->send(get("http://127.0.0.1:" + std::to_string(server.port()) + "/nothing"),
                                          inbox.done());
            });
    }
    QTRY_COMPARE_WITH_TIMEOUT(inbox.count(), threads * requests, 20'000);
    for (const http::Answer& answer : inbox.all())
        QCOMPARE(answer.status, 404);
}

void HttpThreadTest::whatIsOwedIsUnreachableWhenTheThreadEnds()
{
    constexpr std::size_t requests = 20;
    RawServer server{{}, false};
    const Inbox<http::Answer> inbox;
    std::optional<HttpThread> thread{std::in_place};
    for (std::size_t i = 0; i < requests; ++i)
        thread->sender()->send(get(server.url()), inbox.done());
    QTRY_VERIFY(!server.received.isEmpty());
    for (std::size_t i = 0; i < requests; ++i) // These may not even have begun.
        thread->sender()->send(get(server.url()), inbox.done());
    QCOMPARE(inbox.count(), std::size_t{0});
    thread.reset();
    QCOMPARE(inbox.count(), 2 * requests);
    for (const http::Answer& answer : inbox.all()) {
        QVERIFY(answer.failure == http::Failure::Unreachable);
        QCOMPARE(answer.detail, "the program is ending");
    }
}

void HttpThreadTest::whoeverOutlivesTheThreadGetsUnreachable()
{
    const Inbox<http::Answer> inbox;
    const std::shared_ptr<broadcast::HttpTransport> transport = driverTransport(HttpThread{});
    transport->send(get("http://127.0.0.1:1/"), inbox.done());
    QCOMPARE(inbox.count(), std::size_t{1});
    QVERIFY(inbox.all()[0].failure == http::Failure::Unreachable);
}

void HttpThreadTest::anAnswerMayEndTheLastTransport()
{
    const test::EngineFixture server;
    const HttpThread thread;
    const Inbox<http::Answer> inbox;
    auto transport = std::make_shared<std::shared_ptr<broadcast::HttpTransport>>(driverTransport(thread));
    (*transport)
        ->send(get("http://127.0.0.1:" + std::to_string(server.port()) + "/"),
               [transport, done = inbox.done()](http::Answer answer) {
                   transport->reset();
                   done(std::move(answer));
               });
    QTRY_COMPARE(inbox.count(), std::size_t{1});
    QVERIFY(!*transport);
}

void HttpThreadTest::theLastAnswersMaySendAgain()
{
    RawServer server{{}, false};
    const Inbox<http::Answer> inbox;
    std::optional<HttpThread> thread{std::in_place};
    thread->sender()->send(get(server.url()), [&, sender = thread->sender()](const http::Answer&) {
        sender->send(get(server.url()), inbox.done());
    });
    QTRY_VERIFY(!server.received.isEmpty());
    thread.reset();
    QCOMPARE(inbox.count(), std::size_t{1});
}

void HttpThreadTest::moreCertificatesCanBeTrusted()
{
    const test::SelfSigned identity = test::makeSelfSigned();
    const RawServer server{test::answerOf("200 OK", "{}"), true, &identity};
    const HttpThread trusting{{QSslCertificate{identity.certificate}}};
    const HttpThread other;
    const Inbox<http::Answer> inbox;
    trusting.sender()->send(get(server.url()), inbox.done());
    QTRY_COMPARE(inbox.count(), std::size_t{1});
    QCOMPARE(inbox.all()[0].status, 200);
    other.sender()->send(get(server.url()), inbox.done());
    QTRY_COMPARE(inbox.count(), std::size_t{2});
    QVERIFY(inbox.all()[1].failure == http::Failure::Tls);
}

QTEST_GUILESS_MAIN(HttpThreadTest)
#include "http_thread_test.moc"
