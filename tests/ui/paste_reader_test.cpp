#include "ui/text/paste_reader.h"

#include "tests/ui/processor_time.h"
#include "ui/text/shown_text.h"

#include <QTest>

#include <algorithm>
#include <utility>
#include <vector>

using namespace castdeck;
using namespace castdeck::ui;
using Field = PasteField;
using Expected = std::vector<std::pair<Field, const char*>>;

namespace {

/// One text, and what it says; fields that are not named must be empty.
struct Sample {
    const char* name;
    const char* text;
    Expected fields;
};

const std::vector<Sample>& samples()
{
    static const std::vector<Sample> all{
        {"laravel .env with pusher",
         "APP_URL=http://localhost\nDB_HOST=10.0.0.5\nDB_PORT=3306\n\nBROADCAST_CONNECTION=pusher\n"
         "PUSHER_APP_ID=\"123456\"\nPUSHER_APP_KEY=abc123\nPUSHER_APP_SECRET=s3cr3t # ours\nPUSHER_HOST=\n"
         "PUSHER_PORT=443\nPUSHER_SCHEME=https\nPUSHER_APP_CLUSTER=eu\n",
         {{Field::Scheme, "https"},
          {Field::Host, "api-eu.pusher.com"},
          {Field::Port, "443"},
          {Field::AppId, "123456"},
          {Field::Key, "abc123"},
          {Field::Secret, "s3cr3t"}}},
        {"laravel .env with reverb",
         "BROADCAST_CONNECTION=reverb\nREVERB_APP_ID=847\nREVERB_APP_KEY=rkey\nREVERB_APP_SECRET='rsecret'\n"
         "REVERB_HOST=\"reverb.example.test\"\nREVERB_PORT=8080\nREVERB_SCHEME=http\n"
         "REVERB_SERVER_HOST=0.0.0.0\nREVERB_SERVER_PORT=9000\nVITE_REVERB_APP_KEY=\"${REVERB_APP_KEY}\"\n",
         {{Field::Scheme, "http"},
          {Field::Host, "reverb.example.test"},
          {Field::Port, "8080"},
          {Field::AppId, "847"},
          {Field::Key, "rkey"},
          {Field::Secret, "rsecret"}}},
        {"both families, the connection decides",
         "BROADCAST_CONNECTION=reverb\nPUSHER_APP_ID=1\nPUSHER_APP_KEY=pk\nPUSHER_APP_SECRET=ps\nPUSHER_APP_CLUSTER="
         "mt1\n"
         "REVERB_APP_ID=2\nREVERB_APP_KEY=rk\nREVERB_APP_SECRET=rs\nREVERB_HOST=localhost\nREVERB_PORT=8080\n",
         {{Field::Scheme, "http"},
          {Field::Host, "localhost"},
          {Field::Port, "8080"},
          {Field::AppId, "2"},
          {Field::Key, "rk"},
          {Field::Secret, "rs"}}},
        {"soketi variables with export",
         "export SOKETI_DEFAULT_APP_ID=app-id\nexport SOKETI_DEFAULT_APP_KEY=app-key\n"
         "export SOKETI_DEFAULT_APP_SECRET='app-secret'\nexport SOKETI_HOST=127.0.0.1\nexport SOKETI_PORT=6001\n",
         {{Field::Scheme, "http"},
          {Field::Host, "127.0.0.1"},
          {Field::Port, "6001"},
          {Field::AppId, "app-id"},
          {Field::Key, "app-key"},
          {Field::Secret, "app-secret"}}},
        {"vite variables alone",
         "VITE_REVERB_APP_KEY=web-key\nVITE_REVERB_HOST=ws.example.test\nVITE_REVERB_PORT=443\nVITE_REVERB_SCHEME="
         "https\n",
         {{Field::Scheme, "https"}, {Field::Host, "ws.example.test"}, {Field::Port, "443"}, {Field::Key, "web-key"}}},
        {"variables within variables",
         "HOST_NAME=push.example.test\nPUSHER_HOST=${HOST_NAME}\nPUSHER_PORT=${MISSING:-6002}\nPUSHER_APP_ID=7\n"
         "PUSHER_APP_KEY=k\nPUSHER_APP_SECRET=${NOT_HERE}\n",
         {{Field::Scheme, "http"},
          {Field::Host, "push.example.test"},
          {Field::Port, "6002"},
          {Field::AppId, "7"},
          {Field::Key, "k"}}},
        {"masonite variables",
         "PUSHER_CLIENT=478b45309560f3456211\nPUSHER_APP_ID=3456678\nPUSHER_SECRET=ab4229346et64\nPUSHER_CLUSTER=us2\n",
         {{Field::Scheme, "https"},
          {Field::Host, "api-us2.pusher.com"},
          {Field::Port, "443"},
          {Field::AppId, "3456678"},
          {Field::Key, "478b45309560f3456211"},
          {Field::Secret, "ab4229346et64"}}},
        {"address in a variable",
         "PUSHER_URL=https://thekey:thesecret@api-eu.pusher.com/apps/44\n",
         {{Field::Scheme, "https"},
          {Field::Host, "api-eu.pusher.com"},
          {Field::Port, "443"},
          {Field::AppId, "44"},
          {Field::Key, "thekey"},
          {Field::Secret, "thesecret"}}},
        {"docker compose",
         "environment:\n  - PUSHER_APP_ID=1\n  - PUSHER_APP_KEY=dk\n  - PUSHER_APP_SECRET=ds\n  - PUSHER_HOST=soketi\n"
         "  - PUSHER_PORT=6001\n",
         {{Field::Scheme, "http"},
          {Field::Host, "soketi"},
          {Field::Port, "6001"},
          {Field::AppId, "1"},
          {Field::Key, "dk"},
          {Field::Secret, "ds"}}},
        {"yaml",
         "pusher:\n  app_id: 99\n  key: 0f3c-99\n  secret: \"y-s\"\n  host: push.example.test\n  port: 8443\n  "
         "scheme: https\n",
         {{Field::Scheme, "https"},
          {Field::Host, "push.example.test"},
          {Field::Port, "8443"},
          {Field::AppId, "99"},
          {Field::Key, "0f3c-99"},
          {Field::Secret, "y-s"}}},
        {"flat json",
         R"({"app_id":"12","key":"jk","secret":"js","host":"json.example.test","port":6001,"useTLS":false})",
         {{Field::Scheme, "http"},
          {Field::Host, "json.example.test"},
          {Field::Port, "6001"},
          {Field::AppId, "12"},
          {Field::Key, "jk"},
          {Field::Secret, "js"}}},
        {"our configuration",
         R"({"default":"eu-prod","aliases":{"alerts":"eu-prod"},"connections":{"local":{"driver":"local"},
             "other":{"driver":"pusher","app_id":"1","client":"no","secret":"no","host":"no.test"},
             "eu-prod":{"driver":"pusher","app_id":"3456678","client":"478b","secret":"abc","cluster":"eu","ssl":true}}})",
         {{Field::Scheme, "https"},
          {Field::Host, "api-eu.pusher.com"},
          {Field::Port, "443"},
          {Field::AppId, "3456678"},
          {Field::Key, "478b"},
          {Field::Secret, "abc"}}},
        {"the flat shape of older configurations",
         R"({"default":"pusher","pusher":{"driver":"pusher","app_id":"3456678","client":"478b45309560f3456211",
             "secret":"ab4229346et64aa8908","cluster":"eu","ssl":false}})",
         {{Field::Scheme, "http"},
          {Field::Host, "api-eu.pusher.com"},
          {Field::Port, "80"},
          {Field::AppId, "3456678"},
          {Field::Key, "478b45309560f3456211"},
          {Field::Secret, "ab4229346et64aa8908"}}},
        {"a server with its applications",
         R"({"server":{"listen":"127.0.0.1","port":6001,"apps":[{"id":"demo","key":"dkey","secret":"dsecret"}]}})",
         {{Field::Scheme, "http"},
          {Field::Host, "127.0.0.1"},
          {Field::Port, "6001"},
          {Field::AppId, "demo"},
          {Field::Key, "dkey"},
          {Field::Secret, "dsecret"}}},
        {"laravel's broadcasting.php",
         "'pusher' => [\n 'driver' => 'pusher',\n 'key' => env('PUSHER_APP_KEY', 'pk'),\n 'secret' => "
         "env('PUSHER_APP_SECRET', 'ps'),\n"
         " 'app_id' => env('PUSHER_APP_ID', '55'),\n 'options' => [\n  'cluster' => env('PUSHER_APP_CLUSTER'),\n"
         "  'host' => env('PUSHER_HOST') ?: 'api-'.env('PUSHER_APP_CLUSTER', 'mt1').'.pusher.com',\n"
         "  'port' => env('PUSHER_PORT', 443),\n  'scheme' => env('PUSHER_SCHEME', 'https'),\n  'encrypted' => true,\n "
         "],\n],",
         {{Field::Scheme, "https"},
          {Field::Port, "443"},
          {Field::AppId, "55"},
          {Field::Key, "pk"},
          {Field::Secret, "ps"}}},
        {"curl with a signed request",
         "curl -H 'Content-Type: application/json' -d '{\"name\":\"hello\",\"channels\":[\"demo\"],\"data\":\"{}\"}' "
         "'http://127.0.0.1:6001/apps/3/events?auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
         "&body_md5=ec365a775a4cd0599faeb73354201b6f&auth_signature="
         "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c'",
         {{Field::Scheme, "http"},
          {Field::Host, "127.0.0.1"},
          {Field::Port, "6001"},
          {Field::AppId, "3"},
          {Field::Key, "278d425bdf160c739803"}}},
        {"an address with everything",
         "https://key:secret@push.example.test:8443/reverb/apps/9",
         {{Field::Scheme, "https"},
          {Field::Host, "push.example.test"},
          {Field::Port, "8443"},
          {Field::Path, "/reverb"},
          {Field::AppId, "9"},
          {Field::Key, "key"},
          {Field::Secret, "secret"}}},
        {"a socket's address from the browser's network panel",
         "wss://ws-eu.pusher.com/app/abcdef123?protocol=7&client=js&version=8.4.0&flash=false",
         {{Field::Scheme, "https"},
          {Field::Host, "ws-eu.pusher.com"},
          {Field::Port, "443"},
          {Field::Key, "abcdef123"}}},
        {"an address alone",
         "  http://[::1]:6001/  ",
         {{Field::Scheme, "http"}, {Field::Host, "::1"}, {Field::Port, "6001"}}},
        {"pusher-js for the hosted service",
         "const pusher = new Pusher('app-key', { cluster: 'ap3' });",
         {{Field::Scheme, "https"},
          {Field::Host, "api-ap3.pusher.com"},
          {Field::Port, "443"},
          {Field::Key, "app-key"}}},
        {"pusher-js for a server of one's own",
         "import Pusher from 'pusher-js';\n\nconst pusher = new Pusher(\"jskey\", {\n  cluster: 'local', // not used\n"
         "  wsHost: 'ws.example.test',\n  wsPort: 6001,\n  wssPort: 6443,\n  forceTLS: true,\n  enabledTransports: "
         "['ws', 'wss'],\n"
         "  channelAuthorization: { endpoint: 'https://app.example.test/pusher/auth' },\n});",
         {{Field::Scheme, "https"}, {Field::Host, "ws.example.test"}, {Field::Port, "6443"}, {Field::Key, "jskey"}}},
        {"echo with literals",
         "window.Echo = new Echo({\n broadcaster: 'reverb',\n key: 'ekey',\n wsHost: 'echo.example.test',\n wsPort: "
         "8080,\n"
         " wssPort: 8080,\n forceTLS: false,\n enabledTransports: ['ws'],\n});",
         {{Field::Scheme, "http"}, {Field::Host, "echo.example.test"}, {Field::Port, "8080"}, {Field::Key, "ekey"}}},
        {"echo with variables that the text does not set",
         "new Echo({ broadcaster: 'reverb', key: import.meta.env.VITE_REVERB_APP_KEY, wsHost: "
         "import.meta.env.VITE_REVERB_HOST,\n"
         " wsPort: import.meta.env.VITE_REVERB_PORT ?? 80, wssPort: import.meta.env.VITE_REVERB_PORT ?? 443,\n"
         " forceTLS: (import.meta.env.VITE_REVERB_SCHEME ?? 'https') === 'https', enabledTransports: ['ws', 'wss'] });",
         {{Field::Scheme, "https"}, {Field::Port, "443"}}},
        {"echo with the variables it uses",
         "REVERB_APP_KEY=k1\nREVERB_HOST=h.example.test\nREVERB_PORT=8081\nREVERB_SCHEME=http\n\n"
         "new Echo({ broadcaster: 'reverb', key: import.meta.env.VITE_REVERB_APP_KEY, wsHost: "
         "import.meta.env.VITE_REVERB_HOST,\n"
         " wsPort: import.meta.env.VITE_REVERB_PORT ?? 80,\n"
         " forceTLS: (import.meta.env.VITE_REVERB_SCHEME ?? 'https') === 'https' });",
         {{Field::Scheme, "http"}, {Field::Host, "h.example.test"}, {Field::Port, "8081"}, {Field::Key, "k1"}}},
        {"node's server library",
         "const Pusher = require('pusher');\nconst pusher = new Pusher({\n  appId: '777',\n  key: "
         "process.env.PUSHER_KEY || 'nk',\n"
         "  secret: \"ns\",\n  host: '127.0.0.1',\n  port: 6001,\n  useTLS: false\n});",
         {{Field::Scheme, "http"},
          {Field::Host, "127.0.0.1"},
          {Field::Port, "6001"},
          {Field::AppId, "777"},
          {Field::Key, "nk"},
          {Field::Secret, "ns"}}},
        {"python's library by name",
         "pusher_client = pusher.Pusher(\n    app_id=u'4',\n    key=u'pyk',\n    secret=u'pys',\n    "
         "host=u'py.example.test',\n"
         "    port=443,\n    ssl=True,\n)",
         {{Field::Scheme, "https"},
          {Field::Host, "py.example.test"},
          {Field::Port, "443"},
          {Field::AppId, "4"},
          {Field::Key, "pyk"},
          {Field::Secret, "pys"}}},
        {"python's library by place",
         "client = Pusher('4', 'pyk', 'pys', cluster='eu')",
         {{Field::Scheme, "https"},
          {Field::Host, "api-eu.pusher.com"},
          {Field::Port, "443"},
          {Field::AppId, "4"},
          {Field::Key, "pyk"},
          {Field::Secret, "pys"}}},
        {"php's library",
         "$pusher = new Pusher\\Pusher('phpk', 'phps', '31', ['host' => 'php.example.test', 'port' => 6001, 'scheme' "
         "=> 'http']);",
         {{Field::Scheme, "http"},
          {Field::Host, "php.example.test"},
          {Field::Port, "6001"},
          {Field::AppId, "31"},
          {Field::Key, "phpk"},
          {Field::Secret, "phps"}}},
        {"ruby's library",
         "pusher = Pusher::Client.new(\n  app_id: '5',\n  key: 'rbk',\n  secret: 'rbs',\n  host: 'rb.example.test',\n  "
         "port: 80\n)",
         {{Field::Scheme, "http"},
          {Field::Host, "rb.example.test"},
          {Field::Port, "80"},
          {Field::AppId, "5"},
          {Field::Key, "rbk"},
          {Field::Secret, "rbs"}}},
        {"go's library",
         "client := pusher.Client{\n  AppID: \"6\",\n  Key: \"gok\",\n  Secret: \"gos\",\n  Cluster: \"mt1\",\n  "
         "Secure: true,\n}",
         {{Field::Scheme, "https"},
          {Field::Host, "api-mt1.pusher.com"},
          {Field::Port, "443"},
          {Field::AppId, "6"},
          {Field::Key, "gok"},
          {Field::Secret, "gos"}}},
        {"soketi's configuration",
         R"({"port":6001,"appManager":{"driver":"array","array":{"apps":[{"id":"sid","key":"skey","secret":"ssecret"}]}}})",
         {{Field::AppId, "sid"}, {Field::Key, "skey"}, {Field::Secret, "ssecret"}, {Field::Port, "6001"}}},
        {"windows line ends",
         "PUSHER_APP_ID=1\r\nPUSHER_APP_KEY=k\r\nPUSHER_APP_SECRET=s\r\nPUSHER_HOST=h.test\r\nPUSHER_PORT=6001\r\n",
         {{Field::Scheme, "http"},
          {Field::Host, "h.test"},
          {Field::Port, "6001"},
          {Field::AppId, "1"},
          {Field::Key, "k"},
          {Field::Secret, "s"}}},
        {"nothing", "The meeting is at 10:30, see https://example.com/agenda for the plan.\nBring coffee.", {}},
        {"a foreign environment",
         "DB_HOST=10.0.0.5\nDB_PORT=3306\nAWS_SECRET_ACCESS_KEY=nope\nAPP_KEY=base64:abc=\n",
         {}},
        {"blank", " \n\t ", {}},
    };
    return all;
}

} // namespace

class PasteReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingThatATextSaysIsFound_data();
    void everythingThatATextSaysIsFound();
    void eachValueTellsWhereItStood();
    void aGuessIsNoFinding();
    void whatIsMissingIsNamed();
    void unusableValuesAreLeftOutAndNamed();
    void hostileTextsAreReadInTime_data();
    void hostileTextsAreReadInTime();
};

void PasteReaderTest::everythingThatATextSaysIsFound_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < samples().size(); ++i)
        QTest::newRow(samples()[i].name) << static_cast<int>(i);
}

void PasteReaderTest::everythingThatATextSaysIsFound()
{
    QFETCH(int, index);
    const Sample& sample = samples()[static_cast<std::size_t>(index)];
    const Pasted pasted = readPasted(sample.text);
    std::array<QString, pasteFieldCount> expected;
    for (const auto& [field, text] : sample.fields)
        expected[static_cast<std::size_t>(field)] = QString::fromUtf8(text);
    for (std::size_t i = 0; i < pasteFieldCount; ++i) {
        const auto field = static_cast<Field>(i);
        const QString found = pasted[field] ? pasted[field]->text : QString{};
        QVERIFY2(found == expected[i], qPrintable(QStringLiteral("%1: found '%2' instead of '%3'. %4")
                                                      .arg(nameOf(field), found, expected[i], pasted.summary)));
    }
    QVERIFY(!pasted.summary.isEmpty());
    if (sample.fields.empty())
        QVERIFY2(pasted.summary.startsWith(QLatin1String{"Nothing"}), qPrintable(pasted.summary));
}

