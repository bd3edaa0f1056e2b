#include "ui/models/capability_words.h"

#include "tests/ui/find.h"
#include "tests/ui/stub_server.h"
#include "ui/bridge/profile_endpoint.h"
#include "ui/bridge/remote_bridge.h"
#include "ui/models/channels_model.h"
#include "ui/pages/channels_page.h"
#include "ui/theme/theme.h"
#include "ui/workspace.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTabWidget>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::ui;
using test::StubServer;
using Topic = remote::Capability::Topic;

namespace {

Profile profileOf(std::uint16_t port)
{
    Profile profile;
    profile.id = "elsewhere";
    profile.name = QStringLiteral("Staging");
    profile.scheme = QStringLiteral("http");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = port;
    profile.appId = QStringLiteral("1");
    profile.key = QStringLiteral("key");
    return profile;
}

/// What can be read on a page.
QString readable(const QWidget& page)
{
    QStringList texts;
    for (const QLabel* label : page.findChildren<QLabel*>()) {
        if (label->isVisible() && !label->text().isEmpty())
            texts << label->text();
    }
    return texts.join(QLatin1Char{'\n'});
}

} // namespace

/// What the window says of servers elsewhere that tell much, some and nothing.
class CapabilitiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachKindOfServerIsKnownByWhatItTells_data();
    void eachKindOfServerIsKnownByWhatItTells();
    void theChannelsPageSaysWhyItListsNothing();
    void aChannelThatIsNotListedIsWatchedAndShown();
    void membersOfAWatchedChannelAreKnownWithoutTheServer();
    void whatIsListedIsATreeWithTotals();
    void anEmptyServerOffersSomebodyToJoin();
    void theConnectionsPageSaysWhatIsToldInstead();
    void thePlotsSayWhatIsMissing();
    void everythingIsReadAtOnceOnTheServerPage();
    void theLogOfAServerElsewhereSpeaksOfIt();

    void init() { m_theme = std::make_unique<Theme>(); }
    void cleanup();

private:
    void connectTo(StubServer::Answering answering);
    void show(Workspace::Page page);
    QPushButton* button(const char* name) const { return test::findIn<QPushButton>(*m_workspace, name); }
    QLineEdit* field(const char* name) const { return test::findIn<QLineEdit>(*m_workspace, name); }
    QTableView* table(const char* name) const { return test::findIn<QTableView>(*m_workspace, name); }
    QString page() const { return readable(*m_workspace); }
    void watch(const QString& channel);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<StubServer> m_server;
    std::unique_ptr<MemoryDocuments> m_documents;
    std::unique_ptr<RemoteBridge> m_bridge;
    std::unique_ptr<Workspace> m_workspace;
};

