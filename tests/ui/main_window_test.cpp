#include "ui/main_window.h"

#include "tests/ui/fake_server.h"
#include "tests/ui/find.h"
#include "ui/models/channels_model.h"
#include "ui/models/log_model.h"
#include "ui/pages/log_page.h"
#include "ui/pages/send_page.h"
#include "ui/text/shown_text.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/value_text.h"

#include <QtGui/QClipboard>
#include <QtGui/QTextBlock>
#include <QtGui/QTextLayout>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::ui;

class MainWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyPromisedNameExists();
    void namesAreUnique();
    void everythingThatTakesFocusHasAnAccessibleName();
    void labelsShowPlainTextOnly();
    void keysSwitchPages();
    void aMessageGoesOutAndItsReceiptComesBack();
    void controlEnterSendsFromAnywhereOnTheSendPage();
    void aMessageGoesToTheAppItWasSentToBefore();
    void aStoppedServerRefusesInWords();
    void aSentMessageComesBackByOneClick();
    void theInspectorCopiesTheExactBytes();
    void theInspectorShowsLongNamesInFull();
    void theInspectorComesBackForTheSelectedRow();
    void cutStringsKeepTheirColour();
    void keysStartAtTheNewestRow();
    void aClearedLogSaysSo();
    void spaceHoldsTheViewAndTheStatusCountsOn();
    void readingOlderRowsShowsHowManyAreNew();
    void errorsAreCountedUntilSeen();
    void aChannelIsSentToFromItsPage();
    void channelsOfSeveralAppsAreToldApart();
    void anotherPortAndNoticesAreTold();
    void aFailedStartIsASentence();
    void theSecretShowsOnlyOnRequest();
    void theSecretIsInNoTextOfTheWindow();
    void codeIsCopiedWithTheSecret();
    void theWindowFitsItsSmallestSize();

private:
    template <typename T = QWidget> T* find(const char* name) const { return test::findIn<T>(*m_window, name); }
    /// With the profile of the server in this program.
    void openWindow(const WindowSettings& settings);
    /// Replaces the window by one of two apps, `demo` and `second`, on the same page; both have a channel `orders`.
    void showTwoApps();
    void addRows(std::size_t count, engine::EventKind kind = engine::EventKind::ApiMessage);

    test::FakeServer m_server;
    MemoryDocuments m_documents;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

constexpr const char* payload = "{ \"big\":18446744073709551615,\"a\\/b\":1.0 }";

} // namespace

void MainWindowTest::init()
{
    m_server = {};
    m_theme = std::make_unique<Theme>();
    openWindow(test::sampleSettings());
    m_window->showPage(MainWindow::Send);
    m_window->show();
    m_window->workspace()->showSnapshot(test::runningSnapshot());
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void MainWindowTest::openWindow(const WindowSettings& settings)
{
    m_window = std::make_unique<MainWindow>(*m_theme, m_documents);
    m_window->addWorkspace({m_server, m_server, m_documents}, settings, localProfile());
}

void MainWindowTest::cleanup()
{
    m_window.reset();
    m_theme.reset();
}

void MainWindowTest::addRows(std::size_t count, engine::EventKind kind)
{
    engine::Event event;
    event.kind = kind;
    event.at = std::chrono::system_clock::now();
    event.appId = "demo";
    event.channel = "orders";
    event.event = "note";
    event.payload = std::make_shared<const std::string>(payload);
    m_window->workspace()->addEvents(std::vector(count, event), 0);
}

void MainWindowTest::showTwoApps()
{
    const int page = m_window->currentPage();
    WindowSettings settings = test::sampleSettings();
    settings.apps.push_back(settings.apps.front());
    settings.apps.back().id = "second";
    openWindow(settings);
    m_window->showPage(page);
    m_window->show();
    auto snapshot = std::make_shared<engine::Snapshot>(*test::runningSnapshot());
    snapshot->apps.push_back(snapshot->apps.front());
    snapshot->apps.back().id = "second";
    snapshot->channels.push_back(snapshot->channels.front());
    snapshot->channels.back().appId = "second";
    m_window->workspace()->showSnapshot(snapshot);
}

void MainWindowTest::everyPromisedNameExists()
{
    for (const char* name :
         {"nav.send",          "nav.auth",          "page.auth",       "auth.rules",      "auth.try",
          "auth.decisions",    "send.connection",   "nav.log",         "nav.channels",    "nav.apps",
          "page.send",         "page.log",          "page.channels",   "page.apps",       "composer.channels",
          "composer.event",    "composer.payload",  "composer.size",   "composer.send",   "composer.receipt",
          "log.filter",        "log.types",         "log.table",       "log.newchip",     "channels.tree",
          "dock.inspector",    "status.connection", "status.apps",     "status.conns",    "status.channels",
          "status.rates",      "status.log",        "status.paused",   "status.errors",   "status.theme",
          "nav.home",          "page.home",         "toolbar.main",    "toolbar.profile", "toolbar.server",
          "toolbar.new",       "toolbar.pause",     "toolbar.command", "toolbar.lock",    "toolbar.menu",
          "strip.environment", "palette",           "page.help",       "page.settings"})
        QVERIFY2(m_window->findChild<QWidget*>(QString::fromLatin1(name)) != nullptr, name);
}

void MainWindowTest::namesAreUnique()
{
    QStringList names;
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        const QString name = widget->objectName();
        if (!name.contains(u'.'))
            continue; // Qt's own parts.
        QVERIFY2(!names.contains(name), qPrintable(name));
        names << name;
    }
}