void PasteReaderTest::eachValueTellsWhereItStood()
{
    const Pasted env = readPasted("PUSHER_APP_KEY=k\nPUSHER_APP_CLUSTER=eu\n");
    QCOMPARE(env[Field::Key]->source, QStringLiteral("PUSHER_APP_KEY"));
    QCOMPARE(env[Field::Host]->source, QStringLiteral("PUSHER_APP_CLUSTER"));
    const Pasted call = readPasted("new Pusher('k', { wsHost: 'h.test' })");
    QCOMPARE(call[Field::Key]->source, QString::fromUtf8("new Pusher(…)"));
    QCOMPARE(call[Field::Host]->source, QString::fromUtf8("wsHost in new Pusher(…)"));
    const Pasted json = readPasted(R"({"connections":{"eu":{"client":"k","secret":"s"}}})");
    QCOMPARE(json[Field::Key]->source, QStringLiteral("client in connections.eu"));
    const Pasted address = readPasted("http://k:s@h.test/apps/1");
    QCOMPARE(address[Field::Secret]->source, QStringLiteral("the address"));
    QCOMPARE(env.summary, QStringLiteral("Found host and key."));
}

void PasteReaderTest::aGuessIsNoFinding()
{
    const Pasted pasted = readPasted("REVERB_HOST=reverb.example.test\nREVERB_APP_KEY=k\n");
    QCOMPARE(pasted[Field::Scheme]->text, QStringLiteral("https"));
    QVERIFY(pasted[Field::Scheme]->source.isEmpty());
    QCOMPARE(pasted[Field::Port]->text, QStringLiteral("443"));
    QVERIFY(pasted[Field::Port]->source.isEmpty());
}

