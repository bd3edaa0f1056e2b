#include "tests/app/answering_server.h"
#include "tests/app/cli_runner.h"
#include "tests/core/webhook/http_receiver.h"
#include "tests/support/app.h"
#include "tests/support/http_client.h"
#include "tests/support/pusher_client.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace castdeck;
using namespace castdeck::test;

namespace {

/// 32 bytes, as Base64. It has the marker in it once it is decoded.
const QByteArray masterKey = QByteArray{"zqx-marker-of-the-master-key-32b"}.toBase64();

/// The marker as text, in hexadecimal, and in Base64 at each of its three alignments.
bool holdsSecret(const QByteArray& text)
{
    const QByteArray word{marker};
    if (text.contains(word) || text.toLower().contains(word.toHex()) || text.contains(masterKey))
        return true;
    for (int skipped = 0; skipped < 3; ++skipped) {
        const QByteArray part = word.mid(skipped, (word.size() - skipped) / 3 * 3);
        if (text.contains(part.toBase64()))
            return true;
    }
    return false;
}

hub::AppConfig servedApp()
{
    hub::AppConfig app = makeApp();
    app.secret = "zqx-marker-app";
    return app;
}

} // namespace

/// Reliability, Q10 and section 8.5 of the model: the real programs, with a secret of its own in every place that can
/// hold one. Whatever they write down, none of them is in it.
class SecretsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void Q10_theConfigurationIsShownWithoutThem();
    void Q10_mistakesInTheConfigurationAreToldWithoutThem_data();
    void Q10_mistakesInTheConfigurationAreToldWithoutThem();
    void Q10_theServerKeepsThemWhateverItIsAsked();
    void Q10_aForwardedRequestTellsNone_data();
    void Q10_aForwardedRequestTellsNone();
    void Q10_everyConnectionKeepsThem_data();
    void Q10_everyConnectionKeepsThem();
    void Q10_commandsKeepWhatTheyAreGiven_data();
    void Q10_commandsKeepWhatTheyAreGiven();

private:
    /// The whole configuration; `authorize` adds members there.
    void writeConfiguration(const QByteArray& authorize = {}) const;
    /// Fails when a secret is in what was written to files of this run, the configuration itself left out.
    void checkFiles() const;
    void check(const HttpReply& reply) const;

    std::unique_ptr<CliRunner> m_cli;
    std::unique_ptr<HttpReceiver> m_receiver;
    /// They know the secrets of the connections to them, and tell them.
    std::unique_ptr<AnsweringServer> m_chatty;
    std::unique_ptr<AnsweringServer> m_engine;
    std::unique_ptr<AnsweringServer> m_redis;
};

void SecretsTest::init()
{
    m_cli = std::make_unique<CliRunner>();
    m_receiver = std::make_unique<HttpReceiver>();
    m_receiver->answerWith(500);
    const auto saying = [](const QByteArray& text) {
        return std::make_unique<AnsweringServer>(
            AnsweringServer::response(400, R"({"error":")" + text + "\"}", "X-Debug: " + text + "\r\n"));
    };
    m_chatty = saying("what was it, zqx-marker-connection?");
    m_engine = saying("neither zqx-marker-key nor zqx-marker-url");
    m_redis = std::make_unique<AnsweringServer>("-WRONGPASS zqx-marker-redis is no password\r\n");
    m_cli->setVariable(QStringLiteral("BOBS_TOKEN"), QStringLiteral("zqx-marker-bob"));
    m_cli->setVariable(QStringLiteral("REDIS_PASSWORD"), QStringLiteral("zqx-marker-redis"));
    m_cli->writeFile(QStringLiteral(".env"), "WRONG_KEY=zqx-marker-wrong\n");
    writeConfiguration();
}