void MainWindowTest::everythingThatTakesFocusHasAnAccessibleName()
{
    addRows(1);
    for (int page = 0; page < MainWindow::PageCount; ++page) {
        m_window->showPage(page);
        m_window->workspace()->showSnapshot(test::runningSnapshot());
        for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
            if (!widget->isVisible() || (widget->focusPolicy() & Qt::TabFocus) == 0)
                continue;
            QVERIFY2(!widget->accessibleName().isEmpty(),
                     qPrintable(QStringLiteral("%1 %2").arg(QLatin1String{widget->metaObject()->className()},
                                                            widget->objectName())));
        }
    }
}

void MainWindowTest::labelsShowPlainTextOnly()
{
    addRows(1);
    m_window->showPage(MainWindow::Log);
    QTRY_COMPARE(m_window->logModel()->rowCount(), 1);
    m_window->logPage()->selectRow(0);
    const auto labels = m_window->findChildren<QLabel*>();
    QVERIFY(labels.size() > 30);
    for (const QLabel* label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void MainWindowTest::keysSwitchPages()
{
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Channels});
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(find("channels.filter")->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Log});
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(find("composer.channels")->hasFocus());
}

void MainWindowTest::aMessageGoesOutAndItsReceiptComesBack()
{
    m_window->sendPage()->composer()->setDraft(
        {QStringLiteral("orders alerts"), QStringLiteral("note"), payload, PayloadMode::Json});
    QTest::keyClick(find("composer.payload"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_server.published.size(), 1U);
    QCOMPARE(m_server.published[0].appId, std::string{"demo"});
    QCOMPARE(m_server.published[0].channels, (std::vector<std::string>{"orders", "alerts"}));
    QCOMPARE(m_server.published[0].data, std::string{payload});
    engine::PublishOutcome outcome;
    outcome.commandId = 1;
    outcome.isAccepted = true;
    outcome.channels = {{"orders", 9}, {"alerts", 3}};
    outcome.duration = std::chrono::microseconds{4'200};
    m_window->workspace()->showOutcome(outcome);
    QCOMPARE(find("composer.receipt")->accessibleName(),
             QStringLiteral("Accepted in 4 ms. 12 subscribers on 2 channels."));
    m_window->sendPage()->composer()->send();
    outcome.commandId = 2;
    outcome.isAccepted = false;
    outcome.error = "The app is disabled";
    m_window->workspace()->showOutcome(outcome);
    QCOMPARE(find("composer.receipt")->accessibleName(), QStringLiteral("Not sent. The app is disabled"));
}

void MainWindowTest::controlEnterSendsFromAnywhereOnTheSendPage()
{
    find<QPushButton>("composer.send")->setFocus();
    QTest::keyClick(find("composer.send"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_server.published.size(), 1U);
    find("history")->setFocus();
    QTest::keyClick(find("history"), Qt::Key_Enter, Qt::ControlModifier);
    QCOMPARE(m_server.published.size(), 2U);
    QTest::keyClick(find("composer.payload"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_server.published.size(), 3U);
    m_window->showPage(MainWindow::Log);
    QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_server.published.size(), 3U);
}

void MainWindowTest::aMessageGoesToTheAppItWasSentToBefore()
{
    showTwoApps();
    Composer& composer = *m_window->sendPage()->composer();
    composer.setApp(QStringLiteral("second"));
    composer.send();
    QCOMPARE(m_server.published.back().appId, std::string{"second"});
    composer.setApp(QStringLiteral("demo"));
    auto* history = find<QAbstractItemView>("history");
    QTest::mouseClick(history->viewport(), Qt::LeftButton, {},
                      history->visualRect(history->model()->index(0, 0)).center());
    composer.send();
    QCOMPARE(m_server.published.back().appId, std::string{"second"});
}

void MainWindowTest::aStoppedServerRefusesInWords()
{
    m_window->workspace()->showSnapshot(std::make_shared<engine::Snapshot>());
    m_window->sendPage()->composer()->setDraft(
        {QStringLiteral("orders"), QStringLiteral("note"), "{}", PayloadMode::Json});
    find<QPushButton>("composer.send")->click();
    QVERIFY(m_server.published.empty());
    QVERIFY(find("composer.receipt")->accessibleName().contains(QStringLiteral("stopped")));
    m_window->showPage(MainWindow::Log);
    find<QPushButton>("log.empty.action")->click();
    QCOMPARE(m_server.starts, 1);
}

void MainWindowTest::aSentMessageComesBackByOneClick()
{
    const Draft draft{QStringLiteral("orders"), QStringLiteral("note"), payload, PayloadMode::Json};
    m_window->sendPage()->composer()->setDraft(draft);
    m_window->sendPage()->composer()->send();
    m_window->sendPage()->composer()->setDraft({});
    auto* history = find<QAbstractItemView>("history");
    QTest::mouseClick(history->viewport(), Qt::LeftButton, {},
                      history->visualRect(history->model()->index(0, 0)).center());
    QCOMPARE(m_window->sendPage()->composer()->draft(), draft);
}

void MainWindowTest::theInspectorCopiesTheExactBytes()
{
    m_window->showPage(MainWindow::Log);
    addRows(1);
    QTRY_COMPARE(m_window->logModel()->rowCount(), 1);
    auto* table = find<QTableView>("log.table");
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 2)).center());
    QVERIFY(find("dock.inspector")->isVisible());
    QCOMPARE(find<QPlainTextEdit>("inspector.payload")->toPlainText(),
             QStringLiteral("{\n  \"big\": 18446744073709551615,\n  \"a\\/b\": 1.0\n}"));
    find<QPushButton>("inspector.payload.copy")->click();
    QCOMPARE(QApplication::clipboard()->text(), QString::fromLatin1(payload));
    find<QPushButton>("inspector.payload.raw")->click();
    QCOMPARE(find<QPlainTextEdit>("inspector.payload")->toPlainText(), QString::fromLatin1(payload));
    QTest::keyClick(m_window.get(), Qt::Key_F9);
    QVERIFY(!find("dock.inspector")->isVisible());
}

