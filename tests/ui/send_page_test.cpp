#include "ui/pages/send_page.h"

#include "core/hub/delivery_trace.h"
#include "tests/ui/fake_server.h"
#include "ui/models/history_model.h"
#include "ui/models/sealed_payload.h"
#include "ui/pages/board_pane.h"
#include "ui/theme/theme.h"
#include "ui/widgets/alert_board.h"
#include "ui/widgets/alert_tile.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/receipt.h"
#include "ui/widgets/send_options.h"
#include "ui/widgets/template_form.h"

#include <QtCore/QElapsedTimer>
#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace castdeck;
using namespace castdeck::ui;

namespace castdeck::test {

/// Keeps everything at once and finds nothing.
class EmptyArchive : public SentArchive {
public:
    std::int64_t add(const SentMessage&) override { return ++m_last; }
    void settle(std::int64_t, const Outcome&, std::function<void(const QString&)> kept) override { kept({}); }
    void find(const Question&, std::function<void(Page)> answer) override { answer({}); }

private:
    std::int64_t m_last = 0;
};

} // namespace castdeck::test

/// The operators' page as a whole: board, composer, question before production, receipt.
class SendPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anEmptyBoardOffersToKeepAMessage();
    void aTileIsFilledInAndSentByEnter();
    void whatIsMissingIsAskedForAndNothingIsSent();
    void aSecondEnterSendsNothing();
    void digitsPressTilesWhileTheBoardHasTheFocus();
    void aTileIsDraggedToItsPlace();
    void aDeletedAlertComesBack();
    void aMessageIsSavedAsAnAlertAndEdited();
    void anAlertOfAnotherProfileIsNotShown();
    void anAlertGoesThroughItsConnection();
    void aLockedPageSendsNothingAndSaysHowToUnlock();
    void productionAsksForTheNameOfTheFirstChannel();
    void threeEntersSendOnce();
    void aQuestionIsAnsweredOnce();
    void whatTakesTheFocusHasAName();
    void aCancelledQuestionSendsNothing();
    void anAlertToProductionIsAskedAboutToo();
    void lockingTakesTheQuestionBack();
    void theReceiptTellsOfTheLastDelivery();
    void theReceiptStaysWhileTheTimeOfTheLockRuns();
    void aBatchGoesOutInOrderAndIsToldAsOne();
    void theReceiptListsEachMessageOfABatch();
    void aBatchIsOneRequestOfItsConnection();
    void countsAreAskedForWhereTheConnectionCan();
    void theReceiptTellsOfASendDuringASearch();
    void aClientEventIsHandedOver();
    void sendingAgainLeavesTheComposerAlone();
    void whatWasSealedIsSealedOnceWhenSentAgain();
    void theSocketToLeaveOutIsSentAndForgotten();
    void anEncryptedChannelGetsCiphertextOnly();
    void theDraftIsThereAgain();
    void theDraftIsStoredWhileSomebodyKeepsTyping();
    void aFailureHasItsExchangeBehindDetails();
    void theMessageIsCopiedAsCurl();

private:
    void open(Profile profile = {});
    void addMaintenance();
    template <class T = QWidget> T* find(const char* name) const
    {
        return m_page->findChild<T*>(QString::fromLatin1(name));
    }
    AlertTile* tile(int number) const
    {
        return m_page->findChild<AlertTile*>(QStringLiteral("board.tile.%1").arg(number));
    }
    QString receipt() const { return m_page->findChild<Receipt*>()->text(); }
    void fill(const QString& channels, const QString& event, const std::string& payload);
    void accept(std::uint64_t id, std::size_t receivers);
    static Profile local();
    static Profile production();

    std::unique_ptr<Theme> m_theme;
    test::FakeServer m_server;
    MemoryDocuments m_documents;
    std::unique_ptr<SendPage> m_page;
};