void SecretsTest::writeConfiguration(const QByteArray& authorize) const
{
    QByteArray text = R"({
    "default": "local",
    "authorize": {"explain": "always", AUTHORIZE "topics": [
        {"pattern": "private-admins", "when": {"value": "actor.role", "is": "equals", "to": "admin"}},
        {"pattern": "header", "when": {"value": "header.SECRET", "is": "equals", "to": "zqx-marker-header"}},
        {"pattern": "cookie", "when": {"value": "header.Cookie", "is": "matches", "to": "SESSID=zqx-marker-[a-z]+"}},
        {"pattern": "query", "when": {"value": "query.pass", "is": "in", "to": ["zqx-marker-query"]}},
        {"pattern": "form", "when": {"not": {"value": "form.pass", "is": "starts-with", "to": "zqx-marker"}}}],
        "connect": {"not": {"value": "query.ticket", "is": "equals", "to": "zqx-marker-ticket"}}},
    "connections": {
        "local": {"driver": "local"},
        "right": {"driver": "pusher", "app_id": "app", "client": "app-key", "secret": "zqx-marker-app",
                  "host": "127.0.0.1", "port": "${SERVED:-1}", "ssl": false, "encryption_master_key_base64": "MASTER"},
        "wrong": {"driver": "pusher", "app_id": "app", "client": "app-key", "secret": "${WRONG_KEY}",
                  "host": "127.0.0.1", "port": "${SERVED:-1}", "ssl": false},
        "chatty": {"driver": "pusher", "app_id": "app", "client": "k", "secret": "zqx-marker-connection",
                   "host": "127.0.0.1", "port": CHATTY, "ssl": false},
        "tls": {"driver": "pusher", "app_id": "app", "client": "k", "secret": "zqx-marker-connection",
                "host": "127.0.0.1", "port": CHATTY},
        "nobody": {"driver": "pusher", "app_id": "app", "client": "k", "secret": "zqx-marker-connection",
                   "host": "127.0.0.1", "port": 1, "ssl": false},
        "centrifugo": {"driver": "centrifugo", "url": "http://user:zqx-marker-url@127.0.0.1:ENGINE",
                       "api_key": "zqx-marker-key"},
        "centrifugo-nobody": {"driver": "centrifugo", "url": "http://user:zqx-marker-url@127.0.0.1:1",
                              "api_key": "zqx-marker-key"},
        "redis": {"driver": "redis", "port": REDIS, "username": "me"},
        "redis-nobody": {"driver": "redis", "port": 1, "password": "zqx-marker-password"},
        "log": {"driver": "log", "file": "sent.log"}},
    "actors": [{"id": "1", "name": "Ada", "role": "admin", "token": "zqx-marker-ada"},
               {"id": "2", "name": "Bob", "role": "basic", "token": "${BOBS_TOKEN}"}],
    "csrf": {"exempt": []},
    "server": {"apps": [{"app_id": "app", "client": "app-key", "secret": "zqx-marker-app", "client_events": true,
        "encryption_master_key_base64": "MASTER",
        "webhooks": [{"url": "http://127.0.0.1:HOOK/hook?token=zqx-marker-hook", "headers": {"X-Env": "zqx-marker-env"}},
                     {"url": "https://127.0.0.1:CHATTY/tls?token=zqx-marker-hook"},
                     {"url": "http://127.0.0.1:1/nobody?token=zqx-marker-hook"}]}]}})";
    text.replace("AUTHORIZE", authorize);
    text.replace("MASTER", masterKey);
    text.replace("CHATTY", QByteArray::number(m_chatty->port()));
    text.replace("ENGINE", QByteArray::number(m_engine->port()));
    text.replace(": REDIS", ": " + QByteArray::number(m_redis->port()));
    text.replace("HOOK", QByteArray::number(m_receiver->port()));
    m_cli->writeFile(QStringLiteral("broadcasting.json"), text);
}

void SecretsTest::checkFiles() const
{
    QDirIterator files{m_cli->folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories};
    while (files.hasNext()) {
        QFile file{files.next()};
        const QString name = files.fileName();
        if (name == QLatin1String{".env"} || name.startsWith(QLatin1String{"broadcasting.json"}))
            continue; // What the user wrote, and the last good copy of it.
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!holdsSecret(file.readAll()), qPrintable(name));
    }
}

