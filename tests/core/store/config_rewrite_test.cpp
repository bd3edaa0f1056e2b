#include "core/store/config_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace castdeck;
using namespace castdeck::store;

namespace {

std::string contentOf(const std::filesystem::path& path)
{
    QFile file{QString::fromStdString(path.string())};
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "(unreadable)";
}

void write(const std::filesystem::path& path, const std::string& text)
{
    QFile file{QString::fromStdString(path.string())};
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.c_str());
    file.close();
    ::chmod(path.c_str(), 0600);
}

} // namespace

class ConfigRewriteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theFirstRunMakesOneAppWithRandomCredentials();
    void theFirstRunNeverOverwrites();
    void unknownKeysAndOrderSurvive();
    void placeholdersAreWrittenBackAsTheyCame();
    void onlyWhatDiffersIsWritten();
    void appsAreAddedAndRemoved();
    void theFlatShapeIsWrittenNested();
    void C1_aDamagedFileIsLeftAsItIs();
    void C2_aFileOfALaterVersionIsNotChanged();
    void C3_aFileThatOthersCanReadGivesANotice();
    void C8_aFailedSaveKeepsTheEdit();
    void anInvalidEditIsNotSaved();
    void dotEnvBesideTheFileIsRead();
    void aGoodCopyCanBeKept();

private:
    ConfigFile load(std::map<std::string, std::string> variables = {}) const
    {
        return ConfigFile::load(m_path, Environment{variables});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_path;
};

void ConfigRewriteTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->path().toStdString() + "/castdeck/broadcasting.json";
    std::filesystem::create_directory(m_path.parent_path());
}

void ConfigRewriteTest::theFirstRunMakesOneAppWithRandomCredentials()
{
    std::filesystem::remove(m_path.parent_path());
    const auto first = ConfigFile::createDefault(m_path, {});
    QVERIFY(first.has_value());
    const ConfigFile again = load();
    QVERIFY(again.problems().empty());
    const auto& apps = again.config().server.apps;
    QCOMPARE(apps.size(), std::size_t{1});
    QCOMPARE(apps[0].key.size(), std::size_t{20});
    QCOMPARE(apps[0].secret.size(), std::size_t{40});
    QCOMPARE(apps[0].secret, first->config().server.apps[0].secret);
    QCOMPARE(again.config().server.listen, "127.0.0.1");
    QCOMPARE(again.config().connection("")->name, "local");
    struct stat status{};
    QCOMPARE(::stat(m_path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t{0600});
    QCOMPARE(::stat(m_path.parent_path().c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t{0700});
    std::filesystem::remove(m_path);
    const auto other = ConfigFile::createDefault(m_path, {});
    QVERIFY(other->config().server.apps[0].secret != first->config().server.apps[0].secret);
}

void ConfigRewriteTest::theFirstRunNeverOverwrites()
{
    write(m_path, "{}");
    QVERIFY(!ConfigFile::createDefault(m_path, {}).has_value());
    const std::filesystem::path link = m_path.string() + ".link";
    std::filesystem::create_symlink("nowhere", link);
    QVERIFY(!ConfigFile::createDefault(link, {}).has_value());
    QVERIFY(std::filesystem::is_symlink(link));
    QCOMPARE(contentOf(m_path), "{}");
}

void ConfigRewriteTest::unknownKeysAndOrderSurvive()
{
    write(m_path, R"({"zebra": {"b": [1, 2.5, null], "a": "ü"}, "server": {"mine": true, "port": 7000, "apps": [
        {"secret": "s", "app_id": "1", "key": "k", "colour": "red"}]}, "actors": [{"id": "1", "token": "${T}"}]})");
    ConfigFile file = load();
    file.setListen("127.0.0.1", 7001);
    auto apps = file.config().server.apps;
    apps[0].isEnabled = false;
    file.setApps(apps);
    QVERIFY(file.save().has_value());
    const OrderedJson expected = OrderedJson::parse(
        R"({"zebra": {"b": [1, 2.5, null], "a": "ü"}, "server": {"mine": true, "port": 7001, "apps": [
        {"secret": "s", "app_id": "1", "key": "k", "colour": "red", "enabled": false}]},
        "actors": [{"id": "1", "token": "${T}"}]})");
    QCOMPARE(contentOf(m_path), expected.dump(4) + "\n");
}

