#include "core/broadcast/event_catalog.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::broadcast;

using Values = EventCatalog::Values;
Q_DECLARE_METATYPE(Values)

class EventCatalogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theShippedEventsSayWhatTheSpecificationSays_data();
    void theShippedEventsSayWhatTheSpecificationSays();
    void theAlertIsForAPrivateChannelValue();
    void everyEntryDescribesWhatItMakes();
    void mistakesNameTheFieldAndListWhatExists_data();
    void mistakesNameTheFieldAndListWhatExists();
    void valuesThatAreNoTextAreNotSent();
};

void EventCatalogTest::theShippedEventsSayWhatTheSpecificationSays_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<Values>("values");
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<std::string>("payload");
    QTest::newRow("a release") << std::string{"NewRelease"} << Values{{"version", "4.0.0"}} << std::string{"releases"}
                               << std::string{R"({"message":"Version 4.0.0 has been released !"})"};
    QTest::newRow("an alert") << std::string{"AdminUserAlert"}
                              << Values{{"level", "warning"}, {"message", "Some dependencies are outdated !"}}
                              << std::string{"private-admins"}
                              << std::string{R"({"message":"Some dependencies are outdated !","level":"warning"})"};
    QTest::newRow("an alert without a level")
        << std::string{"AdminUserAlert"} << Values{{"message", "Zoë \"=\""}} << std::string{"private-admins"}
        << std::string{R"({"message":"Zoë \"=\"","level":"error"})"};
}

void EventCatalogTest::theShippedEventsSayWhatTheSpecificationSays()
{
    QFETCH(std::string, name);
    QFETCH(Values, values);
    const auto emission = EventCatalog::make(name, values);
    QVERIFY(emission);
    QCOMPARE(emission->event, name);
    QCOMPARE(emission->channels.list().size(), std::size_t{1});
    QTEST(emission->channels.list().front().name(), "channel");
    QTEST(emission->payload.text(), "payload");
    QVERIFY(emission->connections.empty() && !emission->isSuppressed && !emission->options.actor);
}

void EventCatalogTest::theAlertIsForAPrivateChannelValue()
{
    QVERIFY(EventCatalog::make("AdminUserAlert", {{"message", "x"}})->channels.list().front().needsActor());
    QVERIFY(!EventCatalog::make("NewRelease", {{"version", "x"}})->channels.list().front().needsActor());
}

void EventCatalogTest::everyEntryDescribesWhatItMakes()
{
    QCOMPARE(EventCatalog::all().size(), std::size_t{2});
    for (const ShippedEvent& event : EventCatalog::all()) {
        QCOMPARE(EventCatalog::find(event.name), &event);
        Values required;
        for (const EventField& field : event.fields) {
            QVERIFY(!field.meaning.empty());
            if (!field.defaultText)
                required.emplace_back(field.name, "x");
        }
        const auto emission = EventCatalog::make(event.name, required);
        QVERIFY2(emission, event.name.c_str());
        QCOMPARE(emission->event, event.name);
        QCOMPARE(event.channels, emission->channels.list().front().name());
    }
    QCOMPARE(EventCatalog::find("newrelease"), nullptr);
}

void EventCatalogTest::mistakesNameTheFieldAndListWhatExists_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<Values>("values");
    QTest::addColumn<bool>("isUnknownClass");
    QTest::addColumn<std::string>("detail");
    const std::string alert = "AdminUserAlert";
    const std::string fields = "; its fields: message, level (default: error)";
    QTest::newRow("unknown class") << std::string{"Newrelease"} << Values{} << true
                                   << std::string{"there is no event class \"Newrelease\"; there are: NewRelease, "
                                                  "AdminUserAlert"};
    QTest::newRow("missing field") << alert << Values{{"level", "info"}} << false
                                   << "event class \"AdminUserAlert\" needs the field \"message\"" + fields;
    QTest::newRow("unknown field") << alert << Values{{"message", "x"}, {"text", "x"}} << false
                                   << "event class \"AdminUserAlert\" has no field \"text\"" + fields;
    QTest::newRow("a field twice") << alert << Values{{"message", "x"}, {"message", "y"}} << false
                                   << "event class \"AdminUserAlert\" got the field \"message\" twice" + fields;
}

void EventCatalogTest::mistakesNameTheFieldAndListWhatExists()
{
    QFETCH(std::string, name);
    QFETCH(Values, values);
    QFETCH(bool, isUnknownClass);
    const auto emission = EventCatalog::make(name, values);
    QVERIFY(!emission);
    QVERIFY(emission.error().kind == (isUnknownClass ? ErrorKind::NotFound : ErrorKind::InvalidInput));
    QTEST(emission.error().detail, "detail");
}

void EventCatalogTest::valuesThatAreNoTextAreNotSent()
{
    QVERIFY(!EventCatalog::make("NewRelease", {{"version", "\xff"}})->payload.isValid());
}

QTEST_GUILESS_MAIN(EventCatalogTest)
#include "event_catalog_test.moc"
