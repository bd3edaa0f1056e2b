#include "ui/widgets/composer.h"

#include "ui/theme/theme.h"
#include "ui/widgets/json_editor.h"
#include "ui/widgets/size_meter.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryFile>
#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::ui;

Q_DECLARE_METATYPE(castdeck::ui::Draft)
Q_DECLARE_METATYPE(castdeck::ui::PayloadMode)

class ComposerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatIsTypedIsSent();
    void aLongAppNameLeavesRoomForTheFields();
    void aNameWithACommaIsPointedOut();
    void aHugePasteIsRefusedAtOnce();
    void thePayloadIsSentByteForByte_data();
    void thePayloadIsSentByteForByte();
    void aMistakeIsMarkedAndSentNowhere();
    void formatAndMinifyMoveOnlyWhiteSpace();
    void formattingCanBeUndone();
    void textModeSendsWhatIsNoJson();
    void theMeterCountsBytesAsSent();
    void aPayloadOverTheLimitIsRefused();
    void missingPartsAreAskedFor();
    void typedNamesBecomeChips();
    void pastedNamesBecomeChips();
    void theLastChipComesBackForEditing();
    void allNamesCanBeReplacedAtOnce();
    void aHundredNamesAreCountedAndFolded();
    void occupiedChannelsAreSuggested();
    void whatIsNoJsonIsSentAsTextByOneClick();
    void theCursorGoesToTheNextProblem();
    void base64IsSentAsTheTextItStandsFor();
    void base64OfBytesThatAreNoTextIsRefused();
    void aDroppedFileIsTakenOrRefused_data();
    void aDroppedFileIsTakenOrRefused();
    void aHugeFileIsRefusedAtOnceWithItsSize();
    void tooMuchForAServerWithUnknownLimitsIsSentOnlyAnyway();
    void aClientEventIsExplained();
    void placeholdersAreForTheBoard();
    void aUserIsReachedByItsChannel();

private:
    void fill(const QString& channels, const QString& event, const std::string& payload);
    JsonEditor* editor() const { return m_composer->findChild<JsonEditor*>(QStringLiteral("composer.payload")); }
    void press(const char* name) { m_composer->findChild<QPushButton*>(QString::fromLatin1(name))->click(); }
    Draft sent(int index) const { return qvariant_cast<Draft>(m_sent->at(index).at(0)); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Composer> m_composer;
    std::unique_ptr<QSignalSpy> m_sent;
    std::unique_ptr<QSignalSpy> m_refused;
};

void ComposerTest::init()
{
    qRegisterMetaType<Draft>("castdeck::ui::Draft");
    hub::AppConfig app;
    app.id = "demo";
    m_theme = std::make_unique<Theme>();
    m_composer = std::make_unique<Composer>(std::vector{app});
    m_composer->resize(800, 600);
    m_composer->show();
    QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
    m_sent = std::make_unique<QSignalSpy>(m_composer.get(), &Composer::sendRequested);
    m_refused = std::make_unique<QSignalSpy>(m_composer.get(), &Composer::refused);
}

void ComposerTest::cleanup()
{
    m_sent.reset();
    m_refused.reset();
    m_composer.reset();
    m_theme.reset();
}

void ComposerTest::fill(const QString& channels, const QString& event, const std::string& payload)
{
    m_composer->setDraft({channels, event, payload, PayloadMode::Json});
}

void ComposerTest::whatIsTypedIsSent()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), {});
    editor()->setFocus();
    QTest::keyClicks(editor(), QStringLiteral("{\"a\": 1}"));
    m_composer->send();
    QCOMPARE(m_sent->size(), 1);
    QCOMPARE(sent(0).payload, std::string{R"({"a": 1})"});
    QCOMPARE(sent(0).channels, QStringLiteral("orders"));
}

