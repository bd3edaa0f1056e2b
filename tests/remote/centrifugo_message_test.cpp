#include "core/remote/centrifugo_message.h"

#include <QTest>

using namespace castdeck::remote::centrifugo;

namespace {

/// The only message of a frame, which must be of this kind.
template <class Kind> Kind only(const std::string& frame)
{
    const auto messages = parseFrame(frame);
    if (messages.size() != 1 || !std::holds_alternative<Kind>(messages.front()))
        qFatal("%s is no single message of that kind", frame.c_str());
    return std::get<Kind>(messages.front());
}

} // namespace

/// The frames are those of Centrifugo 6.9.
class CentrifugoMessageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theAnswerToConnectIsRead();
    void anErrorIsAnAnswer();
    void publicationsKeepTheirBytes();
    void historyAndPublishersAreTold();
    void membersComeAndGo();
    void theServerSubscribesAndUnsubscribes();
    void oneFrameHoldsSeveralLines();
    void whatIsNoMessageIsLeftOut_data();
    void whatIsNoMessageIsLeftOut();
};

void CentrifugoMessageTest::theAnswerToConnectIsRead()
{
    const auto reply = only<Reply>(
        R"({"id":1,"connect":{"client":"5a44167c","version":"6.9.1 OSS","subs":{"news":{}},"ping":25,"pong":true}})");
    QCOMPARE(reply.id, std::uint64_t{1});
    const auto& answer = std::get<Connected>(reply.content);
    QCOMPARE(answer.client, std::string{"5a44167c"});
    QCOMPARE(answer.version, std::string{"6.9.1 OSS"});
    QCOMPARE(answer.ping, std::chrono::seconds{25});
    QVERIFY(answer.wantsPong);
    QCOMPARE(answer.channels, std::vector<std::string>{"news"});
    const auto bare = only<Reply>(R"({"id":1,"connect":{}})");
    QVERIFY(!std::get<Connected>(bare.content).wantsPong);
    QCOMPARE(std::get<Connected>(bare.content).ping, std::chrono::seconds{0});
}

void CentrifugoMessageTest::anErrorIsAnAnswer()
{
    const auto reply = only<Reply>(R"({"id":4,"error":{"code":102,"message":"unknown channel"}})");
    QCOMPARE(reply.id, std::uint64_t{4});
    const auto& refusal = std::get<Refused>(reply.content);
    QCOMPARE(refusal.code, 102);
    QCOMPARE(refusal.text, std::string{"unknown channel"});
    QVERIFY(!refusal.isTemporary);
    const auto busy =
        only<Reply>(R"({"id":4,"error":{"code":100,"message":"internal server error","temporary":true}})");
    QVERIFY(std::get<Refused>(busy.content).isTemporary);
}

void CentrifugoMessageTest::publicationsKeepTheirBytes()
{
    const auto publication = only<Publication>(
        R"({"push":{"channel":"releases","pub":{"data":{"n":12345678901234567890123, "s":"\u00e4"}}}})");
    QCOMPARE(publication.channel, std::string{"releases"});
    QCOMPARE(publication.data, std::string{R"({"n":12345678901234567890123, "s":"\u00e4"})"});
    QVERIFY(!publication.offset);
    QVERIFY(!publication.publisher);
}

void CentrifugoMessageTest::historyAndPublishersAreTold()
{
    const auto publication = only<Publication>(
        R"({"push":{"channel":"room:1","pub":{"data":1,"info":{"user":"42","client":"c"},"offset":2,"tags":{"a":"b"}}}})");
    QCOMPARE(publication.offset, std::optional<std::uint64_t>{2});
    const std::vector<std::pair<std::string, std::string>> tags{{"a", "b"}};
    QCOMPARE(publication.tags, tags);
    QCOMPARE(publication.publisher->user, std::string{"42"});
}

void CentrifugoMessageTest::membersComeAndGo()
{
    const auto joined = only<Joined>(
        R"({"push":{"channel":"room:1","join":{"info":{"user":"42","client":"c","conn_info":{"name":"Ada"},"chan_info":1}}}})");
    QCOMPARE(joined.channel, std::string{"room:1"});
    QCOMPARE(joined.info.user, std::string{"42"});
    QCOMPARE(joined.info.client, std::string{"c"});
    QCOMPARE(joined.info.connectionInfo, std::string{R"({"name":"Ada"})"});
    QCOMPARE(joined.info.channelInfo, std::string{"1"});
    const auto left = only<Left>(R"({"push":{"channel":"room:1","leave":{"info":{"user":"42","client":"c"}}}})");
    QCOMPARE(left.info.client, std::string{"c"});
    QVERIFY(left.info.connectionInfo.empty());
}

void CentrifugoMessageTest::theServerSubscribesAndUnsubscribes()
{
    QCOMPARE(only<Subscribed>(R"({"push":{"channel":"news","subscribe":{}}})").channel, std::string{"news"});
    const auto ended = only<Unsubscribed>(
        R"({"push":{"channel":"releases","unsubscribe":{"code":2000,"reason":"server unsubscribe"}}})");
    QCOMPARE(ended.channel, std::string{"releases"});
    QCOMPARE(ended.code, 2000);
    QCOMPARE(ended.reason, std::string{"server unsubscribe"});
}

void CentrifugoMessageTest::oneFrameHoldsSeveralLines()
{
    const auto messages = parseFrame("{\"id\":2,\"subscribe\":{}}\n{}\n{\"id\":3,\"subscribe\":{}}\n");
    QCOMPARE(messages.size(), std::size_t{3});
    QCOMPARE(std::get<Reply>(messages[0]).id, std::uint64_t{2});
    QVERIFY(std::holds_alternative<Done>(std::get<Reply>(messages[0]).content));
    QVERIFY(std::holds_alternative<Ping>(messages[1]));
    QCOMPARE(std::get<Reply>(messages[2]).id, std::uint64_t{3});
}

void CentrifugoMessageTest::whatIsNoMessageIsLeftOut_data()
{
    QTest::addColumn<std::string>("frame");
    for (const char* const frame : {"", "\n", "hello", "[]", "1", R"({"id":-1})", R"({"id":"1","subscribe":{}})",
                                    R"({"push":[]})", R"({"push":{}})", R"({"push":{"channel":"a","message":{}}})",
                                    R"({"push":{"channel":"a","pub":1}})", R"({"id":1,"connect":)"})
        QTest::addRow("'%s'", frame) << std::string{frame};
    QTest::newRow("nested too deeply") << R"({"id":1,"rpc":)" + std::string(600, '[') + std::string(600, ']') + "}";
}

void CentrifugoMessageTest::whatIsNoMessageIsLeftOut()
{
    QFETCH(std::string, frame);
    QVERIFY(parseFrame(frame).empty());
}

QTEST_APPLESS_MAIN(CentrifugoMessageTest)
#include "centrifugo_message_test.moc"
