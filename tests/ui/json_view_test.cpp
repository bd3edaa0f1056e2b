#include "ui/text/json_notes.h"

#include "core/base/json.h"
#include "ui/models/json_tree_model.h"
#include "ui/text/json_difference.h"
#include "ui/text/json_hidden.h"
#include "ui/text/json_text.h"
#include "ui/text/payload_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/compare_view.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/payload_view.h"

#include <QtCore/QRandomGenerator>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

#include <ctime>

using namespace castdeck;
using namespace castdeck::ui;

class JsonViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void prettyTextStripsToTheSameBytes();
    void aFirstLookEndsSoon();
    void notesPointAtWhatOthersReadDifferently_data();
    void notesPointAtWhatOthersReadDifferently();
    void deepNestingIsNotedInOnePass();
    void differencesAreFoundByStructure_data();
    void differencesAreFoundByStructure();
    void hiddenPathsLeaveEverythingElse_data();
    void hiddenPathsLeaveEverythingElse();
    void theTreeReadsChildrenWhenTheyAreOpened();
    void everyViewShowsThePayloadAndCopyGivesItsBytes();
    void aMegabyteComesInParts();
    void textIsShownRawOrAsBytes();
    void bytesStandInLines();
    void twoRowsAreCompared();

private:
    Theme m_theme;
};

namespace {

std::shared_ptr<const std::string> shared(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

/// Random JSON with everything that a careless printer damages.
std::string randomJson(QRandomGenerator& random, int depth)
{
    static const std::vector<std::string> leaves{"18446744073709551615",
                                                 "-0.0",
                                                 "1E+2",
                                                 "1e400",
                                                 "123456789012345678901234567890",
                                                 R"("a\/b")",
                                                 R"("\ud800")",
                                                 R"("\\")",
                                                 R"("{[,:]}\"")",
                                                 "\"\xF0\x9F\x8E\x89\"",
                                                 R"("  x  ")",
                                                 "true",
                                                 "null",
                                                 "\"\"",
                                                 "{ }",
                                                 "[\t]"};
    const auto pick = random.bounded(depth > 4 ? 1 : 3);
    if (pick == 0)
        return leaves[static_cast<std::size_t>(random.bounded(static_cast<int>(leaves.size())))];
    const bool isObject = pick == 1;
    const std::string blank = random.bounded(2) == 0 ? "" : " \n";
    std::string text = (isObject ? "{" : "[") + blank;
    const int count = random.bounded(1, 5);
    for (int i = 0; i < count; ++i) {
        text += i == 0 ? "" : "," + blank;
        if (isObject)
            text += "\"k" + std::to_string(random.bounded(3)) + "\"" + blank + ":";
        text += randomJson(random, depth + 1);
    }
    return text + blank + (isObject ? "}" : "]");
}

/// J10's payload: one line of a megabyte with everything in it.
std::string megabyte()
{
    std::string text = R"({"id":18446744073709551615,"big":123456789012345678901234567890,"id":7,"half":"\ud83d",)"
                       "\"party\":\"\xF0\x9F\x8E\x89\",\"path\":\"a\\/b\",\"rows\":[";
    for (int i = 0; text.size() < std::size_t{1} << 20U; ++i)
        text += (i == 0 ? "" : ",") + std::string{R"({"n":)"} + std::to_string(i) + R"(,"text":"row of the log"})";
    return text + "]}";
}

long processorMilliseconds(std::clock_t since)
{
    return (std::clock() - since) * 1'000 / CLOCKS_PER_SEC;
}

} // namespace

void JsonViewTest::prettyTextStripsToTheSameBytes()
{
    QRandomGenerator random{4711};
    for (int i = 0; i < 400; ++i) {
        const std::string text = randomJson(random, 0);
        const std::string pretty = prettyJson(text);
        QVERIFY2(!json::check(pretty), text.c_str());
        QCOMPARE(json::compact(pretty), json::compact(text));
        QCOMPARE(prettyJson(pretty), pretty);
    }
}

