#include "ui/pages/log_page.h"

#include "core/base/json.h"
#include "ui/models/event_words.h"
#include "ui/models/log_export.h"
#include "ui/models/talkers.h"
#include "ui/text/shown_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/export_panel.h"
#include "ui/widgets/filter_chips.h"
#include "ui/widgets/filter_line.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace castdeck;
using namespace castdeck::ui;
using engine::EventKind;
using namespace std::chrono_literals;

class LogPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aMistakeIsUnderlinedAndTheLastGoodFilterStays();
    void aSavedFilterIsAChipThatCombinesAndOutlivesThePage();
    void followingASocketAndHidingAChannelAreChipsThatPass();
    void columnsAreKeptForTheProfile();
    void singleKeysWorkOnTheListAndNotInTheFilterLine();
    void theMenuFiltersCopiesAndHandsOver();
    void twoMarkedRowsAreHandedToCompare();
    void clearIsUndoneByTheSameButton();
    void rowsOfAHiddenPageWaitForItsReturn();
    void theNewChipCountsAndLeadsBack();
    void theRowOfAMessageIsSelectedOnceItIsThere();
    void whatHidesTheRowOfAMessageGivesWay();
    void anotherChoiceEndsTheWaitForARow();
    void olderRowsComeFromTheArchive();
    void storedRowsAreSearchedByTheWholeFilter();
    void whatIsShownIsExported_data();
    void whatIsShownIsExported();
    void formulasAreDisarmed();
    void theBusiestAreNamedByRate();

private:
    template <typename T = QWidget> T* find(const char* name) const
    {
        return m_page->findChild<T*>(QString::fromLatin1(name));
    }
    void add(std::vector<engine::Event> events);
    LogTable* table() const { return find<LogTable>("log.table"); }
    void openPage();

    Theme m_theme;
    std::unique_ptr<MemoryDocuments> m_documents;
    std::unique_ptr<LogModel> m_model;
    std::unique_ptr<LogPage> m_page;
};

namespace {

engine::Event message(const std::string& channel, const std::string& payload = "{}")
{
    engine::Event event;
    event.kind = EventKind::ApiMessage;
    event.at = std::chrono::system_clock::now();
    event.appId = "demo";
    event.channel = channel;
    event.event = "note";
    event.payload = std::make_shared<const std::string>(payload);
    event.receivers = 3;
    return event;
}

engine::Event subscribed(const std::string& channel, const std::string& socket)
{
    engine::Event event = message(channel);
    event.kind = EventKind::Subscribed;
    event.payload = nullptr;
    event.socketId = socket;
    event.userId = "ana";
    return event;
}

/// Answers when it is told to, with rows that are numbered by their receivers.
class FakeArchive : public LogArchive {
public:
    void ask(Question question, std::function<void(Page)> answer) override
    {
        questions.push_back(question);
        m_answer = std::move(answer);
    }
    void answer(Page page) { std::exchange(m_answer, nullptr)(std::move(page)); }

