#include "tests/app/cli_runner.h"

#include <QCryptographicHash>
#include <QTest>

using castdeck::test::CliRunner;

namespace {

const QString docs = "3:278d425bdf160c739803:7ad3773142a6692b25b8";
const QString model = "3456678:478b45309560f3456211:ab4229346et64aa8908";
const QString project = "900:app-key-1:app-secret-1";

} // namespace

class CliSignTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownSignaturesAreReproduced_data();
    void knownSignaturesAreReproduced();
    void theSignedTextIsShown_data();
    void theSignedTextIsShown();
    void theBodyMayComeFromInput();
    void whatMustNotBeSignedIsRefused_data();
    void whatMustNotBeSignedIsRefused();
    void theSecretComesFromTheConfiguration();
    void theSharedSecretOfAnEncryptedChannelIsGivenWithAMasterKey();
};

void CliSignTest::knownSignaturesAreReproduced_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("app");
    QTest::addColumn<QString>("digest");
    const auto channel = [](const char* name, const QString& app, const QStringList& arguments, const char* digest) {
        QTest::newRow(name) << (QStringList{"channel"} + arguments) << app << QString{digest};
    };
    channel("SG1 private", docs, {"1234.1234", "private-foobar"},
            "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4");
    channel("SG1 presence, Mr. Channels", docs,
            {"1234.1234", "presence-foobar", R"({"user_id":10,"user_info":{"name":"Mr. Channels"}})"},
            "31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80");
    channel("SG2 presence, Mr. Pusher", docs,
            {"1234.1234", "presence-foobar", R"({"user_id":10,"user_info":{"name":"Mr. Pusher"}})"},
            "afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c");
    channel("private-admins", model, {"4821.9047", "private-admins"},
            "7b2eb675787deefab071ee617d44fcbdfa4974282cbb3c740c948a33ac93878e");
    channel("private-1", model, {"4821.9047", "private-1"},
            "fa06e0da21e9cdd30f3a9552d35b2cfff80403bcb2121552a7028fae355d3b00");
    channel("private-2", model, {"4821.9047", "private-2"},
            "648bfcd1bbcaee6db433377ba6d14de7d14c6f24063a33f0cd94a64cdb436318");
    channel("presence-chat of Bob", model,
            {"5310.2208", "presence-chat", R"({"user_id":"2","user_info":{"name":"Bob"}})"},
            "598948132b80a90148fa606a1f869eae2fb84aaa690726d5d9c7bc93bba236e0");
    channel("presence-chat", model, {"4821.9047", "presence-chat", R"({"user_id":"1","user_info":{"name":"Ada"}})"},
            "d31f9053e41874e5d502583e011e792b81f611bb9c245cdab60042e720647563");
    channel("SG1 T1", project, {"4711.815", "private-room.7"},
            "bd713411a6964ddf9b119f56ef6673b2dde8dcfd4ba086f385821ee57b331887");
    channel("SG1 T2", project, {"4711.815", "presence-lobby", R"({"user_id":"u-42","user_info":{"name":"Zoë"}})"},
            "96dd826f9a9f10f50550e14aed2d380eb7c47e9dd028e752202a8545282b093a");
    channel("SG1 T4", project, {"4711.815", "private-encrypted-cache-vault"},
            "c2a8e1b7feab24d6eed71366d8eb426bc4d2594968dc6e6d6384605029f76bd0");
    const auto user = [](const char* name, const QString& app, const QStringList& arguments, const char* digest) {
        QTest::newRow(name) << (QStringList{"user"} + arguments) << app << QString{digest};
    };
    user("SG1 user", docs, {"1234.1234", R"({"id":"12345"})"},
         "4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba");
    user("user with info", model, {"4821.9047", R"({"id":"1","user_info":{"name":"Ada"}})"},
         "5e997b465727be83aa0be351142cf829b7b8948871a456d0c709cc80c2e6a839");
    user("SG1 T3", project, {"4711.815", R"({"id":"u-42","user_info":{"name":"Zoë"},"watchlist":["u-7","u-9"]})"},
         "0fd41150024eb89037f9c7fbf666651b6d8cac22cd9e183b40f62d3f33eda011");
    const auto request = [](const char* name, const QString& app, const QStringList& arguments, const char* digest) {
        QTest::newRow(name) << (QStringList{"request"} + arguments) << app << QString{digest};
    };
    request("SG1 POST", docs,
            {"POST", "/apps/3/events", "--timestamp", "1353088179", "--body",
             R"({"name":"foo","channels":["project-3"],"data":"{\"some\":\"data\"}"})"},
            "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
    request("GET", model, {"GET", "/apps/3456678/channels", "--timestamp", "1700000000"},
            "80693be29f3b945dfac6e304cb59a1452e58c07d37d7e40e236d5b26951f32f4");
    request("GET with parameters", model,
            {"GET", "/apps/3456678/channels", "--timestamp", "1700000000", "--query", "info=user_count", "--query",
             "filter_by_prefix=presence-"},
            "a940e6e4ef8426808bab103fa8d5f14920b7446813db32ad3473f3887b04cb01");
    request("SG1 T6", project,
            {"POST", "/apps/900/events", "--timestamp", "1700000000", "--body",
             R"({"name":"ping","channel":"room.7","data":"{\"n\":1}"})"},
            "07f8a81d45dfcae74429d0959f54ed01cbeb749736e6bc6132c6be7d3b230d8f");
    request("SG1 T9", project,
            {"GET", "/apps/900/channels/cache-a=b@c,d.e;f", "--timestamp", "1700000000", "--query",
             "info=cache,subscription_count"},
            "69a26518498ce573199c3d68a2def9fb8f6902c17bd420cf82ec6590550bfdc1");
    request("SG1 T10", project,
            {"POST", "/apps/900/users/u-42/terminate_connections", "--timestamp", "1700000000", "--body", "{}"},
            "d62fe28bb9d600a52cac88adfff1d02b02c02f5321febb9553787d24758a71cc");
}