void ComposerTest::aLongAppNameLeavesRoomForTheFields()
{
    hub::AppConfig shop;
    shop.id = "1";
    hub::AppConfig other;
    other.id = "2";
    other.name = std::string(64, 'n');
    Composer composer{std::vector{shop, other}};
    composer.resize(720, 600);
    composer.show();
    QVERIFY(QTest::qWaitForWindowExposed(&composer));
    const int channels = composer.findChild<QLineEdit*>(QStringLiteral("composer.channels"))->width();
    const int app = composer.findChild<QComboBox*>(QStringLiteral("composer.app"))->width();
    QVERIFY2(channels > 2 * app, qPrintable(QStringLiteral("%1, %2").arg(channels).arg(app)));
}

void ComposerTest::aNameWithACommaIsPointedOut()
{
    fill(QStringLiteral("orders,alerts"), QStringLiteral("note"), "{}");
    const auto says = [this] {
        const auto labels = m_composer->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text().startsWith(QStringLiteral("orders,alerts is one name"));
        });
    };
    QVERIFY(says());
    fill(QStringLiteral("orders, alerts"), QStringLiteral("note"), "{}");
    QVERIFY(!says());
}

void ComposerTest::aHugePasteIsRefusedAtOnce()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    QApplication::clipboard()->setText(QString{1'000'000, u'x'});
    QElapsedTimer timer;
    timer.start();
    editor()->paste();
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(m_composer->draft().payload, std::string{"{}"});
    QCOMPARE(m_refused->size(), 1);
    QVERIFY(m_refused->at(0).at(0).toString().contains(QStringLiteral("977 KB")));
}

void ComposerTest::thePayloadIsSentByteForByte_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("odd white space") << QByteArray{"{ \"a\" :\t1 ,\n\n \"b\":2 }  "};
    QTest::newRow("numbers as written") << QByteArray{R"([1.0,-0.0,1e400,18446744073709551615])"};
    QTest::newRow("duplicate keys") << QByteArray{R"({"a":1,"a":2})"};
    QTest::newRow("escapes") << QByteArray{R"({"a":"\/\u00e9\ud83c\udf89"})"};
    QTest::newRow("no-break space stays one") << QByteArray{"{\"a\":\"x\xC2\xA0y\"}"};
    QTest::newRow("emoji") << QByteArray{"\"\xF0\x9F\x8E\x89\""};
}

void ComposerTest::thePayloadIsSentByteForByte()
{
    QFETCH(QByteArray, payload);
    fill(QStringLiteral("orders"), QStringLiteral("note"), payload.toStdString());
    m_composer->send();
    QCOMPARE(m_sent->size(), 1);
    QCOMPARE(QByteArray::fromStdString(sent(0).payload), payload);
}

void ComposerTest::aMistakeIsMarkedAndSentNowhere()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{\n  \"a\": 1\n  \"b\": 2\n}");
    const auto marks = editor()->extraSelections();
    QVERIFY(!marks.isEmpty());
    QCOMPARE(marks.last().cursor.selectionStart(), 13); // The quote before b.
    m_composer->send();
    QCOMPARE(m_sent->size(), 0);
    QCOMPARE(m_refused->size(), 1);
    QCOMPARE(m_refused->at(0).at(0).toString(), QStringLiteral("Line 3, column 3: expected ',' or '}'."));
}

void ComposerTest::formatAndMinifyMoveOnlyWhiteSpace()
{
    const std::string payload = R"({"b":1.0,"a":[1,2],"b":"\/"})";
    fill(QStringLiteral("orders"), QStringLiteral("note"), payload);
    press("composer.format");
    QVERIFY(editor()->blockCount() > 5);
    press("composer.minify");
    QCOMPARE(m_composer->draft().payload, payload);
}

void ComposerTest::formattingCanBeUndone()
{
    const std::string payload = R"({ "a":1})";
    fill(QStringLiteral("orders"), QStringLiteral("note"), payload);
    press("composer.format");
    QVERIFY(m_composer->draft().payload != payload);
    editor()->undo();
    QCOMPARE(m_composer->draft().payload, payload);
}