void PasteReaderTest::whatIsMissingIsNamed()
{
    const Pasted pasted = readPasted(
        "PUSHER_HOST=h.test\nPUSHER_APP_KEY=${KEY_OF_STAGING_APP_KEY}\nPUSHER_APP_SECRET=${PUSHER_SECRET}\n");
    QVERIFY2(pasted.notes.join(QLatin1Char{' '}).contains(QLatin1String{"PUSHER_SECRET"}),
             qPrintable(pasted.notes.join(QLatin1Char{' '})));
}

void PasteReaderTest::unusableValuesAreLeftOutAndNamed()
{
    const Pasted pasted = readPasted(
        "PUSHER_HOST=\"not a host\"\nPUSHER_PORT=70000\nPUSHER_APP_KEY=k\nPUSHER_APP_SECRET=never-told\x01\n");
    QVERIFY(!pasted[Field::Host]);
    QVERIFY(!pasted[Field::Port]);
    QVERIFY(!pasted[Field::Secret]);
    const QString notes = pasted.notes.join(QLatin1Char{' '});
    QVERIFY(notes.contains(QLatin1String{"PUSHER_HOST"}) && notes.contains(QLatin1String{"PUSHER_PORT"}));
    QVERIFY(!notes.contains(QLatin1String{"never-told"}));
}

