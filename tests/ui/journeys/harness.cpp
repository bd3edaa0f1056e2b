#include "tests/ui/journeys/harness.h"

#include "app/castdeck/configuration.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/bridge/engine_bridge.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtWidgets/QApplication>

namespace castdeck::test {

using namespace std::chrono;

Harness::Harness(Journey& journey) : m_journey{journey}
{
    // Whatever the program keeps outside its configuration folder is to be the journey's own as well.
    for (const char* place : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
        qputenv(place, (m_folder.path() + u'/' + QLatin1String{place}).toUtf8());
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // No wallet of somebody's desktop.
    setConfiguration(configuration());
}

Harness::~Harness()
{
    close();
}

hub::AppConfig Harness::app()
{
    hub::AppConfig app;
    app.id = "1001";
    app.name = "Harbour";
    app.key = "journey-key";
    app.secret = secret().toStdString();
    return app;
}

QByteArray Harness::secret()
{
    return QByteArrayLiteral("marker-secret-8c41f0d2");
}

QByteArray Harness::configuration(const QByteArray& more)
{
    return R"({"version":1,"server":{"apps":[{"app_id":"1001","name":"Harbour","key":"journey-key","secret":")" +
           secret() + R"(","client_events":true}]})" + (more.isEmpty() ? QByteArray{} : ',' + more) + '}';
}

void Harness::setConfiguration(const QByteArray& json)
{
    QFile file{m_folder.filePath(QStringLiteral("broadcasting.json"))};
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
        giveUp(QStringLiteral("Cannot write the configuration"));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

milliseconds Harness::open()
{
    QElapsedTimer clock;
    clock.start();
    app::LaunchOptions launch;
    launch.configFolder = m_folder.path();
    launch.port = m_port;
    auto file = app::loadOrCreate(app::configurationPath(launch.configFolder));
    if (!file)
        giveUp(QString::fromStdString(file.error().detail));
    if (file->hasErrors())
        giveUp(app::sentencesOf(*file, store::Severity::Error).join(u'\n'));
    m_theme = std::make_unique<ui::Theme>();
    m_console = std::make_unique<app::Console>(launch, *file, *m_theme);
    m_console->start();
    if (!waitUntil([this] { return window().isActiveWindow() && (port() != 0 || window().workspaces().size() > 1); }))
        giveUp(QStringLiteral("The window does not open, or its server does not start"));
    return milliseconds{clock.elapsed()};
}

void Harness::close()
{
    m_console.reset();
    m_theme.reset();
}

quint16 Harness::port() const
{
    const auto snapshot = m_console->bridge().snapshot();
    return snapshot->server.state == engine::ServerState::Running ? snapshot->server.port : quint16{0};
}

NodeActor& Harness::actor()
{
    m_actors.push_back(std::make_unique<NodeActor>());
    m_journey.addProcess(m_actors.back()->processId());
    return *m_actors.back();
}

QJsonObject Harness::address(const QString& client) const
{
    return {{QStringLiteral("client"), client},
            {QStringLiteral("port"), port()},
            {QStringLiteral("key"), QString::fromStdString(app().key)}};
}

QString Harness::client(NodeActor& actor, const QString& name, const QStringList& channels, const QString& kind)
{
    const QJsonObject opened = actor.ask(kind, address(name));
    if (opened.contains(QStringLiteral("error")))
        giveUp(name + QStringLiteral(": ") + opened[QLatin1String{"error"}].toString());
    for (const QString& channel : channels) {
        const QJsonObject joined =
            actor.ask(QStringLiteral("join"), {{QStringLiteral("client"), name}, {QStringLiteral("channel"), channel}});
        if (joined.contains(QStringLiteral("error")))
            giveUp(name + QStringLiteral(": ") + joined[QLatin1String{"error"}].toString());
    }
    return opened[QLatin1String{"socketId"}].toString();
}

QString Harness::faults()
{
    m_journey.end();
    close();
    m_journey.lookForSecrets(m_folder.path(), m_secrets, {QStringLiteral("broadcasting.json*")});
    m_journey.lookForSecrets(m_journey.folder().path(), m_secrets, {});
    return m_journey.faults();
}

} // namespace castdeck::test