void ConfigRewriteTest::placeholdersAreWrittenBackAsTheyCame()
{
    write(m_path, R"({"server": {"listen": "${ADDRESS:-127.0.0.1}", "port": "${PORT:-6001}", "apps": [
        {"app_id": "${ID}", "client": "k", "secret": "${SECRET}"}]}})");
    ConfigFile file = load({{"ID", "1"}, {"SECRET", "the-real-secret"}});
    QVERIFY(!file.hasErrors());
    QCOMPARE(file.config().server.apps.at(0).secret, "the-real-secret");
    auto apps = file.config().server.apps;
    apps[0].allowsClientEvents = true;
    file.setApps(apps);
    file.setListen("127.0.0.1", 6001);
    QVERIFY(file.save().has_value());
    const std::string text = contentOf(m_path);
    QVERIFY(text.find("the-real-secret") == std::string::npos);
    for (const char* kept : {"${ADDRESS:-127.0.0.1}", "${PORT:-6001}", "${ID}", "${SECRET}", "\"client_events\": true"})
        QVERIFY2(text.find(kept) != std::string::npos, kept);
}

void ConfigRewriteTest::onlyWhatDiffersIsWritten()
{
    QVERIFY(ConfigFile::createDefault(m_path, {}).has_value());
    const std::string before = contentOf(m_path);
    ConfigFile file = load();
    file.setApps(file.config().server.apps);
    file.setListen(file.config().server.listen, file.config().server.port);
    QVERIFY(file.save().has_value());
    QCOMPARE(contentOf(m_path), before);
}

void ConfigRewriteTest::appsAreAddedAndRemoved()
{
    QVERIFY(ConfigFile::createDefault(m_path, {}).has_value());
    ConfigFile file = load();
    hub::AppConfig app = file.config().server.appDefaults;
    app.id = "second";
    app.key = "k2";
    app.secret = "s2";
    app.limits.maxConnections = 9;
    app.subscribeErrorStyle = hub::SubscribeErrorStyle::Cloud;
    app.activityTimeout = std::chrono::seconds{90};
    file.setApps({file.config().server.apps[0], app});
    QVERIFY(file.save().has_value());
    ConfigFile again = load();
    QVERIFY(again.problems().empty());
    QCOMPARE(again.config().server.apps.size(), std::size_t{2});
    const hub::AppConfig& read = again.config().server.apps[1];
    QCOMPARE(read.limits.maxConnections, std::size_t{9});
    QVERIFY(read.subscribeErrorStyle == hub::SubscribeErrorStyle::Cloud);
    QCOMPARE(read.activityTimeout.count(), 90);
    again.setApps({read});
    QVERIFY(again.save().has_value());
    QCOMPARE(load().config().server.apps.size(), std::size_t{1});
    QCOMPARE(load().config().server.apps[0].id, "second");
}

void ConfigRewriteTest::theFlatShapeIsWrittenNested()
{
    write(m_path, R"({"default": "eu", "eu": {"driver": "pusher", "app_id": "1", "client": "k", "secret": "s"}})");
    ConfigFile file = load();
    QVERIFY(file.save().has_value());
    const OrderedJson document = OrderedJson::parse(contentOf(m_path));
    QCOMPARE(document.dump(),
             R"({"default":"eu","connections":{"eu":{"driver":"pusher","app_id":"1","client":"k","secret":"s"}}})");
    QCOMPARE(load().config().connection("")->pusher.secret, "s");
}

void ConfigRewriteTest::C1_aDamagedFileIsLeftAsItIs()
{
    write(m_path, "{\"server\": {");
    ConfigFile file = load();
    QVERIFY(file.hasErrors());
    QCOMPARE(contentOf(m_path), "{\"server\": {");
    QVERIFY(QString::fromStdString(file.describe(file.problems()[0]))
                .endsWith("broadcasting.json:1:13: error: not valid JSON: unexpected end of text") ||
            QString::fromStdString(file.describe(file.problems()[0]))
                .contains("broadcasting.json:1:13: error: not valid JSON"));
}