void SecretsTest::check(const HttpReply& reply) const
{
    QVERIFY(reply.status != 0);
    QVERIFY2(!holdsSecret(QByteArray::fromStdString(reply.body)), reply.body.c_str());
    for (const http::Header& header : reply.headers)
        QVERIFY2(!holdsSecret(QByteArray::fromStdString(header.value)), header.name.c_str());
}

void SecretsTest::Q10_theConfigurationIsShownWithoutThem()
{
    for (const QStringList& arguments :
         {QStringList{"config", "show"}, QStringList{"config", "show", "--json"}, QStringList{"config", "check"},
          QStringList{"config", "check", "--json"}, QStringList{"config", "check", "--strict"}}) {
        const auto outcome = m_cli->run(arguments);
        QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
        QVERIFY(!holdsSecret(outcome.out + outcome.err));
    }
    QVERIFY(m_cli->run({"config", "show"}).out.contains("••••"));
}

void SecretsTest::Q10_mistakesInTheConfigurationAreToldWithoutThem_data()
{
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QByteArray>("wrong");
    const auto row = [](const char* name, const char* right, const char* wrong) {
        QTest::newRow(name) << QByteArray{right} << QByteArray{wrong};
    };
    row("a list", R"("secret": "zqx-marker-app")", R"("secret": ["zqx-marker-app"])");
    row("an object", R"("token": "zqx-marker-ada")", R"("token": {"zqx-marker-ada": 1})");
    row("in the place of a number", R"("port": 1,)", R"("port": "zqx-marker-password",)");
    row("in the place of a switch", R"("ssl": false)", R"("ssl": "zqx-marker-connection")");
    row("in the place of a choice", R"("explain": "always")", R"("explain": "zqx-marker-app")");
    row("a broken expression", "SESSID=zqx-marker-[a-z]+", "SESSID=zqx-marker-[a-z");
    row("an unknown comparison", R"("is": "starts-with")", R"("is": "zqx-marker-form")");
    row("a webhook with a password", "http://127.0.0.1:1/nobody", "http://user:zqx-marker-hook@127.0.0.1:1/nobody");
    row("a webhook of another kind", "http://127.0.0.1:1/nobody", "ftp://zqx-marker-hook/");
    row("a header with a line break", R"("X-Env": "zqx-marker-env")", R"("X-Env": "zqx-marker\nenv")");
    row("a forbidden header", R"("X-Env": "zqx-marker-env")", R"("Host": "zqx-marker-env")");
    row("a broken master key", masterKey.constData(), "zqx-marker-master");
    row("an escape that is none", "zqx-marker-ada", "zqx-marker-\\ada");
    row("a token twice", "${BOBS_TOKEN}", "zqx-marker-ada");
    row("a variable in a variable", "${BOBS_TOKEN}", "${BOBS_${zqx-marker-bob}");
    row("an open variable", "${BOBS_TOKEN}", "${zqx-marker-bob");
    row("a text without end", R"("token": "zqx-marker-ada"},)", R"("token": "zqx-marker-ada)");
}

void SecretsTest::Q10_mistakesInTheConfigurationAreToldWithoutThem()
{
    QFETCH(QByteArray, right);
    QFETCH(QByteArray, wrong);
    const QByteArray text = m_cli->readFile(QStringLiteral("broadcasting.json"));
    QVERIFY(text.contains(right));
    m_cli->writeFile(QStringLiteral("broadcasting.json"), QByteArray{text}.replace(right, wrong));
    for (const QStringList& arguments :
         {QStringList{"config", "check"}, QStringList{"config", "check", "--json"}, QStringList{"config", "show"},
          QStringList{"config", "show", "--json"}, QStringList{"emit", "news", "e", "--connection", "log"},
          QStringList{"authorize", "--channel", "private-admins"}}) {
        const auto outcome = m_cli->run(arguments);
        QVERIFY(outcome.exitCode >= 0);
        QVERIFY2(!holdsSecret(outcome.out + outcome.err), (outcome.out + outcome.err).constData());
    }
    // A server that runs is told to read it.
    m_cli->writeFile(QStringLiteral("broadcasting.json"), text);
    ServeProcess server{*m_cli};
    QTRY_VERIFY(server.err().contains("press Ctrl+C"));
    m_cli->writeFile(QStringLiteral("broadcasting.json"), QByteArray{text}.replace(right, wrong));
    const auto said = server.err().size();
    ::kill(static_cast<pid_t>(server.process().processId()), SIGHUP);
    QTRY_VERIFY(server.err().size() > said);
    QCOMPARE(server.end(SIGTERM), 0);
    QVERIFY2(!holdsSecret(server.out() + server.err()), server.err().constData());
    checkFiles();
}

