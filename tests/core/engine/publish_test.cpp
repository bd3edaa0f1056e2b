#include "core/engine/publish.h"

#include "tests/support/engine_fixture.h"
#include "tests/support/hub_fixture.h"

#include <QTest>

#include <algorithm>
#include <iterator>

using namespace castdeck;
using namespace castdeck::test;
using engine::PublishCommand;
using engine::PublishOutcome;

class PublishTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eventGoesToEachChannelOnce();
    void rulesAreThoseOfTheHttpInterface_data();
    void rulesAreThoseOfTheHttpInterface();
    void limitsAreCountedInCharacters();
    void stoppedServerSendsNothing();

private:
    static PublishCommand command(const std::string& event, const std::string& data,
                                  std::vector<std::string> channels = {"news"})
    {
        return {makeApp().id, std::move(channels), event, data, {}};
    }
};

void PublishTest::eventGoesToEachChannelOnce()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    client->subscribe("news");
    const PublishOutcome outcome =
        engine::outcomeOf(engine::publish(fixture.hub(), command("e", "{}", {"news", "other", "news"})));
    QVERIFY2(outcome.isAccepted, outcome.error.c_str());
    QCOMPARE(outcome.channels.size(), 2U);
    QCOMPARE(outcome.channels[0].channel, "news");
    QCOMPARE(outcome.channels[0].receivers, 1U);
    QCOMPARE(outcome.channels[1].receivers, 0U);
}

void PublishTest::rulesAreThoseOfTheHttpInterface_data()
{
    QTest::addColumn<PublishCommand>("given");
    QTest::addColumn<std::string>("error");
    const auto row = [](const char* name, PublishCommand given, const char* error) {
        QTest::newRow(name) << std::move(given) << std::string{error};
    };
    row("no event name", command("", "{}"), "1 to 200 characters");
    row("event name of 201 characters", command(std::string(201, 'e'), "{}"), "1 to 200 characters");
    row("event name that is not UTF-8", command("\xFF", "{}"), "must be UTF-8");
    row("payload that is not UTF-8", command("e", "caf\xE9"), "must be UTF-8");
    row("R9 payload of 10,241 bytes", command("e", std::string(10'241, 'x')), "10241 bytes, at most 10240");
    row("R10 no channel", command("e", "{}", {}), "Name 1 to 100 channels");
    row("R10 101 channels", command("e", "{}", std::vector<std::string>(101, "a")), "Name 1 to 100 channels");
    row("R10 bad channel", command("e", "{}", {"news", "a b"}), "Channel name has ' '");
    PublishCommand wrong = command("e", "{}");
    wrong.excludeSocketId = "1.1:x";
    row("R14 bad socket id", wrong, "two numbers joined by a dot");
    wrong = command("e", "{}");
    wrong.appId = "nobody";
    row("unknown application", wrong, "No application has the id nobody");
}

void PublishTest::rulesAreThoseOfTheHttpInterface()
{
    QFETCH(const PublishCommand, given);
    QFETCH(const std::string, error);
    HubFixture fixture;
    const PublishOutcome outcome = engine::outcomeOf(engine::publish(fixture.hub(), given));
    QVERIFY(!outcome.isAccepted);
    QVERIFY(outcome.channels.empty());
    QVERIFY2(outcome.error.find(error) != std::string::npos, outcome.error.c_str());
}

void PublishTest::limitsAreCountedInCharacters()
{
    HubFixture fixture;
    std::string name;
    for (int i = 0; i < 200; ++i)
        name += "é";
    QVERIFY(engine::publish(fixture.hub(), command(name, "{}")));
    QVERIFY(!engine::publish(fixture.hub(), command(name + "é", "{}")));
}

void PublishTest::stoppedServerSendsNothing()
{
    EngineFixture fixture;
    fixture.engine().stop(engine::StopReason::Restart);
    fixture.engine().waitStopped();
    const std::uint64_t id = fixture.engine().publish(command("e", "{}"));
    std::vector<PublishOutcome> outcomes;
    const auto hasOutcome = [&] {
        std::ranges::move(fixture.engine().takeOutcomes(), std::back_inserter(outcomes));
        return !outcomes.empty();
    };
    QTRY_VERIFY(hasOutcome());
    QCOMPARE(outcomes[0].commandId, id);
    QVERIFY(!outcomes[0].isAccepted);
    QVERIFY(outcomes[0].error.find("not running") != std::string::npos);
}

QTEST_APPLESS_MAIN(PublishTest)
#include "publish_test.moc"
