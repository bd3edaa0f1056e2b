#include "tests/ui/send_page_fixture.h"

#include "ui/pages/board_pane.h"
#include "ui/widgets/alert_tile.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/receipt.h"
#include "ui/widgets/template_form.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace castdeck;
using namespace castdeck::ui;

/// Board, lock and the question before production.
class SendPageTest : public test::SendPageFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { openPage(); }
    void cleanup() { closePage(); }
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
    void theReceiptStaysWhileTheTimeOfTheLockRuns();
};

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
    sheet.ask({.serverName = QStringLiteral("Prod"),
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

QTEST_MAIN(SendPageTest)
#include "send_page_test.moc"
