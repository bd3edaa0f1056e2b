#include "core/broadcast/channel_value.h"

#include <QTest>

using namespace castdeck::broadcast;

class ChannelValueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPrefixIsPutOnceAndOnlyItsOwn_data();
    void aPrefixIsPutOnceAndOnlyItsOwn();
    void listsKeepTheFirstOccurrence();
    void anyListOfTextsIsAList();
};

void ChannelValueTest::aPrefixIsPutOnceAndOnlyItsOwn_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("wireName");
    QTest::addColumn<bool>("needsActor");
    QTest::addColumn<bool>("isActorNeeded");
    const auto row = [](const char* tag, const Channel& channel, const char* wireName, bool isActorNeeded) {
        QTest::newRow(tag) << channel.name() << std::string{wireName} << channel.needsActor() << isActorNeeded;
    };
    row("Channel releases", Channel("releases"), "releases", false);
    row("Channel private-admins", Channel("private-admins"), "private-admins", false);
    row("PrivateChannel admins", PrivateChannel("admins"), "private-admins", true);
    row("PrivateChannel private-admins", PrivateChannel("private-admins"), "private-admins", true);
    row("PrivateChannel presence-x", PrivateChannel("presence-x"), "private-presence-x", true);
    row("PrivateChannel Private-x", PrivateChannel("Private-x"), "private-Private-x", true);
    row("PresenceChannel chat", PresenceChannel("chat"), "presence-chat", true);
    row("PresenceChannel presence-chat", PresenceChannel("presence-chat"), "presence-chat", true);
    row("PresenceChannel private-x", PresenceChannel("private-x"), "presence-private-x", true);
    row("EncryptedChannel vault", EncryptedChannel("vault"), "private-encrypted-vault", true);
    row("EncryptedChannel private-x", EncryptedChannel("private-x"), "private-encrypted-private-x", true);
    row("text admins", "admins", "admins", false);
    row("text private-admins", std::string{"private-admins"}, "private-admins", false);
}

void ChannelValueTest::aPrefixIsPutOnceAndOnlyItsOwn()
{
    QFETCH(std::string, name);
    QFETCH(std::string, wireName);
    QFETCH(bool, needsActor);
    QCOMPARE(name, wireName);
    QTEST(needsActor, "isActorNeeded");
}

void ChannelValueTest::listsKeepTheFirstOccurrence()
{
    const Channels channels{"a", PrivateChannel("b"), "a", "private-b", "c"};
    QCOMPARE(channels.list().size(), std::size_t{3});
    QCOMPARE(channels.list()[0].name(), std::string{"a"});
    QCOMPARE(channels.list()[1].name(), std::string{"private-b"});
    QVERIFY(channels.list()[1].needsActor());
    QCOMPARE(channels.list()[2].name(), std::string{"c"});
}

void ChannelValueTest::anyListOfTextsIsAList()
{
    QCOMPARE(Channels(std::vector<std::string>{"a", "b"}).list().size(), std::size_t{2});
    QCOMPARE(Channels(std::vector<PrivateChannel>{PrivateChannel("a")}).list()[0].name(), std::string{"private-a"});
    QCOMPARE(Channels("a").list().size(), std::size_t{1});
    QVERIFY(Channels(std::vector<std::string>{}).isEmpty());
}

QTEST_APPLESS_MAIN(ChannelValueTest)
#include "channel_value_test.moc"
