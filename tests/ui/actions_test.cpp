#include "ui/actions/action_list.h"

#include "tests/ui/fake_server.h"
#include "tests/ui/find.h"
#include "ui/main_window.h"
#include "ui/models/sending_lock.h"
#include "ui/pages/help_page.h"
#include "ui/pages/log_page.h"
#include "ui/text/fuzzy.h"
#include "ui/widgets/inspector.h"
#include "ui/widgets/shortcut_sheet.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <set>

using namespace castdeck;
using namespace castdeck::ui;
using namespace std::chrono_literals;

namespace {

class ManualClock : public Clock {
public:
    SteadyTime steady() const override { return now; }
    WallTime wall() const override { return WallTime{now.time_since_epoch()}; }

    SteadyTime now{};
};

Profile production()
{
    Profile profile;
    profile.id = "prod";
    profile.name = QStringLiteral("Shop");
    profile.host = QStringLiteral("ws.example.test");
    profile.color = Profile::Color::Red;
    profile.isProduction = true;
    return profile;
}

} // namespace

/// The frame: actions, palette, sheet, toolbar, lock and arrangements.
class ActionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void noTwoActionsShareAKeyWhereBothCount();
    void everyActionHasATextAndAPlaceInAMenu();
    void everyActionDoesSomething();
    void theVisibleOneOfSeveralBindingsActs();
    void whatIsGoneIsForgotten();
    void fewLettersFindTheCommand();
    void thePaletteRunsWhatIsChosen();
    void thePaletteOpensWhileSomebodyTypes();
    void escapeLeavesThePaletteWhereOneWas();
    void theSheetShowsEveryKey();
    void theHandbookOpensForThePage();
    void theStripSaysProductionInWords();
    void productionIsLockedAgainAfterTenMinutes();
    void anArrangementIsRemembered();
    void theLayoutGoesBackToHowItWasShipped();
    void aNarrowWindowKeepsIconsAndLaysTheInspectorOverThePage();
    void typeGrowsAndComesBack();
    void severalProfilesAreShownOneAtATime();
    void aProfileOpensWithoutAWindowOfItsOwn();

private:
    template <typename T = QWidget> T* find(const char* name) const { return test::findIn<T>(*m_window, name); }
    void openWindow();
    Workspace* addProduction();

    test::FakeServer m_server;
    std::unique_ptr<MemoryDocuments> m_documents;
    ManualClock m_clock;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void ActionsTest::init()
{
    m_server = {};
    m_clock = {};
    m_documents = std::make_unique<MemoryDocuments>();
    m_theme = std::make_unique<Theme>();
    openWindow();
}

