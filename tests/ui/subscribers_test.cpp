#include "core/pusher/encryption.h"
#include "tests/support/engine_fixture.h"
#include "ui/bridge/documents.h"
#include "ui/models/client_events.h"
#include "ui/models/persona.h"
#include "ui/pages/subscribers_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/channel_field.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace castdeck;
using namespace castdeck::ui;
using test::EngineFixture;

class SubscribersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aPersonaJoinsAndReceives();
    void twoPersonasMeetInAPresenceChannel();
    void encryptedEventsAreOpened();
    void withoutTheKeyItSaysSo();
    void aClientEventReachesTheOther();
    void aClientEventOfTheComposerIsSentByWhoeverIsThere();
    void whatTheServerObjectsToIsShown();
    void aBadChannelIsNamedBeforeAnythingConnects();
    void nobodyConnectsToAStoppedServer();
    void theNumberIsBounded();
    void aStormKeepsTheNewestRows();

private:
    std::optional<SubscriberTarget> target() const
    {
        SubscriberTarget target;
        target.endpoint.socketHost = target.endpoint.restHost = "127.0.0.1";
        target.endpoint.port = m_engine->port();
        target.endpoint.usesTls = false;
        target.endpoint.appId = m_engine->app().id;
        target.endpoint.key = m_engine->app().key;
        target.endpoint.secret = m_engine->app().secret;
        target.masterKey = m_masterKey;
        return target;
    }
    std::unique_ptr<SubscribersPanel> panel()
    {
        return std::make_unique<SubscribersPanel>(*m_personas, [this](const std::string&, QString& why) {
            why = "The local server is stopped.";
            return m_isRunning ? target() : std::nullopt;
        });
    }
    static bool isIn(const VirtualSubscriber& subscriber, const std::string& channel)
    {
        const auto found = subscriber.channels().find(channel);
        return found != subscriber.channels().end() &&
               found->second.state == VirtualSubscriber::ChannelState::Subscribed;
    }

    std::unique_ptr<EngineFixture> m_engine;
    MemoryDocuments m_documents;
    std::unique_ptr<PersonaBook> m_personas;
    std::optional<pusher::EncryptionKey> m_masterKey;
    bool m_isRunning = true;
};

void SubscribersTest::init()
{
    hub::AppConfig app = test::makeApp();
    app.allowsClientEvents = true;
    m_engine = std::make_unique<EngineFixture>(app);
    m_personas = std::make_unique<PersonaBook>(m_documents, std::vector<auth::Actor>{});
    m_masterKey.reset();
    m_isRunning = true;
}

void SubscribersTest::aPersonaJoinsAndReceives()
{
    const auto panel = this->panel();
    panel->show();
    panel->findChild<QLineEdit*>("subscribers.channels")->setText("orders, private-news");
    QTest::mouseClick(panel->findChild<QPushButton*>("subscribers.add"), Qt::LeftButton);
    QCOMPARE(panel->subscribers().count(), 1);
    const VirtualSubscriber* ana = panel->subscribers().at(0);
    QTRY_VERIFY(isIn(*ana, "orders") && isIn(*ana, "private-news"));
    QCOMPARE(m_engine->publish("orders", "order.shipped", R"({"id":18446744073709551615})").status, 200);
    QTRY_COMPARE(ana->total(), std::uint64_t{1});
    QCOMPARE(*ana->received().front().payload, R"({"id":18446744073709551615})");
    const auto* table = panel->findChild<QTableView*>("subscribers.received");
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, ReceivedModel::Event).data().toString(), "order.shipped");
    QVERIFY(panel->findChild<QLabel*>("subscribers.state")->text().contains(QString::fromStdString(ana->socketId())));
    panel->removeSelected();
    QVERIFY(m_engine->waitFor([](const engine::Snapshot& snapshot) { return snapshot.connectionCount == 0; }));
}

void SubscribersTest::twoPersonasMeetInAPresenceChannel()
{
    const auto panel = this->panel();
    const auto& personas = m_personas->personas();
    QVERIFY(personas.size() >= 2);
    panel->subscribeAs(personas[0].id, {}, "presence-room");
    panel->subscribeAs(personas[1].id, {}, "presence-room");
    const VirtualSubscriber* first = panel->subscribers().at(0);
    QTRY_VERIFY(isIn(*first, "presence-room") && isIn(*panel->subscribers().at(1), "presence-room"));
    QTRY_COMPARE(first->members("presence-room")->all().size(), std::size_t{2});
    QVERIFY(m_engine->waitFor([&](const engine::Snapshot& snapshot) {
        return snapshot.channels.size() == 1 && snapshot.channels[0].members.size() == 2;
    }));
}

