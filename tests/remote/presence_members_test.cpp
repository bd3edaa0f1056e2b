#include "core/remote/presence_members.h"

#include <QTest>

using castdeck::remote::PresenceMembers;
using Map = std::map<std::string, std::string>;

class PresenceMembersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void CL5_everyFormOfASnapshotIsRead_data();
    void CL5_everyFormOfASnapshotIsRead();
    void membersComeAndGo();
};

void PresenceMembersTest::CL5_everyFormOfASnapshotIsRead_data()
{
    QTest::addColumn<QString>("data");
    QTest::addColumn<QString>("expected");
    QTest::newRow("object") << R"({"presence":{"ids":["a","b"],"hash":{"a":{"n":1},"b":{}},"count":2}})"
                            << R"(a={"n":1} b={})";
    QTest::newRow("hash as an empty list") << R"({"presence":{"ids":["1"],"hash":[],"count":1}})" << "1={}";
    QTest::newRow("ids as numbers") << R"({"presence":{"ids":[1],"hash":{"1":{"n":1}},"count":1}})" << R"(1={"n":1})";
    QTest::newRow("info is null") << R"({"presence":{"ids":["a"],"hash":{"a":null}}})" << "a={}";
    QTest::newRow("no ids") << R"({"presence":{"hash":{"a":{}}}})" << "a={}";
    QTest::newRow("nobody") << R"({"presence":{"ids":[],"hash":{},"count":0}})" << "";
    QTest::newRow("no presence") << "{}" << "";
    QTest::newRow("not JSON") << "x" << "";
}

void PresenceMembersTest::CL5_everyFormOfASnapshotIsRead()
{
    QFETCH(QString, data);
    QStringList found;
    const auto members = PresenceMembers::fromSnapshot(data.toStdString());
    for (const auto& [id, info] : members.all())
        found << QString::fromStdString(id + "=" + info);
    QTEST(found.join(QLatin1Char{' '}), "expected");
}

void PresenceMembersTest::membersComeAndGo()
{
    PresenceMembers members;
    QCOMPARE(members.add(R"({"user_id":"a","user_info":{ "n" : 1 }})").value(), "a");
    QCOMPARE(members.add(R"({"user_id":10})").value(), "10");
    QVERIFY(!members.add("{}"));
    QCOMPARE(members.all(), (Map{{"10", "{}"}, {"a", R"({"n":1})"}}));
    QCOMPARE(members.remove(R"({"user_id":"10"})").value(), "10");
    QVERIFY(!members.remove("x"));
    QCOMPARE(members.all(), (Map{{"a", R"({"n":1})"}}));
}

QTEST_APPLESS_MAIN(PresenceMembersTest)
#include "presence_members_test.moc"