void ActionsTest::openWindow()
{
    m_window = std::make_unique<MainWindow>(*m_theme, *m_documents);
    m_window->addWorkspace({m_server, m_server, *m_documents, nullptr, m_clock}, test::sampleSettings(),
                           localProfile());
    m_window->show();
    m_window->workspace()->showSnapshot(test::runningSnapshot());
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ActionsTest::cleanup()
{
    m_window.reset();
    m_theme->setZoom(100);
    m_theme.reset();
}

Workspace* ActionsTest::addProduction()
{
    return m_window->addWorkspace({m_server, m_server, *m_documents, nullptr, m_clock}, test::sampleSettings(),
                                  production());
}

void ActionsTest::noTwoActionsShareAKeyWhereBothCount()
{
    std::map<std::pair<ActionContext, QString>, std::string_view> seen;
    for (const ActionSpec& spec : actionSpecs()) {
        for (const QKeySequence& keys : keysOf(spec)) {
            const QString text = keys.toString(QKeySequence::PortableText);
            QVERIFY2(!text.isEmpty(), spec.id.data());
            for (const ActionContext context : {spec.context, ActionContext::Window}) {
                const auto [it, isFirst] = seen.try_emplace({context, text}, spec.id);
                QVERIFY2(isFirst || it->second == spec.id,
                         qPrintable(QStringLiteral("%1: %2 and %3")
                                        .arg(text, QLatin1String{spec.id.data()}, QLatin1String{it->second.data()})));
                if (spec.context == ActionContext::Window)
                    break;
                seen.erase({ActionContext::Window, text}); // Asked, not taken.
            }
        }
    }
}

void ActionsTest::everyActionHasATextAndAPlaceInAMenu()
{
    std::set<const QAction*> inMenus;
    for (const QMenu* menu : m_window->findChildren<QMenu*>())
        for (const QAction* action : menu->actions())
            inMenus.insert(action);
    std::set<std::string_view> ids;
    for (const ActionSpec& spec : actionSpecs()) {
        QVERIFY2(ids.insert(spec.id).second, spec.id.data());
        QVERIFY2(!textOf(spec).isEmpty(), spec.id.data());
        QVERIFY2(inMenus.contains(m_window->actions().action(spec.id)), spec.id.data());
    }
    QVERIFY(find<QToolButton>("toolbar.menu")->menu() != nullptr);
}

void ActionsTest::everyActionDoesSomething()
{
    for (const ActionSpec& spec : actionSpecs()) {
        if (spec.context == ActionContext::Window)
            QVERIFY2(m_window->actions().isBound(spec.id), spec.id.data());
    }
}

void ActionsTest::theVisibleOneOfSeveralBindingsActs()
{
    QWidget window;
    ActionList actions{&window};
    QWidget first{&window};
    QWidget second{&window};
    QStringList ran;
    actions.bind("filter", &first, [&ran] { ran << QStringLiteral("first"); });
    actions.bind("filter", &second, [&ran] { ran << QStringLiteral("second"); });
    window.show();
    actions.run("filter");
    second.hide();
    actions.run("filter");
    first.hide();
    QVERIFY(!actions.canRun("filter"));
    actions.run("filter");
    QCOMPARE(ran, (QStringList{QStringLiteral("second"), QStringLiteral("first")}));
}

void ActionsTest::whatIsGoneIsForgotten()
{
    QWidget window;
    ActionList actions{&window};
    auto gone = std::make_unique<QObject>();
    int runs = 0;
    actions.bind("filter", gone.get(), [&runs] { ++runs; });
    actions.run("filter");
    gone.reset();
    actions.run("filter");
    QCOMPARE(runs, 1);
}

void ActionsTest::fewLettersFindTheCommand()
{
    QVERIFY(fuzzyScore(u"", u"anything"));
    QVERIFY(fuzzyScore(u"lg", u"Live log"));
    QVERIFY(fuzzyScore(u"LOG", u"Live log"));
    QVERIFY(!fuzzyScore(u"logx", u"Live log"));
    QVERIFY(!fuzzyScore(u"gol", u"Live log"));
    QVERIFY(*fuzzyScore(u"cl", u"Clear log") > *fuzzyScore(u"cl", u"Channels"));
    QVERIFY(*fuzzyScore(u"nl", u"Next Live") > *fuzzyScore(u"nl", u"Unlock"));
    QVERIFY(*fuzzyScore(u"send", u"Send") > *fuzzyScore(u"send", u"Send the event"));
    QVERIFY(fuzzyScore(u"orders 42", u"private-orders.1042"));
}

void ActionsTest::thePaletteRunsWhatIsChosen()
{
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    auto* field = find<QLineEdit>("palette.field");
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("presence-ro"));
    const QAbstractItemModel* model = find<QListView>("palette.list")->model();
    QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("presence-room"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!find("palette")->isVisible());
    QCOMPARE(m_window->currentPage(), int{MainWindow::Channels});
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("live log"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Log});
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("qqqxxx"));
    QCOMPARE(model->rowCount(), 0);
}

