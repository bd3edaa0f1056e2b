#include "tests/ui/send_page_fixture.h"

#include "core/hub/delivery_trace.h"
#include "ui/models/history_model.h"
#include "ui/models/log_model.h"
#include "ui/models/sealed_payload.h"
#include "ui/pages/board_pane.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/inspector.h"
#include "ui/widgets/payload_view.h"
#include "ui/widgets/receipt.h"
#include "ui/widgets/send_options.h"

#include <QtCore/QElapsedTimer>
#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace castdeck;
using namespace castdeck::ui;

namespace {

/// Keeps everything at once and finds nothing.
class EmptyArchive : public SentArchive {
public:
    std::int64_t add(const SentMessage&) override { return ++m_last; }
    void settle(std::int64_t, const Outcome&, std::function<void(const QString&)> kept) override { kept({}); }
    void find(const Question&, std::function<void(Page)> answer) override { answer({}); }

private:
    std::int64_t m_last = 0;
};

} // namespace

/// What the page sends, and what it tells of it.
class SendingTest : public test::SendPageFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { openPage(); }
    void cleanup() { closePage(); }
    void theReceiptTellsOfTheLastDelivery();
    void aBatchGoesOutInOrderAndIsToldAsOne();
    void theReceiptListsEachMessageOfABatch();
    void aBatchIsOneRequestOfItsConnection();
    void countsAreAskedForWhereTheConnectionCan();
    void theReceiptTellsOfASendDuringASearch();
    void aClientEventIsHandedOver();
    void sendingAgainLeavesTheComposerAlone();
    void whatWasSealedIsSealedOnceWhenSentAgain();
    void anEncryptedPayloadIsReadInClearOrSaysWhyNot();
    void theInspectorShowsBothWhatWasSentAndWhatItSays();
    void theSocketToLeaveOutIsSentAndForgotten();
    void anEncryptedChannelGetsCiphertextOnly();
    void theDraftIsThereAgain();
    void theDraftIsStoredWhileSomebodyKeepsTyping();
    void aFailureHasItsExchangeBehindDetails();
    void theMessageIsCopiedAsCurl();
};

void SendingTest::theReceiptTellsOfTheLastDelivery()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    m_page->send();
    const auto trace = std::make_shared<hub::DeliveryTrace>(2, std::string{});
    engine::Event event;
    event.kind = engine::EventKind::ApiMessage;
    event.channel = "orders";
    event.event = "note";
    event.at = std::chrono::system_clock::now();
    event.payload = std::make_shared<const std::string>("{}");
    event.trace = trace;
    trace->note(1, 0);
    m_page->showEvents({event});
    accept(1, 2);
    QVERIFY2(!receipt().contains(QStringLiteral("Last delivery")), qPrintable(receipt())); // One is still missing.
    trace->note(2, 0);
    QTRY_VERIFY2(receipt().contains(QStringLiteral("on 1 channel. Last delivery after ")), qPrintable(receipt()));
    m_page->send();
    accept(2, 2);
    QVERIFY(!receipt().contains(QStringLiteral("Last delivery")));
}

void SendingTest::aBatchGoesOutInOrderAndIsToldAsOne()
{
    fill(QStringLiteral("orders"), QStringLiteral("one"), "1");
    m_page->composer()->setOptionsShown(true);
    find<QPushButton>("composer.batch.add")->click();
    fill(QStringLiteral("orders"), QStringLiteral("two"), "2");
    m_page->send();
    QCOMPARE(m_server.published.size(), std::size_t{2});
    QCOMPARE(m_server.published[0].event, std::string{"one"});
    QCOMPARE(m_server.published[1].event, std::string{"two"});
    accept(1, 3);
    QVERIFY(receipt().startsWith(QStringLiteral("Sending")));
    accept(2, 4);
    QCOMPARE(receipt(), QStringLiteral("Accepted 2 messages. 7 deliveries."));
    m_page->send();
    QCOMPARE(m_server.published.size(), std::size_t{3});
}

