#include "core/store/search_words.h"

#include <QTest>

using castdeck::store::phraseQuery;

class SearchWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsBecomeTermsOfAnIndex_data();
    void wordsBecomeTermsOfAnIndex();
};

void SearchWordsTest::wordsBecomeTermsOfAnIndex_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("phrases");
    QTest::newRow("nothing") << QByteArray{" \t"} << QByteArray{};
    QTest::newRow("one") << QByteArray{"storm"} << QByteArray{"\"storm\"*"};
    QTest::newRow("two") << QByteArray{"storm  alert\n"} << QByteArray{"\"storm\"* \"alert\"*"};
    QTest::newRow("compound") << QByteArray{"orders.5"} << QByteArray{"\"orders.5\"*"};
    QTest::newRow("operators are words") << QByteArray{"a OR NEAR(b)"} << QByteArray{"\"a\"* \"OR\"* \"NEAR(b)\"*"};
    QTest::newRow("quotes") << QByteArray{"say\"it"} << QByteArray{"\"say\"\"it\"*"};
    QTest::newRow("signs alone") << QByteArray{"-- {"} << QByteArray{};
    QTest::newRow("other letters") << QByteArray{"Zo\xC3\xAB"} << QByteArray{"\"Zo\xC3\xAB\"*"};
}

void SearchWordsTest::wordsBecomeTermsOfAnIndex()
{
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, phrases);
    QCOMPARE(QByteArray::fromStdString(phraseQuery(typed.toStdString())), phrases);
}

QTEST_APPLESS_MAIN(SearchWordsTest)
#include "search_words_test.moc"