    std::vector<Question> questions;

private:
    std::function<void(Page)> m_answer;
};

LogArchive::Page pageOf(std::size_t rows, std::int64_t firstId, bool isEnd)
{
    LogArchive::Page page;
    for (std::size_t i = 0; i < rows; ++i) {
        page.rows.push_back(message("old"));
        page.rows.back().at -= 1h;
    }
    page.firstId = firstId;
    page.isEnd = isEnd;
    return page;
}

QByteArray contentOf(const QString& path)
{
    QFile file{path};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

} // namespace

void LogPageTest::init()
{
    m_documents = std::make_unique<MemoryDocuments>();
    openPage();
}

void LogPageTest::openPage()
{
    m_page.reset();
    m_model = std::make_unique<LogModel>();
    m_page = std::make_unique<LogPage>(m_model.get(), m_documents.get(), QStringLiteral("local"));
    m_page->resize(1'300, 640);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void LogPageTest::cleanup()
{
    m_page.reset();
    m_model.reset();
}

void LogPageTest::add(std::vector<engine::Event> events)
{
    const int before = m_model->rowCount();
    const auto count = static_cast<int>(events.size());
    m_model->append(std::move(events));
    QTRY_COMPARE(m_model->rowCount(), before + count);
}

void LogPageTest::aMistakeIsUnderlinedAndTheLastGoodFilterStays()
{
    add({message("orders"), message("alerts"), message("alerts")});
    m_page->setFilterText(QStringLiteral("channel:alerts"));
    QTRY_COMPARE(m_model->rowCount(), 2);
    auto* remark = find<QLabel>("log.filter.remark");
    QTRY_COMPARE(remark->text(), QStringLiteral("2 of 3 rows"));
    m_page->setFilterText(QStringLiteral("channel:alerts json:$.n>"));
    QVERIFY2(remark->text().contains(QStringLiteral("after the comparison")), qPrintable(remark->text()));
    QCOMPARE(find("log.filter")->property("state").toString(), QStringLiteral("wrong"));
    QCOMPARE(m_model->rowCount(), 2);
    QVERIFY(!find("log.filter.star")->isEnabled());
    m_page->setFilterText(QString{});
    QTRY_COMPARE(m_model->rowCount(), 3);
    QVERIFY(!remark->isVisible());
    QCOMPARE(find("log.filter")->property("state").toString(), QString{});
}

void LogPageTest::aSavedFilterIsAChipThatCombinesAndOutlivesThePage()
{
    add({message("orders"), message("alerts"), message("alerts", R"({"n":7})")});
    m_page->setFilterText(QStringLiteral("channel:alerts or channel:none"));
    find<QToolButton>("log.filter.star")->click();
    find<QLineEdit>("log.filter.name")->setText(QStringLiteral("Only alerts"));
    find<QPushButton>("log.filter.save")->click();
    QCOMPARE(find<QLineEdit>("log.filter")->text(), QString{});
    QTRY_COMPARE(m_model->rowCount(), 2);
    m_page->setFilterText(QStringLiteral("json:$.n=7"));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_documents->list("filters").size(), 1U);

    openPage();
    auto* chip = find<Chip>("log.filters.0");
    QVERIFY(chip != nullptr && chip->isVisible());
    QCOMPARE(chip->text(), QStringLiteral("Only alerts"));
    QVERIFY(!chip->isChecked());
    add({message("orders"), message("alerts")});
    chip->click();
    QTRY_COMPARE(m_model->rowCount(), 1);
    const std::string id = m_documents->list("filters").front().id;
    auto* chips = m_page->findChild<FilterChips*>();
    chips->rename(toQt(id), QStringLiteral("Alerts"));
    QVERIFY(m_documents->list("filters").front().json.find("\"Alerts\"") != std::string::npos);
    chips->remove(toQt(id));
    QVERIFY(m_documents->list("filters").empty());
    QTRY_COMPARE(m_model->rowCount(), 2);
}

void LogPageTest::followingASocketAndHidingAChannelAreChipsThatPass()
{
    add({subscribed("orders", "1.1"), subscribed("orders", "2.2"), subscribed("alerts", "1.1"), message("alerts")});
    m_page->selectRow(0);
    m_page->followSocket();
    QTRY_COMPARE(m_model->rowCount(), 2);
    m_page->selectRow(1);
    m_page->hideChannel();
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->eventAt(0)->channel, std::string{"orders"});
    for (const char* name : {"log.filters.0", "log.filters.1"})
        find<Chip>(name)->click();
    QTRY_COMPARE(m_model->rowCount(), 4);
    QTRY_VERIFY(find<Chip>("log.filters.0") == nullptr);
    QVERIFY(m_documents->list("filters").empty());
}

void LogPageTest::columnsAreKeptForTheProfile()
{
    QHeaderView* header = table()->horizontalHeader();
    header->moveSection(header->visualIndex(LogModel::Event), 0);
    header->resizeSection(LogModel::Event, 222);
    QMenu menu;
    table()->fillColumnMenu(menu);
    menu.actions().at(LogModel::Delta)->setChecked(false);
    QVERIFY(table()->isColumnHidden(LogModel::Delta));
    openPage();
    header = table()->horizontalHeader();
    QCOMPARE(header->logicalIndex(0), int{LogModel::Event});
    QCOMPARE(header->sectionSize(LogModel::Event), 222);
    QVERIFY(table()->isColumnHidden(LogModel::Delta));
    QMenu again;
    table()->fillColumnMenu(again);
    again.actions().last()->trigger();
    QCOMPARE(header->logicalIndex(0), int{LogModel::Time});
    QVERIFY(!table()->isColumnHidden(LogModel::Delta));
}

void LogPageTest::singleKeysWorkOnTheListAndNotInTheFilterLine()
{
    auto rows = std::vector{message("a"), message("b"), message("c"), message("d")};
    rows[1].kind = rows[3].kind = EventKind::ApiError;
    add(std::move(rows));
    table()->setFocus();
    m_page->selectRow(0);
    QTest::keyClick(table(), Qt::Key_M);
    QVERIFY(m_model->isBookmarked(0));
    QTest::keyClick(table(), Qt::Key_E);
    QCOMPARE(m_page->selectedRow(), 1);
    QTest::keyClick(table(), Qt::Key_E);
    QCOMPARE(m_page->selectedRow(), 3);
    QTest::keyClick(table(), Qt::Key_E);
    QCOMPARE(m_page->selectedRow(), 1);
    QTest::keyClick(table(), Qt::Key_N);
    QCOMPARE(m_page->selectedRow(), 0);
    QTest::keyClick(table(), Qt::Key_M);
    QVERIFY(!m_model->isBookmarked(0));
    QTest::keyClick(table(), Qt::Key_Space);
    QVERIFY(m_model->isPaused());
    QTest::keyClick(table(), Qt::Key_Space);
    m_page->focusFilter();
    QTest::keyClicks(find<QLineEdit>("log.filter"), QStringLiteral("me ab"));
    QCOMPARE(find<QLineEdit>("log.filter")->text(), QStringLiteral("me ab"));
    QVERIFY(!m_model->isPaused());
}

void LogPageTest::theMenuFiltersCopiesAndHandsOver()
{
    add({message("orders"), message("a b", R"({"x":1})")});
    QSignalSpy edited{m_page.get(), &LogPage::editAndSendRequested};
    const auto choose = [this](int column, const QString& start) {
        const QModelIndex index = m_model->index(1, column);
        Q_EMIT table()->customContextMenuRequested(table()->visualRect(index).center());
        auto* menu = find<QMenu>("log.menu");
        QVERIFY(menu != nullptr);
        for (QAction* action : menu->actions()) {
            if (action->text().startsWith(start)) {
                QVERIFY(action->isEnabled());
                action->trigger();
            }
        }
        menu->close();
        QTRY_VERIFY(find<QMenu>("log.menu") == nullptr);
    };
    choose(LogModel::Summary, QStringLiteral("Copy payload"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("{\"x\":1}"));
    choose(LogModel::Channel, QStringLiteral("Copy cell"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a b"));
    choose(LogModel::Channel, QStringLiteral("Edit and send"));
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited[0][0].value<engine::Event>().channel, std::string{"a b"});
    choose(LogModel::Channel, QStringLiteral("Filter by"));
    QCOMPARE(find<QLineEdit>("log.filter")->text(), QStringLiteral("channel:\"a b\""));
    QTRY_COMPARE(m_model->rowCount(), 1);
    m_page->setFilterText(QStringLiteral("orders or b"));
    QTRY_COMPARE(m_model->rowCount(), 2);
    choose(LogModel::Type, QStringLiteral("Exclude"));
    QCOMPARE(find<QLineEdit>("log.filter")->text(), QStringLiteral("(orders or b) -type:api"));
}

void LogPageTest::twoMarkedRowsAreHandedToCompare()
{
    add({message("a", "1"), message("b", "2")});
    QSignalSpy asked{m_page.get(), &LogPage::compareRequested};
    m_page->selectRow(0);
    m_page->markA();
    QCOMPARE(asked.size(), 0);
    m_page->selectRow(1);
    m_page->markB();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(*m_model->marked(LogModel::Mark::A)->payload, std::string{"1"});
    m_page->markB();
    QVERIFY(!m_model->marked(LogModel::Mark::B));
}

void LogPageTest::clearIsUndoneByTheSameButton()
{
    add({message("a"), message("b")});
    find<QPushButton>("log.clear")->click();
    QTRY_COMPARE(m_model->rowCount(), 0);
    QCOMPARE(find<QPushButton>("log.clear")->text(), QStringLiteral("Undo clear"));
    find<QPushButton>("log.clear")->click();
    QTRY_COMPARE(m_model->rowCount(), 2);
}

void LogPageTest::rowsOfAHiddenPageWaitForItsReturn()
{
    add({message("a")});
    m_page->hide();
    QSignalSpy inserted{m_model.get(), &QAbstractItemModel::rowsInserted};
    m_model->append(std::vector(50, message("b")));
    QTest::qWait(1); // Two turns of the loop, in which a row that comes would come.
    QCoreApplication::processEvents();
    QCOMPARE(inserted.size(), 0);
    QCOMPARE(m_model->store().total(), 51U);
    m_page->show();
    QTRY_COMPARE(m_model->rowCount(), 51);
}

void LogPageTest::theNewChipCountsAndLeadsBack()
{
    add(std::vector(100, message("a")));
    m_page->selectRow(10);
    add(std::vector(7, message("b")));
    auto* chip = find<QPushButton>("log.newchip");
    QTRY_VERIFY(chip->isVisible());
    QTRY_COMPARE(chip->text(), QStringLiteral("7 new"));
    chip->click();
    QVERIFY(!chip->isVisible());
    QVERIFY(table()->isFollowing());
}

void LogPageTest::theRowOfAMessageIsSelectedOnceItIsThere()
{
    const QSignalSpy told{m_page.get(), &LogPage::rowSelected};
    engine::Event earlier = message("orders");
    earlier.at -= 1s;
    add({earlier});
    const WallTime since = std::chrono::system_clock::now();
    m_page->reveal({"demo", "orders", "note", since});
    QCOMPARE(m_page->selectedRow(), -1); // The row before it is another message.
    m_model->append({subscribed("orders", "1.1"), message("else"), message("orders", "[1]")});
    QCOMPARE(told.size(), 1); // Before the view has it.
    QTRY_COMPARE(m_page->selectedRow(), 3);
    add({message("orders", "[2]")});
    QTRY_COMPARE(m_model->rowCount(), 5);
    QCOMPARE(m_page->selectedRow(), 3);
    m_page->reveal({"demo", "orders", "note", since});
    QCOMPARE(m_page->selectedRow(), 4);
    m_page->reveal({"other", "orders", "note", since});
    QCOMPARE(m_page->selectedRow(), 4);
}

void LogPageTest::whatHidesTheRowOfAMessageGivesWay()
{
    const WallTime since = std::chrono::system_clock::now();
    add({message("orders")});
    m_page->setFilterText(QStringLiteral("channel:else"));
    QTRY_COMPARE(m_model->rowCount(), 0);
    m_page->setPaused(true);
    m_page->reveal({"demo", "orders", "note", since});
    QTRY_COMPARE(m_page->selectedRow(), 0);
    QVERIFY(!m_model->isFiltered());
    QVERIFY(!m_model->isPaused());
}

void LogPageTest::anotherChoiceEndsTheWaitForARow()
{
    add({message("a"), message("b")});
    m_page->reveal({"demo", "orders", "note", std::chrono::system_clock::now()});
    m_page->selectRow(1);
    add({message("orders")});
    QTRY_COMPARE(m_model->rowCount(), 3);
    QCOMPARE(m_page->selectedRow(), 1);
}

void LogPageTest::olderRowsComeFromTheArchive()
{
    FakeArchive archive;
    m_page->setArchive(&archive);
    add(std::vector(100, message("new")));
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Home);
    QCOMPARE(archive.questions.size(), 1U);
    QVERIFY(archive.questions[0].before <= m_model->eventAt(0)->at);
    archive.answer(pageOf(1'000, 500, false));
    QTRY_COMPARE(m_model->rowCount(), 1'100);
    QCOMPARE(m_model->eventAt(0)->channel, std::string{"old"});
    QCOMPARE(m_model->store().total(), 100U);
    QCOMPARE(m_model->rowsSinceClear(), 100U);
    QVERIFY(table()->rowAt(0) > 900); // What was being read stays where it is.
    QTest::keyClick(table(), Qt::Key_Home);
    QCOMPARE(archive.questions.size(), 2U);
    QCOMPARE(archive.questions[1].beforeId, std::optional<std::int64_t>{500});
    archive.answer(pageOf(20, 480, true));
    QTRY_COMPARE(m_model->rowCount(), 1'120);
    QTest::keyClick(table(), Qt::Key_Home);
    QCOMPARE(archive.questions.size(), 2U); // There are no more.
}

void LogPageTest::storedRowsAreSearchedByTheWholeFilter()
{
    FakeArchive archive;
    m_page->setArchive(&archive);
    add({message("new")});
    m_page->setFilterText(QStringLiteral("-type:client channel:o*"));
    QTest::mouseClick(find("log.types.api"), Qt::LeftButton);
    m_page->searchStored();
    QCOMPARE(archive.questions.size(), 1U);
    QVERIFY(archive.questions[0].filter.accepts(message("old")));
    QVERIFY(!archive.questions[0].filter.accepts(message("new")));
    QCOMPARE(archive.questions[0].kinds, 1U << static_cast<unsigned>(EventKind::ApiMessage));
    archive.answer(pageOf(7, 500, true));
    QTRY_COMPARE(m_model->rowCount(), 7);
    QVERIFY(find("log.older")->findChild<QLabel*>()->text().contains(u'7'));
    m_page->setFilterText(QStringLiteral("channel:*"));
    QTRY_COMPARE(m_model->rowCount(), 1); // They were found by another line.
    QVERIFY(!find("log.older")->isVisible());
    m_page->searchStored();
    LogArchive::Page page;
    page.trouble = QStringLiteral("the file is locked");
    archive.answer(page);
    auto* older = find("log.older");
    QVERIFY(older->isVisible());
    QVERIFY(older->findChild<QLabel*>()->text().contains(page.trouble));
}

void LogPageTest::whatIsShownIsExported_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::addColumn<QString>("hide");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("JSON Lines") << ExportFormat::JsonLines << QString{}
                                << QByteArray{"\"size\":17,\"payload\":\"{\\\"t\\\":\\\"s\\\",\\\"n\\\":1.0}\""};
    QTest::newRow("CSV") << ExportFormat::Csv << QString{} << QByteArray{R"("{""t"":""s"",""n"":1.0}")"};
    QTest::newRow("with a hidden path") << ExportFormat::Csv << QStringLiteral("$.t")
                                        << QByteArray{R"("{""t"":""[hidden]"",""n"":1.0}")"};
}

void LogPageTest::whatIsShownIsExported()
{
    QFETCH(ExportFormat, format);
    QFETCH(QString, hide);
    QFETCH(QByteArray, part);
    add(std::vector(3'000, message("orders", R"({"t":"s","n":1.0})")));
    add({message("alerts")});
    m_page->setFilterText(QStringLiteral("channel:orders"));
    QTRY_COMPARE(m_model->rowCount(), 3'000);
    m_page->toggleExport();
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("log"));
    m_page->exportPanel()->setFormat(format);
    m_page->exportPanel()->setHiddenPaths(hide);
    m_page->exportPanel()->saveTo(path);
    auto* result = find<QLabel>("log.export.result");
    QTRY_COMPARE(result->text(), QStringLiteral("3,000 rows written."));
    const QByteArray content = contentOf(path);
    QCOMPARE(content.count('\n'), format == ExportFormat::Csv ? 3'001 : 3'000);
    QVERIFY2(content.contains(part), content.left(400).constData());
    if (format == ExportFormat::JsonLines)
        QVERIFY(!json::check(content.left(content.indexOf('\n')).toStdString()));
    m_page->exportPanel()->setHiddenPaths(QStringLiteral("email"));
    m_page->exportPanel()->saveTo(path);
    QVERIFY(result->text().contains(QStringLiteral("is no path")));
}

void LogPageTest::formulasAreDisarmed()
{
    engine::Event event = message("=cmd|' /C calc'!A0", "@SUM(1)");
    event.userId = "-1+1";
    const std::string line = exportLine(event, ExportFormat::Csv, {});
    for (const char* disarmed : {"\"'=cmd|' /C calc'!A0\"", "\"'@SUM(1)\"", "\"'-1+1\""})
        QVERIFY2(line.find(disarmed) != std::string::npos, line.c_str());
    event.payload = std::make_shared<const std::string>("\xFF\xFE");
    const std::string base64 = exportLine(event, ExportFormat::JsonLines, {});
    QVERIFY2(base64.find("\"payload_base64\":\"//4=\"") != std::string::npos, base64.c_str());
}

void LogPageTest::theBusiestAreNamedByRate()
{
    LogStore store;
    std::vector<engine::Event> rows(100, message("often"));
    rows.insert(rows.end(), 50, message("less"));
    rows.push_back(subscribed("rare", "1.1"));
    store.append(std::move(rows));
    const auto now = std::chrono::system_clock::now();
    const auto channels = topTalkers(store, TalkerKind::Channels, now);
    QCOMPARE(channels.size(), 3U);
    QCOMPARE(channels[0], (Talker{"often", 10.0}));
    QCOMPARE(channels[1], (Talker{"less", 5.0}));
    QCOMPARE(topTalkers(store, TalkerKind::Sockets, now).size(), 1U);
    QVERIFY(topTalkers(store, TalkerKind::Channels, now + 1min).empty());
    m_page->toggleTalkers();
    add(std::vector(20, message("a b")));
    m_page->toggleTalkers();
    m_page->toggleTalkers();
    auto* list = find<QTableView>("log.talkers.channel");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    Q_EMIT list->clicked(list->model()->index(0, 0));
    QCOMPARE(find<QLineEdit>("log.filter")->text(), QStringLiteral("channel:\"a b\""));
}

QTEST_MAIN(LogPageTest)
#include "log_page_test.moc"