void ComposerTest::textModeSendsWhatIsNoJson()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "hello");
    press("composer.mode.text");
    m_composer->send();
    QCOMPARE(m_sent->size(), 1);
    QCOMPARE(sent(0).mode, PayloadMode::Text);
    QCOMPARE(sent(0).payload, std::string{"hello"});
}

void ComposerTest::theMeterCountsBytesAsSent()
{
    const auto* meter = m_composer->findChild<SizeMeter*>(QStringLiteral("composer.size"));
    fill(QStringLiteral("orders"), QStringLiteral("note"), "\"\xC3\xA4\"");
    QCOMPARE(meter->text(), QStringLiteral("4 B of 10 KB as sent"));
}

void ComposerTest::aPayloadOverTheLimitIsRefused()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), '"' + std::string(10'238, 'x') + '"');
    m_composer->send();
    QCOMPARE(m_sent->size(), 1);
    fill(QStringLiteral("orders"), QStringLiteral("note"), '"' + std::string(10'239, 'x') + '"');
    m_composer->send();
    QCOMPARE(m_sent->size(), 1);
    QVERIFY(m_refused->at(0).at(0).toString().contains(QStringLiteral("10,241")));
}

void ComposerTest::missingPartsAreAskedFor()
{
    fill({}, QStringLiteral("note"), "{}");
    m_composer->send();
    fill(QStringLiteral("orders"), {}, "{}");
    m_composer->send();
    fill(QStringLiteral("orders/1"), QStringLiteral("note"), "{}");
    m_composer->send();
    QCOMPARE(m_sent->size(), 0);
    QCOMPARE(m_refused->size(), 3);
    QVERIFY(m_refused->at(2).at(0).toString().contains(QStringLiteral("'/'")));
}

void ComposerTest::typedNamesBecomeChips()
{
    m_composer->setDraft({});
    auto* line = m_composer->findChild<QLineEdit*>(QStringLiteral("composer.channels"));
    QTest::keyClicks(line, QStringLiteral("orders, a,b private-x"));
    QCOMPARE(line->text(), QStringLiteral("private-x"));
    QCOMPARE(m_composer->draft().channels, QStringLiteral("orders, a,b, private-x"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(line->text(), QString{});
    QTest::keyClicks(line, QStringLiteral("orders last"));
    m_composer->findChild<QLineEdit*>(QStringLiteral("composer.event"))->setFocus();
    QTRY_COMPARE(line->text(), QString{});
    QCOMPARE(m_composer->draft().channels, QStringLiteral("orders, a,b, private-x, last")); // Each once.
}

void ComposerTest::pastedNamesBecomeChips()
{
    m_composer->setDraft({});
    auto* line = m_composer->findChild<QLineEdit*>(QStringLiteral("composer.channels"));
    line->setFocus();
    QApplication::clipboard()->setText(QStringLiteral("orders\nalerts\tnews;  presence-x\n"));
    QTest::keyClick(line, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(m_composer->draft().channels, QStringLiteral("orders, alerts, news, presence-x"));
}

void ComposerTest::theLastChipComesBackForEditing()
{
    fill(QStringLiteral("orders, alerts"), QStringLiteral("note"), "{}");
    auto* line = m_composer->findChild<QLineEdit*>(QStringLiteral("composer.channels"));
    line->setFocus();
    QTest::keyClick(line, Qt::Key_Backspace);
    QCOMPARE(line->text(), QStringLiteral("alerts"));
    QTest::keyClick(line, Qt::Key_Backspace);
    QCOMPARE(m_composer->draft().channels, QStringLiteral("orders, alert"));
}

void ComposerTest::allNamesCanBeReplacedAtOnce()
{
    fill(QStringLiteral("orders, alerts"), QStringLiteral("note"), "{}");
    auto* line = m_composer->findChild<QLineEdit*>(QStringLiteral("composer.channels"));
    line->setFocus();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, QStringLiteral("news"));
    QCOMPARE(m_composer->draft().channels, QStringLiteral("news"));
}

void ComposerTest::aHundredNamesAreCountedAndFolded()
{
    QStringList names;
    for (int i = 0; i < 101; ++i)
        names << QStringLiteral("room-%1").arg(i);
    fill(names.join(u' '), QStringLiteral("note"), "{}");
    QCOMPARE(m_composer->draft().channels, names.join(QStringLiteral(", ")));
    QVERIFY(m_composer->findChild<QLineEdit*>(QStringLiteral("composer.channels"))->y() < 150);
    m_composer->send();
    QCOMPARE(m_sent->size(), 0);
    QVERIFY(m_refused->at(0).at(0).toString().contains(QStringLiteral("101 channels")));
}

void ComposerTest::occupiedChannelsAreSuggested()
{
    auto snapshot = std::make_shared<engine::Snapshot>();
    snapshot->channels.push_back({.appId = "demo", .name = "presence-support", .members = {}});
    snapshot->channels.push_back({.appId = "another", .name = "presence-other", .members = {}});
    m_composer->setDraft({});
    m_composer->showSnapshot(snapshot);
    auto* line = m_composer->findChild<QLineEdit*>(QStringLiteral("composer.channels"));
    line->setFocus();
    QTest::keyClicks(line, QStringLiteral("sup"));
    QWidget* list = QApplication::activePopupWidget();
    QVERIFY(list);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(m_composer->draft().channels, QStringLiteral("presence-support"));
}

void ComposerTest::whatIsNoJsonIsSentAsTextByOneClick()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "hello");
    m_composer->send();
    QCOMPARE(m_sent->size(), 0);
    press("composer.sendAsText");
    QCOMPARE(m_sent->size(), 1);
    QCOMPARE(sent(0).mode, PayloadMode::Text);
    QCOMPARE(sent(0).payload, std::string{"hello"});
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    QVERIFY(!m_composer->findChild<QPushButton*>(QStringLiteral("composer.sendAsText"))->isVisible());
}

void ComposerTest::theCursorGoesToTheNextProblem()
{
    fill(QStringLiteral("a/b"), QStringLiteral("pusher:x"), "{\n  \"a\": 1\n  \"b\": 2\n}");
    m_composer->showNextProblem();
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("composer.channels"));
    fill(QStringLiteral("a"), QStringLiteral("pusher:x"), "{\n  \"a\": 1\n  \"b\": 2\n}");
    m_composer->showNextProblem();
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("composer.event"));
    fill(QStringLiteral("a"), QStringLiteral("x"), "{\n  \"a\": 1\n  \"b\": 2\n}");
    m_composer->showNextProblem();
    QVERIFY(editor()->hasFocus());
    QCOMPARE(editor()->textCursor().position(), 13);
}

