#include "core/rest/publish_request.h"

#include <QTest>

using namespace castdeck;
using rest::parseBatch;
using rest::parseEvent;
using rest::WantedInfo;

class PublishRequestTest : public QObject {
    Q_OBJECT
private slots:
    void anEventKeepsThePublishersBytes();
    void escapedMemberNamesAreTheSameNames();
    void dataThatIsNoStringBecomesItsCompactText();
    void theLastOfEqualMembersCounts();
    void channelsWinOverChannel();
    void nullIsAsGoodAsAbsent();
    void aRepeatedChannelIsKeptOnce();
    void theExcludedSocketMayBeUnknown();
    void theBodyWinsOverTheQuery();
    void faultsNameTheirField_data();
    void faultsNameTheirField();
    void RS6_R9_dataIsLimitedInBytes();
    void parametersAreJudgedBeforeTheSizeOfTheData();
    void limitsAreTheApplications();
    void RS8_infoIsAListOfKnownAttributes();
    void RS9_R12_aBatchNamesItsFaultyItem();
    void RS9_anEventOfABatchHasOneChannel();
    void R8_otherBodiesAreNoBatch();
};

namespace {

Result<rest::PublishRequest> parse(std::string_view body, const pusher::QueryParameters& query = {})
{
    return parseEvent(body, query, hub::AppLimits{});
}

std::vector<std::string> channelsOf(const rest::PublishRequest& request)
{
    std::vector<std::string> names;
    for (const pusher::ChannelName& channel : request.publication.channels)
        names.push_back(channel.text());
    return names;
}

using Names = std::vector<std::string>;

} // namespace