void SecretsTest::Q10_theServerKeepsThemWhateverItIsAsked()
{
    ServeProcess server{*m_cli, {"--demo"}};
    const std::uint16_t port = server.port().toUShort();
    const std::string socket = "socket_id=1.1&channel_name=";
    const auto ask = [&](const std::string& form, http::Headers headers, const std::string& query = {}) {
        headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        const HttpReply reply = request(port, "POST", "/pusher/auth" + query, form, std::move(headers));
        check(reply);
        return reply.status;
    };
    // There is no session, so the CSRF protection refuses all of these but the signed ones.
    QCOMPARE(ask(socket + "private-admins", {{"X-CSRF-TOKEN", "zqx-marker-csrf"}, {"Cookie", "csrf_token=zqx-marker"}}),
             419);
    writeConfiguration();
    QByteArray exempt = m_cli->readFile(QStringLiteral("broadcasting.json"));
    m_cli->writeFile(QStringLiteral("broadcasting.json"), exempt.replace(R"("csrf": {"exempt": []},)", ""));
    ::kill(static_cast<pid_t>(server.process().processId()), SIGHUP);
    QTRY_COMPARE(ask(socket + "private-admins", {{"Authorization", "Bearer zqx-marker-ada"}}), 200);
    QCOMPARE(ask(socket + "private-admins", {{"Authorization", "Bearer zqx-marker-bob"}}), 403);
    QCOMPARE(ask(socket + "private-admins", {{"Authorization", "Bearer zqx-marker-foreign"}}), 403);
    QCOMPARE(ask(socket + "header", {{"SECRET", "zqx-marker-header"}}), 200);
    QCOMPARE(ask(socket + "header", {{"SECRET", "zqx-marker-other"}}), 403);
    QCOMPARE(ask(socket + "cookie", {{"Cookie", "SESSID=zqx-marker-abc"}}), 200);
    QCOMPARE(ask(socket + "cookie", {{"Cookie", "SESSID=zqx-marker-123"}}), 403);
    QCOMPARE(ask(socket + "query", {}, "?pass=zqx-marker-query"), 200);
    QCOMPARE(ask(socket + "query", {}, "?pass=zqx-marker-other"), 403);
    QCOMPARE(ask(socket + "form&pass=zqx-marker-form", {}), 403);
    QCOMPARE(ask(socket + "private-a&channel_name=private-b", {{"X-Actor-Id", "zqx-marker"}}), 400);
    QCOMPARE(ask("socket_id=1&channel_name=private-a", {{"Authorization", "Basic zqx-marker"}}), 400);
    QCOMPARE(ask(socket + "private-encrypted-a", {{"Authorization", "Bearer zqx-marker-ada"}}), 200);
    QCOMPARE(ask("socket_id=1.1", {{"Origin", "http://elsewhere"}, {"Cookie", "SESSID=zqx-marker"}}), 403);

    // Signed requests and sockets, right and wrong.
    hub::AppConfig app = servedApp();
    PusherClient client{port, app};
    client.join("private-a");
    client.send("client-hello", "{}", "private-a");
    client.subscribeWith("private-b", "app-key:zqx-marker-signature");
    client.expectRefusal("private-b", "AuthError", 401);
    WebSocketClient refused{port, "/app/app-key?protocol=7&ticket=zqx-marker-ticket"};
    refused.expectError(4009);
    WebSocketClient unknown{port, "/app/zqx-marker-unknown?protocol=7"};
    unknown.expectError(4001);
    check(signedPost(port, app, "/events", R"({"name":"e","channel":"news","data":"{}"})"));
    app.secret = "zqx-marker-wrong";
    check(signedPost(port, app, "/events", R"({"name":"e","channel":"news","data":"{}"})"));
    check(request(port, "GET", "/apps/app/channels?auth_key=zqx-marker-key&auth_signature=zqx-marker"));
    check(request(port, "GET", "/nowhere?token=zqx-marker-query", {}, {{"Authorization", "Bearer zqx-marker-ada"}}));
    check(request(port, "GET", "/", {}, {{"Host", "elsewhere"}, {"Cookie", "SESSID=zqx-marker"}}));

    // What fails on the way to the receivers, and what waits for them.
    QTRY_VERIFY_WITH_TIMEOUT(m_receiver->received().size() > 1, 10'000);
    QCOMPARE(*m_receiver->received()[0].header("X-Env"), std::string{"zqx-marker-env"});
    checkFiles();
    QVERIFY(QFile::exists(m_cli->folder() + QStringLiteral("/broadcasting.webhooks.db")));
    QCOMPARE(server.end(SIGTERM), 0);
    QVERIFY2(!holdsSecret(server.out() + server.err()), server.err().constData());
    checkFiles();
}

void SecretsTest::Q10_aForwardedRequestTellsNone_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<int>("status");
    const QByteArray credentials = "user:zqx-marker-forward@";
    QTest::newRow("nobody is there") << "http://" + credentials + "127.0.0.1:1/auth?key=zqx-marker-forward" << 502;
    QTest::newRow("it refuses and tells what it was told")
        << "http://" + credentials + "127.0.0.1:OTHER/auth?key=zqx-marker-forward" << 403;
    QTest::newRow("it has no TLS") << "https://" + credentials + "127.0.0.1:OTHER/auth?key=zqx-marker-forward" << 502;
}

