#include "ui/main_window.h"

#include "tests/ui/fake_server.h"
#include "ui/models/log_model.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/log_page.h"
#include "ui/widgets/inspector.h"

#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTextBrowser>

#include <set>

using namespace castdeck;
using namespace castdeck::ui;

/// The window without a mouse and without eyes: every page, in both arrangements of width.
class AccessibilityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatTakesFocusHasAName_data();
    void whatTakesFocusHasAName();
    void tabLeadsThroughThePageAndOutOfIt_data() { whatTakesFocusHasAName_data(); }
    void tabLeadsThroughThePageAndOutOfIt();
    void buttonsSayWhatTheyDo_data() { whatTakesFocusHasAName_data(); }
    void buttonsSayWhatTheyDo();
    void tabLeadsThroughEachTabOfTheAuthLab_data();
    void tabLeadsThroughEachTabOfTheAuthLab();
    void f6LeadsFromPartToPart();

private:
    void showPage();
    void goRoundByTab();

    test::FakeServer m_server;
    MemoryDocuments m_documents;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

QString nameOf(const QWidget* widget)
{
    return QStringLiteral("%1 %2").arg(QLatin1String{widget->metaObject()->className()}, widget->objectName());
}

} // namespace

void AccessibilityTest::init()
{
    m_server = {};
    m_theme = std::make_unique<Theme>();
    m_window = std::make_unique<MainWindow>(*m_theme, m_documents);
    m_window->addWorkspace({m_server, m_server, m_documents}, test::sampleSettings(), localProfile());
    m_window->show();
    m_window->workspace()->showSnapshot(test::runningSnapshot());
    engine::Event event;
    event.kind = engine::EventKind::ApiMessage;
    event.at = std::chrono::system_clock::now();
    event.appId = "demo";
    event.channel = "orders";
    event.event = "note";
    event.payload = std::make_shared<const std::string>(R"({"a":1})");
    m_window->workspace()->addEvents({event, event}, 0);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void AccessibilityTest::cleanup()
{
    m_window.reset();
    m_theme.reset();
}

void AccessibilityTest::whatTakesFocusHasAName_data()
{
    QTest::addColumn<int>("page");
    QTest::newRow("home") << int{MainWindow::Home};
    QTest::newRow("send") << int{MainWindow::Send};
    QTest::newRow("log") << int{MainWindow::Log};
    QTest::newRow("channels") << int{MainWindow::Channels};
    QTest::newRow("connections") << int{MainWindow::Connections};
    QTest::newRow("auth lab") << int{MainWindow::Authorization};
    QTest::newRow("stats") << int{MainWindow::Stats};
    QTest::newRow("apps") << int{MainWindow::Apps};
    QTest::newRow("handbook") << int{MainWindow::Help};
    QTest::newRow("settings") << int{MainWindow::Settings};
}

void AccessibilityTest::showPage()
{
    QFETCH(int, page);
    m_window->showPage(page);
    QCOMPARE(m_window->currentPage(), page);
    if (page == MainWindow::Log) {
        QTRY_COMPARE(m_window->logModel()->rowCount(), 2);
        m_window->logPage()->selectRow(0);
    }
    QCoreApplication::processEvents();
}

void AccessibilityTest::whatTakesFocusHasAName()
{
    showPage();
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0)
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(nameOf(widget)));
    }
}

void AccessibilityTest::tabLeadsThroughThePageAndOutOfIt()
{
    showPage();
    goRoundByTab();
}

void AccessibilityTest::tabLeadsThroughEachTabOfTheAuthLab_data()
{
    QTest::addColumn<int>("tab");
    QTest::newRow("rules") << int{AuthorizationPage::Rules};
    QTest::newRow("matrix") << int{AuthorizationPage::Matrix};
    QTest::newRow("personas") << int{AuthorizationPage::Personas};
    QTest::newRow("decisions") << int{AuthorizationPage::Decisions};
}

void AccessibilityTest::tabLeadsThroughEachTabOfTheAuthLab()
{
    QFETCH(int, tab);
    m_window->showPage(MainWindow::Authorization);
    m_window->authorizationPage()->showTab(static_cast<AuthorizationPage::Tab>(tab));
    goRoundByTab();
}

void AccessibilityTest::goRoundByTab()
{
    constexpr int most = 400; // More than any page has.
    constexpr int mostLinks = 30;
    int links = 0;
    std::set<const QWidget*> seen;
    QWidget* const start = m_window->findChild<QWidget*>(QStringLiteral("toolbar.menu"));
    start->setFocus();
    for (int i = 0; i < most; ++i) {
        QWidget* before = QApplication::focusWidget();
        QVERIFY(before != nullptr);
        QTest::keyClick(before, Qt::Key_Tab);
        const QWidget* after = QApplication::focusWidget();
        if (after == before && qobject_cast<const QTextBrowser*>(after) != nullptr && ++links < mostLinks)
            continue; // Tab goes through the links of a page first.
        QVERIFY2(after != before, qPrintable(QStringLiteral("Tab does not leave ") + nameOf(before)));
        QVERIFY2(after != nullptr, qPrintable(QStringLiteral("Tab leads nowhere from ") + nameOf(before)));
        if (after == start)
            break;
        QVERIFY2(seen.insert(after).second, qPrintable(QStringLiteral("Tab goes round at ") + nameOf(after)));
    }
    QCOMPARE(QApplication::focusWidget(), start);
    QVERIFY(seen.contains(m_window->findChild<QWidget*>(QStringLiteral("status.theme"))));
}

void AccessibilityTest::buttonsSayWhatTheyDo()
{
    showPage();
    for (const QAbstractButton* button : m_window->findChildren<QAbstractButton*>()) {
        const bool isOfQt = qobject_cast<const QTabBar*>(button->parentWidget()) != nullptr; // Scrolls the tabs.
        if (!button->isVisible() || button->focusPolicy() == Qt::NoFocus || isOfQt)
            continue;
        const bool hasWords = !button->text().isEmpty() || !button->toolTip().isEmpty();
        QVERIFY2(hasWords, qPrintable(nameOf(button)));
    }
}

void AccessibilityTest::f6LeadsFromPartToPart()
{
    m_window->showPage(MainWindow::Log);
    const auto isIn = [this](const char* part) {
        const auto* widget = m_window->findChild<QWidget*>(QString::fromLatin1(part));
        return widget->isAncestorOf(QApplication::focusWidget());
    };
    m_window->findChild<QWidget*>(QStringLiteral("toolbar.menu"))->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(isIn("nav"));
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(isIn("page.log"));
    QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(isIn("nav"));
}

QTEST_MAIN(AccessibilityTest)
#include "accessibility_test.moc"