void CapabilitiesTest::connectTo(StubServer::Answering answering)
{
    m_server = std::make_unique<StubServer>(std::move(answering));
    const Profile profile = profileOf(m_server->port());
    const auto endpoint = endpointOf(profile, "secret").value();
    m_documents = std::make_unique<MemoryDocuments>();
    m_bridge = std::make_unique<RemoteBridge>(profile, endpoint);
    WindowSettings settings;
    settings.connections = m_bridge->connectionsShown();
    m_workspace = std::make_unique<Workspace>(Workspace::Controls{.server = *m_bridge,
                                                                  .connections = *m_bridge,
                                                                  .documents = *m_documents,
                                                                  .endpoint = endpoint,
                                                                  .remote = m_bridge.get()},
                                              settings, profile);
    connect(m_bridge.get(), &RemoteBridge::factsChanged, m_workspace.get(),
            [this] { m_workspace->showFacts(m_bridge->facts()); });
    m_workspace->resize(1'060, 700);
    m_workspace->show();
    m_bridge->setView(m_workspace.get());
    m_bridge->startServer();
    QTRY_VERIFY(m_bridge->capabilities().isComplete());
}

void CapabilitiesTest::cleanup()
{
    if (m_bridge)
        m_bridge->setView(nullptr);
    m_workspace.reset();
    m_bridge.reset();
    m_server.reset();
}

void CapabilitiesTest::show(Workspace::Page page)
{
    m_workspace->showPage(page);
}

void CapabilitiesTest::watch(const QString& channel)
{
    auto* name = field("channels.watch.name");
    QVERIFY(name->isVisible());
    name->setText(channel);
    QTest::keyClick(name, Qt::Key_Return);
}

void CapabilitiesTest::eachKindOfServerIsKnownByWhatItTells_data()
{
    QTest::addColumn<StubServer::Answer (*)(const QString&, const QString&)>("answering");
    QTest::addColumn<QString>("told");
    QTest::newRow("as Reverb") << &StubServer::asReverb << "told told not-told told not-told told";
    QTest::newRow("as soketi") << &StubServer::asSoketi << "told told told not-told not-told not-told";
    QTest::newRow("nothing") << &StubServer::asNothing << "not-told not-told not-told not-told not-told not-told";
}

void CapabilitiesTest::eachKindOfServerIsKnownByWhatItTells()
{
    using Answering = StubServer::Answer (*)(const QString&, const QString&);
    QFETCH(Answering, answering);
    connectTo(answering);
    QStringList told;
    for (const Topic topic :
         {Topic::Channels, Topic::Subscriptions, Topic::Users, Topic::Connections, Topic::Log, Topic::Health}) {
        const auto& all = m_bridge->capabilities().all();
        const remote::Capability* const capability = findCapability(all, topic);
        QVERIFY(capability != nullptr);
        told << (capability->state == remote::Capability::State::Told      ? QStringLiteral("told")
                 : capability->state == remote::Capability::State::NotTold ? QStringLiteral("not-told")
                                                                           : QStringLiteral("failed"));
    }
    QTEST(told.join(QLatin1Char{' '}), "told");
}

void CapabilitiesTest::theChannelsPageSaysWhyItListsNothing()
{
    connectTo(&StubServer::asNothing);
    show(Workspace::Channels);
    QTRY_VERIFY2(page().contains(QStringLiteral("This server does not list channels")), qPrintable(page()));
    QVERIFY2(page().contains(QStringLiteral("GET /apps/1/channels answered 404: Not found. Pusher Channels, Reverb, "
                                            "soketi, sockudo and Castdeck offer it.")),
             qPrintable(page()));
    QSignalSpy help{m_workspace.get(), &Workspace::helpRequested};
    button("channels.remote.empty.action.second")->click();
    QCOMPARE(help.size(), 1);
}

void CapabilitiesTest::aChannelThatIsNotListedIsWatchedAndShown()
{
    connectTo(&StubServer::asNothing);
    show(Workspace::Channels);
    QTRY_COMPARE(button("channels.remote.empty.action")->text(), QStringLiteral("Add a channel to watch"));
    button("channels.remote.empty.action")->click();
    watch(QStringLiteral("orders/1"));
    QVERIFY(test::findIn<QLabel>(*m_workspace, "channels.watch.problem")->isVisible());
    watch(QStringLiteral("private-orders"));
    QTRY_COMPARE(m_server->subscribed(), QStringList{QStringLiteral("private-orders")});
    QTRY_VERIFY(table("channels.remote.tree")->isVisible());
    const auto* model = table("channels.remote.tree")->model();
    QCOMPARE(model->index(0, ChannelsModel::Name).data().toString(), QStringLiteral("private-orders"));
    QVERIFY2(page().contains(QStringLiteral("Only channels the console listens to")), qPrintable(page()));
    button("channels.remote.watch")->click();
    QTRY_VERIFY(!table("channels.remote.tree")->isVisible());
}

void CapabilitiesTest::membersOfAWatchedChannelAreKnownWithoutTheServer()
{
    connectTo(&StubServer::asNothing);
    show(Workspace::Channels);
    test::findIn<ChannelsPage>(*m_workspace, "page.channels")->openWatch();
    watch(QStringLiteral("presence-room"));
    QTRY_VERIFY(table("channels.remote.members")->isVisible());
    QTRY_COMPARE(table("channels.remote.members")->model()->rowCount(), 2);
    QCOMPARE(table("channels.remote.members")->model()->index(0, 1).data().toString(),
             QStringLiteral(R"({"name":"Ana"})"));
}

void CapabilitiesTest::whatIsListedIsATreeWithTotals()
{
    connectTo(&StubServer::asReverb);
    show(Workspace::Channels);
    const auto* model = table("channels.remote.tree")->model();
    QTRY_COMPARE(model->rowCount(), 2); // The group, and the room beside it.
    QCOMPARE(model->index(0, ChannelsModel::Name).data().toString(), QStringLiteral("orders.*"));
    QCOMPARE(model->index(0, ChannelsModel::Subscribers).data().toString(), QStringLiteral("5"));
    table("channels.remote.tree")->selectRow(0);
    QVERIFY2(page().contains(QStringLiteral("2 channels begin like this, with 5 subscriptions in all.")),
             qPrintable(page()));
    button("channels.group.action")->click();
    QCOMPARE(model->rowCount(), 4);
    table("channels.remote.tree")->selectRow(3);
    QTRY_COMPARE(table("channels.remote.members")->model()->rowCount(), 1);
}

void CapabilitiesTest::anEmptyServerOffersSomebodyToJoin()
{
    connectTo([](const QString& path, const QString&) -> StubServer::Answer {
        if (path == QLatin1String{"/apps/1/channels"})
            return {200, R"({"channels":[]})"};
        return {};
    });
    show(Workspace::Channels);
    QTRY_VERIFY(page().contains(QStringLiteral("No channel is occupied")));
    QCOMPARE(button("channels.remote.empty.action")->text(), QStringLiteral("Subscribe as Ana"));
    button("channels.remote.empty.action")->click();
    QTRY_COMPARE(m_server->subscribed(), QStringList{QStringLiteral("demo")});
}

void CapabilitiesTest::theConnectionsPageSaysWhatIsToldInstead()
{
    connectTo(&StubServer::asSoketi);
    show(Workspace::Connections);
    const QString title = QStringLiteral("Connections are visible on the embedded server only");
    QTRY_VERIFY2(page().contains(title), qPrintable(page()));
    QTRY_VERIFY2(page().contains(QStringLiteral("GET /apps/1/connections answered 404: 404 Not Found. Reverb and "
                                                "Castdeck offer it.")),
                 qPrintable(page()));
    button("connections.empty.action.second")->click();
    QCOMPARE(m_workspace->currentPage(), int{Workspace::Server});
    show(Workspace::Connections);
    button("connections.empty.action")->click();
    QVERIFY(test::findIn<QWidget>(*m_workspace, "panel.subscribers")->isVisible());

    m_server->setAnswering(&StubServer::asReverb);
    m_bridge->askCapabilities();
    QTRY_VERIFY(m_bridge->capabilities().isComplete());
    m_bridge->refresh();
    show(Workspace::Connections);
    test::findIn<QTabWidget>(*m_workspace, "connections.kinds")->setCurrentIndex(0);
    QTRY_VERIFY2(page().contains(QStringLiteral("This server tells how many there are: 14.")), qPrintable(page()));
}

void CapabilitiesTest::thePlotsSayWhatIsMissing()
{
    connectTo(&StubServer::asNothing);
    show(Workspace::Stats);
    const auto missing = [this](const char* name) { return test::findIn<QLabel>(*m_workspace, name)->text(); };
    QVERIFY2(missing("stats.connections.missing").contains(QStringLiteral("GET /apps/1/connections answered 404")),
             qPrintable(missing("stats.connections.missing")));
    QVERIFY(missing("stats.delays.missing").startsWith(QStringLiteral("Delays are measured on the embedded server")));
    QVERIFY2(missing("stats.scope").contains(QStringLiteral("GET /apps/1/log answered 404: Not found. Castdeck")),
             qPrintable(missing("stats.scope")));
    m_server->setAnswering(&StubServer::asReverb);
    m_bridge->askCapabilities();
    QTRY_VERIFY(m_bridge->capabilities().isComplete());
    QCOMPARE(missing("stats.connections.missing"), QString{});
}

void CapabilitiesTest::everythingIsReadAtOnceOnTheServerPage()
{
    connectTo(&StubServer::asReverb);
    show(Workspace::Server);
    for (const char* const line :
         {"Which channels are occupied", "GET /apps/1/channels answered 200.", "How many connections there are",
          "GET /apps/1/log answered 404: Not found. Castdeck offers it, no other kind of server.",
          "GET /apps/1/channels?filter_by_prefix=presence-&info=user_count answered 200, but did not say it. Pusher "
          "Channels, sockudo and Castdeck offer it."})
        QVERIFY2(page().contains(QLatin1String{line}), qPrintable(page()));
    m_server->setAnswering(&StubServer::asNothing);
    button("server.ask")->click();
    QTRY_VERIFY2(page().contains(QStringLiteral("GET /up answered 404")), qPrintable(page()));
}

void CapabilitiesTest::theLogOfAServerElsewhereSpeaksOfIt()
{
    connectTo(&StubServer::asNothing);
    m_bridge->stopServer();
    show(Workspace::Log);
    button("log.clear")->click();
    QTRY_VERIFY2(page().contains(QStringLiteral("Not connected to Staging")), qPrintable(page()));
    button("log.empty.action")->click();
    QTRY_VERIFY(m_bridge->state() == remote::PusherClient::State::Connected);
}

QTEST_MAIN(CapabilitiesTest)
#include "capabilities_test.moc"
