#include "core/webhook/webhook_target.h"

#include "core/webhook/target_address.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::webhook;

class WebhookTargetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWordNamesItsKinds_data();
    void aWordNamesItsKinds();
    void kindsThatCallEachOtherOffComeTogether();
    void theFilterDecidesByTheWholeName_data();
    void theFilterDecidesByTheWholeName();
    void aTargetIsRefusedWithTheReason_data();
    void aTargetIsRefusedWithTheReason();
    void aPlainTargetIsTaken_data();
    void aPlainTargetIsTaken();
    void aPrivateNetworkNeedsAYes();
    void theAddressDecides_data();
    void theAddressDecides();
    void theShownUrlHasNoCredentials_data();
    void theShownUrlHasNoCredentials();
    void Q10_aTextThatQuotesSecretsLosesThem();
    void aLongTextIsCutAndStaysInOneLine();
};

namespace {

std::string urlOf(const std::string& address)
{
    return "http://" + address + "/hook";
}

WebhookTarget makeTarget(std::string url)
{
    return {.id = {}, .url = std::move(url)};
}

} // namespace

void WebhookTargetTest::aWordNamesItsKinds_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QStringList>("names");
    const QStringList existence{"channel_occupied", "channel_vacated"};
    const QStringList members{"member_added", "member_removed"};
    QTest::newRow("group of channels") << "channel_existence" << existence;
    QTest::newRow("group of members") << "presence" << members;
    QTest::newRow("group of client events") << "client_events" << QStringList{"client_event"};
    QTest::newRow("group of misses") << "cache_misses" << QStringList{"cache_miss"};
    QTest::newRow("everything") << "all"
                                << existence + members +
                                       QStringList{"client_event", "cache_miss", "subscription_count"};
    for (const char* const name : {"channel_occupied", "member_removed", "client_event", "subscription_count"})
        QTest::newRow(name) << name << QStringList{name};
    QTest::newRow("unknown") << "channels" << QStringList{};
}

void WebhookTargetTest::aWordNamesItsKinds()
{
    QFETCH(QString, word);
    QFETCH(QStringList, names);
    const auto kinds = eventKindsNamed(word.toStdString());
    QCOMPARE(kinds.has_value(), !names.isEmpty());
    for (std::size_t i = 0; kinds && i < eventKindCount; ++i) {
        const auto kind = static_cast<EventKind>(i);
        QCOMPARE(kinds->has(kind), names.contains(QString::fromStdString(std::string{toText(kind)})));
    }
}

void WebhookTargetTest::kindsThatCallEachOtherOffComeTogether()
{
    const EventKinds one = EventKinds{}.add(EventKind::ChannelOccupied).add(EventKind::CacheMiss);
    QVERIFY(one.withCounterparts().has(EventKind::ChannelVacated));
    QVERIFY(one.withCounterparts().has(EventKind::CacheMiss));
    QVERIFY(!one.withCounterparts().has(EventKind::MemberAdded));
    QVERIFY(EventKinds{}.add(EventKind::MemberRemoved).withCounterparts().has(EventKind::MemberAdded));
}

void WebhookTargetTest::theFilterDecidesByTheWholeName_data()
{
    QTest::addColumn<QString>("startsWith");
    QTest::addColumn<QString>("endsWith");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("channel");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* start, const char* end, const char* pattern, const char* channel, bool matches) {
        QTest::addRow("%s|%s|%s %s", start, end, pattern, channel) << start << end << pattern << channel << matches;
    };
    row("", "", "", "anything", true);
    row("private-", "", "", "private-a", true);
    row("private-", "", "", "my-private-a", false);
    row("", "-eu", "", "orders-eu", true);
    row("", "-eu", "", "orders-eu-2", false);
    row("orders-", "-eu", "", "orders-eu", true);
    row("", "", "orders", "orders", true);
    row("", "", "orders", "orders2", false);
    row("", "", "orders.*", "orders.", true);
    row("", "", "orders.*.paid", "orders.7.paid", true);
    row("", "", "orders.*.paid", "orders.paid", false);
    row("", "", "*a*b", "xaxbxb", true);
    row("", "", "*a*b", "xbxa", false);
    row("", "", "a*a", "a", false);
    row("", "", "*", "x", true);
    row("", "", "**", "x", true);
    row("private-", "", "*.7", "presence-a.7", false);
}

