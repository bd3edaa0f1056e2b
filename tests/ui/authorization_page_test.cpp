#include "ui/pages/authorization_page.h"

#include "core/auth/settings_reader.h"
#include "tests/ui/fake_server.h"
#include "tests/ui/find.h"
#include "ui/models/decisions_model.h"
#include "ui/models/rules_model.h"
#include "ui/pages/trial_panel.h"
#include "ui/text/header_lines.h"
#include "ui/widgets/decision_view.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace castdeck;
using namespace castdeck::ui;

class AuthorizationPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void rulesStandInTheirOrderInWords();
    void aRuleThatIsNeverAskedSaysWhichDecidesBefore();
    void withoutRulesThePageSaysWhereTheyStand();
    void aForwardedQuestionIsPutToTheServer();
    void aBadHeaderLineIsNamedAndNotSent();
    void theBuiltInEndpointExplainsARefusal();
    void theTestLineTellsTheRuleWhileTyping();
    void anEncryptedChannelsKeyIsMasked();
    void decisionsComeNewestFirst();
    void whatThePolicyDecidedIsMarked();
    void decisionsAreBoundedAndCounted();
    void aSelectedDecisionIsShownInFull();
    void anOpenServerOnTheNetworkIsWarnedOf_data();
    void anOpenServerOnTheNetworkIsWarnedOf();
    void tokensOfActorsAreNowhere();
    void headerLinesAreReadStrictly_data();
    void headerLinesAreReadStrictly();

private:
    template <typename T = QWidget> T* find(const char* name) const { return test::findIn<T>(*m_page, name); }
    void show(const auth::AuthorizationConfig& config);

    test::FakeServer m_server;
    std::unique_ptr<AuthorizationPage> m_page;
};

namespace {

auth::AuthorizationConfig configFrom(const char* json)
{
    std::vector<auth::Problem> problems;
    return auth::readAuthorization(auth::OrderedJson::parse(json), problems);
}

engine::Decision refusal(const std::string& channel)
{
    engine::Decision decision;
    decision.at = std::chrono::system_clock::now();
    decision.channel = channel;
    decision.actorId = "2";
    decision.actorName = "Bob";
    decision.identitySource = "token";
    decision.reason = "rule_refused";
    decision.rule = "private-admins";
    decision.ruleIndex = 1;
    decision.httpStatus = 403;
    decision.explanation = R"(refused by rule 1 "private-admins": actor.role is "basic", wanted "admin")";
    return decision;
}

engine::Decision allowedByPolicy()
{
    engine::Decision decision;
    decision.channel = "private-anything";
    decision.reason = "policy_open";
    decision.isAllowed = true;
    decision.httpStatus = 200;
    return decision;
}

QString cell(const QTableView* table, int row, int column)
{
    return table->model()->index(row, column).data().toString();
}

QStringList allTexts(const QWidget& page)
{
    QStringList texts;
    for (const auto* label : page.findChildren<QLabel*>())
        texts << label->text();
    for (const auto* edit : page.findChildren<QPlainTextEdit*>())
        texts << edit->toPlainText();
    for (const auto* edit : page.findChildren<QLineEdit*>())
        texts << edit->text();
    return texts;
}

} // namespace

void AuthorizationPageTest::show(const auth::AuthorizationConfig& config)
{
    m_page = std::make_unique<AuthorizationPage>(m_server, test::sampleApps(), config);
    m_page->resize(1'080, 700);
    m_page->show();
}

void AuthorizationPageTest::init()
{
    m_server = {};
    show(test::sampleSettings().authorization);
}

void AuthorizationPageTest::cleanup()
{
    m_page.reset();
}

void AuthorizationPageTest::rulesStandInTheirOrderInWords()
{
    show(configFrom(R"({"authorize": {"topics": [
        {"pattern": "order.{id}", "when": {"value": "actor.id", "is": "equals", "to": "{id}"}, "kinds": ["private"]},
        {"pattern": "topic", "when": {"value": "header.SECRET", "is": "equals", "to": "never-to-be-seen-6f1d"},
         "guards": ["token", "cookie"]}]}})"));
    const auto* rules = find<QTableView>("auth.rules.table");
    QCOMPARE(rules->model()->rowCount(), 2);
    QCOMPARE(cell(rules, 0, RulesModel::Number), QStringLiteral("1"));
    QCOMPARE(cell(rules, 0, RulesModel::Pattern), QStringLiteral("order.{id}"));
    QCOMPARE(cell(rules, 0, RulesModel::Who), QStringLiteral("actor.id is \"{id}\""));
    QCOMPARE(cell(rules, 0, RulesModel::Kinds), QStringLiteral("private"));
    QCOMPARE(cell(rules, 1, RulesModel::Who), QStringLiteral("header.SECRET is ••••, known by token, cookie"));
    QCOMPARE(cell(rules, 1, RulesModel::Kinds), QStringLiteral("all kinds"));
}

