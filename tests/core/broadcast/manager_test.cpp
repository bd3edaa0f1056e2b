#include "core/broadcast/manager.h"

#include "tests/core/broadcast/recording_driver.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace castdeck;
using namespace castdeck::broadcast;
using test::Record;
using test::RecordingDriver;

namespace {

ConnectionsConfig oneConnection(Options options)
{
    ConnectionsConfig config;
    config.connections = {{"eu", std::move(options)}};
    return config;
}

Failure failureOf(ConnectionsConfig config, std::string_view name)
{
    return Manager{std::move(config)}.connection(name).failure;
}

} // namespace

/// Names, aliases, drivers and instances: what a name leads to.
class ManagerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mistakesAreNamed_data();
    void mistakesAreNamed();
    void theStrongestDefaultWins();
    void nullAndLogAlwaysExist();
    void aFileMayRedefineThem();
    void anAliasIsOneStep();
    void oddAliasesAreWarnedOf();
    void aConnectionIsBuiltOnce();
    void changedOptionsTakeEffectOnTheNextSend();
    void purgeDropsTheInstance();
    void customDriversAndTheirAliases();
    void aReplacedDriverIsUsed();
    void factoriesMayFail();
    void errorsNeverShowSecrets();
    void manyThreadsGetOneInstance();
};

void ManagerTest::mistakesAreNamed_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expectedCode");
    QTest::addColumn<QString>("expectedText");
    const auto row = [](const char* tag, const Failure& failure, const char* code, const char* text) {
        QTest::newRow(tag) << QString::fromUtf8(toText(failure.code).data()) << QString::fromStdString(failure.text)
                           << code << text;
    };
    row("unknown", failureOf({}, "eu"), "unknown_connection", "connection \"eu\" is not defined");
    row("no driver", failureOf(oneConnection({}), "eu"), "no_driver", "connection \"eu\" has no driver");
    row("null driver", failureOf(oneConnection({{"driver", "null"}}), "eu"), "no_driver",
        "connection \"eu\" has no driver");
    row("empty driver", failureOf(oneConnection({{"driver", "\"\""}}), "eu"), "no_driver",
        "connection \"eu\" has no driver");
    row("number as driver", failureOf(oneConnection({{"driver", "5"}}), "eu"), "bad_driver",
        "the driver of connection \"eu\" must be a string");
    row("object as driver", failureOf(oneConnection({{"driver", "{}"}}), "eu"), "bad_driver",
        "the driver of connection \"eu\" must be a string");
    row("unknown driver", failureOf(oneConnection({{"driver", "\"carrier\""}}), "eu"), "unknown_driver",
        "connection \"eu\" has the unknown driver \"carrier\"");
    row("bad option", failureOf(oneConnection({{"driver", "\"log\""}, {"level", "\"loud\""}}), "eu"), "bad_option",
        "connection \"eu\": option \"level\" must be one of debug info notice warning error critical alert emergency");
    row("bad retries", failureOf(oneConnection({{"driver", "\"null\""}, {"retries", "-1"}}), "eu"), "bad_option",
        "connection \"eu\": option \"retries\" must be a whole number from 0 to 10");
    ConnectionsConfig config;
    config.aliases = {{"alerts", "eu"}};
    row("alias to nowhere", failureOf(config, "alerts"), "unknown_connection",
        "connection \"eu\" is not defined (alias \"alerts\")");
    config.environmentDefault = "nowhere";
    row("default of the environment", failureOf(config, ""), "unknown_connection",
        "connection \"nowhere\" is not defined");
    config.environmentDefault.clear();
    config.defaultJson = "\"\"";
    row("empty default", failureOf(config, ""), "no_default", "no default connection is set");
    config.defaultJson = "7";
    row("default not a string", failureOf(config, ""), "no_default", "no default connection is set");
    config.defaultJson = "null";
    row("default null", failureOf(config, ""), "no_default", "no default connection is set");
}

