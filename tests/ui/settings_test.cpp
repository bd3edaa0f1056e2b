#include "ui/pages/settings_page.h"

#include "tests/ui/fake_server.h"
#include "tests/ui/find.h"
#include "ui/actions/action_list.h"
#include "ui/main_window.h"
#include "ui/models/log_model.h"
#include "ui/models/preferences.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QToolButton>

using namespace castdeck;
using namespace castdeck::ui;

/// What can be set on the page Settings, from the click to the next start.
class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anActionGetsOtherKeysAndKeepsThem();
    void keysThatAreTakenOrTypedAreRefused();
    void shippedKeysComeBack();
    void aNumberIsKept();
    void whatIsOutOfBoundsCountsAsTheNearest();
    void searchFindsOneOfAllGroups();
    void theSearchIsAsWideAsTheCards();
    void everySendIsAskedAboutWhereThatIsWanted();
    void productionIsUnlockedForAsLongAsIsSet();
    void theLogHoldsAsManyRowsAsIsSet();
    void theReportNamesNoServer();

private:
    template <typename T = QWidget> T* find(const char* name) const { return test::findIn<T>(*m_window, name); }
    void openWindow();
    void giveKeys(const char* button, Qt::Key key, Qt::KeyboardModifiers modifiers);

    test::FakeServer m_server;
    std::unique_ptr<MemoryDocuments> m_documents;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void SettingsTest::init()
{
    m_server = {};
    m_documents = std::make_unique<MemoryDocuments>();
    m_theme = std::make_unique<Theme>();
    openWindow();
}

void SettingsTest::cleanup()
{
    m_window.reset();
    m_theme.reset();
}

void SettingsTest::openWindow()
{
    m_window.reset();
    m_window = std::make_unique<MainWindow>(*m_theme, *m_documents);
    m_window->addWorkspace({m_server, m_server, *m_documents}, test::sampleSettings(), localProfile());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->showPage(MainWindow::Settings);
}

void SettingsTest::giveKeys(const char* button, Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    auto* keys = find<QPushButton>(button);
    keys->setFocus();
    keys->click();
    QTest::keyClick(keys, key, modifiers);
}

void SettingsTest::anActionGetsOtherKeysAndKeepsThem()
{
    giveKeys("settings.keys.go.stats", Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(find<QPushButton>("settings.keys.go.stats")->text(), QStringLiteral("Ctrl+J"));
    openWindow();
    QTest::keyClick(m_window.get(), Qt::Key_8, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Settings});
    QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Stats});
}

