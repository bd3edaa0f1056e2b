#include "ui/pages/composer_dock.h"

#include "tests/ui/fake_server.h"
#include "tests/ui/find.h"
#include "ui/actions/action_list.h"
#include "ui/main_window.h"
#include "ui/models/log_model.h"
#include "ui/pages/log_page.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace castdeck;
using namespace castdeck::ui;

/// The one composer of a server and the places where it stands.
class ComposerDockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void developersSendWhileTheLogIsInView();
    void whatIsBegunInOnePlaceGoesOnInTheOther();
    void operatorsHaveItOnItsPageOnly();
    void f8LeadsToItWhereItStands();
    void f8LeadsToWhatIsWrong();
    void aLowWindowLeavesItsHeightToTheLog();
    void closedItStaysOnItsPage();
    void itFloatsAndComesBack();
    void thePageSaysWhereItWent();
    void itFloatsOverItsOwnServerOnly();
    void itsPlaceIsKeptForEachLayout();
    void aSavedAlertIsNamedOnTheBoard();
    void aRowIsEditedWithTheLogInView();
    void theQuestionBeforeProductionHasRoom();
    void f6VisitsIt();

private:
    template <typename T = QWidget> T* find(const char* name) const { return test::findIn<T>(*m_window, name); }
    void openWindow();
    void addProduction();
    ComposerDock& dock() const { return *m_window->workspace()->composerDock(); }
    bool isDocked() const { return dock().isVisible() && !dock().isWindow() && dock().isAncestorOf(composer()); }
    bool isOnPage() const { return find("page.send")->isAncestorOf(composer()); }
    QWidget* composer() const { return m_window->sendPage()->composer(); }

    test::FakeServer m_server;
    std::unique_ptr<MemoryDocuments> m_documents;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void ComposerDockTest::init()
{
    m_server = {};
    m_documents = std::make_unique<MemoryDocuments>();
    m_theme = std::make_unique<Theme>();
    openWindow();
    m_window->arrange(Arrangement::Developer);
}

void ComposerDockTest::cleanup()
{
    m_window.reset();
    m_theme.reset();
}

void ComposerDockTest::openWindow()
{
    m_window.reset();
    m_window = std::make_unique<MainWindow>(*m_theme, *m_documents);
    m_window->addWorkspace({m_server, m_server, *m_documents}, test::sampleSettings(), localProfile());
    m_window->show();
    m_window->workspace()->showSnapshot(test::runningSnapshot());
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ComposerDockTest::addProduction()
{
    Profile profile;
    profile.id = "prod";
    profile.name = QStringLiteral("Shop");
    profile.host = QStringLiteral("ws.example.test");
    profile.isProduction = true;
    m_window->addWorkspace({m_server, m_server, *m_documents}, test::sampleSettings(), profile);
}

void ComposerDockTest::developersSendWhileTheLogIsInView()
{
    QVERIFY(isDocked());
    QTRY_COMPARE(dock().height(), dock().place().height);
    QVERIFY(find("page.log")->isVisible());
    m_window->sendPage()->composer()->setDraft(
        {QStringLiteral("orders"), QStringLiteral("note"), "{}", PayloadMode::Json});
    find("composer.payload")->setFocus();
    QTest::keyClick(find("composer.payload"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_server.published.size(), std::size_t{1});
    QCOMPARE(m_window->currentPage(), int{MainWindow::Log});
    QVERIFY(find("composer.receipt")->isVisible());
    find("log.filter")->setFocus();
    QTest::keyClick(find("log.filter"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_server.published.size(), std::size_t{1}); // Only where the message is written.
}

void ComposerDockTest::whatIsBegunInOnePlaceGoesOnInTheOther()
{
    const Draft draft{QStringLiteral("orders"), QStringLiteral("note"), R"({"a":1})", PayloadMode::Json};
    m_window->sendPage()->composer()->setDraft(draft);
    m_window->showPage(MainWindow::Send);
    QVERIFY(isOnPage());
    QVERIFY(composer()->isVisible());
    QVERIFY(!find("dock.composer.float")->isVisible());
    QCOMPARE(m_window->sendPage()->composer()->draft(), draft);
    m_window->showPage(MainWindow::Log);
    QVERIFY(isDocked());
    QCOMPARE(m_window->sendPage()->composer()->draft(), draft);
}

void ComposerDockTest::operatorsHaveItOnItsPageOnly()
{
    m_window->arrange(Arrangement::Operator);
    QVERIFY(isOnPage());
    m_window->showPage(MainWindow::Log);
    QVERIFY(!dock().isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Send});
    QVERIFY(composer()->isAncestorOf(QApplication::focusWidget()));
}

void ComposerDockTest::f8LeadsToItWhereItStands()
{
    find("log.filter")->setFocus();
    QTest::keyClick(find("log.filter"), Qt::Key_F8);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Log});
    QVERIFY(composer()->isAncestorOf(QApplication::focusWidget()));
    m_window->showPage(MainWindow::Settings);
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Send});
    QVERIFY(composer()->isAncestorOf(QApplication::focusWidget()));
}

void ComposerDockTest::f8LeadsToWhatIsWrong()
{
    m_window->sendPage()->composer()->setDraft({QStringLiteral("orders"), {}, "{}", PayloadMode::Json});
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QVERIFY(find("composer.event")->hasFocus());
}