void CliSignTest::knownSignaturesAreReproduced()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, app);
    QFETCH(QString, digest);
    const CliRunner cli;
    const auto outcome = cli.run(QStringList{"sign"} + arguments + QStringList{"--app", app});
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    const QJsonObject answer = outcome.json();
    if (arguments[0] == "request")
        QCOMPARE(answer["auth_signature"].toString(), digest);
    else
        QCOMPARE(answer["auth"].toString(), app.section(':', 1, 1) + ":" + digest);
    if (arguments[0] == "channel" && arguments.size() == 4)
        QCOMPARE(answer["channel_data"].toString(), arguments[3]);
    if (arguments[0] == "user")
        QCOMPARE(answer["user_data"].toString(), arguments[2]);
    QVERIFY(!(outcome.out + outcome.err).contains(app.section(':', 2).toUtf8()));
    QCOMPARE(cli.run(QStringList{"sign"} + arguments + QStringList{"--app", app, "--json"}).out, outcome.out);
}

void CliSignTest::theSignedTextIsShown_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("signedText");
    const auto row = [](const QStringList& arguments, const QString& text) {
        QTest::newRow(arguments[0].toUtf8()) << arguments << text;
    };
    row({"channel", "4821.9047", "presence-chat", R"({"user_id":"1","user_info":{"name":"Ada"}})"},
        R"(4821.9047:presence-chat:{"user_id":"1","user_info":{"name":"Ada"}})");
    row({"user", "4821.9047", R"({"id":"1","user_info":{"name":"Ada"}})"},
        R"(4821.9047::user::{"id":"1","user_info":{"name":"Ada"}})");
    row({"request", "GET", "/apps/3456678/channels", "--timestamp", "1700000000"},
        "GET\n/apps/3456678/channels\nauth_key=478b45309560f3456211&auth_timestamp=1700000000&auth_version=1.0");
}

void CliSignTest::theSignedTextIsShown()
{
    QFETCH(QStringList, arguments);
    const auto outcome = CliRunner{}.run(QStringList{"sign"} + arguments + QStringList{"--app", model, "--json"});
    QTEST(outcome.json()["signed"].toString(), "signedText");
}

