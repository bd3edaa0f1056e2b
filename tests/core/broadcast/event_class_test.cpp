#include "core/broadcast/event_class.h"

#include <QTest>

using namespace castdeck::broadcast;

namespace app {

enum class Color { Red, Blue };

/// By shape alone.
struct NewRelease {
    std::string version;
    Channel broadcastOn() const { return "releases"; }
    Json broadcastWith() const { return {{"message", "Version " + version + " has been released !"}}; }
};

/// By inheritance.
class UserAdded : public EventOf<UserAdded> {
public:
    std::string name = "Zoë";
    int count = 3;
    Channels broadcastOn() const override { return {Channel("a"), PrivateChannel("b"), PresenceChannel("c"), "d"}; }
    std::string upper() const { return "ZOË"; }
    static auto broadcastProperties()
    {
        return std::tuple{property("name", &UserAdded::name), property("upper", &UserAdded::upper),
                          property("count", &UserAdded::count)};
    }

private:
    std::string m_password = "never";
};

struct Everything {
    std::vector<std::string> broadcastOn() { return {"x", "x", "y"}; }
    const char* broadcastAs() { return "everything.done"; }
    std::string broadcastWith() { return "{ \"n\":12345678901234567890 }"; }
    bool broadcastWhen() { return false; }
    std::vector<std::string> broadcastConnections() { return {"eu", "us"}; }
};

struct EmptyData {
    int hidden = 1;
    const char* broadcastOn() const { return "x"; }
    Json broadcastWith() const { return Json::object(); }
    static auto broadcastProperties() { return std::tuple{property("hidden", &EmptyData::hidden)}; }
};

struct Outer {
    struct Inner {};
    template <class T> struct Nested {};
};
template <class T> struct Changed {};
template <Color C> struct Painted {};
template <char C> struct Letter {
    struct Inner {};
};

} // namespace app

namespace {
struct Hidden {};
} // namespace

class EventClassTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void typesAreNamedWithoutScopesAndArguments();
    void everyCompilersSpellingGivesOneName_data();
    void everyCompilersSpellingGivesOneName();
    void aShapeIsEnough();
    void onlyDeclaredPropertiesAreSentInTheirOrder();
    void aBaseReferenceSaysTheSame();
    void everyFunctionCounts();
    void anEmptyAnswerReplacesTheDefault();
    void textIsAPayloadByteForByte();
    void valuesAreWrittenOnceWithoutEscapes_data();
    void valuesAreWrittenOnceWithoutEscapes();
    void brokenTextIsNoPayload();
};

void EventClassTest::typesAreNamedWithoutScopesAndArguments()
{
    struct Local {};
    QCOMPARE(typeName<app::NewRelease>(), std::string{"NewRelease"});
    QCOMPARE(typeName<app::Outer::Inner>(), std::string{"Inner"});
    QCOMPARE(typeName<app::Outer::Nested<int>>(), std::string{"Nested"});
    QCOMPARE(typeName<app::Changed<app::Outer::Inner>>(), std::string{"Changed"});
    QCOMPARE(typeName<app::Changed<app::Changed<std::string>>>(), std::string{"Changed"});
    QCOMPARE(typeName<app::Painted<app::Color::Blue>>(), std::string{"Painted"});
    QCOMPARE(typeName<app::Painted<static_cast<app::Color>(7)>>(), std::string{"Painted"});
    QCOMPARE(typeName<app::Letter<'>'>>(), std::string{"Letter"});
    QCOMPARE(typeName<app::Letter<'<'>::Inner>(), std::string{"Inner"});
    QCOMPARE(typeName<Hidden>(), std::string{"Hidden"});
    QCOMPARE(typeName<Local>(), std::string{"Local"});
}

void EventClassTest::everyCompilersSpellingGivesOneName_data()
{
    QTest::addColumn<std::string>("spelling");
    QTest::addColumn<std::string>("name");
    const auto row = [](const char* spelling, const char* name) {
        QTest::newRow(spelling) << std::string{spelling} << std::string{name};
    };
    row("NewRelease", "NewRelease");
    row("struct App::NewRelease", "NewRelease");
    row("class App::NewRelease", "NewRelease");
    row("{anonymous}::NewRelease", "NewRelease");
    row("(anonymous namespace)::NewRelease", "NewRelease");
    row("class `anonymous-namespace'::NewRelease", "NewRelease");
    row("struct App::Changed<struct App::Order>", "Changed");
    row("Changed<std::vector<int, std::allocator<int> > >", "Changed");
    row("Painted<(Color)1>", "Painted");
    row("Painted<app::Color::Red>", "Painted");
    row("Letter<'>'>::Inner", "Inner");
    row("Letter<'\\''>::Inner", "Inner");
    row("Outer<int>::Inner<char>", "Inner");
    row("main(int, char**)::Local", "Local");
    row("test()::<lambda(int)>::Local", "Local");
    row("Tagged[abi:cxx11]", "Tagged");
}

