#include "core/base/result.h"

#include <QTest>

#include <memory>

using namespace castdeck;

class ResultTest : public QObject {
    Q_OBJECT
private slots:
    void holdsTheValue();
    void holdsTheError();
    void valueCanBeMovedOut();
    void voidIsSuccessUntilAnErrorIsGiven();
};

void ResultTest::holdsTheValue()
{
    const Result<std::string> result{"text"};
    QVERIFY(result);
    QVERIFY(result.has_value());
    QCOMPARE(*result, std::string{"text"});
    QCOMPARE(result->size(), std::size_t{4});
}

void ResultTest::holdsTheError()
{
    const Result<std::string> result{Error{ErrorKind::TooLarge, "why"}};
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::TooLarge);
    QCOMPARE(result.error().detail, std::string{"why"});
}

void ResultTest::valueCanBeMovedOut()
{
    Result<std::unique_ptr<int>> result{std::make_unique<int>(7)};
    const std::unique_ptr<int> value = *std::move(result);
    QCOMPARE(*value, 7);
}

void ResultTest::voidIsSuccessUntilAnErrorIsGiven()
{
    QVERIFY(Result<void>{});
    const Result<void> failed{Error{ErrorKind::Io, "disk"}};
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ErrorKind::Io);
}

QTEST_APPLESS_MAIN(ResultTest)
#include "result_test.moc"