void PasteReaderTest::hostileTextsAreReadInTime_data()
{
    QTest::addColumn<QByteArray>("text");
    constexpr qsizetype megabyte = 1'048'576;
    QTest::newRow("one long word") << QByteArray(megabyte, 'a');
    QTest::newRow("deep brackets") << QByteArray(megabyte, '[');
    QTest::newRow("deep calls") << QByteArray("Pusher(").repeated(megabyte / 7);
    QTest::newRow("many blocks") << QByteArray("{key:{key:'a'}},").repeated(megabyte / 16);
    QTest::newRow("many pairs") << QByteArray("key='a',").repeated(megabyte / 8);
    QTest::newRow("many lines") << QByteArray("PUSHER_APP_KEY=a\n").repeated(megabyte / 17);
    QTest::newRow("many addresses") << QByteArray("http://a:b@c/apps/1 ").repeated(megabyte / 20);
    QTest::newRow("one long address") << QByteArray("http://") + QByteArray(megabyte, '[');
    QTest::newRow("an open string") << QByteArray("key='") + QByteArray(megabyte, 'x');
    QTest::newRow("quotes") << QByteArray(megabyte, '"');
    QTest::newRow("escapes") << QByteArray("\"") + QByteArray(megabyte, '\\');
    QTest::newRow("zero bytes") << QByteArray(megabyte, '\0');
    QTest::newRow("bytes that are no text") << QByteArray(megabyte, '\xff');
    QTest::newRow("comments") << QByteArray("/*").repeated(megabyte / 2);
    QTest::newRow("variables that grow") << [] {
        QByteArray text = "A0_KEY=" + QByteArray(500, 'x') + "\n";
        for (int i = 1; i < 400; ++i)
            text += "A" + QByteArray::number(i) +
                    "_KEY=" + QByteArray("${A" + QByteArray::number(i - 1) + "_KEY}").repeated(60) + "\n";
        return text + "PUSHER_APP_KEY=${A399_KEY}\n";
    }();
    QTest::newRow("variables in a circle")
        << QByteArray("PUSHER_APP_KEY=${PUSHER_APP_SECRET}\nPUSHER_APP_SECRET=${PUSHER_APP_KEY}\n");
}

void PasteReaderTest::hostileTextsAreReadInTime()
{
    QFETCH(QByteArray, text);
    double best = 1'000;
    for (int i = 0; i < 3; ++i) {
        const test::ProcessorTime timer;
        const Pasted pasted = readPasted({text.constData(), static_cast<std::size_t>(text.size())});
        best = std::min(best, timer.elapsed());
        QVERIFY(!pasted.summary.isEmpty());
    }
    QVERIFY2(best <= 50, qPrintable(QStringLiteral("%1 ms").arg(best)));
}

QTEST_GUILESS_MAIN(PasteReaderTest)
#include "paste_reader_test.moc"
