#include "core/auth/authorization_request.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;

namespace {

const char* const formType = "application/x-www-form-urlencoded; charset=UTF-8";

http::Request request(const std::string& query, const std::string& body, const std::string& type)
{
    http::Request result;
    result.method = body.empty() ? "GET" : "POST";
    result.path = "/broadcasting/auth";
    result.query = query;
    result.body = body;
    result.peerAddress = "127.0.0.1";
    result.isPeerLoopback = true;
    if (!type.empty())
        result.headers = {{"content-type", type}};
    return result;
}

/// "a,b @4821.9047", with "ambiguous FIELD" in front if so.
std::string summary(const AuthorizationRequest& request)
{
    std::string text = request.ambiguousField.empty() ? "" : "ambiguous " + request.ambiguousField + " ";
    for (std::size_t i = 0; i < request.channels.size(); ++i)
        text += (i == 0 ? "" : ",") + request.channels[i];
    return text + " @" + request.socketId.value_or("none");
}

} // namespace

class AuthorizationRequestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fieldsAreReadFromEveryPlace_data();
    void fieldsAreReadFromEveryPlace();
    void whatElseIsKnownIsTakenOver();
};

void AuthorizationRequestTest::fieldsAreReadFromEveryPlace_data()
{
    QTest::addColumn<std::string>("query");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* name, const char* query, const char* body, const char* type, const char* expected) {
        QTest::newRow(name) << std::string{query} << std::string{body} << std::string{type} << std::string{expected};
    };
    const char* const json = "application/json";
    row("AU1 form", "", "socket_id=4821.9047&channel_name=private-a%40b", formType, "private-a@b @4821.9047");
    row("form without a type", "", "channel_name=a", "", "a @none");
    row("JSON", "", R"({"socket_id":"1.2","channel_name":"a"})", json, "a @1.2");
    row("JSON without a type", "", R"({"socket_id":"1.2","channel_name":"a"})", "", "a @1.2");
    row("JSON, null is nothing", "", R"({"socket_id":null,"channel_name":"a"})", json, "a @none");
    row("JSON, no text", "", R"({"socket_id":1.2,"channel_name":{"a":"b"}})", json, R"({"a":"b"} @1.2)");
    row("broken JSON", "", R"({"channel_name":"a")", json, " @none");
    row("query", "channel_name=a&socket_id=1.2", "", "", "a @1.2");
    row("same in two places", "channel_name=a", "channel_name=a&socket_id=1.2", formType, "a @1.2");
    row("query and body differ", "channel_name=a", "channel_name=b", formType, "ambiguous channel_name a,b @none");
    row("twice in one place", "", "channel_name=a&channel_name=b", formType, "ambiguous channel_name a,b @none");
    row("socket ids differ", "socket_id=1.1", "socket_id=1.2&channel_name=a", formType, "ambiguous socket_id a @none");
    row("JSON key twice", "", R"({"channel_name":"a","channel_name":"b"})", json, "ambiguous channel_name a,b @none");
    row("list", "", "channel_name[]=a&channel_name[]=b&channel_name[]=a", formType, "a,b @none");
    row("escaped list", "", "channel_name%5B%5D=a&channel_name%5B%5D=b", formType, "a,b @none");
    row("JSON list", "", R"({"channel_name":["a","b"]})", json, "a,b @none");
    row("list and name", "", "channel_name[]=a&channel_name=b", formType, "ambiguous channel_name b @none");
    row("nothing", "", "", "", " @none");
    row("empty name", "", "channel_name=", formType, " @none");
}

void AuthorizationRequestTest::fieldsAreReadFromEveryPlace()
{
    QFETCH(std::string, query);
    QFETCH(std::string, body);
    QFETCH(std::string, type);
    QFETCH(std::string, expected);
    const auto result = AuthorizationRequest::from(request(query, body, type));
    if (result.ambiguousField.empty())
        QCOMPARE(summary(result), expected);
    else // Which of the values is listed does not matter.
        QVERIFY2(expected.starts_with("ambiguous " + result.ambiguousField), summary(result).c_str());
    QCOMPARE(result.channels.size() == 1 && result.channels.front().empty(), body == "channel_name=");
}

void AuthorizationRequestTest::whatElseIsKnownIsTakenOver()
{
    auto incoming = request("a=1", "b=2&channel_name=x", formType);
    incoming.headers.push_back({"SECRET", "s"});
    const auto result = AuthorizationRequest::from(incoming);
    QCOMPARE(*http::find(result.headers, "secret"), std::string{"s"});
    QCOMPARE(*pusher::find(result.query, "a"), std::string{"1"});
    QCOMPARE(*pusher::find(result.form, "b"), std::string{"2"});
    QCOMPARE(result.remoteIp, std::string{"127.0.0.1"});
    QVERIFY(result.isLoopback);
    QCOMPARE(result.path, std::string{"/broadcasting/auth"});
    QCOMPARE(result.method, std::string{"POST"});
    QVERIFY(!result.sessionActorId && !result.signedInUserId && !result.trustsActorHeader);
}

QTEST_APPLESS_MAIN(AuthorizationRequestTest)
#include "authorization_request_test.moc"