void ManagerTest::mistakesAreNamed()
{
    QFETCH(QString, code);
    QFETCH(QString, text);
    QTEST(code, "expectedCode");
    QTEST(text, "expectedText");
}

void ManagerTest::theStrongestDefaultWins()
{
    ConnectionsConfig config;
    Manager manager;
    QCOMPARE(manager.defaultConnection().name, std::string{"null"});
    QVERIFY(manager.defaultConnection().origin == DefaultOrigin::BuiltIn);
    config.defaultJson = R"("local")";
    manager.configure(config);
    QCOMPARE(manager.defaultConnection().name, std::string{"local"});
    config.environmentDefault = "log";
    manager.configure(config);
    QCOMPARE(manager.defaultConnection().name, std::string{"log"});
    QCOMPARE(toText(manager.defaultConnection().origin), std::string_view{"environment"});
    QCOMPARE(manager.connection().connection->name(), std::string{"log"});
    manager.setDefault("null");
    QCOMPARE(manager.connection().connection->name(), std::string{"null"});
    QVERIFY(manager.defaultConnection().origin == DefaultOrigin::RunTime);
    manager.setDefault("");
    QVERIFY(manager.connection().failure.code == Code::NoDefault);
}

void ManagerTest::nullAndLogAlwaysExist()
{
    Manager manager;
    QVERIFY(manager.connection("null").connection);
    QVERIFY(manager.connection("log").connection);
}

void ManagerTest::aFileMayRedefineThem()
{
    ConnectionsConfig config;
    config.connections = {{"log", {{"driver", R"("null")"}}}};
    Manager manager{config};
    manager.setDefault("log");
    QVERIFY(manager.channel("a", "e").get().entries[0].status == Status::Discarded);
}

void ManagerTest::anAliasIsOneStep()
{
    ConnectionsConfig config;
    config.connections = {{"eu", {{"driver", R"("null")"}}}, {"us", {{"driver", R"("null")"}}}};
    config.aliases = {{"alerts", "eu"}, {"second", "alerts"}, {"us", "eu"}};
    Manager manager{config};
    QCOMPARE(manager.connection("alerts").connection, manager.connection("eu").connection);
    QVERIFY(manager.connection("second").failure.code == Code::UnknownConnection);
    QCOMPARE(manager.connection("us").connection->name(), std::string{"eu"});
}

void ManagerTest::oddAliasesAreWarnedOf()
{
    ConnectionsConfig config;
    config.connections = {{"eu", {{"driver", R"("null")"}}}, {"us", {{"driver", R"("null")"}}}};
    config.aliases = {{"fine", "eu"}, {"us", "eu"}, {"lost", "nowhere"}};
    const std::vector<std::string> warnings = Manager{config}.warnings();
    QCOMPARE(warnings.size(), std::size_t{2});
    QCOMPARE(warnings[0], std::string{"alias \"us\" hides the connection of the same name"});
    QCOMPARE(warnings[1], std::string{"alias \"lost\" points to \"nowhere\", which is not a connection"});
}

void ManagerTest::aConnectionIsBuiltOnce()
{
    ConnectionsConfig config = oneConnection({{"driver", R"("null")"}});
    config.aliases = {{"alerts", "eu"}};
    config.defaultJson = R"("eu")";
    Manager manager{config};
    const auto first = manager.connection("eu").connection;
    QVERIFY(first);
    QCOMPARE(manager.connection().connection, first);
    QCOMPARE(manager.connection("alerts").connection, first);
    QCOMPARE(manager.driver("eu").connection, first);
    manager.configure(config);
    QCOMPARE(manager.connection("eu").connection, first);
}

void ManagerTest::changedOptionsTakeEffectOnTheNextSend()
{
    const auto record = std::make_shared<Record>();
    Manager manager{oneConnection({{"driver", R"("record")"}, {"tag", R"("old")"}})};
    manager.extend("record", RecordingDriver::factory(record));
    manager.channel("a", "e", "{}", "eu");
    manager.configure(oneConnection({{"driver", R"("record")"}, {"tag", R"("fresh")"}}));
    manager.channel("a", "e", "{}", "eu");
    QCOMPARE(record->calls().size(), std::size_t{2});
    QCOMPARE(record->calls()[1].options, std::string{"fresh"});
    manager.configure({});
    QVERIFY(manager.channel("a", "e", "{}", "eu").get().code() == Code::UnknownConnection);
}