void WebhookTargetTest::theFilterDecidesByTheWholeName()
{
    QFETCH(QString, startsWith);
    QFETCH(QString, endsWith);
    QFETCH(QString, pattern);
    QFETCH(QString, channel);
    const ChannelFilter filter{startsWith.toStdString(), endsWith.toStdString(), pattern.toStdString()};
    QTEST(filter.matches(channel.toStdString()), "matches");
}

void WebhookTargetTest::aTargetIsRefusedWithTheReason_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("reason");
    const auto url = [](const char* id, const char* text, const char* reason) {
        QTest::addRow("%s %s", id, text) << text << "" << "" << reason;
    };
    url("W4", "file:///etc/hostname", "http and https only");
    url("W4", "ftp://example.com/", "http and https only");
    url("W4", "gopher://example.com/", "http and https only");
    url("W4", "example.com/hook", "must have the form");
    url("W4", "", "must have the form");
    url("W4", "http://exa mple.com/", "must have the form");
    url("W4", "http:///path", "no host");
    url("W4", "http://\\evil.example.com/", "no host");
    url("W4", "https://user:pass@example.com/", "must not stand in");
    url("W4", "https://user@example.com/", "must not stand in");
    url("W4", "https://@example.com/", "must not stand in");
    url("W4", "http://example.com:0/", "port");
    url("W4", "http://example.com:65536/", "port");
    url("W4", "http://example.com:/", "port");
    const auto address = [](const char* text, const char* reason) {
        QTest::addRow("W5 %s", text) << QString::fromStdString(urlOf(text)) << "" << "" << reason;
    };
    for (const char* const text :
         {"169.254.169.254", "0xa9fea9fe:80", "[fe80::1]", "0.0.0.0:8080", "224.0.0.1", "[ff02::1]"})
        address(text, "no webhook may be sent to");
    address("192.168.1.5", "private network");
    const auto header = [](const char* name, const char* value, const char* reason) {
        QTest::addRow("W7 %s", name) << "https://example.com/" << name << value << reason;
    };
    header("X-Token", "a\r\nHost: b", "line break");
    header("X-Zero", "a\x01", "control character");
    header("Host", "b", "cannot be overridden");
    header("x-pusher-SIGNATURE", "b", "cannot be overridden");
    header("Content-Type", "text/plain", "cannot be overridden");
    header("X Token", "b", "no valid name");
    header("X:Token", "b", "no valid name");
}

void WebhookTargetTest::aTargetIsRefusedWithTheReason()
{
    QFETCH(QString, url);
    QFETCH(QString, header);
    QFETCH(QString, value);
    QFETCH(QString, reason);
    WebhookTarget target = makeTarget(url.toStdString());
    if (!header.isEmpty())
        target.headers = {{header.toStdString(), value.toStdString()}};
    const auto checked = checkTarget(target);
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, ErrorKind::InvalidInput);
    const QString detail = QString::fromStdString(checked.error().detail);
    QVERIFY2(detail.contains(reason), qPrintable(detail));
    QVERIFY(value.isEmpty() || value.size() < 3 || !detail.contains(value));
}

void WebhookTargetTest::aPlainTargetIsTaken_data()
{
    QTest::addColumn<QString>("url");
    for (const char* const url : {"http://localhost:3000/hook", "https://example.com", "HTTPS://example.com:443/a?b=c",
                                  "http://127.0.0.1:1/", "http://[::1]:8080/hook"})
        QTest::newRow(url) << url;
}

void WebhookTargetTest::aPlainTargetIsTaken()
{
    QFETCH(QString, url);
    WebhookTarget target = makeTarget(url.toStdString());
    target.headers = {{"Authorization", "Bearer t"}};
    const auto checked = checkTarget(target);
    QVERIFY2(checked, checked ? "" : checked.error().detail.c_str());
}

void WebhookTargetTest::aPrivateNetworkNeedsAYes()
{
    WebhookTarget target = makeTarget(urlOf("10.1.2.3"));
    QVERIFY(!checkTarget(target));
    target.allowsPrivateNetwork = true;
    QVERIFY(checkTarget(target).has_value());
    target.url = urlOf("169.254.1.1");
    QVERIFY(!checkTarget(target));
}