void JsonViewTest::aFirstLookEndsSoon()
{
    const std::string text = megabyte();
    const std::string first = prettyJson(text, 1'000);
    QVERIFY(first.size() >= 1'000 && first.size() < 2'000);
    QVERIFY(prettyJson(text).starts_with(first));
}

void JsonViewTest::notesPointAtWhatOthersReadDifferently_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("bigIntegers");
    QTest::addColumn<QStringList>("duplicateNames");
    QTest::addColumn<QStringList>("loneSurrogates");
    const auto row = [](const char* text, const QStringList& big, const QStringList& twice, const QStringList& half) {
        QTest::newRow(text) << QByteArray{text} << big << twice << half;
    };
    row(R"({"a":1})", {}, {}, {});
    row(R"([9007199254740992,9007199254740993])", {QStringLiteral("$[1]")}, {}, {});
    row(R"({"a":{"id":-18446744073709551615}})", {QStringLiteral("$.a.id")}, {}, {});
    row(R"({"a":1.5e300,"b":12345678901234567.5})", {}, {}, {});
    row(R"({"a":1,"b":{"a":2},"a":3})", {}, {QStringLiteral("$.a")}, {});
    row("{\"a\":1,\"\\u0061\":3}", {}, {QStringLiteral("$[\"\\\\u0061\"]")}, {});
    row(R"([{"a":1},{"a":2}])", {}, {}, {});
    row(R"({"x":["ok","\ud83c\udf89","\ud83c x"]})", {}, {}, {QStringLiteral("$.x[2]")});
    row(R"({"x":"\udf89"})", {}, {}, {QStringLiteral("$.x")});
    row(R"({"x":"\\ud83c"})", {}, {}, {});
    row(R"({"\ud83c":1})", {}, {}, {QStringLiteral("$[\"\\\\ud83c\"]")});
    row(R"("a:1,{")", {}, {}, {});
}

void JsonViewTest::notesPointAtWhatOthersReadDifferently()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, bigIntegers);
    QFETCH(QStringList, duplicateNames);
    QFETCH(QStringList, loneSurrogates);
    const JsonNotes notes = findJsonNotes(text.toStdString());
    const auto paths = [](const JsonNotes::Findings& findings) {
        QStringList result;
        for (const auto& finding : findings.first)
            result << QString::fromStdString(finding.path);
        return result;
    };
    QCOMPARE(paths(notes.bigIntegers), bigIntegers);
    QCOMPARE(paths(notes.duplicateNames), duplicateNames);
    QCOMPARE(paths(notes.loneSurrogates), loneSurrogates);
    QCOMPARE(wordsFor(notes).isEmpty(), notes.isEmpty());
}

void JsonViewTest::deepNestingIsNotedInOnePass()
{
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        text += "[";
    text += "9007199254740993" + std::string(100'000, ']');
    const std::clock_t start = std::clock();
    QCOMPARE(findJsonNotes(text).bigIntegers.count, 1U);
    QVERIFY(processorMilliseconds(start) < 1'000);
}

void JsonViewTest::differencesAreFoundByStructure_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<QStringList>("found"); // "~ path a b", "- path a", "+ path b"
    const auto row = [](const char* name, const char* a, const char* b, const QStringList& found) {
        QTest::newRow(name) << QByteArray{a} << QByteArray{b} << found;
    };
    row("the same", R"({"a":1})", R"({"a":1})", {});
    row("moved names and white space", R"({"a":1,"b":[2]})", R"({ "b" : [ 2 ], "a" : 1 })", {});
    row("numbers as written", R"({"a":1.0})", R"({"a":1})", {QStringLiteral("~ $.a 1.0 1")});
    row("big integers", R"([9007199254740993])", R"([9007199254740992])",
        {QStringLiteral("~ $[0] 9007199254740993 9007199254740992")});
    row("a name more and one less", R"({"a":1,"b":2})", R"({"b":2,"c":3})",
        {QStringLiteral("- $.a 1 "), QStringLiteral("+ $.c  3")});
    row("another kind", R"({"a":{}})", R"({"a":[]})", {QStringLiteral("~ $.a {} []")});
    row("elements by place", R"([1,2,3])", R"([1,3])", {QStringLiteral("~ $[1] 2 3"), QStringLiteral("- $[2] 3 ")});
    row("deep inside", R"({"o":{"i":[{"x":1}]}})", R"({"o":{"i":[{"x":2}]}})", {QStringLiteral("~ $.o.i[0].x 1 2")});
    row("names that come twice", R"({"a":1,"a":2})", R"({"a":1,"a":3})", {QStringLiteral("~ $.a 2 3")});
    row("an escaped name is that name", "{\"\\u0061\":1}", R"({"a":1})", {});
    row("single values", "1", "2", {QStringLiteral("~ $ 1 2")});
}