void ComposerTest::base64IsSentAsTheTextItStandsFor()
{
    m_composer->setDraft(
        {QStringLiteral("orders"), QStringLiteral("note"), "eyJhIjoiw6Qi\n fQ==", PayloadMode::Base64});
    m_composer->send();
    QCOMPARE(m_sent->size(), 1);
    QCOMPARE(sentPayload(sent(0)).bytes, std::string{"{\"a\":\"\xC3\xA4\"}"});
    QCOMPARE(asSent(sent(0)).mode, PayloadMode::Text);
    QCOMPARE(m_composer->findChild<SizeMeter*>(QStringLiteral("composer.size"))->text(),
             QStringLiteral("10 B of 10 KB as sent"));
}

void ComposerTest::base64OfBytesThatAreNoTextIsRefused()
{
    for (const char* payload : {"/w==", "no base64!", "a"}) {
        m_composer->setDraft({QStringLiteral("orders"), QStringLiteral("note"), payload, PayloadMode::Base64});
        m_composer->send();
    }
    QCOMPARE(m_sent->size(), 0);
    QCOMPARE(m_refused->size(), 3);
    QVERIFY(m_refused->at(0).at(0).toString().contains(QStringLiteral("UTF-8")));
    QVERIFY(m_refused->at(1).at(0).toString().contains(QStringLiteral("not base64")));
}

