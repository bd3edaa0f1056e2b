#include "ui/widgets/composer.h"

#include "ui/theme/theme.h"
#include "ui/widgets/json_editor.h"
#include "ui/widgets/size_meter.h"

#include <QtCore/QElapsedTimer>
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

QTEST_MAIN(ComposerTest)
#include "composer_test.moc"