void MainWindowTest::theInspectorShowsLongNamesInFull()
{
    m_window->showPage(MainWindow::Log);
    engine::Event event;
    event.event = std::string(200, 'e');
    event.channel = std::string(200, 'c');
    event.detail = "A sentence that is so long that it takes three lines at least beside the name of its field.";
    m_window->workspace()->addEvents({event}, 0);
    QTRY_COMPARE(m_window->logModel()->rowCount(), 1);
    m_window->logPage()->selectRow(0);
    for (const QString& text : {toQt(event.event), toQt(event.channel), toQt(event.detail)}) {
        const auto values = find("dock.inspector")->findChildren<ValueText*>();
        const auto value = std::ranges::find(values, text, &QPlainTextEdit::toPlainText);
        QVERIFY2(value != values.end(), qPrintable(text));
        const auto missing = [value] {
            const int lines = (*value)->document()->firstBlock().layout()->lineCount();
            return lines * (*value)->fontMetrics().height() - (*value)->viewport()->height();
        };
        QTRY_VERIFY2(missing() <= 2, qPrintable(QString::number(missing())));
        QVERIFY((*value)->document()->firstBlock().layout()->lineCount() >= 2);
    }
}

void MainWindowTest::theInspectorComesBackForTheSelectedRow()
{
    m_window->showPage(MainWindow::Log);
    addRows(2);
    QTRY_COMPARE(m_window->logModel()->rowCount(), 2);
    auto* table = find<QTableView>("log.table");
    const QPoint row = table->visualRect(table->model()->index(0, 2)).center();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, row);
    find<QToolButton>("inspector.close")->click();
    QVERIFY(!find("dock.inspector")->isVisible());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, row);
    QVERIFY(find("dock.inspector")->isVisible());
    find<QToolButton>("inspector.close")->click();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(find("dock.inspector")->isVisible());
}