void AuthorizationPageTest::aRuleThatIsNeverAskedSaysWhichDecidesBefore()
{
    show(configFrom(R"({"authorize": {"topics": [
        {"pattern": "private-*", "when": true}, {"pattern": "private-admins", "when": false}]}})"));
    const auto* rules = find<QTableView>("auth.rules.table");
    QCOMPARE(cell(rules, 0, RulesModel::Who), QStringLiteral("everybody"));
    QCOMPARE(cell(rules, 1, RulesModel::Who), QStringLiteral("never asked: rule 1 decides before"));
}

void AuthorizationPageTest::withoutRulesThePageSaysWhereTheyStand()
{
    show({});
    QVERIFY(!find("auth.rules.table")->isVisible());
    QVERIFY(allTexts(*m_page).join(u'\n').contains(QStringLiteral("authorize.topics")));
}

void AuthorizationPageTest::aForwardedQuestionIsPutToTheServer()
{
    show(configFrom(R"({"authorize": {"forward_url": "http://127.0.0.1:1/auth"},
        "actors": [{"id": "1", "name": "Ada"}]})"));
    m_page->trial()->setActor(QStringLiteral("1"));
    find<QLineEdit>("auth.try.channel")->setText(QStringLiteral("  private-admins "));
    find<QLineEdit>("auth.try.socket")->setText(QStringLiteral("4821.9047"));
    find<QPlainTextEdit>("auth.try.headers")->setPlainText(QStringLiteral("SECRET: a:b\n\nX-Two:2"));
    QTest::mouseClick(find<QPushButton>("auth.try.run"), Qt::LeftButton);
    QTRY_COMPARE(m_server.trials.size(), std::size_t{1});
    const engine::AuthorizationTrial& trial = m_server.trials.front();
    QCOMPARE(trial.appId, std::string{"demo"});
    QCOMPARE(trial.channel, std::string{"private-admins"});
    QCOMPARE(trial.socketId, std::string{"4821.9047"});
    QCOMPARE(trial.actorId, std::string{"1"});
    QCOMPARE(trial.headers.size(), std::size_t{2});
    QCOMPARE(trial.headers[0].value, std::string{"a:b"});
    QCOMPARE(trial.headers[1].name, std::string{"X-Two"});
    engine::AuthorizationVerdict verdict;
    verdict.commandId = 7; // Of somebody else's question.
    verdict.httpStatus = 403;
    verdict.decision.explanation = "the other application said no";
    m_page->showVerdict(verdict);
    QVERIFY(!find<QLabel>("auth.check.5.sentence")->isVisible());
    verdict.commandId = 1;
    m_page->showVerdict(verdict);
    QVERIFY(find<QLabel>("auth.check.5.sentence")->isVisible());
    QCOMPARE(find<QLabel>("auth.check.5.sentence")->text(), QStringLiteral("HTTP 403: the other application said no."));
}

void AuthorizationPageTest::aBadHeaderLineIsNamedAndNotSent()
{
    find<QPlainTextEdit>("auth.try.headers")->setPlainText(QStringLiteral("Good: 1\nbad line"));
    QSignalSpy started{m_page->trial(), &TrialPanel::started};
    m_page->trial()->run();
    QVERIFY(started.isEmpty());
    QVERIFY(allTexts(*m_page).contains(QStringLiteral("Line 2 is no header; write Name: value.")));
}

