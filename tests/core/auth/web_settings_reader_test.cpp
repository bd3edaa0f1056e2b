#include "core/auth/web_settings_reader.h"

#include "tests/core/auth/config.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;

namespace {

WebSettings read(const std::string& text, std::vector<Problem>& problems)
{
    return readWebSettings(test::parsed(text), problems);
}

} // namespace

class WebSettingsReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anEmptyDocumentGivesTheDefaults();
    void everySettingIsRead();
    void everyMistakeIsToldWithItsPath_data();
    void everyMistakeIsToldWithItsPath();
    void unknownKeysAreWarnings();
    void aListWithAMistakeKeepsItsDefault();
};

void WebSettingsReaderTest::anEmptyDocumentGivesTheDefaults()
{
    for (const char* const text : {"{}", "[]", R"({"csrf":{},"cors":{},"demo":{}})"}) {
        std::vector<Problem> problems;
        const WebSettings settings = read(text, problems);
        QVERIFY2(problems.empty(), qPrintable(test::textOf(problems)));
        QVERIFY(settings.csrf.isEnabled && !settings.demo.isExposed);
        QCOMPARE(settings.csrf.exempt, std::vector<std::string>{"@authorize"});
        QCOMPARE(settings.cors.allowedOrigins, std::vector<std::string>{"@loopback"});
    }
}

void WebSettingsReaderTest::everySettingIsRead()
{
    std::vector<Problem> problems;
    const WebSettings settings = read(
        R"({"csrf":{"enabled":false,"exempt":["@authorize","/a","/a/*/b","/x/*","/*"]},"demo":{"expose":true},
            "cors":{"allowed_origins":["*","@loopback","null","https://shop.example:8443","http://[::1]:80","shop"]}})",
        problems);
    QVERIFY2(problems.empty(), qPrintable(test::textOf(problems)));
    QVERIFY(!settings.csrf.isEnabled && settings.demo.isExposed);
    QCOMPARE(settings.csrf.exempt.size(), std::size_t{5});
    QCOMPARE(settings.cors.allowedOrigins.size(), std::size_t{6});
}

void WebSettingsReaderTest::everyMistakeIsToldWithItsPath_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const std::string& text, const char* expected) {
        QTest::newRow(text.c_str()) << text << "error: " + QString::fromUtf8(expected);
    };
    row(R"({"csrf":true})", "csrf: must be an object, not true or false");
    row(R"({"csrf":{"enabled":"yes"}})", "csrf.enabled: must be true or false");
    row(R"({"csrf":{"exempt":"/a"}})", "csrf.exempt: must be a list of texts");
    row(R"({"csrf":{"exempt":["/a",5]}})", "csrf.exempt[1]: must be text in quotes");
    row(R"({"cors":{"allowed_origins":{}}})", "cors.allowed_origins: must be a list of texts");
    row(R"({"demo":{"expose":1}})", "demo.expose: must be true or false");
    for (const char* const entry : {"", "a", "@all", "/a b", "/a?b", "/a#b"})
        row(R"({"csrf":{"exempt":[")" + std::string{entry} + R"("]}})", "csrf.exempt[0]: must be \"@authorize\" or");
    for (const char* const entry : {"/a*", "/*a", "/a/**", "/a*/b"})
        row(R"({"csrf":{"exempt":[")" + std::string{entry} + R"("]}})", "csrf.exempt[0]: \"*\" stands for");
    for (const char* const entry : {"", "@all", "https://", "://a", "https://a/b", "https://a/", "a b", "*.a", "a@b"})
        row(R"({"cors":{"allowed_origins":[")" + std::string{entry} + R"("]}})",
            "cors.allowed_origins[0]: must be \"*\"");
}

void WebSettingsReaderTest::everyMistakeIsToldWithItsPath()
{
    QFETCH(std::string, text);
    QFETCH(QString, expected);
    std::vector<Problem> problems;
    read(text, problems);
    QCOMPARE(problems.size(), std::size_t{1});
    QVERIFY2(test::textOf(problems).startsWith(expected), qPrintable(test::textOf(problems)));
}

void WebSettingsReaderTest::unknownKeysAreWarnings()
{
    std::vector<Problem> problems;
    read(R"({"csrf":{"a":1},"cors":{"b":1}})", problems);
    QCOMPARE(test::textOf(problems), QString{"warning: csrf.a: unknown key; it is kept and has no effect\n"
                                             "warning: cors.b: unknown key; it is kept and has no effect\n"});
}

void WebSettingsReaderTest::aListWithAMistakeKeepsItsDefault()
{
    std::vector<Problem> problems;
    const WebSettings settings = read(R"({"cors":{"allowed_origins":["*","@all"]}})", problems);
    QCOMPARE(settings.cors.allowedOrigins, std::vector<std::string>{"@loopback"});
}

QTEST_APPLESS_MAIN(WebSettingsReaderTest)
#include "web_settings_reader_test.moc"