void MainWindowTest::cutStringsKeepTheirColour()
{
    m_window->showPage(MainWindow::Log);
    engine::Event event;
    event.payload = std::make_shared<const std::string>('"' + std::string(20'000, 'x') + '"');
    m_window->workspace()->addEvents({event}, 0);
    QTRY_COMPARE(m_window->logModel()->rowCount(), 1);
    m_window->logPage()->selectRow(0);
    const QTextDocument* document = find<QPlainTextEdit>("inspector.payload")->document();
    QVERIFY(document->blockCount() > 10);
    const auto colourOf = [](const QTextBlock& block) {
        return block.layout()->formats().constFirst().format.foreground().color();
    };
    QTRY_COMPARE(document->lastBlock().layout()->formats().size(), 1);
    QCOMPARE(colourOf(document->lastBlock()), colourOf(document->firstBlock()));
}

void MainWindowTest::keysStartAtTheNewestRow()
{
    m_window->showPage(MainWindow::Log);
    addRows(100);
    QTRY_COMPARE(m_window->logModel()->rowCount(), 100);
    auto* table = find<QTableView>("log.table");
    QTest::keyClick(table, Qt::Key_Up);
    QCOMPARE(table->currentIndex().row(), 99);
    QTest::keyClick(table, Qt::Key_Up);
    QCOMPARE(table->currentIndex().row(), 98);
}

void MainWindowTest::aClearedLogSaysSo()
{
    m_window->showPage(MainWindow::Log);
    const auto says = [this](const char* words) {
        const auto labels = find("page.log")->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [words](const QLabel* label) {
            return label->isVisible() && label->text() == QLatin1String{words};
        });
    };
    QVERIFY(says("Nothing has happened yet"));
    addRows(3);
    QTRY_COMPARE(m_window->logModel()->rowCount(), 3);
    find<QPushButton>("log.clear")->click();
    QTRY_VERIFY(says("Nothing since the log was cleared"));
    find<QPushButton>("log.clear")->click();
    QTRY_COMPARE(m_window->logModel()->rowCount(), 3);
}

void MainWindowTest::spaceHoldsTheViewAndTheStatusCountsOn()
{
    m_window->showPage(MainWindow::Log);
    addRows(3);
    QTRY_COMPARE(m_window->logModel()->rowCount(), 3);
    QTest::keyClick(find("log.table"), Qt::Key_Space);
    addRows(312);
    QTRY_COMPARE(find<QPushButton>("status.paused")->text(), QStringLiteral("Paused, 312 held back"));
    QVERIFY(find("status.paused")->isVisible());
    QCOMPARE(m_window->logModel()->rowCount(), 3);
    find<QPushButton>("status.paused")->click();
    QTRY_COMPARE(m_window->logModel()->rowCount(), 315);
    QVERIFY(!find("status.paused")->isVisible());
}

void MainWindowTest::readingOlderRowsShowsHowManyAreNew()
{
    m_window->showPage(MainWindow::Log);
    addRows(100);
    QTRY_COMPARE(m_window->logModel()->rowCount(), 100);
    auto* table = find<QTableView>("log.table");
    QTest::keyClick(table, Qt::Key_Home);
    addRows(40);
    QTRY_COMPARE(find<QPushButton>("log.newchip")->text(), QStringLiteral("40 new"));
    QVERIFY(find("log.newchip")->isVisible());
    QCOMPARE(table->rowAt(2), 0);
    find<QPushButton>("log.newchip")->click();
    QVERIFY(!find("log.newchip")->isVisible());
    QTRY_VERIFY(table->rowAt(table->viewport()->height() - 40) >= 130);
}

void MainWindowTest::errorsAreCountedUntilSeen()
{
    addRows(2, engine::EventKind::Error);
    addRows(5);
    QTRY_COMPARE(find<QPushButton>("status.errors")->text(), QStringLiteral("2 errors"));
    find<QPushButton>("status.errors")->click();
    QCOMPARE(m_window->currentPage(), int{MainWindow::Log});
    QCOMPARE(find<QPushButton>("status.errors")->text(), QStringLiteral("No errors"));
    QTRY_COMPARE(m_window->logModel()->rowCount(), 2);
}

void MainWindowTest::aChannelIsSentToFromItsPage()
{
    m_window->showPage(MainWindow::Channels);
    auto* table = find<QTableView>("channels.tree");
    QCOMPARE(table->model()->rowCount(), 2);
    table->selectRow(1);
    const QAbstractItemModel* members = find<QTableView>("channels.members")->model();
    QCOMPARE(members->index(0, 0).data().toString(), QStringLiteral("ana"));
    QCOMPARE(members->index(1, 0).data().toString(), QStringLiteral("1.1"));
    QCOMPARE(members->index(2, 0).data().toString(), QStringLiteral("2.2"));
    find<QPushButton>("channels.sendto")->click();
    QCOMPARE(m_window->currentPage(), int{MainWindow::Send});
    QCOMPARE(m_window->sendPage()->composer()->draft().channels, QStringLiteral("presence-room"));
}

void MainWindowTest::channelsOfSeveralAppsAreToldApart()
{
    m_window->showPage(MainWindow::Channels);
    QVERIFY(find<QTableView>("channels.tree")->isColumnHidden(ChannelsModel::App));
    showTwoApps();
    auto* table = find<QTableView>("channels.tree");
    QVERIFY(!table->isColumnHidden(ChannelsModel::App));
    QCOMPARE(table->model()->rowCount(), 3);
    table->selectRow(2);
    QCOMPARE(table->model()->index(2, ChannelsModel::App).data().toString(), QStringLiteral("second"));
    find<QPushButton>("channels.sendto")->click();
    QCOMPARE(m_window->sendPage()->composer()->appId(), QStringLiteral("second"));
}

void MainWindowTest::anotherPortAndNoticesAreTold()
{
    const auto notice = [this] { return find<QLabel>("apps.notice"); };
    m_window->workspace()->setWantedPort(6001);
    m_window->showPage(MainWindow::Apps);
    QVERIFY(!notice()->isVisible());
    m_window->workspace()->setWantedPort(6000);
    m_window->workspace()->setNotice(QStringLiteral("One thing\nAnother <b>thing</b>"));
    m_window->workspace()->showSnapshot(test::runningSnapshot());
    QVERIFY(notice()->isVisible());
    QCOMPARE(notice()->text(),
             QStringLiteral("Port 6000 is taken by another program, so the server listens on 6001.\nOne thing\n"
                            "Another <b>thing</b>"));
}

void MainWindowTest::aFailedStartIsASentence()
{
    auto snapshot = std::make_shared<engine::Snapshot>(*test::runningSnapshot());
    snapshot->server.state = engine::ServerState::Failed;
    snapshot->server.failure = "port 6001 on 127.0.0.1 is in use";
    m_window->workspace()->setWantedPort(6000);
    m_window->showPage(MainWindow::Apps);
    m_window->workspace()->showSnapshot(snapshot);
    const auto labels = find("page.apps")->findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
        return label->text() == QStringLiteral("Port 6001 on 127.0.0.1 is in use.");
    }));
    QVERIFY(!find("apps.notice")->isVisible()); // Where it listens is no news while it does not.
    QCOMPARE(find<QPushButton>("apps.startstop")->text(), QStringLiteral("Start"));
}