void ComposerDockTest::aLowWindowLeavesItsHeightToTheLog()
{
    m_window->resize(960, 600);
    QTRY_VERIFY(!dock().isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Send});
    QVERIFY(isOnPage());
    m_window->resize(1280, 800);
    m_window->showPage(MainWindow::Log);
    QTRY_VERIFY(isDocked());
}

void ComposerDockTest::closedItStaysOnItsPage()
{
    find<QToolButton>("dock.composer.close")->click();
    QVERIFY(!dock().isVisible());
    m_window->showPage(MainWindow::Send);
    QVERIFY(isOnPage() && composer()->isVisible());
    m_window->showPage(MainWindow::Log);
    QVERIFY(!dock().isVisible());
    m_window->actions().run("view.composer");
    QVERIFY(isDocked());
    find<QToolButton>("dock.composer.page")->click();
    QCOMPARE(m_window->currentPage(), int{MainWindow::Send});
    QVERIFY(isOnPage());
}

void ComposerDockTest::itFloatsAndComesBack()
{
    find<QToolButton>("dock.composer.float")->click();
    QVERIFY(dock().isWindow() && dock().isVisible() && composer()->isVisible());
    QVERIFY(dock().windowTitle().contains(m_window->workspace()->profile().name));
    QTRY_COMPARE(QApplication::activeWindow(), &dock());
    find("composer.event")->setFocus();
    QTest::keyClick(find("composer.event"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_server.published.size(), std::size_t{1});
    m_window->showPage(MainWindow::Authorization);
    QVERIFY(dock().isVisible());
    m_window->showPage(MainWindow::Log);
    dock().close();
    QTRY_VERIFY(isDocked());
}

void ComposerDockTest::thePageSaysWhereItWent()
{
    find<QToolButton>("dock.composer.float")->click();
    m_window->showPage(MainWindow::Send);
    QVERIFY(!isOnPage());
    auto* back = find<QPushButton>("send.away.back");
    QVERIFY(back->isVisible());
    back->click();
    QVERIFY(isOnPage() && composer()->isVisible());
    QVERIFY(!back->isVisible());
    QVERIFY(!dock().isVisible());
}

void ComposerDockTest::itFloatsOverItsOwnServerOnly()
{
    find<QToolButton>("dock.composer.float")->click();
    addProduction();
    ComposerDock& first = dock();
    m_window->showWorkspace("prod");
    QVERIFY(!first.isVisible());
    m_window->showWorkspace(Profile::localId);
    QVERIFY(first.isVisible());
    m_window->showPage(MainWindow::Home);
    QVERIFY(!first.isVisible());
}

void ComposerDockTest::itsPlaceIsKeptForEachLayout()
{
    find<QToolButton>("dock.composer.close")->click();
    openWindow();
    m_window->showPage(MainWindow::Log);
    QVERIFY(!dock().isVisible());
    m_window->arrange(Arrangement::Operator);
    m_window->actions().run("view.composer");
    QVERIFY(isDocked());
    m_window->arrange(Arrangement::Developer);
    QVERIFY(!dock().isVisible());
    m_window->actions().run("layout.reset");
    QVERIFY(isDocked());
    find<QToolButton>("dock.composer.float")->click();
    openWindow();
    m_window->showPage(MainWindow::Log);
    QVERIFY(dock().isWindow() && dock().isVisible());
}

void ComposerDockTest::aSavedAlertIsNamedOnTheBoard()
{
    m_window->sendPage()->composer()->setDraft(
        {QStringLiteral("orders"), QStringLiteral("note"), "{}", PayloadMode::Json});
    find("composer.event")->setFocus();
    QTest::keyClick(find("composer.event"), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Send});
    QVERIFY(isOnPage());
    QVERIFY(find("sheet.name")->isVisible());
}

void ComposerDockTest::aRowIsEditedWithTheLogInView()
{
    engine::Event event;
    event.kind = engine::EventKind::ApiMessage;
    event.appId = "demo";
    event.channel = "alerts";
    event.event = "storm";
    event.payload = std::make_shared<const std::string>(R"({"level":3})");
    Q_EMIT m_window->logPage()->editAndSendRequested(event);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Log});
    QCOMPARE(m_window->sendPage()->composer()->draft().channels, QStringLiteral("alerts"));
    QVERIFY(composer()->isAncestorOf(QApplication::focusWidget()));
}

void ComposerDockTest::theQuestionBeforeProductionHasRoom()
{
    addProduction();
    m_window->showWorkspace("prod");
    m_window->workspace()->lock().unlock();
    m_window->workspace()->showLock();
    QVERIFY(isDocked());
    m_window->sendPage()->composer()->setDraft(
        {QStringLiteral("orders"), QStringLiteral("note"), "{}", PayloadMode::Json});
    m_window->sendPage()->send();
    auto* send = dock().findChild<QPushButton*>(QStringLiteral("confirm.send"));
    QTRY_VERIFY(send->isVisible());
    QTRY_VERIFY(dock().rect().contains(QRect{send->mapTo(&dock(), QPoint{}), send->size()}));
    QTRY_VERIFY(dock().height() >= dock().minimumSizeHint().height());
}

void ComposerDockTest::f6VisitsIt()
{
    find("log.filter")->setFocus();
    QTest::keyClick(find("log.filter"), Qt::Key_F6);
    QVERIFY(dock().isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(find("page.log")->isAncestorOf(QApplication::focusWidget()));
}

QTEST_MAIN(ComposerDockTest)
#include "composer_dock_test.moc"
