#include "core/hub/hub.h"

#include "tests/support/hub_fixture.h"

#include <QTest>

using namespace castdeck;
using pusher::CloseCode;
using test::HubFixture;
using test::makeApp;

class HubTest : public QObject {
    Q_OBJECT
private slots:
    void twoAppsWithOneIdOrKeyAreRefusedAndNothingChanges();
    void anAppThatStaysKeepsItsClients();
    void theClientsOfARemovedAppAreClosed();
    void theClientsOfADisabledAppAreClosed();
    void anAppWithAnotherKeyIsAnotherApp();
    void changedLimitsHoldForConnectedClients();
};

void HubTest::twoAppsWithOneIdOrKeyAreRefusedAndNothingChanges()
{
    HubFixture fixture;
    auto twin = makeApp("other");
    twin.key = "app-key";
    const auto sameKey = fixture.hub().setApps({makeApp(), twin});
    QVERIFY(!sameKey);
    QVERIFY(sameKey.error().detail.find("other") != std::string::npos);
    twin = makeApp("app");
    twin.key = "other-key";
    QVERIFY(!fixture.hub().setApps({makeApp(), twin}));
    QVERIFY(fixture.hub().findByKey("app-key") != nullptr);
    QCOMPARE(fixture.hub().findByKey("other-key"), nullptr);
}

void HubTest::anAppThatStaysKeepsItsClients()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    const auto before = fixture.hub().findById("app");
    QVERIFY(fixture.hub().setApps({makeApp("other"), makeApp()}));
    QCOMPARE(fixture.hub().findById("app"), before);
    QVERIFY(fixture.hub().findById("other") != nullptr);
    fixture.settle();
    QVERIFY(!client->connection().closeCode());
}

void HubTest::theClientsOfARemovedAppAreClosed()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    QVERIFY(fixture.hub().setApps({makeApp("other")}));
    fixture.settle();
    QCOMPARE(client->connection().take().at(0).code(), 4001);
    QVERIFY(client->connection().closeCode() == CloseCode::UnknownApp);
    QCOMPARE(fixture.hub().findById("app"), nullptr);
    client->closed();
}

void HubTest::theClientsOfADisabledAppAreClosed()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    auto disabled = makeApp();
    disabled.isEnabled = false;
    QVERIFY(fixture.hub().setApps({disabled}));
    fixture.settle();
    QCOMPARE(client->connection().take().at(0).code(), 4003);
    QVERIFY(client->connection().closeCode() == CloseCode::AppDisabled);
}

void HubTest::anAppWithAnotherKeyIsAnotherApp()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    auto renewed = makeApp();
    renewed.key = "new-key";
    QVERIFY(fixture.hub().setApps({renewed}));
    fixture.settle();
    QVERIFY(client->connection().closeCode() == CloseCode::UnknownApp);
    QCOMPARE(fixture.hub().findByKey("app-key"), nullptr);
    QCOMPARE(fixture.application().connectionCount(), std::size_t{0});
}

void HubTest::changedLimitsHoldForConnectedClients()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    auto strict = makeApp();
    strict.limits.maxSubscriptionsPerConnection = 1;
    QVERIFY(fixture.hub().setApps({strict}));
    client->subscribe("one");
    client->subscribe("two");
    fixture.settle();
    QCOMPARE(fixture.application().channels().size(), std::size_t{1});
}

QTEST_APPLESS_MAIN(HubTest)
#include "hub_test.moc"