void SubscribersTest::encryptedEventsAreOpened()
{
    m_masterKey = pusher::EncryptionKey{};
    m_masterKey->bytes.fill(7);
    const auto panel = this->panel();
    panel->subscribeAs(m_personas->personas()[0].id, {}, "private-encrypted-vault");
    const VirtualSubscriber* ana = panel->subscribers().at(0);
    QTRY_VERIFY(isIn(*ana, "private-encrypted-vault"));
    const auto secret = pusher::sharedSecret("private-encrypted-vault", *m_masterKey);
    m_engine->publish("private-encrypted-vault", "code", pusher::sealed(R"({"pin":1234})", secret));
    m_engine->publish("private-encrypted-vault", "code", R"({"pin":"in clear"})");
    QTRY_COMPARE(ana->total(), std::uint64_t{2});
    QVERIFY(ana->received()[0].wasEncrypted);
    QCOMPARE(*ana->received()[0].payload, R"({"pin":1234})");
    QVERIFY(ana->received()[0].problem.isEmpty());
    QVERIFY(ana->received()[1].problem.contains("cannot be opened"));
}

void SubscribersTest::withoutTheKeyItSaysSo()
{
    const auto panel = this->panel();
    panel->subscribeAs(m_personas->personas()[0].id, {}, "private-encrypted-vault");
    const VirtualSubscriber* ana = panel->subscribers().at(0);
    QTRY_VERIFY(isIn(*ana, "private-encrypted-vault"));
    m_engine->publish("private-encrypted-vault", "code", R"({"nonce":"x","ciphertext":"y"})");
    QTRY_COMPARE(ana->total(), std::uint64_t{1});
    QVERIFY(ana->received()[0].problem.contains("no master key"));
}

void SubscribersTest::aClientEventReachesTheOther()
{
    const auto panel = this->panel();
    panel->subscribeAs(m_personas->personas()[1].id, {}, "presence-room");
    panel->subscribeAs(m_personas->personas()[0].id, {}, "presence-room");
    const VirtualSubscriber* listener = panel->subscribers().at(0);
    auto* trigger = panel->findChild<QPushButton*>("subscribers.trigger");
    QTRY_VERIFY(trigger->isEnabled() && isIn(*listener, "presence-room"));
    panel->findChild<QLineEdit*>("subscribers.event.data")->setText(R"({"dots":3})");
    trigger->click();
    const auto isTyping = [](const VirtualSubscriber::Received& row) { return row.event == "client-typing"; };
    QTRY_VERIFY(std::ranges::any_of(listener->received(), isTyping));
    const auto row = std::ranges::find_if(listener->received(), isTyping);
    QCOMPARE(*row->payload, R"({"dots":3})");
    QCOMPARE(row->userId, m_personas->personas()[0].id);
    panel->findChild<QLineEdit*>("subscribers.event.name")->setText("typing");
    trigger->click();
    bool isExplained = false;
    for (const QLabel* label : panel->findChildren<QLabel*>())
        isExplained = isExplained || label->text().contains("Not sent");
    QVERIFY(isExplained);
}