void ManagerTest::purgeDropsTheInstance()
{
    Manager manager{oneConnection({{"driver", R"("null")"}})};
    const auto first = manager.connection("eu").connection;
    manager.purge("eu");
    manager.purge("never there");
    QVERIFY(manager.connection("eu").connection != first);
}

void ManagerTest::customDriversAndTheirAliases()
{
    const auto record = std::make_shared<Record>();
    ConnectionsConfig config = oneConnection({{"driver", R"("short")"}});
    config.driverAliases = {{"short", "record"}, {"log", "record"}};
    config.connections.push_back({"other", {{"driver", R"("log")"}}});
    Manager manager{config};
    QVERIFY(manager.connection("eu").failure.code == Code::UnknownDriver);
    manager.extend("record", RecordingDriver::factory(record));
    manager.channel("a", "e", "{}", "eu");
    manager.channel("a", "e", "{}", "other");
    QCOMPARE(record->calls().size(), std::size_t{2});
}

void ManagerTest::aReplacedDriverIsUsed()
{
    const auto first = std::make_shared<Record>();
    const auto second = std::make_shared<Record>();
    Manager manager{oneConnection({{"driver", R"("record")"}})};
    manager.extend("record", RecordingDriver::factory(first));
    manager.channel("a", "e", "{}", "eu");
    manager.extend("record", RecordingDriver::factory(second));
    manager.channel("a", "e", "{}", "eu");
    QCOMPARE(first->calls().size(), std::size_t{1});
    QCOMPARE(second->calls().size(), std::size_t{1});
}

void ManagerTest::factoriesMayFail()
{
    Manager manager{oneConnection({{"driver", R"("odd")"}})};
    manager.extend("odd", [](const Options&, const Services&) { return Result<std::shared_ptr<Driver>>{nullptr}; });
    QVERIFY(manager.connection("eu").failure.code == Code::BadOption);
    manager.extend("odd", [](const Options&, const Services&) -> Result<std::shared_ptr<Driver>> {
        throw std::runtime_error{"out of order"};
    });
    QCOMPARE(manager.connection("eu").failure.text, std::string{"connection \"eu\": out of order"});
    manager.extend("odd", [](const Options&, const Services&) -> Result<std::shared_ptr<Driver>> {
        return Error{ErrorKind::InvalidInput, "option \"x\" is missing"};
    });
    QCOMPARE(manager.connection("eu").failure.text, std::string{"connection \"eu\": option \"x\" is missing"});
}

void ManagerTest::errorsNeverShowSecrets()
{
    Manager manager{oneConnection({{"driver", R"("odd")"}, {"secret", R"("MARK\"er")"}})};
    manager.extend("odd", [](const Options&, const Services&) -> Result<std::shared_ptr<Driver>> {
        throw std::runtime_error{R"(cannot use MARK"er nor MARK\"er nor MARK%22er)"};
    });
    QCOMPARE(manager.connection("eu").failure.text,
             std::string{"connection \"eu\": cannot use •••• nor •••• nor ••••"});
}

void ManagerTest::manyThreadsGetOneInstance()
{
    Manager manager{oneConnection({{"driver", R"("null")"}})};
    std::vector<std::shared_ptr<Connection>> seen(4);
    std::vector<std::thread> threads;
    for (auto& slot : seen)
        threads.emplace_back([&] { slot = manager.connection("eu").connection; });
    for (std::thread& thread : threads)
        thread.join();
    for (const auto& connection : seen)
        QCOMPARE(connection, manager.connection("eu").connection);
}

QTEST_APPLESS_MAIN(ManagerTest)
#include "manager_test.moc"
