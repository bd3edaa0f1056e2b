#include "core/pusher/channel_name.h"

#include <QTest>

using namespace castdeck;
using pusher::ChannelKind;
using pusher::ChannelName;

class ChannelNameTest : public QObject {
    Q_OBJECT
private slots:
    void prefixDecidesTheKind_data();
    void prefixDecidesTheKind();
    void foreignCharactersAreRefused_data();
    void foreignCharactersAreRefused();
    void everyAllowedCharacterPassesAndNoOther();
    void lengthIsLimited_data();
    void lengthIsLimited();
    void errorNamesCharacterAndPosition();
    void controlCharactersAreNotRepeatedInTheError();
    void kindDecidesWhatAChannelAsksFor_data();
    void kindDecidesWhatAChannelAsksFor();
    void userIdIsWhatFollowsThePrefix();
};

void ChannelNameTest::prefixDecidesTheKind_data()
{
    QTest::addColumn<ChannelKind>("kind");
    const auto rows = [](ChannelKind kind, std::initializer_list<const char*> names) {
        for (const char* name : names)
            QTest::newRow(name) << kind;
    };

    rows(ChannelKind::Public,
         {"news", "a", "0", "-", "_-=@,.;", "UPPER", "private", "presence", "cache", "-private-x"});
    // Prefixes count at the start of the name only, with their dash and in lower case.
    rows(ChannelKind::Public,
         {"privateer", "presences", "cachet", "my-cache-x", "foo-private-x", "my-presence-x", "Private-x", "PRESENCE-x",
          "Cache-x", "private_x", "presence.x", "encrypted-x", "server-to-user-7"});
    rows(ChannelKind::PublicCache, {"cache-x", "cache-", "cache-cache-x", "cache-private-x", "cache-presence-x"});
    rows(ChannelKind::Private, {"private-x", "private-", "private-room.7", "private-private-x", "private-presence-x",
                                "private-encrypted", "private-cache", "private-cachet-x", "private-encryptedx-y"});
    rows(ChannelKind::PrivateCache, {"private-cache-x", "private-cache-", "private-cache-encrypted-x"});
    rows(ChannelKind::Encrypted,
         {"private-encrypted-x", "private-encrypted-", "private-encrypted-cache", "private-encrypted-cachet"});
    rows(ChannelKind::EncryptedCache, {"private-encrypted-cache-x", "private-encrypted-cache-"});
    rows(ChannelKind::Presence, {"presence-x", "presence-", "presence-lobby", "presence-encrypted-x", "presence-cache",
                                 "presence-cachet", "presence-private-x"});
    rows(ChannelKind::PresenceCache, {"presence-cache-x", "presence-cache-"});
    rows(ChannelKind::ServerToUser, {"#server-to-user-u-42", "#server-to-user-private-x", "#server-to-user-0"});
}

void ChannelNameTest::prefixDecidesTheKind()
{
    QFETCH(ChannelKind, kind);
    const std::string text = QTest::currentDataTag();
    const auto name = ChannelName::parse(text);
    QVERIFY(name);
    QCOMPARE(name->kind(), kind);
    QCOMPARE(pusher::kindOf(text), kind);
    QCOMPARE(name->text(), text);
}

void ChannelNameTest::foreignCharactersAreRefused_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("empty") << std::string{};
    for (const char* text : {"a b",
                             " a",
                             "a ",
                             "a/b",
                             "/",
                             "a:b",
                             "a+b",
                             "a%20b",
                             "a?b",
                             "a&b",
                             "a\"b",
                             "a'b",
                             "a\\b",
                             "a*",
                             "<a>",
                             "[a]",
                             "(a)",
                             "a|b",
                             "a!",
                             "a~",
                             "$a",
                             "^a",
                             "Zo\xC3\xAB",
                             "a\xE2\x80\x8B",
                             "#",
                             "#x",
                             "a#b",
                             "#server-to-user",
                             "#server-to-user-",
                             "#server-to-user-a b",
                             "#server-to-user-#1",
                             "#Server-to-user-1",
                             "##server-to-user-1",
                             "private-#x",
                             "private-a b",
                             "presence-a/b",
                             "cache- ",
                             "a\n",
                             "a\tb",
                             "\x7f"})
        QTest::newRow(text) << std::string{text};
    QTest::newRow("zero byte") << std::string{"a\0b", 3};
    QTest::newRow("zero byte at the end") << std::string{"news\0", 5};
    QTest::newRow("not UTF-8") << std::string{"a\xFF"};
}

void ChannelNameTest::foreignCharactersAreRefused()
{
    QFETCH(std::string, text);
    const auto name = ChannelName::parse(text);
    QVERIFY(!name);
    QCOMPARE(name.error().kind, ErrorKind::InvalidInput);
    QVERIFY(!name.error().detail.empty());
}

