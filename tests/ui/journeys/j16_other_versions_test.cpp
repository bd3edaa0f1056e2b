#include "app/castdeck/stored_state.h"
#include "core/store/archive_schema.h"
#include "core/store/sent_journal.h"
#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/pages/send_page.h"

#include <QtTest/QTest>
#include <QtWidgets/QListView>

using namespace castdeck;
using namespace castdeck::test;

/// J16: the program finds a file of an older version, of a later one, or a damaged one.
class OtherVersionsJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anOlderFileIsBroughtUpToDate_data();
    void anOlderFileIsBroughtUpToDate();
    void aLaterFileIsOnlyRead();
    void aDamagedFileIsKeptAndItsCopyRestored();

private:
    /// 300 messages in a file with the first so many steps of the schema.
    static void fill(const QString& folder, std::size_t steps);
    static int messages(const Harness& harness);
};

void OtherVersionsJourney::fill(const QString& folder, std::size_t steps)
{
    auto database = store::Database::open(folder.toStdString() + "/state.db", store::archiveSteps().first(steps));
    QVERIFY(database.has_value());
    for (int i = 1; i <= 300; ++i) {
        QVERIFY(database
                    ->execute("INSERT INTO sent (id, profile, connection, app, channels, event, payload, mode, at, "
                              "state, report, settled) VALUES (" +
                              std::to_string(i) + ", 'local', '', '1001', 'alerts', 'storm', '{}', 0, 0, 1, '', 0)")
                    .has_value());
    }
    QVERIFY(database->execute("INSERT INTO document VALUES ('settings', 'kept', 1, '{}')").has_value());
}

int OtherVersionsJourney::messages(const Harness& harness)
{
    auto* const list = harness.window().findChild<QListView*>(QStringLiteral("history"));
    while (list->model()->canFetchMore({}) || list->model()->rowCount() == 0) {
        list->model()->fetchMore({});
        const int before = list->model()->rowCount();
        if (!waitUntil([&] { return list->model()->rowCount() > before; }))
            break;
    }
    return list->model()->rowCount();
}

void OtherVersionsJourney::anOlderFileIsBroughtUpToDate_data()
{
    QTest::addColumn<int>("steps");
    for (std::size_t steps = 1; steps <= store::archiveSteps().size(); ++steps)
        QTest::addRow("version %d", static_cast<int>(steps)) << static_cast<int>(steps);
}

void OtherVersionsJourney::anOlderFileIsBroughtUpToDate()
{
    QFETCH(int, steps);
    Journey journey{{.id = QStringLiteral("J16 version %1").arg(steps),
                     .title = QStringLiteral("Starting with a file of version %1").arg(steps),
                     .actions = 0}};
    Harness harness{journey};
    fill(harness.folder(), static_cast<std::size_t>(steps));
    harness.open();
    journey.begin();
    QCOMPARE(messages(harness), 300);
    QVERIFY(harness.console().state().documents().find("settings", "kept").has_value());
    for (int step = steps + 1; step <= static_cast<int>(store::archiveSteps().size()); ++step)
        QVERIFY(QFile::exists(harness.folder() + QStringLiteral("/state.db.before-%1").arg(step)));
    QCOMPARE(harness.faults(), QString{});
}

void OtherVersionsJourney::aLaterFileIsOnlyRead()
{
    Journey journey{{.id = QStringLiteral("J16 later"),
                     .title = QStringLiteral("Starting with a file of a later version"),
                     .actions = 0}};
    Harness harness{journey};
    fill(harness.folder(), store::archiveSteps().size());
    QFile file{harness.folder() + QStringLiteral("/state.db")};
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(60)); // PRAGMA user_version
    file.write(QByteArray::fromHex("00000063"));
    file.flush();
    QVERIFY(file.seek(0));
    const QByteArray before = file.readAll();
    harness.open();
    journey.begin();
    QVERIFY(harness.console().state().notice().contains(u"later version"));
    QCOMPARE(messages(harness), 300);
    harness.console().state().documents().put("settings", "kept", "1");
    harness.close();
    QVERIFY(file.seek(0));
    QVERIFY(file.readAll() == before);
    QCOMPARE(harness.faults(), QString{});
}

void OtherVersionsJourney::aDamagedFileIsKeptAndItsCopyRestored()
{
    Journey journey{
        {.id = QStringLiteral("J16 damaged"), .title = QStringLiteral("Starting with a damaged file"), .actions = 1}};
    Harness harness{journey};
    fill(harness.folder(), store::archiveSteps().size());
    const QString path = harness.folder() + QStringLiteral("/state.db");
    QVERIFY(QFile::copy(path, path + QStringLiteral(".copy")));
    QFile file{path};
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(8'192));
    file.write(QByteArray(32'768, 'x'));
    file.close();
    harness.open();
    journey.begin();
    app::StoredState& state = harness.console().state();
    QVERIFY(state.notice().contains(u"was damaged"));
    QCOMPARE(QDir{harness.folder()}.entryList({QStringLiteral("state.db.damaged-*Z")}).size(), 1);
    Ui ui{journey};
    QVERIFY(ui.textOf(QStringLiteral("notice.restore")).contains(u"was damaged"));
    ui.click(QStringLiteral("notice.restore.act"));
    QVERIFY(waitUntil([&] { return !ui.isShown(QStringLiteral("notice.restore")); }));
    journey.end(); // Starting again is no part of it.
    harness.close();
    harness.open();
    QCOMPARE(messages(harness), 300);
    QVERIFY(harness.console().state().documents().find("settings", "kept").has_value());
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(OtherVersionsJourney)
#include "j16_other_versions_test.moc"
