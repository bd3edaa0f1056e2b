#include "ui/pages/authorization_page.h"

#include "core/auth/settings_reader.h"
#include "tests/ui/fake_server.h"
#include "tests/ui/find.h"
#include "ui/models/matrix_channels.h"
#include "ui/models/matrix_model.h"
#include "ui/models/persona.h"
#include "ui/pages/auth_matrix_tab.h"
#include "ui/pages/auth_personas_tab.h"
#include "ui/pages/auth_result_view.h"
#include "ui/pages/auth_rules_tab.h"
#include "ui/pages/trial_panel.h"
#include "ui/theme/theme.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTableView>

using namespace castdeck;
using namespace castdeck::ui;
using remote::EndpointOutcome;
using remote::Expectation;

namespace {

auth::AuthorizationConfig rulesOf(const char* role)
{
    std::vector<auth::Problem> problems;
    const std::string text = std::string{R"({"authorize": {"policy": "closed", "topics": [
        {"pattern": "private-orders.{id:[0-9]+}", "when": {"value": "actor.id", "is": "equals", "to": "{id}"}},
        {"pattern": "private-warehouse", "when": {"value": "actor.roles", "is": "contains", "to": ")"} +
                             role + R"("}},
        {"pattern": "support", "when": {"value": "actor", "is": "exists"}, "kinds": ["presence"]},
        {"pattern": "private-leads", "when": {"value": "actor.role", "is": "equals", "to": "lead"}}]},
        "actors": [{"id": "ana", "name": "Ana", "roles": ["lead", "staff"]},
                   {"id": "ben", "name": "Ben", "role": "staff"}, {"id": "5", "name": "Customer 5"}]})";
    return auth::readAuthorization(auth::OrderedJson::parse(text), problems);
}

std::shared_ptr<engine::Snapshot> snapshotWithRooms()
{
    auto snapshot = test::runningSnapshot();
    for (const char* name : {"private-chat.1"}) {
        engine::ChannelSnapshot channel;
        channel.name = name;
        channel.kind = pusher::kindOf(name);
        snapshot->channels.push_back(channel);
    }
    snapshot->server.port = 1; // Nobody is there.
    return snapshot;
}

} // namespace

/// The parts of the auth lab that change something: personas, the matrix, and the try.
class AuthLabTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_page.reset(); }

    void withoutActorsThereAreAnaBenAndCleo();
    void aPersonaIsChangedInPlaceAndKept();
    void wrongFieldsOfAPersonaAreSaidAndNotKept_data();
    void wrongFieldsOfAPersonaAreSaidAndNotKept();
    void everyRuleSuggestsAChannel();
    void J7_theMatrixFindsWhatDiffersAndWhatChanged();
    void J7_reportsAreThoseOfTheCommandLine();
    void aClickWalksThroughTheExpectations();
    void expectationsOutliveTheWindow();
    void aMatrixComesBackFromItsFile();
    void aBadEndpointIsSaid();
    void theReportIsCopiedWithoutSecrets();
    void aTryCanBeCancelled();
    void everyStateFitsBothSizes_data();
    void everyStateFitsBothSizes();

private:
    template <typename T = QWidget> T* find(const char* name) const { return test::findIn<T>(*m_page, name); }
    void show(const auth::AuthorizationConfig& config);
    void runMatrix();
    void runTry();
    MatrixModel& matrix() const { return *m_page->matrix()->model(); }
    QModelIndex cell(const char* persona, const char* channel) const;

    Theme m_theme;
    test::FakeServer m_server;
    MemoryDocuments m_documents;
    std::unique_ptr<AuthorizationPage> m_page;
};

void AuthLabTest::init()
{
    m_documents = {};
    show(rulesOf("staff"));
}