void PublishRequestTest::anEventKeepsThePublishersBytes()
{
    const auto request = parse(R"({"name":"a\u0062","channel":"news","data":"\u00e9\/{\"n\":1.50}"})");
    QVERIFY(request);
    QCOMPARE(request->publication.event, std::string{"ab"});
    QCOMPARE(request->publication.dataLiteral, std::string{R"("\u00e9\/{\"n\":1.50}")"});
    QVERIFY(channelsOf(*request) == Names{"news"});
    QVERIFY(!request->publication.except);
    QVERIFY(!request->info.isAny());
}

void PublishRequestTest::escapedMemberNamesAreTheSameNames()
{
    QVERIFY(parse(R"({"n\u0061me":"e","\u0063hannel":"news","\u0064ata":"x"})"));
}

void PublishRequestTest::dataThatIsNoStringBecomesItsCompactText()
{
    const auto request = parse(R"({"name":"e","channel":"news","data":{ "a" : [1, "x y"] }})");
    QVERIFY(request);
    QCOMPARE(request->publication.dataLiteral, std::string{R"("{\"a\":[1,\"x y\"]}")"});
}

void PublishRequestTest::theLastOfEqualMembersCounts()
{
    const auto request = parse(R"({"name":"first","name":"last","channel":"news","data":""})");
    QVERIFY(request);
    QCOMPARE(request->publication.event, std::string{"last"});
}

void PublishRequestTest::channelsWinOverChannel()
{
    const auto request = parse(R"({"name":"e","channel":"a","channels":["b","c"],"data":""})");
    QVERIFY(request);
    QVERIFY((channelsOf(*request) == Names{"b", "c"}));
}

void PublishRequestTest::nullIsAsGoodAsAbsent()
{
    const auto request = parse(R"({"name":"e","channel":"a","channels":null,"data":"","socket_id":null,"info":null})");
    QVERIFY(request);
    QVERIFY(channelsOf(*request) == Names{"a"});
    QVERIFY(!request->publication.except && !request->info.isAny());
    QCOMPARE(parse(R"({"name":null,"channel":"a","data":""})", {{"name", "q"}})->publication.event, std::string{"q"});
    for (const char* body : {R"({"name":null,"channel":"a","data":""})", R"({"name":"e","channel":null,"data":""})",
                             R"({"name":"e","channel":"a","data":null})"})
        QVERIFY2(!parse(body), body);
}

void PublishRequestTest::aRepeatedChannelIsKeptOnce()
{
    const auto request = parse(R"({"name":"e","channels":["b","a","b"],"data":""})");
    QVERIFY(request);
    QVERIFY((channelsOf(*request) == Names{"b", "a"}));
}

void PublishRequestTest::theExcludedSocketMayBeUnknown()
{
    const auto known = parse(R"({"name":"e","channel":"a","data":"","socket_id":"4711.815"})");
    QVERIFY(known && known->publication.except);
    QCOMPARE(known->publication.except->text(), std::string{"4711.815"});
    const auto foreign = parse(R"({"name":"e","channel":"a","data":"","socket_id":"18446744073709551616.1"})");
    QVERIFY(foreign && !foreign->publication.except);
}

void PublishRequestTest::theBodyWinsOverTheQuery()
{
    const pusher::QueryParameters query{
        {"name", "query"}, {"data", "q"}, {"channels[]", "x"}, {"channels[]", "y"}, {"auth_key", "k"}};
    const auto all = parse("", query);
    QVERIFY(all);
    QCOMPARE(all->publication.event, std::string{"query"});
    QCOMPARE(all->publication.dataLiteral, std::string{R"("q")"});
    QVERIFY((channelsOf(*all) == Names{"x", "y"}));

    const auto some = parse(R"({"name":"body","channel":"z"})", query);
    QVERIFY(some);
    QCOMPARE(some->publication.event, std::string{"body"});
    QCOMPARE(some->publication.dataLiteral, std::string{R"("q")"});
    QVERIFY(channelsOf(*some) == Names{"z"});

    QVERIFY(!parse("", {{"auth_key", "k"}}));
}

void PublishRequestTest::faultsNameTheirField_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("field");
    const auto row = [](const char* tag, const char* body, const char* field) {
        QTest::newRow(tag) << std::string{body} << std::string{field};
    };
    row("R7 no JSON", "x", "body");
    row("R7 an array", "[]", "body");
    row("R8 no name", R"({"channel":"a","data":""})", "name");
    row("R8 no data", R"({"name":"e","channel":"a"})", "data");
    row("R8 no channel", R"({"name":"e","data":""})", "channels");
    row("RS5 name a number", R"({"name":1,"channel":"a","data":""})", "name");
    row("R13 name empty", R"({"name":"","channel":"a","data":""})", "name");
    row("R10 no channels", R"({"name":"e","channels":[],"data":""})", "channels");
    row("R10 channels null", R"({"name":"e","channels":null,"data":""})", "channels");
    row("R10 a bad channel", R"({"name":"e","channels":["a","b c"],"data":""})", "channels");
    row("R14 socket_id", R"({"name":"e","channel":"a","data":"","socket_id":"1.1:x"})", "socket_id");
    row("RS8 info", R"({"name":"e","channel":"a","data":"","info":"size"})", "info");
    row("RS8 info of a cache", R"({"name":"e","channel":"cache-a","data":"","info":"cache"})", "info");
}

void PublishRequestTest::faultsNameTheirField()
{
    QFETCH(std::string, body);
    QFETCH(std::string, field);
    const auto request = parse(body);
    QVERIFY(!request);
    QCOMPARE(request.error().kind, ErrorKind::InvalidInput);
    QVERIFY2(request.error().detail.find(field) != std::string::npos, request.error().detail.c_str());
}

void PublishRequestTest::RS6_R9_dataIsLimitedInBytes()
{
    const auto withData = [](const std::string& data) {
        return parse(R"({"name":"e","channel":"a","data":")" + data + R"("})");
    };
    QVERIFY(withData(std::string(10'240, 'x')));
    const auto tooLarge = withData(std::string(10'241, 'x'));
    QVERIFY(!tooLarge);
    QCOMPARE(tooLarge.error().kind, ErrorKind::TooLarge);
}

void PublishRequestTest::parametersAreJudgedBeforeTheSizeOfTheData()
{
    const std::string data(10'241, 'x');
    const auto request = parse(R"({"name":"e","channel":"a b","data":")" + data + R"("})");
    QVERIFY(!request);
    QCOMPARE(request.error().kind, ErrorKind::InvalidInput);
    const auto batch = parseBatch(R"({"batch":[{"name":"e","channel":"a","data":")" + data +
                                      R"("},{"name":"","channel":"a","data":""}]})",
                                  hub::AppLimits{});
    QVERIFY(!batch);
    QCOMPARE(batch.error().kind, ErrorKind::InvalidInput);
}

void PublishRequestTest::limitsAreTheApplications()
{
    hub::AppLimits limits;
    limits.maxEventDataBytes = 3;
    limits.maxEventNameCharacters = 3;
    limits.maxChannelsPerPublish = 2;
    limits.maxChannelNameCharacters = 4;
    limits.maxBatchEvents = 1;
    const auto parses = [&](const char* body) { return parseEvent(body, {}, limits).has_value(); };
    QVERIFY(parses(R"({"name":"éée","channels":["abcd","a"],"data":"123"})"));
    QVERIFY(!parses(R"({"name":"éée","channels":["abcd","a"],"data":"1234"})"));
    QVERIFY(!parses(R"({"name":"ééee","channels":["abcd","a"],"data":"123"})"));
    QVERIFY(!parses(R"({"name":"éée","channels":["abcde","a"],"data":"123"})"));
    QVERIFY(!parses(R"({"name":"éée","channels":["a","b","c"],"data":"123"})"));
    QVERIFY(!parseBatch(R"({"batch":[{"name":"e","channel":"a","data":""},{"name":"e","channel":"a","data":""}]})",
                        limits));
}

void PublishRequestTest::RS8_infoIsAListOfKnownAttributes()
{
    QVERIFY(!WantedInfo::parse("")->isAny());
    const auto both = WantedInfo::parse("subscription_count,user_count");
    QVERIFY(both && both->subscriptionCount && both->userCount && !both->cache);
    QVERIFY(WantedInfo::parse("cache")->cache);
    for (const char* list : {"size", "user_count,size", " user_count", "user_count ,cache", "USER_COUNT"})
        QVERIFY2(!WantedInfo::parse(list), list);
}

void PublishRequestTest::RS9_R12_aBatchNamesItsFaultyItem()
{
    const auto batch = parseBatch(R"({"batch":[{"name":"e","channel":"a","data":"1","info":"user_count"},)"
                                  R"({"name":"f","channel":"b","data":"2","socket_id":"1.1"}]})",
                                  hub::AppLimits{});
    QVERIFY(batch);
    QCOMPARE(batch->size(), std::size_t{2});
    QCOMPARE(batch->at(1).publication.event, std::string{"f"});
    QVERIFY(batch->at(0).info.userCount && batch->at(1).publication.except);

    const auto faulty =
        parseBatch(R"({"batch":[{"name":"e","channel":"a","data":"1"},{"name":"e","data":"1"}]})", hub::AppLimits{});
    QVERIFY(!faulty);
    QVERIFY(faulty.error().detail.find("batch[1]") != std::string::npos);
    QVERIFY(faulty.error().detail.find("channels") != std::string::npos);
}

void PublishRequestTest::RS9_anEventOfABatchHasOneChannel()
{
    const auto several =
        parseBatch(R"({"batch":[{"name":"e","channels":["a","b"],"data":"","info":"user_count"}]})", hub::AppLimits{});
    QVERIFY(!several);
    QVERIFY(several.error().detail.find("channel") != std::string::npos);
}

void PublishRequestTest::R8_otherBodiesAreNoBatch()
{
    for (const char* body : {"", "x", "[]", "{}", R"({"batch":{}})", R"({"batch":[]})", R"({"batch":[7]})"})
        QVERIFY2(!parseBatch(body, hub::AppLimits{}), body);
}

QTEST_APPLESS_MAIN(PublishRequestTest)
#include "publish_request_test.moc"
