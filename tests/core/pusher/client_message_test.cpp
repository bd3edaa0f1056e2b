#include "core/pusher/client_message.h"

#include <QTest>

using namespace castdeck;
using pusher::ClientMessage;
using pusher::CommandData;
using pusher::MemberData;
using pusher::UserData;

namespace {

constexpr std::size_t maxUserId = 128;

std::string quotedUserId(std::size_t characters, std::string_view character = "x")
{
    std::string text = R"({"user_id":")";
    for (std::size_t i = 0; i < characters; ++i)
        text.append(character);
    return text + R"("})";
}

} // namespace

class ClientMessageTest : public QObject {
    Q_OBJECT
private slots:
    void membersAreFoundInAnyOrder();
    void FR2_otherTextIsRefused_data();
    void FR2_otherTextIsRefused();
    void escapedMemberNamesAreTheSameNames();
    void valuesKeepTheirBytes();

    void FR4_commandDataMayBeAnObjectOrItsText();
    void otherCommandDataIsRefused_data();
    void otherCommandDataIsRefused();
    void aMemberThatIsNotTextIsRefusedByName();
    void nullMembersCountAsAbsent();

    void PR4_memberIdsAreTextWhateverTheirForm_data();
    void PR4_memberIdsAreTextWhateverTheirForm();
    void PR9_unusableMembersAreRefused_data();
    void PR9_unusableMembersAreRefused();
    void PR13_memberIdsAreLimitedInCharacters();
    void memberInfoKeepsItsBytes();

    void userDataGivesIdInfoAndWatchlist();
    void US3_unusableUsersAreRefused_data();
    void US3_unusableUsersAreRefused();
    void userIdsAreLimitedInCharacters();
};

void ClientMessageTest::membersAreFoundInAnyOrder()
{
    for (const char* text : {R"({"event":"e","channel":"c","data":[1]})", R"({"data":[1],"channel":"c","event":"e"})",
                             " {\n\"extra\":{\"event\":7},\"channel\" : \"c\" , \"data\":[1],\"event\":\"e\"} "}) {
        const auto message = ClientMessage::parse(text);
        QVERIFY(message);
        QCOMPARE(message->event, std::string{"e"});
        QCOMPARE(message->channel->text(), std::string{"c"});
        QCOMPARE(message->data->raw(), std::string_view{"[1]"});
    }
    const auto bare = ClientMessage::parse(R"({"event":"e"})");
    QVERIFY(bare && !bare->channel && !bare->data);
}