void SendingTest::theReceiptListsEachMessageOfABatch()
{
    fill(QStringLiteral("orders"), QStringLiteral("one"), "1");
    find<QPushButton>("composer.batch.add")->click();
    fill(QStringLiteral("private-x"), QStringLiteral("two"), "2");
    m_page->send();
    accept(1, 3);
    engine::PublishOutcome refused;
    refused.commandId = 2;
    refused.error = "the channel is closed";
    m_page->showOutcome(refused);
    QCOMPARE(receipt(), QStringLiteral("Accepted 1 of 2 messages. the channel is closed"));
    find<QPushButton>("receipt.details")->click();
    const QString details = find<QPlainTextEdit>("receipt.exchange")->toPlainText();
    QCOMPARE(details, QStringLiteral("1.  one on orders: accepted, 3 subscribers\n"
                                     "2.  two on private-x: the channel is closed"));
}

void SendingTest::aBatchIsOneRequestOfItsConnection()
{
    m_page->setConnection(QStringLiteral("eu-prod"));
    fill(QStringLiteral("orders, news"), QStringLiteral("one"), "1");
    find<QPushButton>("composer.batch.add")->click();
    fill(QStringLiteral("room"), QStringLiteral("two"), "2");
    m_page->send();
    QVERIFY(m_server.sent.empty());
    QCOMPARE(m_server.batches.size(), std::size_t{1});
    QCOMPARE(m_server.batches[0].size(), std::size_t{2});
    QCOMPARE(m_server.batches[0][1].event, std::string{"two"});
    broadcast::Report report;
    report.entries = {broadcast::Entry::sent("orders"), broadcast::Entry::sent("news"),
                      broadcast::Entry::failed("room", {broadcast::Code::Rejected, "no such room"}, 400)};
    for (broadcast::Entry& entry : report.entries)
        entry.connection = "eu-prod";
    report.entries[0].receivers = 4;
    m_page->showReport(501, report);
    QCOMPARE(receipt(), QStringLiteral("Accepted 1 of 2 messages. Not sent through eu-prod: no such room."));
    const auto* history = find<QAbstractItemView>("history")->model();
    QCOMPARE(history->index(1, 0).data(HistoryModel::OutcomeRole).toString(), QStringLiteral("4 subscribers"));
    QCOMPARE(history->index(0, 0).data(HistoryModel::OutcomeRole).toString(), QStringLiteral("not sent"));
}

void SendingTest::countsAreAskedForWhereTheConnectionCan()
{
    auto* counts = find<QCheckBox>("composer.info");
    m_page->composer()->setOptionsShown(true);
    QVERIFY(!counts->isVisible()); // This server always tells.
    m_page->setConnection(QStringLiteral("eu-prod"));
    QVERIFY(counts->isVisible());
    counts->click();
    fill(QStringLiteral("presence-room"), QStringLiteral("one"), "1");
    m_page->send();
    QVERIFY(m_server.sent.at(0).options.wantsCounts);
    broadcast::Report report;
    report.entries = {broadcast::Entry::sent("presence-room")};
    report.entries[0].receivers = 3;
    report.entries[0].users = 2;
    m_page->showReport(1, report);
    const auto labels = m_page->findChild<Receipt*>()->findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
        return label->text() == QStringLiteral("presence-room: sent to 3, 2 users");
    }));
    m_page->setConnection(QStringLiteral("null"));
    m_page->send();
    QVERIFY(!m_server.sent.at(1).options.wantsCounts);
}

void SendingTest::theReceiptTellsOfASendDuringASearch()
{
    EmptyArchive archive;
    m_page->setArchive(&archive);
    find<QLineEdit>("history.search")->setText(QStringLiteral("storm"));
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    m_page->send();
    accept(1, 2);
    QSignalSpy wanted{m_page.get(), &SendPage::whoGotThisRequested};
    find<QPushButton>("receipt.who")->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).value<SentMessage>().draft.channels, QStringLiteral("orders"));
}

void SendingTest::aClientEventIsHandedOver()
{
    const QSignalSpy handed{m_page.get(), &SendPage::clientEventRequested};
    fill(QStringLiteral("private-x"), QStringLiteral("client-typing"), "{}");
    m_page->send();
    QCOMPARE(handed.size(), 1);
    QCOMPARE(handed.at(0).at(0).toString(), QStringLiteral("demo"));
    QVERIFY(m_server.published.empty());
    find<QAbstractButton>("composer.sender.server")->click();
    m_page->send();
    QCOMPARE(m_server.published.size(), std::size_t{1});
    find<QAbstractButton>("composer.sender.client")->click();
    m_page->setLocked(true, QStringLiteral("Locked."));
    m_page->send();
    QCOMPARE(handed.size(), 1);
    m_page->setLocked(false, {});
    m_page->setConnection(QStringLiteral("eu-prod")); // Nobody of ours is there.
    QVERIFY(!find("composer.sender.client")->isVisible());
    m_page->send();
    QCOMPARE(m_server.sent.size(), std::size_t{1});
}