void JsonViewTest::differencesAreFoundByStructure()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(QStringList, found);
    QStringList shown;
    for (const JsonDifference& difference : compareJson(a.toStdString(), b.toStdString()).differences) {
        const QChar sign = difference.kind == JsonDifference::Kind::Changed   ? u'~'
                           : difference.kind == JsonDifference::Kind::OnlyInA ? u'-'
                                                                              : u'+';
        shown << QStringLiteral("%1 %2 %3 %4")
                     .arg(sign)
                     .arg(QString::fromStdString(difference.path), QString::fromStdString(difference.a),
                          QString::fromStdString(difference.b));
    }
    QCOMPARE(shown, found);
}

void JsonViewTest::hiddenPathsLeaveEverythingElse_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char* payload, const QStringList& paths, const char* shown) {
        QTest::newRow(payload) << QByteArray{payload} << paths << QByteArray{shown};
    };
    row(R"({"token": "abc", "n":1.0})", {QStringLiteral("$.token")}, R"({"token": "[hidden]", "n":1.0})");
    row(R"({"a":[{"b":1},{"b":{"c":2}}]})", {QStringLiteral("$.a[*].b")},
        R"({"a":[{"b":"[hidden]"},{"b":"[hidden]"}]})");
    row(R"({"a":1,"a":2})", {QStringLiteral("$.a")}, R"({"a":"[hidden]","a":"[hidden]"})");
    row(R"({"a":{"b":1}})", {QStringLiteral("$.a.b"), QStringLiteral("$.a")}, R"({"a":"[hidden]"})");
    row(R"({"b":1})", {QStringLiteral("$.a")}, R"({"b":1})");
    row("no JSON", {QStringLiteral("$.a")}, "no JSON");
}

void JsonViewTest::hiddenPathsLeaveEverythingElse()
{
    QFETCH(QByteArray, payload);
    QFETCH(QStringList, paths);
    QFETCH(QByteArray, shown);
    std::vector<JsonCondition> conditions;
    for (const QString& path : paths)
        conditions.push_back(*JsonCondition::parse(path.toStdString()).condition);
    QCOMPARE(QByteArray::fromStdString(withHidden(payload.toStdString(), conditions)), shown);
}

