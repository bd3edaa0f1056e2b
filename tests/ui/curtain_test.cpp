#include "ui/theme/curtain.h"

#include "tests/ui/fake_server.h"
#include "ui/main_window.h"
#include "ui/models/log_model.h"
#include "ui/models/occupancy_words.h"

#include <QtGui/QHelpEvent>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolTip>

using namespace castdeck;
using namespace castdeck::ui;

/// Keys, secrets and addresses while others look on. Two windows that differ in nothing else look the same.
class CurtainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void noPageShowsWhatIsHidden_data();
    void noPageShowsWhatIsHidden();
    void theHandshakeTellsNeitherKeyNorHost();
    void thePresentersLayoutDrawsIt();
    void whatIsHiddenCanBeUsed();
    void noTooltipTellsIt();

private:
    struct Secrets {
        std::string key;
        std::string address;
        std::uint16_t port = 6'001;
    };
    std::unique_ptr<MainWindow> makeWindow(const Secrets& secrets);
    QImage pictureOf(const Secrets& secrets, int page);

    test::FakeServer m_server;
    std::unique_ptr<MemoryDocuments> m_documents;
    std::unique_ptr<Theme> m_theme;
};

void CurtainTest::init()
{
    m_server = {};
    m_documents = std::make_unique<MemoryDocuments>();
    m_theme = std::make_unique<Theme>();
}

void CurtainTest::cleanup()
{
    Curtain::instance().setDrawn(false);
    m_theme.reset();
}

std::unique_ptr<MainWindow> CurtainTest::makeWindow(const Secrets& secrets)
{
    WindowSettings settings = test::sampleSettings();
    settings.apps.front().key = secrets.key;
    auto window = std::make_unique<MainWindow>(*m_theme, *m_documents);
    Workspace* workspace = window->addWorkspace({m_server, m_server, *m_documents}, settings, localProfile());
    window->show();
    auto snapshot = test::runningSnapshot();
    snapshot->at = {};
    snapshot->apps.front().key = secrets.key;
    snapshot->server.address = secrets.address;
    snapshot->server.port = secrets.port;
    engine::ConnectionSnapshot connection;
    connection.appId = "demo";
    connection.socketId = "1.1";
    connection.peer = secrets.address;
    snapshot->connections = {connection};
    workspace->showSnapshot(snapshot);
    engine::Event event;
    event.kind = engine::EventKind::Connection;
    event.appId = "demo";
    event.socketId = "1.1";
    event.detail = secrets.address;
    workspace->addEvents({event}, 0);
    return window;
}

QImage CurtainTest::pictureOf(const Secrets& secrets, int page)
{
    const auto window = makeWindow(secrets);
    window->showPage(page);
    const auto hasRow = [&] { return page != MainWindow::Log || window->logModel()->rowCount() == 1; };
    if (!QTest::qWaitForWindowActive(window.get()) || !QTest::qWaitFor(hasRow))
        return {};
    if (QWidget* focus = window->focusWidget())
        focus->clearFocus(); // A cursor that blinks is no difference.
    QCoreApplication::processEvents();
    return window->grab().toImage();
}

void CurtainTest::noPageShowsWhatIsHidden_data()
{
    QTest::addColumn<int>("page");
    QTest::newRow("home") << int{MainWindow::Home};
    QTest::newRow("log") << int{MainWindow::Log};
    QTest::newRow("connections") << int{MainWindow::Connections};
    QTest::newRow("apps") << int{MainWindow::Apps};
}

void CurtainTest::noPageShowsWhatIsHidden()
{
    QFETCH(int, page);
    const Secrets one{"aaaa-key", "127.0.0.1"};
    const Secrets other{"zzzz-key", "192.0.2.7", 8'443};
    const QImage open = pictureOf(one, page);
    QVERIFY(!open.isNull());
    QVERIFY(open != pictureOf(other, page));
    Curtain::instance().setDrawn(true);
    const QImage hidden = pictureOf(one, page);
    QVERIFY(!hidden.isNull());
    Curtain::instance().setDrawn(true); // It went with the first window.
    QVERIFY(hidden == pictureOf(other, page));
}

void CurtainTest::theHandshakeTellsNeitherKeyNorHost()
{
    engine::ConnectionDetails details;
    details.peer = "192.0.2.7";
    details.origin = "https://shop.example";
    details.path = "/app/marker-key?protocol=7";
    details.headers = {{"Host", "shop.example:6001"}, {"X-Forwarded-For", "192.0.2.8"}};
    const auto told = [&details] {
        QString all;
        for (const FactRow& fact : handshakeFacts(details))
            all += fact.value + u'\n';
        return all;
    };
    for (const char* secret : {"192.0.2.7", "192.0.2.8", "marker-key", "shop.example"})
        QVERIFY2(told().contains(QLatin1String{secret}), secret);
    Curtain::instance().setDrawn(true);
    for (const char* secret : {"192.0.2.7", "192.0.2.8", "marker-key", "shop.example"})
        QVERIFY2(!told().contains(QLatin1String{secret}), secret);
}

void CurtainTest::thePresentersLayoutDrawsIt()
{
    const auto window = makeWindow({"aaaa-key", "127.0.0.1"});
    QVERIFY(!Curtain::instance().isDrawn());
    window->arrange(Arrangement::Presenter);
    QVERIFY(Curtain::instance().isDrawn());
    window->arrange(Arrangement::Developer);
    QVERIFY(!Curtain::instance().isDrawn());
}

void CurtainTest::whatIsHiddenCanBeUsed()
{
    const auto window = makeWindow({"aaaa-key", "127.0.0.1"});
    Curtain::instance().setDrawn(true);
    window->showPage(MainWindow::Apps);
    auto* key = window->findChild<QLineEdit*>(QStringLiteral("apps.key"));
    key->setFocus();
    QCOMPARE(key->text(), QStringLiteral("aaaa-key"));
    QVERIFY(key->isVisible() && key->isEnabled());
}

void CurtainTest::noTooltipTellsIt()
{
    QLabel label{QStringLiteral("aaaa-key")};
    label.setToolTip(label.text());
    hideBehindCurtain(&label);
    QHelpEvent open{QEvent::ToolTip, {}, {}};
    QVERIFY(QCoreApplication::sendEvent(&label, &open));
    QToolTip::hideText();
    QTRY_VERIFY(!QToolTip::isVisible());
    Curtain::instance().setDrawn(true);
    QHelpEvent hidden{QEvent::ToolTip, {}, {}};
    QCoreApplication::sendEvent(&label, &hidden);
    QVERIFY(!QToolTip::isVisible());
    QCOMPARE(behindCurtain(QStringLiteral("127.0.0.1")).contains(u'1'), false);
}

QTEST_MAIN(CurtainTest)
#include "curtain_test.moc"