Profile SendPageTest::local()
{
    Profile profile;
    profile.id = Profile::localId;
    profile.name = QStringLiteral("This computer");
    profile.kind = Profile::Kind::Embedded;
    return profile;
}

Profile SendPageTest::production()
{
    Profile profile = local();
    profile.id = "prod";
    profile.name = QStringLiteral("Prod");
    profile.isProduction = true;
    profile.color = Profile::Color::Red;
    return profile;
}

void SendPageTest::init()
{
    m_theme = std::make_unique<Theme>();
    m_server = {};
    m_documents = {};
    open(local());
}

void SendPageTest::cleanup()
{
    m_page.reset();
    m_theme.reset();
}

void SendPageTest::open(Profile profile)
{
    m_page = std::make_unique<SendPage>(m_server, m_server, m_documents, test::sampleSettings(), std::move(profile));
    m_page->resize(1'090, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->showSnapshot(test::runningSnapshot());
    m_page->setFocus();
}

void SendPageTest::addMaintenance()
{
    m_page->board()->templates().add(sampleTemplates().front());
}

void SendPageTest::fill(const QString& channels, const QString& event, const std::string& payload)
{
    m_page->composer()->setDraft({channels, event, payload, PayloadMode::Json});
}

void SendPageTest::accept(std::uint64_t id, std::size_t receivers)
{
    m_page->showOutcome({.commandId = id,
                         .isAccepted = true,
                         .error = {},
                         .channels = {{"alerts", receivers}},
                         .duration = std::chrono::milliseconds{4}});
}

void SendPageTest::anEmptyBoardOffersToKeepAMessage()
{
    QVERIFY(find("board.empty.save")->isVisible());
    find<QPushButton>("board.empty.samples")->click();
    QVERIFY(tile(1)->isVisible());
    QVERIFY(!find("board.empty.save")->isVisible());
}

void SendPageTest::aTileIsFilledInAndSentByEnter()
{
    addMaintenance();
    tile(1)->click();
    auto* minutes = find<QLineEdit>("form.field.minutes");
    QVERIFY(minutes->hasFocus());
    QCOMPARE(minutes->selectedText(), QStringLiteral("10"));
    QTest::keyClicks(minutes, QStringLiteral("15"));
    QTest::keyClick(minutes, Qt::Key_Return);
    QCOMPARE(m_server.published.size(), std::size_t{1});
    QCOMPARE(m_server.published[0].event, std::string{"maintenance"});
    QCOMPARE(m_server.published[0].channels, std::vector<std::string>{"alerts"});
    QCOMPARE(m_server.published[0].data,
             std::string{"{\n  \"minutes\": 15,\n  \"text\": \"We will be back soon.\"\n}"});
    accept(1, 2);
    QCOMPARE(receipt(), QStringLiteral("Accepted in 4 ms. 2 subscribers on 1 channel."));
    QVERIFY(tile(1)->isVisible());
    QCOMPARE(tile(1)->lastSent(), QStringLiteral("just now"));
}

void SendPageTest::whatIsMissingIsAskedForAndNothingIsSent()
{
    addMaintenance();
    tile(1)->click();
    auto* minutes = find<QLineEdit>("form.field.minutes");
    for (const char* text : {"", "ten"}) {
        minutes->setText(QString::fromLatin1(text));
        QTest::keyClick(minutes, Qt::Key_Return);
        QVERIFY(m_server.published.empty());
        QVERIFY2(receipt().contains(QStringLiteral("Line 2, column 14: minutes")), qPrintable(receipt()));
    }
    minutes->setText(QStringLiteral("5"));
    QTest::keyClick(minutes, Qt::Key_Return);
    QCOMPARE(m_server.published.size(), std::size_t{1});
}

void SendPageTest::aSecondEnterSendsNothing()
{
    addMaintenance();
    tile(1)->click();
    for (int i = 0; i < 5; ++i) {
        if (QWidget* widget = QApplication::focusWidget())
            QTest::keyClick(widget, Qt::Key_Return);
    }
    m_page->board()->form().send(); // What was queued before the form went away.
    QCOMPARE(m_server.published.size(), std::size_t{1});
}

void SendPageTest::digitsPressTilesWhileTheBoardHasTheFocus()
{
    m_page->board()->addSamples();
    find("composer.event")->setFocus();
    QTest::keyClick(find("composer.event"), Qt::Key_2);
    QVERIFY(!find("board.form")->isVisible());
    m_page->focusBoard();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_2);
    QVERIFY(find("board.form")->isVisible());
    QCOMPARE(m_page->board()->form().message().draft.event, QStringLiteral("all-clear"));
}

