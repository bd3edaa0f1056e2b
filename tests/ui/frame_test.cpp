#include "ui/main_window.h"

#include "tests/ui/fake_server.h"
#include "tests/ui/find.h"
#include "ui/actions/action_list.h"
#include "ui/actions/key_words.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace castdeck;
using namespace castdeck::ui;

/// What the frame of the window says and asks: before it closes, and which keys do what.
class FrameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theWindowSaysWhatGoesOnBeforeItCloses();
    void nobodyIsHeldWhoHasReadIt();
    void tooltipsNameTheKeysThatAreSet();
    void noTooltipNamesKeysThatWereTakenAway();
    void theReasonOfTheLockNamesItsKeys();

private:
    template <typename T = QWidget> T* find(const char* name) const { return test::findIn<T>(*m_window, name); }

    test::FakeServer m_server;
    std::unique_ptr<MemoryDocuments> m_documents;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void FrameTest::init()
{
    m_server = {};
    m_documents = std::make_unique<MemoryDocuments>();
    m_theme = std::make_unique<Theme>();
    m_window = std::make_unique<MainWindow>(*m_theme, *m_documents);
    m_window->addWorkspace({m_server, m_server, *m_documents}, test::sampleSettings(), localProfile());
    m_window->show();
    m_window->workspace()->showSnapshot(test::runningSnapshot());
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void FrameTest::cleanup()
{
    m_window.reset();
    m_theme.reset();
}

void FrameTest::theWindowSaysWhatGoesOnBeforeItCloses()
{
    m_window->setQuitNotice(QStringLiteral("The server <b>goes on</b>."));
    m_window->showPage(MainWindow::Log);
    QVERIFY(!m_window->close());
    QVERIFY(m_window->isVisible());
    auto* question = find("quit.notice");
    QVERIFY(question->isVisible());
    QCOMPARE(question->findChild<QLabel*>()->text(), QStringLiteral("The server <b>goes on</b>."));
    QVERIFY(QApplication::activeModalWidget() == nullptr); // The log can be read meanwhile.
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!question->isVisible());
    QVERIFY(m_window->isVisible());
}

void FrameTest::nobodyIsHeldWhoHasReadIt()
{
    m_window->setQuitNotice(QStringLiteral("The server goes on."));
    QTest::keyClick(m_window.get(), Qt::Key_Q, Qt::ControlModifier);
    QVERIFY(m_window->isVisible());
    QVERIFY(find<QPushButton>("quit.notice.confirm")->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(!m_window->isVisible());
}

void FrameTest::tooltipsNameTheKeysThatAreSet()
{
    const auto tip = [this](const char* name) { return find(name)->toolTip(); };
    QVERIFY(tip("toolbar.command").endsWith(QStringLiteral("(Ctrl+K)")));
    QCOMPARE(tip("nav.stats"), QStringLiteral("Ctrl+8"));
    QVERIFY(tip("log.pause").endsWith(QStringLiteral("(Ctrl+.)")));
    QCOMPARE(m_window->actions().setKeys("palette", QKeySequence{QStringLiteral("Ctrl+J")}), QString{});
    QCOMPARE(m_window->actions().setKeys("go.stats", QKeySequence{QStringLiteral("Alt+8")}), QString{});
    QCOMPARE(m_window->actions().setKeys("log.pause", QKeySequence{QStringLiteral("F7")}), QString{});
    QVERIFY(tip("toolbar.command").endsWith(QStringLiteral("(Ctrl+J)")));
    QCOMPARE(tip("nav.stats"), QStringLiteral("Alt+8"));
    QVERIFY(tip("log.pause").endsWith(QStringLiteral("(F7)")));
    QVERIFY(tip("toolbar.pause").endsWith(QStringLiteral("(F7)")));
    m_window->resize(1'000, 700);
    QTRY_COMPARE(tip("nav.stats"), QStringLiteral("Stats (Alt+8)"));
}

void FrameTest::noTooltipNamesKeysThatWereTakenAway()
{
    QCOMPARE(m_window->actions().setKeys("send.new", {}), QString{});
    QCOMPARE(find("toolbar.new")->toolTip(), QStringLiteral("Write an event"));
    m_window->actions().resetKeys("send.new");
    QCOMPARE(find("toolbar.new")->toolTip(), QStringLiteral("Write an event (Ctrl+N)"));
}

void FrameTest::theReasonOfTheLockNamesItsKeys()
{
    m_window->workspace()->lock().lock();
    m_window->workspace()->showLock();
    const auto reason = [this] { return find("composer.send")->toolTip(); };
    QVERIFY(reason().contains(QStringLiteral("Ctrl+Shift+L")));
    QCOMPARE(m_window->actions().setKeys("profile.lock", QKeySequence{QStringLiteral("Alt+L")}), QString{});
    QVERIFY(reason().contains(QStringLiteral("Alt+L")));
    QCOMPARE(m_window->actions().setKeys("profile.lock", {}), QString{});
    QVERIFY(reason().endsWith(QStringLiteral("at the top of the window.")));
}

QTEST_MAIN(FrameTest)
#include "frame_test.moc"
