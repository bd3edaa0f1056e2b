#include "core/broadcast/drivers/log_driver.h"

#include "core/broadcast/manager.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace castdeck;
using namespace castdeck::broadcast;

namespace {

struct NewRelease {
    Channel broadcastOn() const { return "releases"; }
    Json broadcastWith() const { return {{"message", "Version 4.0.0 has been released !"}}; }
};

} // namespace

class LogNullTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void anEventIsOneLine();
    void aMessageIsOneLineWithAllTopics();
    void controlCharactersAreEscaped_data();
    void controlCharactersAreEscaped();
    void theLevelIsTheOptions();
    void aFileOfItsOwn();
    void aFileThatCannotBeWrittenIsReported();
    void badEventNamesAreNotLogged();
    void nullTakesEverything();

private:
    std::unique_ptr<Manager> withLog(const Options& more = {});

    std::vector<std::string> m_lines;
    std::vector<LogLevel> m_levels;
};

void LogNullTest::init()
{
    m_lines.clear();
    m_levels.clear();
}

std::unique_ptr<Manager> LogNullTest::withLog(const Options& more)
{
    ConnectionsConfig config;
    config.environmentDefault = "log";
    if (!more.entries().empty())
        config.connections = {{"log", more}};
    Services services;
    services.log = [this](LogLevel level, std::string_view line) {
        m_levels.push_back(level);
        m_lines.emplace_back(line);
    };
    return std::make_unique<Manager>(config, services);
}

void LogNullTest::anEventIsOneLine()
{
    const Report report = withLog()->channel(NewRelease()).get();
    QCOMPARE(m_lines, std::vector<std::string>{"Broadcasting [NewRelease] on channels [releases] with payload: "
                                               R"({"message":"Version 4.0.0 has been released !"})"});
    QVERIFY(m_levels == std::vector{LogLevel::Info});
    QVERIFY(report.entries.at(0).status == Status::Logged);
    QVERIFY(report.isSuccess());
}

void LogNullTest::aMessageIsOneLineWithAllTopics()
{
    withLog()->publish({"topic1", "topic2"}, {"message1", "message2"});
    QCOMPARE(m_lines, (std::vector<std::string>{"Broadcasting on channels [topic1, topic2] with payload: message1",
                                                "Broadcasting on channels [topic1, topic2] with payload: message2"}));
}

void LogNullTest::controlCharactersAreEscaped_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("escaped");
    QTest::newRow("line breaks") << std::string{"a\r\nb"} << std::string{"a\\r\\nb"};
    QTest::newRow("tab") << std::string{"\t"} << std::string{"\\t"};
    QTest::newRow("escape sequence") << std::string{"\x1b[31m"} << std::string{"\\x1b[31m"};
    QTest::newRow("delete") << std::string{"\x7f"} << std::string{"\\x7f"};
    QTest::newRow("next line") << std::string{"\xC2\x85"} << std::string{"\\xc2\\x85"};
    QTest::newRow("line separator") << std::string{"\xE2\x80\xA8"} << std::string{"\\xe2\\x80\\xa8"};
    QTest::newRow("not ASCII") << std::string{"Zoë …"} << std::string{"Zoë …"};
}

void LogNullTest::controlCharactersAreEscaped()
{
    QFETCH(std::string, text);
    QFETCH(std::string, escaped);
    withLog()->publish(text, text);
    QCOMPARE(m_lines.at(0), "Broadcasting on channels [" + escaped + "] with payload: " + escaped);
}

void LogNullTest::theLevelIsTheOptions()
{
    withLog({{"driver", R"("log")"}, {"level", R"("emergency")"}})->publish("a", "b");
    QVERIFY(m_levels == std::vector{LogLevel::Emergency});
}

void LogNullTest::aFileOfItsOwn()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("broadcast.log");
    const auto manager = withLog({{"driver", R"("log")"}, {"file", "\"" + path.toStdString() + "\""}});
    manager->publish("a", "1");
    manager->channel("a", "e", "{}", CallOptions{}.toOthers("1.1"));
    QFile file{path};
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray{"Broadcasting on channels [a] with payload: 1\n"
                                        "Broadcasting [e] on channels [a] with payload: {}\n"});
    QVERIFY(m_lines.empty());
}

void LogNullTest::aFileThatCannotBeWrittenIsReported()
{
    const QTemporaryDir folder;
    const auto manager = withLog({{"driver", R"("log")"}, {"file", "\"" + folder.path().toStdString() + "\""}});
    QVERIFY(manager->publish("a", "1").get().code() == Code::Unreachable);
}

void LogNullTest::badEventNamesAreNotLogged()
{
    QVERIFY(withLog()->channel("a", "pusher:error").get().code() == Code::BadEvent);
    QVERIFY(m_lines.empty());
    const Report report = withLog()->channel("any # topic", "client-x", "{}", CallOptions{}.toOthers("1.1")).get();
    QCOMPARE(report.entries.at(0).notes,
             (std::vector<std::string>{"except ignored", "the prefix client- belongs to clients"}));
}

void LogNullTest::nullTakesEverything()
{
    Manager manager;
    const Report report = manager.channel({"any # topic", ""}, "pusher:x", std::string(100'000, 'x')).get();
    QCOMPARE(report.entries.size(), std::size_t{2});
    QVERIFY(report.entries[0].status == Status::Discarded);
    QVERIFY(report.isSuccess());
    QVERIFY(manager.publish("a", "b").get().entries[0].status == Status::Discarded);
}

QTEST_APPLESS_MAIN(LogNullTest)
#include "log_null_test.moc"