void SendPageTest::aTileIsDraggedToItsPlace()
{
    for (const char* name : {"a", "b", "c"}) {
        Template message = sampleTemplates()[3];
        message.name = QString::fromLatin1(name);
        m_page->board()->templates().add(message);
    }
    AlertTile* first = tile(1);
    const QPoint goal = first->mapFrom(tile(3)->parentWidget(), tile(3)->geometry().center() + QPoint{30, 20});
    QTest::mousePress(first, Qt::LeftButton, {}, first->rect().center());
    QMouseEvent move{QEvent::MouseMove, goal, first->mapToGlobal(goal), Qt::NoButton, Qt::LeftButton, Qt::NoModifier};
    QApplication::sendEvent(first, &move);
    QTest::mouseRelease(first, Qt::LeftButton, {}, goal);
    QStringList names;
    for (const Template& message : m_page->board()->templates().all())
        names << message.name;
    QCOMPARE(names.join(QString{}), QStringLiteral("bca"));
    QVERIFY(!find("board.form")->isVisible()); // It was no press.
}

void SendPageTest::aDeletedAlertComesBack()
{
    addMaintenance();
    m_page->board()->removeTemplate(m_page->board()->templates().all().front().id);
    QVERIFY(find("board.empty.save")->isVisible());
    find<QPushButton>("board.undo")->click();
    QCOMPARE(tile(1)->text(), QStringLiteral("Maintenance"));
}

void SendPageTest::aMessageIsSavedAsAnAlertAndEdited()
{
    fill(QStringLiteral("alerts"), QStringLiteral("storm"), R"({"at": "{{place}}"})");
    QTest::keyClick(find("composer.payload"), Qt::Key_S, Qt::ControlModifier);
    auto* name = find<QLineEdit>("sheet.name");
    QVERIFY(name->hasFocus());
    QTest::keyClick(name, Qt::Key_Return); // Without a name it is not saved.
    QVERIFY(m_page->board()->templates().all().empty());
    QTest::keyClicks(name, QStringLiteral("Storm"));
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(tile(1)->text(), QStringLiteral("Storm"));
    tile(1)->click();
    find<QPushButton>("form.edit")->click();
    m_page->composer()->setDraft({QStringLiteral("alerts"), QStringLiteral("storm"), "{}", PayloadMode::Json});
    m_page->saveAsTemplate();
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(m_page->board()->templates().all().size(), std::size_t{1});
    QCOMPARE(m_page->board()->templates().all().front().draft.payload, std::string{"{}"});
}

void SendPageTest::anAlertOfAnotherProfileIsNotShown()
{
    Template message = sampleTemplates().front();
    message.profileId = "prod";
    m_page->board()->templates().add(message);
    QVERIFY(!tile(1));
    m_page->setProfile(production());
    QVERIFY(tile(1));
}

void SendPageTest::anAlertGoesThroughItsConnection()
{
    Template message = sampleTemplates()[1];
    message.connection = "eu-prod";
    m_page->board()->templates().add(message);
    tile(1)->click();
    m_page->board()->form().send();
    QVERIFY(m_server.published.empty());
    QCOMPARE(m_server.sent.size(), std::size_t{1});
    QCOMPARE(m_server.sent[0].options.connection, std::string{"eu-prod"});
}