void SendingTest::sendingAgainLeavesTheComposerAlone()
{
    fill(QStringLiteral("news"), QStringLiteral("half"), "{\"written\":");
    m_page->sendAgain({QStringLiteral("orders"), QStringLiteral("note"), "{}", PayloadMode::Json},
                      QStringLiteral("other"));
    QCOMPARE(m_server.published.size(), std::size_t{1});
    QCOMPARE(m_server.published[0].appId, std::string{"other"});
    QCOMPARE(m_server.published[0].channels, std::vector<std::string>{"orders"});
    QCOMPARE(m_page->composer()->draft().event, QStringLiteral("half"));
    const QSignalSpy handed{m_page.get(), &SendPage::clientEventRequested};
    m_page->sendAgain({QStringLiteral("private-x"), QStringLiteral("client-typing"), "{}", PayloadMode::Json}, {});
    QCOMPARE(handed.size(), 1); // A client sent it, and one does again.
    QCOMPARE(handed.at(0).at(0).toString(), QStringLiteral("demo"));
}

void SendingTest::whatWasSealedIsSealedOnceWhenSentAgain()
{
    hub::AppConfig app;
    app.encryptionMasterKey = std::string(32, 'k');
    const Draft draft{QStringLiteral("private-encrypted-x"), QStringLiteral("e"), R"({"n":1.0})", PayloadMode::Json};
    const std::string onTheWire = payloadToSend(draft, &app).bytes;
    QVERIFY(onTheWire != draft.payload);
    QCOMPARE(openedPayload("private-encrypted-x", onTheWire, app), draft.payload);
    QCOMPARE(openedPayload("private-x", onTheWire, app), onTheWire);
    QCOMPARE(openedPayload("private-encrypted-x", "{}", app), std::string{"{}"});
    app.encryptionMasterKey.clear();
    QCOMPARE(openedPayload("private-encrypted-x", onTheWire, app), onTheWire);
}

void SendingTest::anEncryptedPayloadIsReadInClearOrSaysWhyNot()
{
    hub::AppConfig app;
    app.encryptionMasterKey = std::string(32, 'k');
    const Draft draft{QStringLiteral("private-encrypted-x"), QStringLiteral("e"), R"({"n":1.0})", PayloadMode::Json};
    const auto sent = std::make_shared<const std::string>(payloadToSend(draft, &app).bytes);
    const ReadPayload read = readPayload("private-encrypted-x", sent, &app);
    QVERIFY(read.isDecrypted);
    QCOMPARE(*read.bytes, draft.payload);
    QVERIFY(read.note.startsWith(QStringLiteral("Decrypted")));

    QVERIFY(readPayload("private-x", sent, &app).note.isEmpty());
    QVERIFY(readPayload("private-encrypted-x", nullptr, &app).note.isEmpty());
    const auto note = [&](const std::string& channel, const std::string& bytes, const hub::AppConfig* of) {
        const ReadPayload shown = readPayload(channel, std::make_shared<const std::string>(bytes), of);
        return shown.isDecrypted || *shown.bytes != bytes ? QString{} : shown.note;
    };
    QVERIFY(note("private-encrypted-x", *sent, nullptr).contains(QStringLiteral("does not know the master key")));
    QVERIFY(note("private-encrypted-y", *sent, &app).contains(QStringLiteral("another key, or for another channel")));
    QVERIFY(note("private-encrypted-x", "{}", &app).startsWith(QStringLiteral("Not encrypted")));
    app.encryptionMasterKey.clear();
    QVERIFY(note("private-encrypted-x", *sent, &app).contains(QStringLiteral("does not know the master key")));
}

void SendingTest::theInspectorShowsBothWhatWasSentAndWhatItSays()
{
    LogModel log;
    Inspector inspector{log.store()};
    inspector.setReader([](const engine::Event&) {
        return ReadPayload{std::make_shared<const std::string>("in clear"), true, QStringLiteral("Decrypted.")};
    });
    inspector.show();
    engine::Event event;
    event.kind = engine::EventKind::ApiMessage;
    event.channel = "private-encrypted-x";
    event.payload = std::make_shared<const std::string>("ciphertext");
    inspector.setEvent(event);
    const auto* text = inspector.findChild<PayloadView*>()->text();
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("in clear"));
    QVERIFY(inspector.findChild<QLabel*>(QStringLiteral("inspector.sealed"))->isVisible());
    inspector.findChild<QPushButton*>(QStringLiteral("inspector.assent"))->click();
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("ciphertext"));
}