void EventClassTest::everyCompilersSpellingGivesOneName()
{
    QFETCH(std::string, spelling);
    QTEST(unqualifiedName(spelling), "name");
}

void EventClassTest::aShapeIsEnough()
{
    app::NewRelease event{"4.0.0"};
    const Emission emission = emissionOf(event, event.broadcastOn(), {});
    QCOMPARE(emission.event, std::string{"NewRelease"});
    QCOMPARE(emission.payload.text(), std::string{R"({"message":"Version 4.0.0 has been released !"})"});
    QVERIFY(!emission.isSuppressed);
    QVERIFY(emission.connections.empty());
}

void EventClassTest::onlyDeclaredPropertiesAreSentInTheirOrder()
{
    app::UserAdded event;
    const Emission emission = emissionOf(event, event.broadcastOn(), {});
    QCOMPARE(emission.event, std::string{"UserAdded"});
    QCOMPARE(emission.payload.text(), std::string{R"({"name":"Zoë","upper":"ZOË","count":3})"});
    QCOMPARE(emission.channels.list().size(), std::size_t{4});
}

void EventClassTest::aBaseReferenceSaysTheSame()
{
    const app::UserAdded derived;
    const Event& event = derived;
    const Emission emission = emissionOf(event, event.broadcastOn(), {});
    QCOMPARE(emission.event, std::string{"UserAdded"});
    QCOMPARE(emission.payload.text(), std::string{R"({"name":"Zoë","upper":"ZOË","count":3})"});
}

void EventClassTest::everyFunctionCounts()
{
    app::Everything event;
    const Emission emission = emissionOf(event, event.broadcastOn(), {});
    QCOMPARE(emission.event, std::string{"everything.done"});
    QCOMPARE(emission.payload.text(), std::string{"{ \"n\":12345678901234567890 }"});
    QVERIFY(emission.isSuppressed);
    QCOMPARE(emission.connections, (std::vector<std::string>{"eu", "us"}));
    QCOMPARE(emission.channels.list().size(), std::size_t{2});
}

void EventClassTest::anEmptyAnswerReplacesTheDefault()
{
    app::EmptyData event;
    QCOMPARE(emissionOf(event, event.broadcastOn(), {}).payload.text(), std::string{"{}"});
}

void EventClassTest::textIsAPayloadByteForByte()
{
    const std::string text = "{ \"b\":12345678901234567890, \"a\":\"\\u00e9\" }";
    QCOMPARE(Payload(text).text(), text);
    QCOMPARE(Payload("plain").text(), std::string{"plain"});
    QVERIFY(!Payload(text).isPlainText());
    QCOMPARE(Payload{"braced"}.text(), std::string{"braced"});
}

void EventClassTest::valuesAreWrittenOnceWithoutEscapes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* tag, const Payload& payload, const char* expected) {
        QTest::newRow(tag) << payload.text() << std::string{expected};
    };
    row("object", {{"key", "value"}}, R"({"key":"value"})");
    row("order kept", {{"z", 1}, {"a", true}}, R"({"z":1,"a":true})");
    row("nested", {{"list", {1, 2}}, {"none", nullptr}}, R"({"list":[1,2],"none":null})");
    row("not ASCII", {{"name", "Zoë 🎉"}}, "{\"name\":\"Zoë 🎉\"}");
    row("string value", Json("text"), "text");
    row("nothing", {}, "{}");
    row("number", Json(5), "5");
}

void EventClassTest::valuesAreWrittenOnceWithoutEscapes()
{
    QFETCH(std::string, text);
    QTEST(text, "expected");
}

void EventClassTest::brokenTextIsNoPayload()
{
    QVERIFY(!Payload(Json("\xFF")).isValid());
    QVERIFY(!Payload(Json{{"key", "\xFF"}}).isValid());
    QVERIFY(Payload(Json{{"key", "value"}}).isValid());
}

QTEST_APPLESS_MAIN(EventClassTest)
#include "event_class_test.moc"
