#include "core/store/search_words.h"

#include <QTest>

using castdeck::store::SearchWords;

class SearchWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsBecomeTermsOfAnIndex_data();
    void wordsBecomeTermsOfAnIndex();
    void aWordBeginsAWordOfTheText_data();
    void aWordBeginsAWordOfTheText();
    void onlyWordsOfSeveralPartsAreComparedAgain();
};

void SearchWordsTest::wordsBecomeTermsOfAnIndex_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("phrases");
    QTest::addColumn<QByteArray>("parts");
    QTest::newRow("nothing") << QByteArray{" \t"} << QByteArray{} << QByteArray{};
    QTest::newRow("one") << QByteArray{"storm"} << QByteArray{"\"storm\"*"} << QByteArray{"\"storm\"*"};
    QTest::newRow("two") << QByteArray{"storm  alert"} << QByteArray{"\"storm\"* \"alert\"*"}
                         << QByteArray{"\"storm\"* \"alert\"*"};
    QTest::newRow("compound") << QByteArray{"orders.5"} << QByteArray{"\"orders.5\"*"}
                              << QByteArray{"\"orders\" \"5\"*"};
    QTest::newRow("operators are words") << QByteArray{"a OR NEAR(b)"} << QByteArray{"\"a\"* \"OR\"* \"NEAR(b)\"*"}
                                         << QByteArray{"\"a\"* \"OR\"* \"NEAR\" \"b\""};
    QTest::newRow("quotes") << QByteArray{"say\"it"} << QByteArray{"\"say\"\"it\"*"} << QByteArray{"\"say\" \"it\"*"};
    QTest::newRow("signs alone") << QByteArray{"-- {"} << QByteArray{} << QByteArray{};
    QTest::newRow("other letters") << QByteArray{"Zo\xC3\xAB"} << QByteArray{"\"Zo\xC3\xAB\"*"}
                                   << QByteArray{"\"Zo\xC3\xAB\"*"};
}

void SearchWordsTest::wordsBecomeTermsOfAnIndex()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, phrases);
    QFETCH(QByteArray, parts);
    const SearchWords words{typed.toStdString()};
    QCOMPARE(QByteArray::fromStdString(words.phraseQuery()), phrases);
    QCOMPARE(QByteArray::fromStdString(words.partsQuery()), parts);
}

void SearchWordsTest::aWordBeginsAWordOfTheText_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isFound");
    QTest::newRow("begin") << QByteArray{"sto"} << QByteArray{"a Storm"} << true;
    QTest::newRow("middle") << QByteArray{"tor"} << QByteArray{"a Storm"} << false;
    QTest::newRow("later") << QByteArray{"storm"} << QByteArray{"brainstorm, storm"} << true;
    QTest::newRow("all of them") << QByteArray{"storm b"} << QByteArray{"storm a"} << false;
    QTest::newRow("signs anywhere") << QByteArray{"{\"n\""} << QByteArray{"x{\"n\":1}"} << true;
    QTest::newRow("end of the text") << QByteArray{"storm"} << QByteArray{"stor"} << false;
}

void SearchWordsTest::aWordBeginsAWordOfTheText()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, text);
    QFETCH(bool, isFound);
    QCOMPARE(SearchWords{typed.toStdString()}.hasAll(text.toStdString()), isFound);
}

void SearchWordsTest::onlyWordsOfSeveralPartsAreComparedAgain()
{
    const SearchWords words{"zoe orders.5"};
    QVERIFY(words.hasCompounds("Zo\xC3\xAB on orders.57"));
    QVERIFY(!words.hasCompounds("zoe orders and 5"));
}

QTEST_APPLESS_MAIN(SearchWordsTest)
#include "search_words_test.moc"