void SettingsTest::keysThatAreTakenOrTypedAreRefused()
{
    QSignalSpy told{m_window->settingsPage(), &SettingsPage::told};
    giveKeys("settings.keys.go.stats", Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(told.size(), 1);
    QVERIFY(told.back().front().toString().contains(QStringLiteral("Find a command")));
    giveKeys("settings.keys.go.stats", Qt::Key_J, Qt::NoModifier);
    QCOMPARE(told.size(), 2);
    giveKeys("settings.keys.go.stats", Qt::Key_Escape, Qt::NoModifier);
    QCOMPARE(told.size(), 2);
    QCOMPARE(find<QPushButton>("settings.keys.go.stats")->text(), QStringLiteral("Ctrl+8"));
}

void SettingsTest::shippedKeysComeBack()
{
    auto* reset = find<QToolButton>("settings.keys.reset.go.stats");
    QVERIFY(reset->isHidden());
    giveKeys("settings.keys.go.stats", Qt::Key_Backspace, Qt::NoModifier);
    QCOMPARE(find<QPushButton>("settings.keys.go.stats")->text(), QStringLiteral("none"));
    QVERIFY(!reset->isHidden());
    reset->click();
    QCOMPARE(find<QPushButton>("settings.keys.go.stats")->text(), QStringLiteral("Ctrl+8"));
    QVERIFY(reset->isHidden());
}

void SettingsTest::aNumberIsKept()
{
    QSignalSpy changed{&m_window->preferences(), &Preferences::changed};
    find<QSpinBox>("settings.log.days")->setValue(7);
    QCOMPARE(changed.size(), 1);
    openWindow();
    QCOMPARE(find<QSpinBox>("settings.log.days")->value(), 7);
    QCOMPARE(m_window->preferences().value(Preference::LogDays), 7);
}

void SettingsTest::whatIsOutOfBoundsCountsAsTheNearest()
{
    m_documents->put("settings", "preferences", R"({"log.days":-3,"log.rows":"many"})");
    const Preferences preferences{*m_documents};
    QCOMPARE(preferences.value(Preference::LogDays), rangeOf(Preference::LogDays).least);
    QCOMPARE(preferences.value(Preference::LogRows), rangeOf(Preference::LogRows).usual);
}

void SettingsTest::searchFindsOneOfAllGroups()
{
    auto* search = find<QLineEdit>("settings.search");
    search->setText(QStringLiteral("secrets"));
    QVERIFY(find("settings.curtain")->isVisible());
    QVERIFY(!find("settings.log.days")->isVisible());
    search->clear();
    QVERIFY(!find("settings.log.days")->isHidden());
}

void SettingsTest::theSearchIsAsWideAsTheCards()
{
    for (const QSize size : {QSize{1'280, 800}, QSize{960, 600}}) {
        m_window->resize(size);
        auto* search = find("settings.search");
        const auto* card = find("settings.start")->parentWidget()->parentWidget();
        const auto right = [](const QWidget* widget) { return widget->mapToGlobal(widget->rect().bottomRight()).x(); };
        QTRY_COMPARE(right(search), right(card));
    }
}

void SettingsTest::everySendIsAskedAboutWhereThatIsWanted()
{
    const auto send = [this] {
        m_window->sendPage()->composer()->setDraft(
            {QStringLiteral("orders"), QStringLiteral("note"), "{}", PayloadMode::Json});
        m_window->sendPage()->composer()->send();
    };
    m_window->workspace()->showSnapshot(test::runningSnapshot());
    send();
    QCOMPARE(m_server.published.size(), std::size_t{1});
    find<QPushButton>("settings.ask.elsewhere")->click();
    send();
    QCOMPARE(m_server.published.size(), std::size_t{2}); // The server in this program.
    find<QPushButton>("settings.ask.always")->click();
    m_window->showPage(MainWindow::Send);
    send();
    QCOMPARE(m_server.published.size(), std::size_t{2});
    QVERIFY(find("confirm")->isVisible());
    QCOMPARE(find<QPushButton>("confirm.send")->text(), QStringLiteral("Send"));
    QTest::keyClicks(find("confirm.name"), QStringLiteral("orders"));
    QTest::keyClick(find("confirm.name"), Qt::Key_Return);
    QCOMPARE(m_server.published.size(), std::size_t{3});
    openWindow();
    m_window->workspace()->showSnapshot(test::runningSnapshot());
    send();
    QCOMPARE(m_server.published.size(), std::size_t{3});
}

void SettingsTest::productionIsUnlockedForAsLongAsIsSet()
{
    Profile production;
    production.id = "prod";
    production.name = QStringLiteral("Shop");
    production.isProduction = true;
    find<QSpinBox>("settings.unlock")->setValue(3);
    Workspace* live = m_window->addWorkspace({m_server, m_server, *m_documents}, test::sampleSettings(), production);
    m_window->showWorkspace("prod");
    m_window->turnLock();
    QVERIFY(find<QPushButton>("lock.question.confirm")->text().contains(u'3'));
    find<QPushButton>("lock.question.confirm")->click();
    QVERIFY(live->lock().timeLeft() > std::chrono::minutes{2} && live->lock().timeLeft() <= std::chrono::minutes{3});
}

void SettingsTest::theLogHoldsAsManyRowsAsIsSet()
{
    engine::Event event;
    event.kind = engine::EventKind::ApiMessage;
    m_window->workspace()->addEvents(std::vector(12'000, event), 0);
    QCOMPARE(m_window->logModel()->store().size(), std::size_t{12'000});
    find<QSpinBox>("settings.log.memory")->setValue(10);
    QCOMPARE(m_window->logModel()->store().size(), std::size_t{10'000});
    m_window->workspace()->addEvents(std::vector(5, event), 0);
    QCOMPARE(m_window->logModel()->store().size(), std::size_t{10'000});
}

void SettingsTest::theReportNamesNoServer()
{
    m_window->setDataFolder(QStringLiteral("/data/somebody/castdeck"));
    m_window->workspace()->showSnapshot(test::runningSnapshot());
    find<QPushButton>("settings.report")->click();
    const QString report = QGuiApplication::clipboard()->text();
    QVERIFY(report.contains(QLatin1String{qVersion()}));
    for (const char* word : {"127.0.0.1", "6001", "somebody", "demo", test::secretMarker})
        QVERIFY2(!report.contains(QLatin1String{word}), word);
}

QTEST_MAIN(SettingsTest)
#include "settings_test.moc"
