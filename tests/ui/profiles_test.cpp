#include "app/castdeck/live_profiles.h"

#include "app/castdeck/stored_state.h"
#include "tests/support/engine_fixture.h"
#include "tests/ui/find.h"
#include "ui/main_window.h"
#include "ui/models/log_model.h"
#include "ui/text/shown_text.h"
#include "ui/theme/theme.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace castdeck;
using namespace castdeck::ui;

/// Profiles of servers elsewhere in the whole window: renamed, watched through, removed.
class ProfilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aNameAndAColourCountWhileItIsConnected();
    void removingClosesItAndForgetsItsSecret();
    void whatIsWatchedIsWatchedAgain();
    void whatIsNotKeptStaysAnErrorUntilItIsSeen();

private:
    void start();
    Profile connectToServer();
    QPushButton* button(const QString& name) const
    {
        return test::findIn<QPushButton>(*m_window, name.toLatin1().constData());
    }
    std::optional<std::string> secretOf(const std::string& id);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<test::EngineFixture> m_server;
    std::unique_ptr<app::StoredState> m_state;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<app::LiveProfiles> m_profiles;
};

void ProfilesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_theme = std::make_unique<Theme>();
    m_server = std::make_unique<test::EngineFixture>();
    start();
}

void ProfilesTest::start()
{
    const std::filesystem::path file = m_folder->filePath(QStringLiteral("broadcasting.json")).toStdString();
    m_state = std::make_unique<app::StoredState>(file);
    m_window = std::make_unique<MainWindow>(*m_theme, m_state->documents());
    m_profiles = std::make_unique<app::LiveProfiles>(*m_window, *m_state, file.parent_path());
    m_profiles->vault().useSession();
    m_window->show();
}

void ProfilesTest::cleanup()
{
    m_profiles.reset();
    m_window.reset();
    m_state.reset();
    m_server.reset();
}

Profile ProfilesTest::connectToServer()
{
    Profile profile;
    profile.name = QStringLiteral("Staging");
    profile.scheme = QStringLiteral("http");
    profile.host = QStringLiteral("127.0.0.1");
    profile.port = m_server->port();
    profile.appId = toQt(m_server->app().id);
    profile.key = toQt(m_server->app().key);
    profile.id = m_profiles->book().add(profile);
    m_profiles->book().markUsed(profile.id, std::chrono::system_clock::now());
    m_profiles->vault().write(profile.id, m_server->app().secret, [](const Result<void>&) {});
    profile = *m_profiles->book().find(profile.id);
    m_profiles->open(profile, m_server->app().secret);
    return profile;
}

std::optional<std::string> ProfilesTest::secretOf(const std::string& id)
{
    std::optional<std::string> secret;
    m_profiles->vault().read(id, [&](const Result<std::string>& found) {
        if (found)
            secret = *found;
    });
    return secret;
}

void ProfilesTest::aNameAndAColourCountWhileItIsConnected()
{
    const Profile profile = connectToServer();
    QTRY_VERIFY(m_profiles->bridge(profile.id)->state() == remote::PusherClient::State::Connected);
    const RemoteBridge* const before = m_profiles->bridge(profile.id);
    m_window->showPage(MainWindow::Home);
    button(QStringLiteral("home.edit.") + toQt(profile.id))->click();
    test::findIn<QLineEdit>(*m_window, "profile.name")->setText(QStringLiteral("Shop"));
    test::findIn<QComboBox>(*m_window, "profile.color")->setCurrentIndex(static_cast<int>(Profile::Color::Red));
    button(QStringLiteral("connect.save"))->click();
    QCOMPARE(m_window->workspace(profile.id)->profile().name, QStringLiteral("Shop"));
    QVERIFY(m_window->workspace(profile.id)->profile().color == Profile::Color::Red);
    QVERIFY(button(QStringLiteral("toolbar.profile"))->text().contains(QStringLiteral("Shop")));
    QCOMPARE(m_window->currentPage(), int{MainWindow::Home});
    m_profiles->open(*m_profiles->book().find(profile.id), m_server->app().secret);
    QCOMPARE(m_profiles->bridge(profile.id), before); // Not connected anew for a name.
}

void ProfilesTest::removingClosesItAndForgetsItsSecret()
{
    const Profile profile = connectToServer();
    m_profiles->bridge(profile.id)->watch("orders");
    QVERIFY(m_state->documents().find("watched", profile.id).has_value());
    QVERIFY(secretOf(profile.id).has_value());
    m_window->showPage(MainWindow::Server);
    button(QStringLiteral("server.edit"))->click();
    button(QStringLiteral("connect.remove"))->click();
    button(QStringLiteral("connect.sure.confirm"))->click();
    QVERIFY(m_profiles->bridge(profile.id) == nullptr);
    QVERIFY(m_window->workspace(profile.id) == nullptr);
    QVERIFY(!secretOf(profile.id).has_value());
    QVERIFY(!m_state->documents().find(ProfileBook::collection, profile.id).has_value());
    QVERIFY(!m_state->documents().find("watched", profile.id).has_value());
    QTRY_VERIFY(m_window->findChild<QPushButton*>(QStringLiteral("home.edit.") + toQt(profile.id)) == nullptr);
}

void ProfilesTest::whatIsWatchedIsWatchedAgain()
{
    const Profile profile = connectToServer();
    m_profiles->bridge(profile.id)->watch("private-orders");
    cleanup();
    m_server = std::make_unique<test::EngineFixture>();
    start();
    Profile again = *m_profiles->book().find(profile.id);
    again.port = m_server->port();
    m_profiles->open(again, m_server->app().secret);
    QVERIFY(m_server->waitFor([](const engine::Snapshot& snapshot) { return snapshot.channelCount == 1; }));
    QCOMPARE(m_profiles->bridge(profile.id)->facts().watched, std::vector<std::string>{"private-orders"});
}

void ProfilesTest::whatIsNotKeptStaysAnErrorUntilItIsSeen()
{
    const Profile profile = connectToServer();
    Workspace& workspace = *m_window->workspace(profile.id);
    QTRY_COMPARE(workspace.unseenErrors(), std::size_t{0});
    Q_EMIT m_state->archiveOf(profile.id)->troubled(QStringLiteral("What was sent is not kept: the disk is full."));
    QTRY_COMPARE(workspace.unseenErrors(), std::size_t{1});
    QTRY_COMPARE(button(QStringLiteral("status.errors"))->text(), QStringLiteral("1 error"));
    button(QStringLiteral("status.errors"))->click();
    QCOMPARE(workspace.unseenErrors(), std::size_t{0});
    QTRY_VERIFY(workspace.logModel()->rowCount() > 0);
}

QTEST_MAIN(ProfilesTest)
#include "profiles_test.moc"