void ConfigRewriteTest::C2_aFileOfALaterVersionIsNotChanged()
{
    write(m_path, R"({"version": 2, "future": true})");
    ConfigFile file = load();
    QVERIFY(!file.hasErrors());
    file.setListen("127.0.0.1", 7000);
    const auto saved = file.save();
    QVERIFY(!saved.has_value());
    QVERIFY(saved.error().kind == ErrorKind::Forbidden);
    QCOMPARE(contentOf(m_path), R"({"version": 2, "future": true})");
}

void ConfigRewriteTest::C3_aFileThatOthersCanReadGivesANotice()
{
    write(m_path, "{}");
    ::chmod(m_path.c_str(), 0640);
    const ConfigFile file = load();
    QCOMPARE(file.problems().size(), std::size_t{1});
    QVERIFY(file.problems()[0].severity == Severity::Notice);
    QVERIFY(!file.hasErrors());
}

void ConfigRewriteTest::C8_aFailedSaveKeepsTheEdit()
{
    QVERIFY(ConfigFile::createDefault(m_path, {}).has_value());
    ConfigFile file = load();
    file.setListen("127.0.0.1", 7000);
    // A folder in the way of the temporary file: it can be neither removed nor opened for writing.
    const std::filesystem::path obstacle = m_path.parent_path() / ".broadcasting.json.saving";
    std::filesystem::create_directories(obstacle / "x");
    const std::string before = contentOf(m_path);
    QVERIFY(!file.save().has_value());
    QCOMPARE(contentOf(m_path), before);
    std::filesystem::remove_all(obstacle);
    QVERIFY(file.save().has_value());
    QCOMPARE(load().config().server.port, std::uint16_t{7000});
}

void ConfigRewriteTest::anInvalidEditIsNotSaved()
{
    QVERIFY(ConfigFile::createDefault(m_path, {}).has_value());
    const std::string before = contentOf(m_path);
    ConfigFile file = load();
    auto apps = file.config().server.apps;
    apps.push_back(apps[0]);
    file.setApps(apps);
    const auto saved = file.save();
    QVERIFY(!saved.has_value());
    QVERIFY(saved.error().kind == ErrorKind::InvalidInput);
    QCOMPARE(contentOf(m_path), before);
}

void ConfigRewriteTest::dotEnvBesideTheFileIsRead()
{
    write(m_path, R"({"server": {"apps": [{"app_id": "1", "client": "k", "secret": "${APP_SECRET}"}]}})");
    write(m_path.parent_path() / ".env", "APP_SECRET=from-dot-env\nBROADCAST_CONNECTION=log\n");
    const ConfigFile file = load();
    QVERIFY(file.problems().empty());
    QCOMPARE(file.config().server.apps[0].secret, "from-dot-env");
    QCOMPARE(file.config().defaultConnection, "log");
    QVERIFY(file.config().defaultOrigin == ValueOrigin::DotEnv);
    QCOMPARE(load({{"APP_SECRET", "real"}}).config().server.apps[0].secret, "real");

    write(m_path.parent_path() / ".env", "APP_SECRET=from-dot-env\nnonsense\n");
    const ConfigFile warned = load();
    QCOMPARE(warned.problems().size(), 1U);
    QVERIFY(warned.describe(warned.problems()[0]).starts_with((m_path.parent_path() / ".env").string() + ":2:1: "));
}

void ConfigRewriteTest::aGoodCopyCanBeKept()
{
    QVERIFY(ConfigFile::createDefault(m_path, {}).has_value());
    QVERIFY(load().keepGoodCopy().has_value());
    QCOMPARE(contentOf(ConfigFile::goodCopyPath(m_path)), contentOf(m_path));
    struct stat status{};
    QCOMPARE(::stat(ConfigFile::goodCopyPath(m_path).c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t{0600});
}

QTEST_APPLESS_MAIN(ConfigRewriteTest)
#include "config_rewrite_test.moc"
