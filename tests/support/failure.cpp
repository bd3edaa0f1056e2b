#include "tests/support/failure.h"

#include <QTest>

namespace castdeck::test {

void fail(const std::string& text, const std::source_location& place)
{
    QTest::qFail(text.c_str(), place.file_name(), static_cast<int>(place.line()));
}

bool hasFailed()
{
    return QTest::currentTestFailed();
}

} // namespace castdeck::test