void SendPageTest::aLockedPageSendsNothingAndSaysHowToUnlock()
{
    const QString reason = QStringLiteral("Prod is read-only. Unlock it for 10 minutes with Ctrl+Shift+L.");
    addMaintenance();
    m_page->setProfile(production());
    m_page->setLocked(true, reason);
    QCOMPARE(find<QPushButton>("composer.send")->text(), QStringLiteral("Read-only"));
    QCOMPARE(find<QPushButton>("composer.send")->toolTip(), reason);
    QTest::keyClick(find("composer.payload"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(receipt(), reason);
    tile(1)->click();
    m_page->board()->form().send();
    QVERIFY(m_server.published.empty());
    QVERIFY(!find("confirm")->isVisible());
    m_page->setLocked(false, {});
    QCOMPARE(find<QPushButton>("composer.send")->text(), QStringLiteral("Send to PRODUCTION"));
}

void SendPageTest::productionAsksForTheNameOfTheFirstChannel()
{
    m_page->setProfile(production());
    fill(QStringLiteral("orders, private-x"), QStringLiteral("note"), R"({"n": 1.0})");
    QTest::keyClick(find("composer.payload"), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_server.published.empty());
    auto* name = find<QLineEdit>("confirm.name");
    auto* send = find<QPushButton>("confirm.send");
    QVERIFY(name->hasFocus());
    QCOMPARE(find<QPlainTextEdit>("confirm.payload")->toPlainText(), QStringLiteral("{\"n\": 1.0}"));
    for (const char* wrong : {"private-x", "order", "orders ", "Orders"}) {
        name->setText(QString::fromLatin1(wrong));
        QVERIFY2(!send->isEnabled(), wrong);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(m_server.published.empty());
    }
    name->setText(QStringLiteral("orders"));
    QVERIFY(send->isEnabled());
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(m_server.published.size(), std::size_t{1});
    QCOMPARE(m_server.published[0].data, std::string{R"({"n": 1.0})"});
}

void SendPageTest::threeEntersSendOnce()
{
    m_page->setProfile(production());
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    m_page->send();
    QTest::keyClicks(find("confirm.name"), QStringLiteral("orders"));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(m_server.published.size(), std::size_t{1});
    QVERIFY(!find("confirm")->isVisible());
    QCOMPARE(m_page->composer()->draft().payload, std::string{"{}"});
}

void SendPageTest::aQuestionIsAnsweredOnce()
{
    ConfirmSheet sheet;
    QSignalSpy confirmed{&sheet, &ConfirmSheet::confirmed};
    sheet.ask({.profileName = QStringLiteral("Prod"),
               .channels = {{"orders", 3}},
               .event = QStringLiteral("note"),
               .payload = "{}"});
    auto* name = sheet.findChild<QLineEdit*>(QStringLiteral("confirm.name"));
    name->setText(QStringLiteral("orders"));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(confirmed.size(), 1);
}

void SendPageTest::whatTakesTheFocusHasAName()
{
    m_page->board()->addSamples();
    for (const Template& message : m_page->board()->templates().all()) {
        m_page->board()->openTemplate(message.id);
        for (const auto* widget : m_page->findChildren<QWidget*>()) {
            const bool isTaken = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr;
            const bool isInner = widget->objectName().startsWith(QStringLiteral("qt_"));
            if (isTaken && !isInner && !widget->isHidden() && widget->accessibleName().isEmpty() &&
                widget->window() == m_page.get())
                QFAIL(qPrintable(QStringLiteral("%1 %2 in %3")
                                     .arg(QLatin1String{widget->metaObject()->className()}, widget->objectName(),
                                          widget->parentWidget()->objectName())));
        }
    }
}

void SendPageTest::aCancelledQuestionSendsNothing()
{
    m_page->setProfile(production());
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    m_page->send();
    QTest::keyClicks(find("confirm.name"), QStringLiteral("orders"));
    QTest::keyClick(find("confirm.name"), Qt::Key_Escape);
    QVERIFY(m_server.published.empty());
    QVERIFY(!find("confirm")->isVisible());
    QCOMPARE(receipt(), QStringLiteral("Not sent."));
}

void SendPageTest::anAlertToProductionIsAskedAboutToo()
{
    addMaintenance();
    m_page->setProfile(production());
    tile(1)->click();
    QTest::keyClick(find("form.field.minutes"), Qt::Key_Return);
    QVERIFY(m_server.published.empty());
    QTest::keyClicks(find("confirm.name"), QStringLiteral("alerts"));
    QTest::keyClick(find("confirm.name"), Qt::Key_Return);
    QCOMPARE(m_server.published.size(), std::size_t{1});
    QCOMPARE(tile(1)->lastSent(), QStringLiteral("just now"));
}

void SendPageTest::lockingTakesTheQuestionBack()
{
    m_page->setProfile(production());
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    m_page->send();
    m_page->setLocked(true, QStringLiteral("Locked again."));
    QVERIFY(!find("confirm")->isVisible());
    QVERIFY(m_server.published.empty());
    QCOMPARE(receipt(), QStringLiteral("Locked again."));
}

void SendPageTest::theReceiptStaysWhileTheTimeOfTheLockRuns()
{
    m_page->setLocked(true, QStringLiteral("Locked."));
    m_page->setLocked(false, QStringLiteral("Locked."));
    m_page->send();
    accept(1, 2);
    m_page->setLocked(false, QStringLiteral("Locked."));
    QVERIFY2(receipt().startsWith(QStringLiteral("Accepted")), qPrintable(receipt()));
}

void SendPageTest::theReceiptTellsOfTheLastDelivery()
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

void SendPageTest::aBatchGoesOutInOrderAndIsToldAsOne()
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

void SendPageTest::theReceiptListsEachMessageOfABatch()
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

void SendPageTest::aBatchIsOneRequestOfItsConnection()
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
    QCOMPARE(history->index(1, 0).data(HistoryModel::OutcomeRole).toString(), QStringLiteral("4 receivers"));
    QCOMPARE(history->index(0, 0).data(HistoryModel::OutcomeRole).toString(), QStringLiteral("not sent"));
}

void SendPageTest::countsAreAskedForWhereTheConnectionCan()
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

void SendPageTest::theReceiptTellsOfASendDuringASearch()
{
    test::EmptyArchive archive;
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

void SendPageTest::aClientEventIsHandedOver()
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

void SendPageTest::sendingAgainLeavesTheComposerAlone()
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

void SendPageTest::whatWasSealedIsSealedOnceWhenSentAgain()
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

void SendPageTest::theSocketToLeaveOutIsSentAndForgotten()
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

void SendPageTest::anEncryptedChannelGetsCiphertextOnly()
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

void SendPageTest::theDraftIsThereAgain()
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

void SendPageTest::theDraftIsStoredWhileSomebodyKeepsTyping()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    auto* editor = find<QPlainTextEdit>("composer.payload");
    QElapsedTimer timer;
    timer.start();
    while (!m_documents.find("drafts", Profile::localId) && timer.elapsed() < 5'000)
        QTest::keyClick(editor, Qt::Key_A, Qt::NoModifier, 5);
    QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
}

void SendPageTest::aFailureHasItsExchangeBehindDetails()
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

void SendPageTest::theMessageIsCopiedAsCurl()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    QTest::keyClick(find("composer.payload"), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString text = QApplication::clipboard()->text();
    QVERIFY(text.contains(QStringLiteral("/apps/demo/events")));
    QVERIFY(text.contains(QStringLiteral("http://127.0.0.1:6001")));
    QVERIFY(!text.contains(QLatin1String{test::secretMarker}));
}

QTEST_MAIN(SendPageTest)
#include "send_page_test.moc"
