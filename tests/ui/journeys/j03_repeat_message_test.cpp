#include "core/store/sent_journal.h"
#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/models/history_model.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"

#include <QtTest/QTest>
#include <QtWidgets/QListView>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// J3: an operator sends again what went out yesterday.
class RepeatMessageJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void yesterdaysMessageGoesOutAgain();

private:
    static void sendYesterday(const QString& folder);
};

namespace {

// Sent as it stands: what looks like a placeholder was text already.
constexpr const char* payload = R"({"n":  18446744073709551615, "text": "Dear {{name}}, a storm is coming"})";

} // namespace

void RepeatMessageJourney::sendYesterday(const QString& folder)
{
    auto journal = store::SentJournal::open(folder.toStdString() + "/state.db");
    QVERIFY(journal.has_value());
    for (int i = 0; i < 500; ++i) {
        store::SentRow row;
        row.profile = ui::Profile::localId;
        row.appId = Harness::app().id;
        row.channels = i == 250 ? "alerts" : "orders." + std::to_string(i % 7);
        row.event = i == 250 ? "storm.warning" : "order.shipped";
        row.payload = i == 250 ? payload : R"({"order":)" + std::to_string(i) + "}";
        row.at = SystemClock{}.wall() - 24h;
        row.outcome = {store::SentState::Accepted, 2, {}, row.at};
        QVERIFY(journal->add(std::move(row)).has_value());
    }
}

void RepeatMessageJourney::yesterdaysMessageGoesOutAgain()
{
    Journey journey{
        {.id = QStringLiteral("J3"), .title = QStringLiteral("Operator repeats yesterday's message"), .actions = 5}};
    Harness harness{journey};
    sendYesterday(harness.folder());
    const auto started = harness.open();
    NodeActor& phones = harness.actor();
    harness.client(phones, QStringLiteral("phone"), {QStringLiteral("alerts")});
    Ui ui{journey};
    auto* const list = harness.window().findChild<QListView*>(QStringLiteral("history"));
    QVERIFY(waitUntil([&] { return list->model()->rowCount() == 100; }));

    journey.begin();
    journey.addTime(QStringLiteral("start to a usable window"), 1s, started);
    ui.press(QKeySequence{Qt::CTRL | Qt::Key_2});
    ui.press(QKeySequence{Qt::CTRL | Qt::Key_F});
    journey.step(QStringLiteral("the history"));
    journey.takeBackAction();
    ui.type(QStringLiteral("storm"));
    QVERIFY(
        journey.within(QStringLiteral("the message is found"), 100ms, [&] { return list->model()->rowCount() == 1; }));
    journey.step(QStringLiteral("found"));
    ui.press(Qt::Key_Down);
    ui.press(Qt::Key_Return);
    journey.step(QStringLiteral("in the composer"));
    QCOMPARE(QByteArray::fromStdString(harness.window().sendPage()->composer()->draft().payload), QByteArray{payload});
    ui.press(QKeySequence{Qt::CTRL | Qt::Key_Return});
    QVERIFY(journey.within(QStringLiteral("the phone has it"), 300ms, [&] {
        return phones.heard(QStringLiteral("phone"), QStringLiteral("storm.warning")).size() == 1;
    }));
    const QJsonObject heard = phones.heard(QStringLiteral("phone"), QStringLiteral("storm.warning")).front();
    QCOMPARE(heard[QLatin1String{"data"}][QLatin1String{"text"}].toString(),
             QStringLiteral("Dear {{name}}, a storm is coming"));
    QVERIFY(waitUntil([&] { return ui.textOf(QStringLiteral("composer.receipt")).contains(u"1 subscriber"); }));
    QVERIFY(waitUntil([&] { return list->model()->rowCount() == 2; })); // Both have the word.
    journey.step(QStringLiteral("sent"));
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(RepeatMessageJourney)
#include "j03_repeat_message_test.moc"