void SecretsTest::Q10_aForwardedRequestTellsNone()
{
    QFETCH(QByteArray, address);
    QFETCH(int, status);
    const AnsweringServer other{AnsweringServer::response(500, "Bearer zqx-marker-ada at user:zqx-marker-forward@",
                                                          "X-Debug: zqx-marker-forward\r\n")};
    writeConfiguration(R"("forward_url": ")" + address.replace("OTHER", QByteArray::number(other.port())) + R"(", )");
    QByteArray text = m_cli->readFile(QStringLiteral("broadcasting.json"));
    m_cli->writeFile(QStringLiteral("broadcasting.json"), text.replace(R"("csrf": {"exempt": []},)", ""));
    ServeProcess server{*m_cli};
    const HttpReply reply =
        request(server.port().toUShort(), "POST", "/pusher/auth", "socket_id=1.1&channel_name=private-admins",
                {{"Content-Type", "application/x-www-form-urlencoded"}, {"Authorization", "Bearer zqx-marker-ada"}});
    check(reply);
    QCOMPARE(reply.status, status);
    QVERIFY(!reply.json().value("explanation", "").empty());
    QVERIFY(m_cli->run({"authorize", "--channel", "private-admins", "--actor", "1"}).exitCode >= 0);
    QVERIFY(m_cli->run({"config", "show"}).exitCode == 0);
    QCOMPARE(server.end(SIGTERM), 0);
    QVERIFY2(!holdsSecret(server.out() + server.err()), server.err().constData());
    checkFiles();
}

void SecretsTest::Q10_everyConnectionKeepsThem_data()
{
    QTest::addColumn<QString>("connection");
    QTest::addColumn<QByteArray>("outcome");
    const auto row = [](const char* name, const char* outcome) {
        QTest::newRow(name) << QString{name} << QByteArray{outcome};
    };
    row("right", "sent");
    row("wrong", "failed (unauthorized");
    row("chatty", "failed (rejected");
    row("tls", "failed (tls");
    row("nobody", "failed (unreachable");
    row("centrifugo", "failed (rejected");
    row("centrifugo-nobody", "failed (unreachable");
    row("redis", "failed (unauthorized");
    row("redis-nobody", "failed (unreachable");
    row("log", "logged");
}