void ActionsTest::thePaletteOpensWhileSomebodyTypes()
{
    m_window->showPage(MainWindow::Send);
    for (QWidget* field : {find("composer.payload"), find("composer.event")}) {
        field->setFocus();
        QTest::keyClick(field, Qt::Key_K, Qt::ControlModifier);
        QVERIFY2(find("palette")->isVisible(), qPrintable(field->objectName()));
        QTest::keyClick(find("palette.field"), Qt::Key_Escape);
    }
}

void ActionsTest::escapeLeavesThePaletteWhereOneWas()
{
    m_window->showPage(MainWindow::Send);
    auto* payload = find("composer.payload");
    payload->setFocus();
    find<QPushButton>("toolbar.command")->click();
    QVERIFY(find("palette")->isVisible());
    QTest::keyClick(find("palette.field"), Qt::Key_Escape);
    QVERIFY(!find("palette")->isVisible());
    QVERIFY(payload->hasFocus());
}

void ActionsTest::theSheetShowsEveryKey()
{
    QTest::keyClick(m_window.get(), Qt::Key_Slash, Qt::ControlModifier);
    auto* sheet = m_window->findChild<ShortcutSheet*>();
    QVERIFY(sheet != nullptr && sheet->isVisible());
    QStringList texts;
    for (const QLabel* label : sheet->findChildren<QLabel*>())
        texts << label->text();
    const QString page = shortcutsMarkdown();
    for (const ActionSpec& spec : actionSpecs()) {
        if (shownKeys(spec).isEmpty())
            continue;
        QVERIFY2(texts.contains(shownKeys(spec)) && texts.contains(textOf(spec)), spec.id.data());
        QVERIFY2(page.contains(textOf(spec)), spec.id.data());
    }
    QTest::keyClicks(find("shortcuts.field"), QStringLiteral("palette nothing"));
    QTest::keyClick(sheet, Qt::Key_Escape);
}

void ActionsTest::theHandbookOpensForThePage()
{
    m_window->showPage(MainWindow::Authorization);
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    QCOMPARE(m_window->currentPage(), int{MainWindow::Help});
    auto* help = m_window->findChild<HelpPage*>();
    QCOMPARE(help->topic(), QStringLiteral("rules"));
    for (const char* topic : {"first-event", "log", "channels", "rules", "connect", "shortcuts"}) {
        help->showTopic(QString::fromLatin1(topic));
        QCOMPARE(help->topic(), QString::fromLatin1(topic));
        QVERIFY2(help->findChild<QWidget*>(QStringLiteral("help.text"))->property("plainText").toString().size() > 300,
                 topic);
    }
}

void ActionsTest::theStripSaysProductionInWords()
{
    QCOMPARE(find("strip.environment")->height(), 4);
    addProduction();
    m_window->showWorkspace("prod");
    auto* strip = find<QLabel>("strip.environment");
    QCOMPARE(strip->height(), 20);
    QVERIFY(strip->text().contains(QStringLiteral("PRODUCTION")));
}

void ActionsTest::productionIsLockedAgainAfterTenMinutes()
{
    Workspace* live = addProduction();
    m_window->showWorkspace("prod");
    QVERIFY(live->lock().isLocked());
    QCOMPARE(find<QPushButton>("toolbar.lock")->text(), QStringLiteral("Locked"));
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    auto* unlock = find<QPushButton>("lock.question.confirm");
    QVERIFY(unlock->isVisible());
    QVERIFY(live->lock().isLocked());
    QTest::keyClick(unlock, Qt::Key_Return);
    QVERIFY(!unlock->isVisible());
    QVERIFY(!live->lock().isLocked());
    QCOMPARE(find<QPushButton>("toolbar.lock")->text(), QStringLiteral("10:00 left"));
    m_clock.now += 9min + 59s;
    QVERIFY(!live->lock().isLocked());
    m_clock.now += 1s;
    QVERIFY(live->lock().isLocked());
    QTRY_COMPARE(find<QPushButton>("toolbar.lock")->text(), QStringLiteral("Locked"));
}