void MainWindowTest::theSecretShowsOnlyOnRequest()
{
    m_window->showPage(MainWindow::Apps);
    auto* secret = find<QLineEdit>("apps.secret");
    QVERIFY(!secret->text().contains(QString::fromLatin1(test::secretMarker)));
    find<QToolButton>("apps.secret.show")->click();
    QCOMPARE(secret->text(), QString::fromLatin1(test::secretMarker));
    find<QToolButton>("apps.secret.show")->click();
    QVERIFY(!secret->text().contains(QString::fromLatin1(test::secretMarker)));
    find<QToolButton>("apps.secret.copy")->click();
    QCOMPARE(QApplication::clipboard()->text(), QString::fromLatin1(test::secretMarker));
}

void MainWindowTest::theSecretIsInNoTextOfTheWindow()
{
    const QString secret = QString::fromLatin1(test::secretMarker);
    for (int page = 0; page < MainWindow::PageCount; ++page) {
        m_window->showPage(page);
        for (const char* code : {"apps.code.laravel", "apps.code.curl", "apps.code.pusherjs"}) {
            find<QPushButton>(code)->click();
            QVERIFY(!m_window->windowTitle().contains(secret));
            for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
                QVERIFY(!widget->accessibleName().contains(secret));
                QVERIFY(!widget->toolTip().contains(secret));
                for (const char* property : {"text", "plainText"})
                    QVERIFY2(!widget->property(property).toString().contains(secret), qPrintable(widget->objectName()));
            }
        }
    }
}

void MainWindowTest::codeIsCopiedWithTheSecret()
{
    m_window->showPage(MainWindow::Apps);
    find<QPushButton>("apps.code.curl")->click();
    find<QPushButton>("apps.code.copy")->click();
    QVERIFY(QApplication::clipboard()->text().contains(QString::fromLatin1(test::secretMarker)));
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("http://127.0.0.1:6001$route")));
}

void MainWindowTest::theWindowFitsItsSmallestSize()
{
    for (int page = 0; page < MainWindow::PageCount; ++page) {
        m_window->showPage(page);
        m_window->resize(960, 600);
        QCoreApplication::processEvents();
        QCOMPARE(m_window->size(), QSize(960, 600));
    }
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