void JsonViewTest::theTreeReadsChildrenWhenTheyAreOpened()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester{&model};
    tester.setUseFetchMore(false);
    std::string text = R"({"list":[)";
    for (int i = 0; i < 1'200; ++i)
        text += (i == 0 ? "" : ",") + std::to_string(i);
    model.setPayload(shared(text + R"(],"a b":{"x":1.0},"none":[]})"));
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(model.rowCount(root), 0);
    QVERIFY(model.canFetchMore(root));
    model.fetchMore(root);
    QCOMPARE(model.rowCount(root), 3);
    const QModelIndex list = model.index(0, 0, root);
    QCOMPARE(model.rowCount(list), 0);
    for (const int rows : {500, 1'000, 1'200}) {
        model.fetchMore(list);
        QCOMPARE(model.rowCount(list), rows);
    }
    QVERIFY(!model.canFetchMore(list));
    QCOMPARE(model.pathOf(model.index(1'199, 0, list)), QStringLiteral("$.list[1199]"));
    const QModelIndex inner = model.index(1, 0, root);
    model.fetchMore(inner);
    QCOMPARE(model.pathOf(model.index(0, 0, inner)), QStringLiteral("$[\"a b\"].x"));
    QCOMPARE(model.index(0, 1, inner).data().toString(), QStringLiteral("1.0"));
    QVERIFY(!model.hasChildren(model.index(2, 0, root)));
    model.setPayload(shared("no JSON"));
    QCOMPARE(model.rowCount(), 0);
}

void JsonViewTest::everyViewShowsThePayloadAndCopyGivesItsBytes()
{
    PayloadView view{QStringLiteral("payload")};
    view.resize(420, 500);
    view.show();
    const std::string text = R"({"id":9007199254740993,"a":"x","a":"y"})";
    view.setPayload(shared(text));
    QCOMPARE(view.text()->toPlainText(), QString::fromStdString(prettyJson(text)));
    auto* notes = view.findChild<QLabel*>(QStringLiteral("payload.notes"));
    QTRY_VERIFY(notes->isVisible());
    QVERIFY(notes->text().contains(QStringLiteral("9007199254740993")));
    QVERIFY(notes->text().contains(QStringLiteral("twice")));
    view.findChild<QPushButton*>(QStringLiteral("payload.raw"))->click();
    QCOMPARE(view.text()->toPlainText(), QString::fromStdString(text));
    view.findChild<QPushButton*>(QStringLiteral("payload.tree"))->click();
    QVERIFY(view.findChild<QWidget*>(QStringLiteral("payload.nodes"))->isVisible());
    view.findChild<QPushButton*>(QStringLiteral("payload.hex"))->click();
    QVERIFY(view.findChild<QWidget*>(QStringLiteral("payload.bytes"))->isVisible());
    view.findChild<QPushButton*>(QStringLiteral("payload.copy"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text().toStdString(), text);
}

void JsonViewTest::aMegabyteComesInParts()
{
    PayloadView view{QStringLiteral("payload")};
    view.resize(420, 500);
    view.show();
    const std::string text = megabyte();
    const std::clock_t start = std::clock();
    view.setPayload(shared(text));
    const long first = processorMilliseconds(start);
    auto* all = view.findChild<QPushButton*>(QStringLiteral("payload.all"));
    QVERIFY(all->isVisible());
    QVERIFY(all->text().contains(QStringLiteral("1.0 MB")));
    const auto shown = view.text()->toPlainText();
    QVERIFY(shown.size() > 60'000 && shown.size() < 70'000);
    all->click();
    QVERIFY(view.isLoading());
    QTRY_VERIFY_WITH_TIMEOUT(!view.isLoading(), 30'000);
    const QString pretty = QString::fromStdString(prettyJson(text));
    QVERIFY(view.text()->toPlainText() == pretty);
    QVERIFY(!all->isVisible());
    view.setView(PayloadView::Raw);
    QTRY_VERIFY_WITH_TIMEOUT(!view.isLoading(), 30'000);
    QString raw = view.text()->toPlainText();
    QVERIFY(raw.remove(u'\n') == QString::fromStdString(text));
    view.findChild<QPushButton*>(QStringLiteral("payload.copy"))->click();
    QVERIFY(QGuiApplication::clipboard()->text().toStdString() == text);
    qInfo("first part after %ld ms of the processor", first);
    QVERIFY(first < 150);
}

void JsonViewTest::textIsShownRawOrAsBytes()
{
    PayloadView view{QStringLiteral("payload")};
    view.show();
    view.setPayload(shared("hello, world"));
    QCOMPARE(view.text()->toPlainText(), QStringLiteral("hello, world"));
    QVERIFY(!view.findChild<QPushButton*>(QStringLiteral("payload.tree"))->isEnabled());
    view.setPayload(shared("{}"));
    QVERIFY(view.findChild<QPushButton*>(QStringLiteral("payload.pretty"))->isChecked());
    view.setPayload(nullptr);
    QCOMPARE(view.text()->toPlainText(), QString{});
}

void JsonViewTest::bytesStandInLines()
{
    HexView view{QStringLiteral("bytes")};
    view.resize(600, 200);
    view.show();
    view.setBytes(shared(std::string{"{\"a\":\"\xC3\xA4\"}\0tail", 16}));
    QCOMPARE(view.bytesPerLine(), 16U);
    QCOMPARE(view.lineAt(0),
             QStringLiteral("000000  7b 22 61 22 3a 22 c3 a4 22 7d 00 74 61 69 6c 00  {\"a\":\"··\"}·tail·"));
    view.resize(340, 200);
    QCOMPARE(view.bytesPerLine(), 8U);
    QCOMPARE(view.lineAt(1).left(10), QStringLiteral("000008  22"));
    QCOMPARE(view.lineAt(2), QString{});
}

void JsonViewTest::twoRowsAreCompared()
{
    CompareView view;
    view.resize(420, 400);
    view.show();
    engine::Event a;
    a.payload = shared(R"({"a":1,"b":2})");
    engine::Event b;
    b.payload = shared(R"({ "b":2, "a":1 })");
    view.setSides(a, std::nullopt);
    QVERIFY(!view.findChild<QWidget*>(QStringLiteral("inspector.compare.table"))->isVisible());
    view.setSides(a, b);
    QVERIFY(view.result().contains(QStringLiteral("say the same")));
    b.payload = shared(R"({"b":3,"c":1})");
    view.setSides(a, b);
    QCOMPARE(view.result(), QStringLiteral("3 differences"));
    b.payload = shared("text");
    view.setSides(a, b);
    QVERIFY(view.result().contains(QStringLiteral("from byte 1")));
}

QTEST_MAIN(JsonViewTest)
#include "json_view_test.moc"