void SubscribersTest::aClientEventOfTheComposerIsSentByWhoeverIsThere()
{
    const auto panel = this->panel();
    QSignalSpy told{&panel->clientEvents(), &ClientEvents::told};
    const auto sentence = [&told] { return told.isEmpty() ? QString{} : told.constLast().at(0).toString(); };
    panel->subscribeAs(m_personas->personas()[1].id, {}, "private-room");
    const VirtualSubscriber* listener = panel->subscribers().at(0);
    QTRY_VERIFY(isIn(*listener, "private-room"));

    Draft draft{QStringLiteral("private-room"), QStringLiteral("client-typing"), R"({"n":1.0})", PayloadMode::Json};
    panel->clientEvents().send({}, draft);
    QVERIFY2(sentence().startsWith(QStringLiteral("Sent by ")), qPrintable(sentence()));
    QVERIFY(sentence().contains(QString::fromStdString(listener->socketId())));

    draft.channels = QStringLiteral("presence-hall"); // Nobody is there: whoever is connected joins first.
    panel->clientEvents().send({}, draft);
    QVERIFY2(sentence().startsWith(QStringLiteral("Not sent yet")), qPrintable(sentence()));
    QTRY_VERIFY2(sentence().startsWith(QStringLiteral("Sent by ")), qPrintable(sentence()));
    QCOMPARE(panel->subscribers().count(), 1);

    panel->removeSelected();
    draft.payload = "no JSON";
    draft.mode = PayloadMode::Text;
    panel->clientEvents().send({}, draft); // Nobody at all: the first persona is played.
    QTRY_VERIFY2(sentence().startsWith(QStringLiteral("Sent by ")), qPrintable(sentence()));
    QCOMPARE(panel->subscribers().count(), 1);

    draft.channels = QStringLiteral("orders");
    panel->clientEvents().send({}, draft);
    QVERIFY2(sentence().contains(QStringLiteral("private and presence channels only")), qPrintable(sentence()));
    m_isRunning = false;
    panel->removeSelected();
    draft.channels = QStringLiteral("private-room");
    panel->clientEvents().send({}, draft);
    QCOMPARE(sentence(), QStringLiteral("Not sent. The local server is stopped."));
}

void SubscribersTest::whatTheServerObjectsToIsShown()
{
    m_engine = std::make_unique<EngineFixture>(); // Takes no client events.
    const auto panel = this->panel();
    panel->subscribeAs(m_personas->personas()[0].id, {}, "private-room");
    auto* trigger = panel->findChild<QPushButton*>("subscribers.trigger");
    QTRY_VERIFY(trigger->isEnabled());
    trigger->click();
    const auto isShown = [&panel] {
        for (const QLabel* label : panel->findChildren<QLabel*>()) {
            if (label->text().contains("The server says") && label->text().contains("lient event"))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(isShown());
}

void SubscribersTest::aBadChannelIsNamedBeforeAnythingConnects()
{
    const auto panel = this->panel();
    panel->findChild<QLineEdit*>("subscribers.channels")->setText("orders/1");
    panel->addSubscriber();
    QCOMPARE(panel->subscribers().count(), 0);
    QStringList texts;
    for (const QLabel* label : panel->findChildren<QLabel*>())
        texts << label->text();
    QVERIFY2(texts.join(' ').contains("'/'"), qPrintable(texts.join('\n')));
}

void SubscribersTest::nobodyConnectsToAStoppedServer()
{
    m_isRunning = false;
    const auto panel = this->panel();
    panel->addSubscriber();
    QCOMPARE(panel->subscribers().count(), 0);
    QStringList texts;
    for (const QLabel* label : panel->findChildren<QLabel*>())
        texts << label->text();
    QVERIFY(texts.contains("The local server is stopped."));
}

void SubscribersTest::theNumberIsBounded()
{
    VirtualSubscribersModel model;
    for (std::size_t i = 0; i < VirtualSubscribersModel::maxSubscribers; ++i)
        QVERIFY(model.add(m_personas->personas()[0], *target()) != nullptr);
    QVERIFY(model.add(m_personas->personas()[0], *target()) == nullptr);
}

void SubscribersTest::aStormKeepsTheNewestRows()
{
    VirtualSubscribersModel model;
    VirtualSubscriber* ana = model.add(m_personas->personas()[0], *target());
    ReceivedModel received;
    received.setSubscriber(ana);
    ana->join("storm");
    QTRY_VERIFY(isIn(*ana, "storm"));
    constexpr int events = 2'500;
    for (int i = 0; i < events; ++i)
        m_engine->engine().publish(
            {.appId = {}, .channels = {"storm"}, .event = "n", .data = std::to_string(i), .excludeSocketId = {}});
    QTRY_COMPARE_WITH_TIMEOUT(ana->total(), std::uint64_t{events}, 20'000);
    QCOMPARE(ana->received().size(), VirtualSubscriber::maxRows);
    QTRY_COMPARE(received.rowCount(), static_cast<int>(VirtualSubscriber::maxRows));
    QTRY_COMPARE(*received.at(0).payload, std::to_string(events - 1));
    QCOMPARE(*received.at(received.rowCount() - 1).payload, std::to_string(events - 1'000));
    ana->clear();
    QTRY_COMPARE(received.rowCount(), 0);
}

QTEST_MAIN(SubscribersTest)
#include "subscribers_test.moc"