void SecretsTest::Q10_everyConnectionKeepsThem()
{
    QFETCH(QString, connection);
    QFETCH(QByteArray, outcome);
    const ServeProcess server{*m_cli};
    m_cli->setVariable(QStringLiteral("SERVED"), server.port());
    const QStringList through{"--connection", connection};
    const QByteArray sent = m_cli->run(QStringList{"emit", "news", "e", "{}"} + through).out;
    QVERIFY2(sent.startsWith("news: " + outcome), sent.constData());
    for (const QStringList& command :
         {QStringList{"emit", "news", "e", "{}", "--json"},
          QStringList{"emit", "private-encrypted-x", "e", "{}", "--json"},
          QStringList{"emit", "--class", "AdminUserAlert", "message=x"}, QStringList{"channels"},
          QStringList{"channels", "--json"}, QStringList{"members", "presence-x"}, QStringList{"connections"},
          QStringList{"listen", "private-news", "--timeout", "1"},
          QStringList{"authorize", "--channel", "private-x", "--socket", "1.1", "--json"}}) {
        const auto result = m_cli->run(command + through);
        QVERIFY(result.exitCode >= 0);
        QVERIFY2(!holdsSecret(result.out + result.err), (result.out + result.err).constData());
    }
    checkFiles();
}

void SecretsTest::Q10_commandsKeepWhatTheyAreGiven_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char* name, const QStringList& arguments) { QTest::newRow(name) << arguments; };
    const QStringList question{"authorize", "--channel", "private-x", "--socket", "1.1"};
    row("a header", question + QStringList{"--header", "Authorization: Bearer zqx-marker-ada", "--json"});
    row("a cookie", {"authorize", "--channel", "cookie", "--header", "Cookie: SESSID=zqx-marker-abc"});
    row("a wrong cookie", {"authorize", "--channel", "cookie", "--header", "Cookie: SESSID=zqx-marker-1", "--json"});
    row("a header that is none", question + QStringList{"--header", "zqx-marker"});
    row("an address", question + QStringList{"--url", "http://u:zqx-marker@127.0.0.1:1/?t=zqx-marker"});
    row("an address that is none", question + QStringList{"--url", "zqx-marker://"});
    row("a broken address", question + QStringList{"--url", "http://u:zqx-marker@[::"});
    row("an address in the place of a host", {"channels", "--app", CliRunner::app(), "--host", "u:zqx-marker@h"});
    row("a stray word", {"channels", "zqx-marker"});
    row("an unknown option", {"serve", "--secret=zqx-marker"});
    row("an unknown option and its word", {"emit", "news", "e", "--secret", "zqx-marker-x", "--bad"});
    row("too much in one application", {"emit", "news", "e", "--app", "a:b:zqx-marker:c", "--port", "1"});
    row("two words of an application", {"serve", "--app", "a:zqx-marker"});
    row("a signature", {"sign", "channel", "1.1", "private-x", "--app", CliRunner::app()});
    row("a signature of nothing", {"sign", "channel", "1.1", "news", "--app", CliRunner::app()});
    row("a signature of a user", {"sign", "user", "1.1", "{\"id\":", "--app", CliRunner::app()});
    row("a signed request", {"sign", "request", "GET", "/apps/a/channels", "--app", CliRunner::app(), "--json"});
    row("a signature by a connection", {"sign", "channel", "1.1", "private-encrypted-x", "--connection", "right"});
}

void SecretsTest::Q10_commandsKeepWhatTheyAreGiven()
{
    QFETCH(QStringList, arguments);
    const auto outcome = m_cli->run(arguments);
    QVERIFY(outcome.exitCode >= 0);
    QVERIFY(!(outcome.out + outcome.err).isEmpty());
    QVERIFY2(!holdsSecret(outcome.out + outcome.err), (outcome.out + outcome.err).constData());
}

QTEST_GUILESS_MAIN(SecretsTest)
#include "secrets_test.moc"