void CliSignTest::theBodyMayComeFromInput()
{
    const CliRunner cli;
    const auto outcome = cli.run(
        {"sign", "request", "POST", "/apps/900/events", "--timestamp", "1700000000", "--body", "-", "--app", project},
        R"({"name":"ping","channel":"room.7","data":"{\"n\":1}"})");
    QCOMPARE(outcome.json()["auth_signature"].toString(),
             "07f8a81d45dfcae74429d0959f54ed01cbeb749736e6bc6132c6be7d3b230d8f");
    QVERIFY(outcome.json()["query"].toString().contains("auth_signature=07f8a81d"));
}

void CliSignTest::whatMustNotBeSignedIsRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("a user disguised as a channel") << QStringList{"channel", "1.1", R"(:user::{"id":"admin"})"};
    QTest::newRow("a channel inside the socket id") << QStringList{"channel", "1.1:private-x", "private-y"};
    QTest::newRow("a public channel") << QStringList{"channel", "1.1", "news"};
    QTest::newRow("presence without data") << QStringList{"channel", "1.1", "presence-a"};
    QTest::newRow("data that is not JSON") << QStringList{"channel", "1.1", "presence-a", "{"};
    QTest::newRow("user data that is not JSON") << QStringList{"user", "1.1", "x"};
    QTest::newRow("a path with a query") << QStringList{"request", "GET", "/apps/1/channels?info=x"};
    QTest::newRow("a path without slash") << QStringList{"request", "GET", "apps"};
    QTest::newRow("another method") << QStringList{"request", "DELETE", "/apps"};
    QTest::newRow("nothing") << QStringList{};
}

void CliSignTest::whatMustNotBeSignedIsRefused()
{
    QFETCH(QStringList, arguments);
    const CliRunner cli;
    const auto outcome = cli.run(QStringList{"sign"} + arguments +
                                 (arguments.isEmpty() ? QStringList{} : QStringList{"--app", CliRunner::app()}));
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(!outcome.err.isEmpty());
}

void CliSignTest::theSecretComesFromTheConfiguration()
{
    const CliRunner cli;
    cli.writeFile(
        "broadcasting.json",
        R"({"connections": {"eu": {"driver": "pusher", "app_id": "3", "client": "278d425bdf160c739803", "secret": "7ad3773142a6692b25b8"}}})");
    const auto outcome = cli.run({"sign", "channel", "1234.1234", "private-foobar", "--connection", "eu"});
    QCOMPARE(outcome.json()["auth"].toString(),
             "278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4");
    QVERIFY(outcome.json()["signed"].toString() == "1234.1234:private-foobar");
    QCOMPARE(cli.run({"sign", "channel", "1234.1234", "private-foobar"}).exitCode, 2);
}

void CliSignTest::theSharedSecretOfAnEncryptedChannelIsGivenWithAMasterKey()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json",
                  R"({"connections": {"eu": {"driver": "pusher", "app_id": "3", "client": "k", "secret": "zqx-marker",
        "encryption_master_key_base64": "enF4LW1hcmtlci16cXgtbWFya2VyLXpxeC1tYXJrZXI="}}})");
    const auto outcome = cli.run({"sign", "channel", "1.1", "private-encrypted-x", "--connection", "eu"});
    const QByteArray masterKey = "zqx-marker-zqx-marker-zqx-marker";
    const QByteArray expected = QCryptographicHash::hash("private-encrypted-x" + masterKey, QCryptographicHash::Sha256);
    QCOMPARE(outcome.json()["shared_secret"].toString(), expected.toBase64());
    QVERIFY(!outcome.out.contains("enF4LW1hcmtlci16"));
    const auto plain = cli.run({"sign", "channel", "1.1", "private-x", "--connection", "eu"});
    QVERIFY(!plain.json().contains("shared_secret"));
}

QTEST_GUILESS_MAIN(CliSignTest)
#include "cli_sign_test.moc"