void ChannelNameTest::everyAllowedCharacterPassesAndNoOther()
{
    const std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-=@,.;";
    for (int byte = 0; byte < 256; ++byte) {
        const std::string text{'x', static_cast<char>(byte)};
        QCOMPARE(ChannelName::parse(text).has_value(), allowed.find(text[1]) != std::string_view::npos);
    }
}

void ChannelNameTest::lengthIsLimited_data()
{
    QTest::addColumn<std::string>("prefix");
    QTest::addColumn<int>("limit");
    for (const char* prefix : {"", "private-encrypted-cache-", "presence-", "#server-to-user-"}) {
        QTest::addRow("'%s', 200", prefix) << std::string{prefix} << 200;
        QTest::addRow("'%s', 164 as the hosted service", prefix) << std::string{prefix} << 164;
    }
}

void ChannelNameTest::lengthIsLimited()
{
    QFETCH(std::string, prefix);
    QFETCH(int, limit);
    const auto characters = static_cast<std::size_t>(limit);
    const std::string longest = prefix + std::string(characters - prefix.size(), 'x');
    QVERIFY(ChannelName::parse(longest, characters));
    const auto tooLong = ChannelName::parse(longest + "x", characters);
    QVERIFY(!tooLong);
    QCOMPARE(tooLong.error().kind, ErrorKind::TooLarge);
}

void ChannelNameTest::errorNamesCharacterAndPosition()
{
    QVERIFY(ChannelName::parse("room 7").error().detail.find("' ' at position 5") != std::string::npos);
    QVERIFY(ChannelName::parse("Zo\xC3\xAB").error().detail.find("'\xC3\xAB' at position 3") != std::string::npos);
    QVERIFY(ChannelName::parse("#x").error().detail.find("'#' at position 1") != std::string::npos);
    QVERIFY(ChannelName::parse("#server-to-user-a#").error().detail.find("at position 18") != std::string::npos);
}

void ChannelNameTest::controlCharactersAreNotRepeatedInTheError()
{
    const std::string detail = ChannelName::parse("a\x1b[2J").error().detail;
    QVERIFY(detail.find("control character at position 2") != std::string::npos);
    for (const std::string bad : {"\xFF", "\xC3", "\x80\x80"}) // From a percent-encoded path.
        QVERIFY(ChannelName::parse("a" + bad + "b").error().detail.find(bad) == std::string::npos);
    QVERIFY(detail.find('\x1b') == std::string::npos);
}

void ChannelNameTest::kindDecidesWhatAChannelAsksFor_data()
{
    QTest::addColumn<bool>("auth");
    QTest::addColumn<bool>("presence");
    QTest::addColumn<bool>("cache");
    QTest::addColumn<bool>("encrypted");
    QTest::addColumn<bool>("clientEvents");

    QTest::newRow("x") << false << false << false << false << false;
    QTest::newRow("cache-x") << false << false << true << false << false;
    QTest::newRow("private-x") << true << false << false << false << true;
    QTest::newRow("private-cache-x") << true << false << true << false << true;
    QTest::newRow("private-encrypted-x") << true << false << false << true << false;
    QTest::newRow("private-encrypted-cache-x") << true << false << true << true << false;
    QTest::newRow("presence-x") << true << true << false << false << true;
    QTest::newRow("presence-cache-x") << true << true << true << false << true;
    QTest::newRow("#server-to-user-x") << false << false << false << false << false;
}

void ChannelNameTest::kindDecidesWhatAChannelAsksFor()
{
    QFETCH(bool, auth);
    QFETCH(bool, presence);
    QFETCH(bool, cache);
    QFETCH(bool, encrypted);
    QFETCH(bool, clientEvents);
    const auto name = ChannelName::parse(QTest::currentDataTag());
    QVERIFY(name);
    QCOMPARE(name->needsAuth(), auth);
    QCOMPARE(name->isPresence(), presence);
    QCOMPARE(name->isCache(), cache);
    QCOMPARE(name->isEncrypted(), encrypted);
    QCOMPARE(name->takesClientEvents(), clientEvents);
    QVERIFY(!pusher::toText(name->kind()).empty());
}

void ChannelNameTest::userIdIsWhatFollowsThePrefix()
{
    QCOMPARE(ChannelName::parse("#server-to-user-u-42")->userId(), std::string_view{"u-42"});
    QCOMPARE(ChannelName::parse("private-x")->userId(), std::string_view{});
}

QTEST_APPLESS_MAIN(ChannelNameTest)
#include "channel_name_test.moc"