void ComposerTest::aDroppedFileIsTakenOrRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<PayloadMode>("mode");
    QTest::newRow("JSON") << QByteArray{"{ \"a\":1.0 }"} << PayloadMode::Json;
    QTest::newRow("text") << QByteArray{"hello\nworld"} << PayloadMode::Text;
    QTest::newRow("line ends of another system") << QByteArray{"hello\r\nworld"} << PayloadMode::Base64;
    QTest::newRow("bytes") << QByteArray{"\x89PNG\x00\xFF", 6} << PayloadMode::Base64;
}

void ComposerTest::aDroppedFileIsTakenOrRefused()
{
    QFETCH(QByteArray, content);
    QFETCH(PayloadMode, mode);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(content);
    file.flush();
    Q_EMIT editor()->fileDropped(file.fileName());
    const Draft draft = m_composer->draft();
    QCOMPARE(draft.mode, mode);
    const QByteArray taken = QByteArray::fromStdString(draft.payload);
    QCOMPARE(mode == PayloadMode::Base64 ? QByteArray::fromBase64(taken) : taken, content);
}

void ComposerTest::aHugeFileIsRefusedAtOnceWithItsSize()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    QTemporaryFile file;
    QVERIFY(file.open());
    QVERIFY(file.resize(100LL * 1024 * 1024));
    QElapsedTimer timer;
    timer.start();
    Q_EMIT editor()->fileDropped(file.fileName());
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(m_refused->at(0).at(0).toString().contains(QStringLiteral("100 MB")));
    QCOMPARE(m_composer->draft().payload, std::string{"{}"});
}

void ComposerTest::tooMuchForAServerWithUnknownLimitsIsSentOnlyAnyway()
{
    auto* anyway = m_composer->findChild<QPushButton*>(QStringLiteral("composer.sendAnyway"));
    fill(QStringLiteral("orders"), QStringLiteral("note"), '"' + std::string(10'239, 'x') + '"');
    QVERIFY(!anyway->isVisible()); // This server's limit is known.
    m_composer->setEmbedded(false);
    QVERIFY(anyway->isVisible());
    m_composer->send();
    QCOMPARE(m_sent->size(), 0);
    anyway->click();
    QCOMPARE(m_sent->size(), 1);
}

void ComposerTest::aClientEventIsExplained()
{
    fill(QStringLiteral("private-x"), QStringLiteral("client-typing"), "{}");
    const auto labels = m_composer->findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
        return label->isVisible() && label->text().startsWith(QStringLiteral("client- events come from clients"));
    }));
    fill(QStringLiteral("private-x"), QStringLiteral("pusher_internal:x"), "{}");
    m_composer->send();
    QCOMPARE(m_sent->size(), 0);
}

void ComposerTest::placeholdersAreForTheBoard()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), R"({"minutes": {{minutes:number=10}}})");
    m_composer->send();
    QCOMPARE(m_sent->size(), 0);
    QVERIFY(m_refused->at(0).at(0).toString().contains(QStringLiteral("save this as a template")));
    fill(QStringLiteral("orders"), QStringLiteral("note"), R"({"text": "{{name}}"})"); // May be meant as it stands.
    m_composer->send();
    QCOMPARE(sent(0).payload, std::string{R"({"text": "{{name}}"})"});
}

void ComposerTest::aUserIsReachedByItsChannel()
{
    fill(QStringLiteral("orders"), QStringLiteral("note"), "{}");
    m_composer->setOptionsShown(true);
    m_composer->findChild<QComboBox*>(QStringLiteral("composer.user"))->setEditText(QStringLiteral("ana"));
    press("composer.user.add");
    m_composer->send();
    QCOMPARE(sent(0).channels, QStringLiteral("orders, #server-to-user-ana"));
}

QTEST_MAIN(ComposerTest)
#include "composer_test.moc"