void AuthorizationPageTest::theBuiltInEndpointExplainsARefusal()
{
    find<QLineEdit>("auth.try.channel")->setText(QStringLiteral("private-admins"));
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->showTab(AuthorizationPage::Try);
    QSignalSpy finished{m_page->trial(), &TrialPanel::finished};
    m_page->trial()->setActor(QStringLiteral("anonymous"));
    QTest::keyClick(find<QLineEdit>("auth.try.channel"), Qt::Key_F5);
    QVERIFY(finished.wait(2'000));
    QVERIFY(find<QLabel>("auth.check.5.sentence")->isVisible());
    const QString sentence = find<QLabel>("auth.check.5.sentence")->text();
    QVERIFY2(sentence.contains(QStringLiteral("refused by rule 1 \"private-admins\"")), qPrintable(sentence));
    m_page->trial()->setActor(QStringLiteral("1"));
    m_page->trial()->run();
    QVERIFY(finished.wait(2'000));
    QVERIFY(find<QLabel>("auth.result.status")->text().contains(QStringLiteral("a client gets in")));
    QVERIFY(m_server.trials.empty());
}

void AuthorizationPageTest::theTestLineTellsTheRuleWhileTyping()
{
    m_page->showTab(AuthorizationPage::Rules);
    auto* channel = find<QLineEdit>("auth.rules.channel");
    QTest::keyClicks(channel, QStringLiteral("private-admin"));
    const auto* words = find<QLabel>("auth.rules.words");
    QVERIFY2(words->text().contains(QStringLiteral("policy")), qPrintable(words->text()));
    QTest::keyClicks(channel, QStringLiteral("s"));
    QVERIFY2(words->text().contains(QStringLiteral("rule 1")), qPrintable(words->text()));
    QCOMPARE(find<QTableView>("auth.rules.table")->selectionModel()->selectedRows().size(), 1);
    channel->clear();
    QVERIFY(find<QTableView>("auth.rules.table")->selectionModel()->selectedRows().isEmpty());
}

void AuthorizationPageTest::anEncryptedChannelsKeyIsMasked()
{
    QCOMPARE(shownAnswer("{\"auth\":\"k:s\",\"shared_secret\":\"bWFya2Vy\",\"x\":1}"),
             std::string{"{\"auth\":\"k:s\",\"shared_secret\":\"••••\",\"x\":1}"});
    QCOMPARE(shownAnswer("{\"auth\":\"k:s\"}"), std::string{"{\"auth\":\"k:s\"}"});
    QCOMPARE(shownAnswer("{\"shared_secret\":\"cut"), std::string{"{\"shared_secret\":\"••••"});
}

void AuthorizationPageTest::decisionsComeNewestFirst()
{
    const auto* table = find<QTableView>("auth.decisions.table");
    const QAbstractItemModelTester tester{const_cast<QAbstractItemModel*>(table->model())};
    m_page->addDecisions({refusal("private-first"), refusal("private-second")}, 0);
    m_page->addDecisions({refusal("private-third")}, 0);
    QCOMPARE(cell(table, 0, DecisionsModel::Channel), QStringLiteral("private-third"));
    QCOMPARE(cell(table, 2, DecisionsModel::Channel), QStringLiteral("private-first"));
    QCOMPARE(cell(table, 0, DecisionsModel::Verdict), QStringLiteral("refused"));
    QCOMPARE(cell(table, 0, DecisionsModel::Who), QStringLiteral("Bob (2)"));
    QCOMPARE(cell(table, 0, DecisionsModel::Decider), QStringLiteral("rule 1"));
}

void AuthorizationPageTest::whatThePolicyDecidedIsMarked()
{
    m_page->addDecisions({allowedByPolicy()}, 0);
    const QModelIndex decider = find<QTableView>("auth.decisions.table")->model()->index(0, DecisionsModel::Decider);
    QCOMPARE(decider.data().toString(), QStringLiteral("policy open"));
    QCOMPARE(cell(find<QTableView>("auth.decisions.table"), 0, DecisionsModel::Who), QStringLiteral("anonymous"));
}

void AuthorizationPageTest::decisionsAreBoundedAndCounted()
{
    DecisionsModel model;
    const QAbstractItemModelTester tester{&model};
    model.append(std::vector(DecisionsModel::bound - 1, refusal("a")), 5);
    model.append({refusal("b"), refusal("c")}, 0);
    QCOMPARE(static_cast<std::size_t>(model.rowCount()), DecisionsModel::bound);
    QCOMPARE(model.total(), DecisionsModel::bound + 6);
    QCOMPARE(model.at(0).channel, std::string{"c"});
    model.append(std::vector(2 * DecisionsModel::bound, refusal("d")), 0);
    QCOMPARE(static_cast<std::size_t>(model.rowCount()), DecisionsModel::bound);
    QCOMPARE(model.at(model.rowCount() - 1).channel, std::string{"d"});
}

void AuthorizationPageTest::aSelectedDecisionIsShownInFull()
{
    m_page->addDecisions({refusal("private-admins")}, 0);
    m_page->showTab(AuthorizationPage::Decisions);
    find<QTableView>("auth.decisions.table")->selectRow(0);
    QCOMPARE(find<QPlainTextEdit>("auth.explanation")->toPlainText(), QString::fromStdString(refusal("").explanation));
}

void AuthorizationPageTest::anOpenServerOnTheNetworkIsWarnedOf_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QString>("warning");
    const QByteArray open = R"({"authorize": {"expose": true}})";
    QTest::newRow("loopback") << open << QByteArray{"127.0.0.1"} << QString{};
    QTest::newRow("network") << open << QByteArray{"0.0.0.0"} << QStringLiteral("the policy is open");
    QTest::newRow("closed") << QByteArray{R"({"authorize": {"expose": true, "policy": "closed"}})"}
                            << QByteArray{"0.0.0.0"} << QString{};
    QTest::newRow("not exposed") << QByteArray{"{}"} << QByteArray{"192.168.1.7"}
                                 << QStringLiteral("its authorization endpoint is off");
}

void AuthorizationPageTest::anOpenServerOnTheNetworkIsWarnedOf()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, address);
    QFETCH(QString, warning);
    show(configFrom(config));
    auto snapshot = test::runningSnapshot();
    snapshot->server.address = address.toStdString();
    m_page->showSnapshot(*snapshot);
    const auto* label = find<QLabel>("auth.warning");
    QCOMPARE(!label->isHidden(), !warning.isEmpty());
    QVERIFY2(label->text().contains(warning), qPrintable(label->text()));
}

void AuthorizationPageTest::tokensOfActorsAreNowhere()
{
    m_page->trial()->setActor(QStringLiteral("1"));
    QVERIFY(!allTexts(*m_page).join(u'\n').contains(QLatin1String{test::secretMarker}));
}

void AuthorizationPageTest::headerLinesAreReadStrictly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count"); // -1 for a problem.
    QTest::newRow("none") << QString{} << 0;
    QTest::newRow("blank lines") << QStringLiteral("\n  \n") << 0;
    QTest::newRow("empty value") << QStringLiteral("A:") << 1;
    QTest::newRow("no colon") << QStringLiteral("A") << -1;
    QTest::newRow("no name") << QStringLiteral(": a") << -1;
    QTest::newRow("blank in the name") << QStringLiteral("A B: c") << -1;
    QTest::newRow("other letters") << QStringLiteral("Ä: c") << -1;
    QTest::newRow("control character") << QStringLiteral("A: b\x01") << -1;
}

void AuthorizationPageTest::headerLinesAreReadStrictly()
{
    QFETCH(QString, text);
    QFETCH(int, count);
    const HeaderLines lines = parseHeaderLines(text);
    QCOMPARE(lines.problem.isEmpty(), count >= 0);
    if (count >= 0)
        QCOMPARE(static_cast<int>(lines.headers.size()), count);
}

QTEST_MAIN(AuthorizationPageTest)
#include "authorization_page_test.moc"