void ClientMessageTest::FR2_otherTextIsRefused_data()
{
    QTest::addColumn<std::string>("text");
    for (const char* text : {"", " ", "not json", "[]", "123", "null", "\"x\"", "{}", R"({"event":7})",
                             R"({"event":[]})", R"({"event":{}})", R"({"event":null})", R"({"event":"e"},)",
                             R"({"event":"e"}{})", R"({"event":"e)", R"({'event':'e'})", R"({"event":"e",})"})
        QTest::newRow(text) << std::string{text};
    QTest::newRow("invalid UTF-8") << std::string{"{\"event\":\"\xff\"}"};
    QTest::newRow("a zero byte") << std::string("{\"event\":\"\0\"}", 13);
    QTest::newRow("P17 nested 10,000 deep")
        << R"({"event":"e","data":)" + std::string(10'000, '[') + std::string(10'000, ']') + "}";
}

void ClientMessageTest::FR2_otherTextIsRefused()
{
    QFETCH(std::string, text);
    const auto message = ClientMessage::parse(text);
    QVERIFY(!message);
    QCOMPARE(message.error().kind, ErrorKind::InvalidInput);
    QVERIFY(message.error().detail.starts_with("invalid message"));
}

void ClientMessageTest::escapedMemberNamesAreTheSameNames()
{
    const auto message = ClientMessage::parse(R"({"\u0065vent":"e","ch\u0061nnel":"c","\u0064ata":1})");
    QVERIFY(message);
    QCOMPARE(message->event, std::string{"e"});
    QVERIFY(message->channel && message->data);
}

void ClientMessageTest::valuesKeepTheirBytes()
{
    const auto message = ClientMessage::parse(R"({"event":"\u0065\/","data":{ "b":12345678901234567890, "a":1e400 }})");
    QVERIFY(message);
    QCOMPARE(message->event, std::string{"e/"});
    QCOMPARE(message->data->raw(), std::string_view{R"({ "b":12345678901234567890, "a":1e400 })"});
}

void ClientMessageTest::FR4_commandDataMayBeAnObjectOrItsText()
{
    for (const char* text : {R"({"event":"e","data":{"channel":"news","auth":""}})",
                             R"({"event":"e","data":"{\"channel\":\"news\",\"auth\":\"\"}"})"}) {
        const auto message = ClientMessage::parse(text);
        QVERIFY(message);
        const auto command = CommandData::parse(message->data);
        QVERIFY(command);
        QCOMPARE(**command->text("channel"), std::string{"news"});
        QCOMPARE(**command->text("auth"), std::string{});
        QVERIFY(!*command->text("channel_data"));
    }
}

void ClientMessageTest::otherCommandDataIsRefused_data()
{
    QTest::addColumn<std::string>("data");
    for (const char* data : {"null", "[]", "7", "true", R"("")", R"("x")", R"("[]")", R"("{\"a\":")"})
        QTest::newRow(data) << std::string{data};
}

void ClientMessageTest::otherCommandDataIsRefused()
{
    QFETCH(std::string, data);
    const std::string text = R"({"event":"e","data":)" + data + "}";
    const auto message = ClientMessage::parse(text);
    QVERIFY(message);
    QVERIFY(!CommandData::parse(message->data));
    QVERIFY(!CommandData::parse(std::nullopt));
}

void ClientMessageTest::aMemberThatIsNotTextIsRefusedByName()
{
    const auto message = ClientMessage::parse(R"({"event":"e","data":{"channel":7}})");
    const auto channel = CommandData::parse(message->data)->text("channel");
    QVERIFY(!channel);
    QVERIFY(channel.error().detail.find("channel") != std::string::npos);
}

void ClientMessageTest::nullMembersCountAsAbsent()
{
    const auto message = ClientMessage::parse(R"({"event":"e","data":{"auth":null}})");
    const auto auth = CommandData::parse(message->data)->text("auth");
    QVERIFY(auth && !*auth);
}

void ClientMessageTest::PR4_memberIdsAreTextWhateverTheirForm_data()
{
    QTest::addColumn<std::string>("id");
    QTest::addColumn<std::string>("text");
    const auto row = [](const char* id, const char* text) {
        QTest::newRow(id) << std::string{id} << std::string{text};
    };
    row("10", "10");
    row("0", "0");
    row("-7", "-7");
    row("12345678901234567890123", "12345678901234567890123");
    row(R"("u-42")", "u-42");
    row(R"("10")", "10");
    row(R"("Zo\u00eb")", "Zoë");
    row(R"("a \" b")", "a \" b");
}

void ClientMessageTest::PR4_memberIdsAreTextWhateverTheirForm()
{
    QFETCH(std::string, id);
    QFETCH(std::string, text);
    const auto member = MemberData::parse(R"({"user_id":)" + id + "}", maxUserId);
    QVERIFY(member);
    QCOMPARE(member->userId, text);
    QCOMPARE(member->userInfo, std::string{"{}"});
}

void ClientMessageTest::PR9_unusableMembersAreRefused_data()
{
    QTest::addColumn<std::string>("channelData");
    for (const char* text : {"", "x", "[]", "null", "7", "{}", R"({"user_id":""})", R"({"user_id":null})",
                             R"({"user_id":{}})", R"({"user_id":[]})", R"({"user_id":true})", R"({"user_info":{}})"})
        QTest::newRow(text) << std::string{text};
}

void ClientMessageTest::PR9_unusableMembersAreRefused()
{
    QFETCH(std::string, channelData);
    const auto member = MemberData::parse(channelData, maxUserId);
    QVERIFY(!member);
    QCOMPARE(member.error().kind, ErrorKind::InvalidInput);
}

void ClientMessageTest::PR13_memberIdsAreLimitedInCharacters()
{
    QVERIFY(MemberData::parse(quotedUserId(128), maxUserId));
    QVERIFY(!MemberData::parse(quotedUserId(129), maxUserId));
    QVERIFY(MemberData::parse(quotedUserId(128, "ë"), maxUserId));
    QVERIFY(!MemberData::parse(quotedUserId(129, "ë"), maxUserId));
}

void ClientMessageTest::memberInfoKeepsItsBytes()
{
    const auto member = MemberData::parse(R"({"user_id":1,"user_info":{"z": 1.50, "a":12345678901234567890}})", 9);
    QVERIFY(member);
    QCOMPARE(member->userInfo, std::string{R"({"z": 1.50, "a":12345678901234567890})"});
    QCOMPARE(MemberData::parse(R"({"user_id":1,"user_info":null})", 9)->userInfo, std::string{"{}"});
}

void ClientMessageTest::userDataGivesIdInfoAndWatchlist()
{
    const auto user =
        UserData::parse(R"({"id":"u-42","user_info":{"name":"Zoë"},"watchlist":["u-7","u-9"]})", maxUserId);
    QVERIFY(user);
    QCOMPARE(user->id, std::string{"u-42"});
    QCOMPARE(user->userInfo, std::string{R"({"name":"Zoë"})"});
    QVERIFY((user->watchlist == std::vector<std::string>{"u-7", "u-9"}));

    const auto bare = UserData::parse(R"({"id":"u-42"})", maxUserId);
    QVERIFY(bare);
    QCOMPARE(bare->userInfo, std::string{"{}"});
    QVERIFY(bare->watchlist.empty());
}

void ClientMessageTest::US3_unusableUsersAreRefused_data()
{
    QTest::addColumn<std::string>("userData");
    for (const char* text :
         {"", "x", "[]", "{}", R"({"id":7})", R"({"id":""})", R"({"id":null})", R"({"id":["u"]})", R"({"id":"a b"})",
          R"({"id":"a/b"})", R"({"id":"#server-to-user-7"})", R"({"id":"ë"})", R"({"id":"u","watchlist":"u-7"})",
          R"({"id":"u","watchlist":{}})", R"({"id":"u","watchlist":[7]})", R"({"id":"u","watchlist":["a",null]})"})
        QTest::newRow(text) << std::string{text};
}

void ClientMessageTest::US3_unusableUsersAreRefused()
{
    QFETCH(std::string, userData);
    const auto user = UserData::parse(userData, maxUserId);
    QVERIFY(!user);
    QCOMPARE(user.error().kind, ErrorKind::InvalidInput);
}

void ClientMessageTest::userIdsAreLimitedInCharacters()
{
    QVERIFY(UserData::parse(R"({"id":")" + std::string(128, 'u') + R"("})", maxUserId));
    QVERIFY(!UserData::parse(R"({"id":")" + std::string(129, 'u') + R"("})", maxUserId));
}

QTEST_APPLESS_MAIN(ClientMessageTest)
#include "client_message_test.moc"