void SendingTest::theSocketToLeaveOutIsSentAndForgotten()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    m_page->composer()->options()->setExcludeSocketId(QStringLiteral("1.1"));
    m_page->send();
    QCOMPARE(m_server.published[0].excludeSocketId, std::string{"1.1"});
    auto* history = find<QAbstractItemView>("history");
    Q_EMIT history->clicked(history->model()->index(0, 0));
    QVERIFY(m_page->composer()->draft().excludeSocketId.empty());
    m_page->composer()->options()->setExcludeSocketId(QStringLiteral("nobody"));
    m_page->send();
    QCOMPARE(m_server.published.size(), std::size_t{1});
}

void SendingTest::anEncryptedChannelGetsCiphertextOnly()
{
    fill(QStringLiteral("private-encrypted-x"), QStringLiteral("note"), R"({"secret":1})");
    m_page->send();
    QVERIFY(m_server.published.empty()); // This app has no key.
    QVERIFY2(receipt().contains(QStringLiteral("master key")), qPrintable(receipt()));
    WindowSettings settings = test::sampleSettings();
    settings.apps[0].encryptionMasterKey = std::string(32, 'k');
    SendPage page{m_server, m_server, m_documents, settings, local()};
    page.composer()->setDraft(
        {QStringLiteral("private-encrypted-x"), QStringLiteral("note"), R"({"secret":1})", PayloadMode::Json});
    page.send();
    QCOMPARE(m_server.published.size(), std::size_t{1});
    QVERIFY(m_server.published[0].data.find("ciphertext") != std::string::npos);
    QVERIFY(m_server.published[0].data.find("secret") == std::string::npos);
}

void SendingTest::theDraftIsThereAgain()
{
    fill(QStringLiteral("orders, alerts"), QStringLiteral("note"), "{ \"a\" :1.0}");
    m_page->composer()->setCursorPosition(5);
    QTRY_VERIFY(m_documents.find("drafts", Profile::localId));
    open(local());
    QCOMPARE(m_page->composer()->draft(),
             (Draft{QStringLiteral("orders, alerts"), QStringLiteral("note"), "{ \"a\" :1.0}", PayloadMode::Json}));
    QCOMPARE(m_page->composer()->cursorPosition(), 5);
    open(production());
    QCOMPARE(m_page->composer()->draft().event, QStringLiteral("hello"));
}

void SendingTest::theDraftIsStoredWhileSomebodyKeepsTyping()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    auto* editor = find<QPlainTextEdit>("composer.payload");
    QElapsedTimer timer;
    timer.start();
    while (!m_documents.find("drafts", Profile::localId) && timer.elapsed() < 5'000)
        QTest::keyClick(editor, Qt::Key_A, Qt::NoModifier, 5);
    QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
}

void SendingTest::aFailureHasItsExchangeBehindDetails()
{
    m_page->setConnection(QStringLiteral("eu-prod"));
    m_page->send();
    broadcast::Report report;
    report.entries = {broadcast::Entry::failed("demo", {broadcast::Code::Unauthorized, "401 Invalid signature"}, 401)};
    report.entries[0].connection = "eu-prod";
    report.exchanges = {{"eu-prod", "POST /apps/1/events\n{}", "401\nInvalid signature"}};
    m_page->showReport(1, report);
    auto* exchange = find<QPlainTextEdit>("receipt.exchange");
    QVERIFY(!exchange->isVisible());
    QVERIFY(!find("receipt.who")->isVisible());
    find<QPushButton>("receipt.details")->click();
    QVERIFY(exchange->isVisible());
    QVERIFY(exchange->toPlainText().contains(QStringLiteral("Invalid signature")));
}

void SendingTest::theMessageIsCopiedAsCurl()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    QTest::keyClick(find("composer.payload"), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString text = QApplication::clipboard()->text();
    QVERIFY(text.contains(QStringLiteral("/apps/demo/events")));
    QVERIFY(text.contains(QStringLiteral("http://127.0.0.1:6001")));
    QVERIFY(!text.contains(QLatin1String{test::secretMarker}));
}

QTEST_MAIN(SendingTest)
#include "sending_test.moc"