void ActionsTest::anArrangementIsRemembered()
{
    QCOMPARE(m_window->currentPage(), int{MainWindow::Home});
    find<QPushButton>("home.arrangement.operator")->click();
    QCOMPARE(m_window->currentPage(), int{MainWindow::Home});
    m_window.reset();
    openWindow();
    QCOMPARE(m_window->currentPage(), int{MainWindow::Send});
    QVERIFY(find("strip.log")->isVisible());
    m_window->actions().run("layout.developer");
    QCOMPARE(m_window->currentPage(), int{MainWindow::Log});
    QVERIFY(!find("strip.log")->isVisible());
}

void ActionsTest::theLayoutGoesBackToHowItWasShipped()
{
    m_window->actions().run("layout.developer");
    QVERIFY(find("dock.inspector")->isVisible());
    m_window->actions().run("view.inspector");
    m_window->actions().run("view.navigation");
    m_window.reset();
    openWindow();
    QVERIFY(!find("dock.inspector")->isVisible());
    QVERIFY(find("nav")->width() < 100);
    m_window->actions().run("layout.reset");
    QVERIFY(find("dock.inspector")->isVisible());
    QVERIFY(find("nav")->width() > 100);
}

void ActionsTest::aNarrowWindowKeepsIconsAndLaysTheInspectorOverThePage()
{
    m_window->showPage(MainWindow::Log);
    m_window->workspace()->inspector()->setEvent(engine::Event{});
    m_window->workspace()->setInspectorWanted(true);
    const auto* log = find("page.log");
    QTRY_VERIFY(log->width() < m_window->width() - 400);
    m_window->resize(960, 600);
    QTRY_VERIFY(log->width() > 850);
    auto* inspector = find("dock.inspector");
    QVERIFY(inspector->isVisible());
    QCOMPARE(inspector->parentWidget(), m_window->workspace());
    QCOMPARE(inspector->geometry().right(), m_window->workspace()->rect().right());
    m_window->resize(1280, 800);
    QTRY_VERIFY(log->width() < m_window->width() - 400);
}

void ActionsTest::typeGrowsAndComesBack()
{
    m_window->showPage(MainWindow::Log);
    const int before = find("log.filter")->fontMetrics().height();
    QTest::keyClick(m_window.get(), Qt::Key_Plus, Qt::ControlModifier);
    QTest::keyClick(m_window.get(), Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(find("log.filter")->fontMetrics().height() > before);
    QCOMPARE(m_theme->zoom(), 120);
    QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(find("log.filter")->fontMetrics().height(), before);
}

void ActionsTest::severalProfilesAreShownOneAtATime()
{
    addProduction();
    QCOMPARE(m_window->workspace()->profile().id, std::string{Profile::localId});
    m_window->showPage(MainWindow::Log);
    QTest::keyClick(m_window.get(), Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(m_window->workspace()->profile().id, std::string{"prod"});
    QVERIFY(find<QPushButton>("toolbar.profile")->text().contains(QStringLiteral("Shop")));
    QVERIFY(!find("nav.apps")->isVisible());
    m_window->removeWorkspace("prod");
    QCOMPARE(m_window->workspace()->profile().id, std::string{Profile::localId});
    QVERIFY(find("nav.apps")->isVisible());
    QCOMPARE(m_window->currentPage(), int{MainWindow::Log});
}

namespace {

/// Which windows were shown since it was made.
class ShownWindows : public QObject {
public:
    ShownWindows() { qApp->installEventFilter(this); }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const auto* widget = qobject_cast<const QWidget*>(watched);
        if (event->type() == QEvent::Show && widget != nullptr && widget->isWindow())
            names << widget->objectName();
        return false;
    }

    QStringList names;
};

} // namespace

void ActionsTest::aProfileOpensWithoutAWindowOfItsOwn()
{
    const ShownWindows shown;
    addProduction();
    QCOMPARE(shown.names.join(u' '), QString{});
}

QTEST_MAIN(ActionsTest)
#include "actions_test.moc"