void AuthLabTest::show(const auth::AuthorizationConfig& config)
{
    m_page = std::make_unique<AuthorizationPage>(m_server, test::sampleApps(), config, &m_documents);
    m_page->showSnapshot(*snapshotWithRooms());
    m_page->resize(1'080, 720);
    m_page->show();
}

void AuthLabTest::runMatrix()
{
    QSignalSpy finished{m_page->matrix(), &AuthMatrixTab::finished};
    m_page->runAll();
    QVERIFY(finished.wait(5'000));
}

void AuthLabTest::runTry()
{
    QSignalSpy finished{m_page->trial(), &TrialPanel::finished};
    m_page->trial()->run();
    QVERIFY(finished.wait(5'000));
}

QModelIndex AuthLabTest::cell(const char* persona, const char* channel) const
{
    const auto& channels = matrix().matrix().channels;
    const auto column = std::ranges::find(channels, channel) - channels.begin();
    return matrix().index(m_page->personaBook().indexOf(persona), static_cast<int>(column));
}

void AuthLabTest::withoutActorsThereAreAnaBenAndCleo()
{
    show({});
    QStringList names;
    for (const Persona& persona : m_page->personaBook().personas())
        names << nameOf(persona);
    QCOMPARE(names, (QStringList{"Ana", "Ben", "Cleo", "Anonymous"}));
    QVERIFY(m_documents.list("personas").empty()); // Nobody changed one.
}

void AuthLabTest::aPersonaIsChangedInPlaceAndKept()
{
    m_page->showTab(AuthorizationPage::Personas);
    m_page->personas()->choose("ben");
    auto* roles = find<QLineEdit>("auth.personas.roles");
    QCOMPARE(roles->text(), QStringLiteral("staff"));
    roles->clear();
    QTest::keyClicks(roles, QStringLiteral("lead, driver"));
    find<QLineEdit>("auth.personas.id")->clear();
    QTest::keyClicks(find<QLineEdit>("auth.personas.id"), QStringLiteral("benno"));
    QCOMPARE(m_page->personaBook().find("benno")->roles, (std::vector<std::string>{"lead", "driver"}));
    QVERIFY(m_page->personaBook().find("ben") == nullptr);
    QTest::mouseClick(find<QPushButton>("auth.personas.add"), Qt::LeftButton);
    QCOMPARE(m_page->personaBook().personas().size(), std::size_t{5});
    show(rulesOf("staff"));
    QVERIFY(m_page->personaBook().find("benno") != nullptr);
    QVERIFY(m_page->personaBook().find("user-1") != nullptr);
    m_page->personas()->choose("user-1");
    QTest::mouseClick(find<QPushButton>("auth.personas.remove"), Qt::LeftButton);
    show(rulesOf("staff"));
    QVERIFY(m_page->personaBook().find("user-1") == nullptr);
}

void AuthLabTest::wrongFieldsOfAPersonaAreSaidAndNotKept_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no id") << "auth.personas.id" << QString{} << "needs a user id";
    QTest::newRow("another's id") << "auth.personas.id" << "ana" << "has this id";
    QTest::newRow("user info") << "auth.personas.info" << "[1]" << "JSON object";
    QTest::newRow("header") << "auth.personas.headers" << "bad" << "no header";
}

void AuthLabTest::wrongFieldsOfAPersonaAreSaidAndNotKept()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, words);
    m_page->showTab(AuthorizationPage::Personas);
    m_page->personas()->choose("ben");
    const std::string before = remote::toJson(*m_page->personaBook().find("ben"));
    if (auto* line = m_page->findChild<QLineEdit*>(field)) {
        line->setText(text);
        Q_EMIT line->textEdited(text);
    } else {
        m_page->findChild<QPlainTextEdit*>(field)->setPlainText(text);
    }
    const QString problem = find<QLabel>("auth.personas.problem")->text();
    QVERIFY2(problem.contains(words), qPrintable(problem));
    QCOMPARE(remote::toJson(*m_page->personaBook().find("ben")), before);
}

void AuthLabTest::everyRuleSuggestsAChannel()
{
    const auto channels =
        suggestedChannels(rulesOf("staff"), {"private-chat.1", "news"}, m_page->personaBook().personas());
    QCOMPARE(channels, (std::vector<std::string>{"private-orders.5", "private-warehouse", "presence-support",
                                                 "private-leads", "private-chat.1"}));
}

void AuthLabTest::J7_theMatrixFindsWhatDiffersAndWhatChanged()
{
    const QAbstractItemModelTester tester{&matrix()};
    m_page->showTab(AuthorizationPage::Matrix);
    QTest::mouseClick(find<QPushButton>("auth.matrix.fill"), Qt::LeftButton);
    QCOMPARE(matrix().rowCount() * matrix().columnCount(), 24);
    matrix().setExpectation(cell("ben", "private-warehouse"), Expectation::Deny);
    matrix().setExpectation(cell("5", "private-warehouse"), Expectation::Allow);
    QElapsedTimer timer;
    timer.start();
    runMatrix();
    QVERIFY(timer.elapsed() < 1'000);
    QCOMPARE(matrix().results().size(), std::size_t{24});
    QCOMPARE(countDifferent(matrix().matrix(), matrix().results()), std::size_t{2});
    const QModelIndex ben = cell("ben", "private-warehouse");
    QCOMPARE(ben.data().toString(), QStringLiteral("Allow"));
    QVERIFY(ben.data(MatrixModel::DiffersRole).toBool());
    QCOMPARE(ben.data(MatrixModel::ExpectedRole).toString(), QStringLiteral("expected Deny"));
    QVERIFY(ben.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Ben, private-warehouse: Allow")));

    matrix().setExpectation(cell("5", "private-warehouse"), Expectation::None);
    m_page->setConfiguration(rulesOf("boss"));
    QSignalSpy finished{m_page->matrix(), &AuthMatrixTab::finished};
    m_page->runChanged();
    QVERIFY(finished.wait(5'000));
    QCOMPARE(countDifferent(matrix().matrix(), matrix().results()), std::size_t{0});
    QCOMPARE(ben.data(MatrixModel::WasRole).toString(), QStringLiteral("was Allow"));
    QCOMPARE(matrix().changedCount(), std::size_t{2}); // Ana's too.
    find<QAbstractButton>("auth.matrix.compare")->click();
    QVERIFY(ben.data(MatrixModel::WasRole).toString().isEmpty());
}

void AuthLabTest::J7_reportsAreThoseOfTheCommandLine()
{
    m_page->matrix()->fill();
    matrix().setExpectation(cell("ana", "private-leads"), Expectation::Allow);
    runMatrix();
    const QTemporaryDir folder;
    QVERIFY(m_page->matrix()->saveMatrix(folder.filePath(QStringLiteral("it's.json"))));
    QVERIFY(m_page->matrix()->saveJunit(folder.filePath(QStringLiteral("report.xml"))));
    QVERIFY(m_page->matrix()->saveCsv(folder.filePath(QStringLiteral("report.csv"))));
    QFile junit{folder.filePath(QStringLiteral("report.xml"))};
    QVERIFY(junit.open(QIODevice::ReadOnly));
    QCOMPARE(junit.readAll().toStdString(), junitReport(matrix().matrix(), matrix().results()));
    const QString command = m_page->matrix()->commandLine();
    QVERIFY2(command.startsWith(QStringLiteral("castdeck-cli authorize --matrix '")) &&
                 command.contains(QStringLiteral("it'\\''s.json' --junit ")),
             qPrintable(command));
    QVERIFY(!m_page->matrix()->saveCsv(folder.filePath(QStringLiteral("none/report.csv"))));
    QVERIFY(find<QLabel>("auth.matrix.cell")->text().contains(QStringLiteral("could not be written")));
}

void AuthLabTest::aClickWalksThroughTheExpectations()
{
    m_page->showTab(AuthorizationPage::Matrix);
    m_page->matrix()->fill();
    auto* table = find<QTableView>("auth.matrix.table");
    const QModelIndex index = matrix().index(1, 1);
    const auto expected = [&] { return matrix().matrix().expected(MatrixModel::cellAt(index)); };
    const auto click = [&] {
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
    };
    click();
    QCOMPARE(expected(), Expectation::Allow);
    click();
    QCOMPARE(expected(), Expectation::Deny);
    click();
    QCOMPARE(expected(), Expectation::None);
    QTest::keyClick(table, Qt::Key_D);
    QCOMPARE(expected(), Expectation::Deny);
    QTest::keyClick(table, Qt::Key_A);
    QCOMPARE(expected(), Expectation::Allow);
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(expected(), Expectation::None);
    QTest::keyClick(table, Qt::Key_Space);
    QCOMPARE(expected(), Expectation::Allow);
    QCOMPARE(index.data().toString(), QStringLiteral("not run"));
}

void AuthLabTest::expectationsOutliveTheWindow()
{
    m_page->matrix()->fill();
    m_page->matrix()->addChannel(QStringLiteral(" private-new "));
    matrix().setExpectation(cell("ana", "private-new"), Expectation::Deny);
    show(rulesOf("staff"));
    QCOMPARE(matrix().matrix().expected(MatrixModel::cellAt(cell("ana", "private-new"))), Expectation::Deny);
    m_page->personaBook().remove("ana");
    QVERIFY(matrix().matrix().expectations.empty());
    QCOMPARE(matrix().rowCount(), 3);
}

void AuthLabTest::aMatrixComesBackFromItsFile()
{
    Persona ana = *m_page->personaBook().find("ana");
    ana.cookies = "session=never-to-be-seen";
    m_page->personaBook().put(ana);
    m_page->matrix()->fill();
    matrix().setExpectation(cell("ana", "private-leads"), Expectation::Allow);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("m.json"));
    QVERIFY(m_page->matrix()->saveMatrix(path));
    QVERIFY(find<QLabel>("auth.matrix.cell")->text().contains(QStringLiteral("CASTDECK_ANA_COOKIE")));
    QFile file{path};
    QVERIFY(file.open(QIODevice::ReadOnly) && !file.readAll().contains("never-to-be-seen"));
    m_documents = {};
    show({});
    QVERIFY(m_page->matrix()->openMatrix(path));
    QCOMPARE(matrix().matrix().channels.size(), std::size_t{6});
    QVERIFY(m_page->personaBook().find("5") != nullptr);
    QVERIFY(!m_page->matrix()->openMatrix(folder.filePath(QStringLiteral("none.json"))));
}

void AuthLabTest::aBadEndpointIsSaid()
{
    m_page->trial()->setEndpoint(QStringLiteral("localhost"));
    m_page->trial()->run();
    QVERIFY(!find<QLabel>("auth.try.problem")->isHidden());
    QVERIFY(find<QLabel>("auth.try.problem")->text().contains(QStringLiteral("http://127.0.0.1:8000")));
}

void AuthLabTest::theReportIsCopiedWithoutSecrets()
{
    find<QLineEdit>("auth.try.cookies")->setText(QStringLiteral("session=never-to-be-seen-cookie"));
    m_page->trial()->setChannel(QStringLiteral("private-leads"));
    m_page->trial()->setActor(QStringLiteral("ana"));
    m_page->trial()->setEndpoint(QStringLiteral("http://me:never-to-be-seen@127.0.0.1:1/auth?t=never-to-be-seen"));
    runTry();
    QTest::mouseClick(find<QPushButton>("auth.result.copy"), Qt::LeftButton);
    const QString report = QGuiApplication::clipboard()->text();
    QVERIFY2(
        report.startsWith(QStringLiteral("Authorization of private-leads as Ana\nEndpoint: http://127.0.0.1:1/auth")),
        qPrintable(report));
    QVERIFY2(!report.contains(QStringLiteral("never-to-be-seen")), qPrintable(report));
}

void AuthLabTest::aTryCanBeCancelled()
{
    show([] {
        std::vector<auth::Problem> problems;
        return auth::readAuthorization(
            auth::OrderedJson::parse(R"({"authorize": {"forward_url": "http://127.0.0.1:1/auth"}})"), problems);
    }());
    m_page->trial()->setChannel(QStringLiteral("private-a"));
    m_page->trial()->run();
    auto* cancel = find<QPushButton>("auth.try.cancel");
    QTRY_VERIFY(cancel->isVisible());
    QElapsedTimer timer;
    timer.start();
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(timer.elapsed() < 100);
    QVERIFY(!cancel->isVisible());
    QVERIFY(find<QPushButton>("auth.try.run")->isEnabled());
}

void AuthLabTest::everyStateFitsBothSizes_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("isDark");
    for (const bool isDark : {false, true}) {
        for (const char* state : {"rules", "rules-empty", "try-empty", "try-denied", "try-more", "try-signature",
                                  "try-answer", "matrix-empty", "matrix", "personas", "decisions-empty"}) {
            for (const QSize size : {QSize{1'080, 760}, QSize{900, 548}})
                QTest::addRow("%s-%d-%s", state, size.width(), isDark ? "dark" : "light")
                    << QString{state} << size << isDark;
        }
    }
}

void AuthLabTest::everyStateFitsBothSizes()
{
    QFETCH(QString, state);
    QFETCH(QSize, size);
    QFETCH(bool, isDark);
    m_theme.setChoice(isDark ? Theme::Choice::Dark : Theme::Choice::Light);
    if (state.endsWith(QStringLiteral("-empty")))
        show({});
    m_page->resize(size);
    if (state.startsWith(QStringLiteral("rules"))) {
        m_page->showTab(AuthorizationPage::Rules);
        m_page->rules()->ask("ben", state == QStringLiteral("rules") ? QStringLiteral("private-orders.5") : QString{});
    } else if (state.startsWith(QStringLiteral("try"))) {
        m_page->showTab(AuthorizationPage::Try);
        m_page->trial()->setChannel(QStringLiteral("private-orders.5"));
        m_page->trial()->setActor(QStringLiteral("ben"));
        if (state != QStringLiteral("try-empty"))
            runTry();
        if (state == QStringLiteral("try-more"))
            find<QPushButton>("auth.try.more")->click();
        if (state == QStringLiteral("try-answer"))
            m_page->trial()->result()->showTab(AuthResultView::Answer);
        if (state == QStringLiteral("try-signature")) {
            remote::EndpointTrial trial;
            trial.question = {"private-orders.5", "4821.9047"};
            trial.address = "http://127.0.0.1:8000/broadcasting/auth";
            trial.httpStatus = 200;
            remote::EndpointReply reply;
            reply.answer.status = 200;
            reply.answer.body = "{\"auth\":\"demo-key:" + std::string(64, 'a') + "\"}";
            trial.report = remote::judge(trial.question, reply, {{"demo", "demo-key", "secret"}});
            m_page->trial()->showTrial(trial);
            m_page->trial()->result()->showTab(AuthResultView::Signature);
        }
    } else if (state.startsWith(QStringLiteral("matrix"))) {
        m_page->showTab(AuthorizationPage::Matrix);
        if (state == QStringLiteral("matrix")) {
            m_page->matrix()->fill();
            matrix().setExpectation(cell("ben", "private-warehouse"), Expectation::Deny);
            matrix().setExpectation(cell("ana", "private-warehouse"), Expectation::Allow);
            runMatrix();
            m_page->setConfiguration(rulesOf("driver"));
            runMatrix();
        }
    } else {
        m_page->showTab(state == QStringLiteral("personas") ? AuthorizationPage::Personas
                                                            : AuthorizationPage::Decisions);
    }
    QTest::qWait(20);
    if (const QString folder = qEnvironmentVariable("CASTDECK_PICTURES"); !folder.isEmpty())
        QVERIFY(m_page->grab().save(
            QStringLiteral("%1/auth-%2.png").arg(folder, QString::fromLatin1(QTest::currentDataTag()))));
    for (const auto* button : m_page->findChildren<QPushButton*>()) {
        if (button->isVisible())
            QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->objectName()));
    }
    for (const auto* widget : m_page->findChildren<QWidget*>()) {
        const bool takesFocus = widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0 &&
                                widget->focusProxy() == nullptr &&
                                !widget->objectName().startsWith(QStringLiteral("qt_"));
        if (takesFocus)
            QVERIFY2(!widget->accessibleName().isEmpty() || qobject_cast<const QAbstractButton*>(widget) != nullptr ||
                         qobject_cast<const QTabBar*>(widget) != nullptr,
                     qPrintable(widget->objectName() + QLatin1String{widget->metaObject()->className()}));
    }
    QCOMPARE(m_page->size(), size); // Nothing asks for more.
}

QTEST_MAIN(AuthLabTest)
#include "auth_lab_test.moc"