void WebhookTargetTest::theAddressDecides_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* address, AddressKind kind) {
        QTest::addRow("W5 %s", address) << address << static_cast<int>(kind);
    };
    row("93.184.216.34", AddressKind::Public);
    row("2606:2800::1", AddressKind::Public);
    row("127.0.0.1", AddressKind::Loopback);
    row("127.1", AddressKind::Loopback);
    row("2130706433", AddressKind::Loopback);
    row("0x7f.0.0.1", AddressKind::Loopback);
    row("::1", AddressKind::Loopback);
    row("::ffff:127.0.0.1", AddressKind::Loopback);
    row("10.0.0.1", AddressKind::Private);
    row("172.31.255.255", AddressKind::Private);
    row("172.32.0.0", AddressKind::Public);
    row("192.168.0.1", AddressKind::Private);
    row("100.64.0.1", AddressKind::Private);
    row("fd00::1", AddressKind::Private);
    row("169.254.169.254", AddressKind::Forbidden);
    row("::ffff:169.254.169.254", AddressKind::Forbidden);
    row("::169.254.169.254", AddressKind::Forbidden);
    row("64:ff9b::169.254.169.254", AddressKind::Forbidden);
    row("fe80::1%eth0", AddressKind::Forbidden);
    row("0.0.0.0", AddressKind::Forbidden);
    row("::", AddressKind::Forbidden);
    row("255.255.255.255", AddressKind::Forbidden);
    row("239.1.1.1", AddressKind::Forbidden);
    row("example.com", AddressKind::NoAddress);
    row("", AddressKind::NoAddress);
}

void WebhookTargetTest::theAddressDecides()
{
    QFETCH(QString, address);
    QTEST(static_cast<int>(addressKind(address.toStdString())), "kind");
    const AddressKind kind = addressKind(address.toStdString());
    const bool isOpen = kind == AddressKind::Public || kind == AddressKind::Loopback;
    QCOMPARE(checkAddress(address.toStdString(), false).has_value(), isOpen);
    QCOMPARE(checkAddress(address.toStdString(), true).has_value(), isOpen || kind == AddressKind::Private);
}

void WebhookTargetTest::theShownUrlHasNoCredentials_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << "https://example.com:8443/hook/a" << "https://example.com:8443/hook/a";
    QTest::newRow("user") << "https://me:marker-password@example.com/hook" << "https://example.com/hook";
    QTest::newRow("at in the password") << "https://me:marker@password@example.com/" << "https://example.com/";
    QTest::newRow("query") << "https://example.com/hook?token=marker" << "https://example.com/hook";
    QTest::newRow("fragment") << "https://example.com/#marker" << "https://example.com/";
    QTest::newRow("at in the path") << "https://example.com/@me" << "https://example.com/@me";
    QTest::newRow("nonsense") << "marker" << "(not a URL)";
}

void WebhookTargetTest::theShownUrlHasNoCredentials()
{
    QFETCH(QString, url);
    QTEST(QString::fromStdString(shownUrl(url.toStdString())), "shown");
}

void WebhookTargetTest::Q10_aTextThatQuotesSecretsLosesThem()
{
    WebhookTarget target = makeTarget("https://example.com/hook?token=marker-token");
    target.headers = {{"Authorization", "Bearer marker-header"}, {"X-Short", "on"}};
    const std::string told = withoutSecrets("POST " + target.url +
                                                " with Bearer marker-header (on), token=marker-token, "
                                                "signed with marker-secret: refused",
                                            target, "marker-secret");
    QCOMPARE(told, "POST https://example.com/hook with ... (on), ..., signed with ...: refused");
}

void WebhookTargetTest::aLongTextIsCutAndStaysInOneLine()
{
    const std::string told = withoutSecrets("a\r\nb" + std::string(1'000, 'x'), makeTarget("http://a/"), "");
    QCOMPARE(told.size(), std::size_t{300});
    QVERIFY(told.starts_with("a  bx"));
}

QTEST_APPLESS_MAIN(WebhookTargetTest)
#include "webhook_target_test.moc"
