#include "app/castdeck/console.h"

#include "app/castdeck/daemon_search.h"
#include "app/castdeck/first_free_port.h"
#include "app/castdeck/live_configuration.h"
#include "app/castdeck/live_profiles.h"
#include "app/castdeck/state_notices.h"
#include "app/castdeck/stored_state.h"
#include "app/castdeck/window_state.h"
#include "core/engine/server_options.h"
#include "core/engine/stored_outbox.h"
#include "core/remote/driver_transport.h"
#include "core/remote/forwarder.h"
#include "core/remote/http_thread.h"
#include "core/remote/webhook_transport.h"
#include "ui/bridge/connections_bridge.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/models/preferences.h"
#include "ui/models/profile_words.h"
#include "ui/theme/curtain.h"
#include "ui/theme/theme.h"

namespace castdeck::app {

namespace {

engine::EngineOptions engineOptions(const engine::Configuration& file, const remote::HttpThread& http,
                                    std::uint16_t port, std::function<void(const std::string&)> outboxNotice)
{
    engine::EngineOptions options = engine::serverOptions(file.settings());
    options.port = port;
    options.forwarder = remote::forwarder(http);
    options.webhookTransport = remote::webhookTransport(http);
    options.webhookOutbox = engine::outboxOf(file.path(), std::move(outboxNotice));
    return options;
}

broadcast::Services services(const ui::EngineBridge& bridge, const remote::HttpThread& http)
{
    broadcast::Services result;
    result.local = bridge.localPublisher();
    result.http = remote::driverTransport(http);
    return result;
}

/// From here on, and whenever it is set otherwise. The archive outlives the preferences.
void keepAsSet(ui::Preferences& preferences, store::Archive* archive)
{
    using enum ui::Preference;
    if (archive == nullptr)
        return;
    const auto apply = [&preferences, archive] {
        store::Retention retention;
        retention.logAge = std::chrono::days{preferences.value(LogDays)};
        retention.logRows = std::int64_t{1'000} * preferences.value(LogRows);
        retention.bytes = std::int64_t{1'048'576} * preferences.value(LogMegabytes);
        retention.sentRows = std::int64_t{1'000} * preferences.value(SentRows);
        archive->setRetention(retention);
    };
    QObject::connect(&preferences, &ui::Preferences::changed, &preferences, apply);
    apply();
}

} // namespace

Console::Console(const LaunchOptions& launch, const engine::Configuration& file, ui::Theme& theme)
    : m_theme{theme}
    , m_folder{QString::fromStdString(file.path().parent_path().string())}
    , m_wantedPort{launch.port.value_or(file.settings().base.server.port)}
    , m_http{std::make_unique<remote::HttpThread>()}
    , m_bridge{std::make_unique<ui::EngineBridge>(
          engineOptions(file, *m_http, m_wantedPort, [this](const std::string& notice) { postOutboxNotice(notice); }))}
    , m_connections{std::make_unique<ui::ConnectionsBridge>(file.settings().connections, services(*m_bridge, *m_http))}
    , m_state{std::make_unique<StoredState>(file.path())}
{
    const engine::Settings& settings = file.settings();
    const store::ServerConfig& server = settings.base.server;
    m_bridge->setPortFinder([listen = QString::fromStdString(server.listen), wanted = m_wantedPort] {
        return firstFreePort(listen, wanted).value_or(wanted);
    });
    m_window = std::make_unique<ui::MainWindow>(m_theme, m_state->documents());
    keepAsSet(m_window->preferences(), m_state->archive());
    ui::Workspace::Controls controls{*m_bridge, *m_connections, m_state->documents(), m_bridge.get()};
    controls.archive = m_state->archiveOf(ui::Profile::localId);
    ui::Workspace& local = *m_window->addWorkspace(
        controls, {.apps = server.apps, .authorization = settings.authorization, .connections = settings.connections},
        ui::localProfile());
    local.setWantedPort(m_wantedPort);
    m_configuration = std::make_unique<LiveConfiguration>(
        LiveConfiguration::Parts{*m_bridge, *m_connections, *m_window, local}, file);
    showNotices();
    tellOfState(*m_state, *m_window);
    m_window->setDataFolder(m_folder);
    m_profiles = std::make_unique<LiveProfiles>(*m_window, *m_state, file.path().parent_path());
    m_daemon = std::make_unique<DaemonSearch>(server, m_wantedPort);
    restoreWindow(m_folder, *m_window, m_theme);
    m_bridge->setView(&local);
    m_connections->setView(&local);
}

Console::~Console()
{
    saveWindow(m_folder, *m_window, m_theme);
    m_bridge->setView(nullptr);
    m_connections->setView(nullptr);
}

/// Called on the webhook thread, which ends before the inbox does.
void Console::postOutboxNotice(const std::string& notice)
{
    QMetaObject::invokeMethod(
        &m_inbox,
        [this, notice] {
            m_outboxNotice = QString::fromStdString(notice);
            showNotices();
        },
        Qt::QueuedConnection);
}

void Console::showNotices()
{
    m_configuration->setStoreNotice((m_outboxNotice + u'\n' + m_state->notice()).trimmed());
}

void Console::reload()
{
    m_configuration->reload();
}

void Console::start()
{
    m_window->show();
    startOrAttach();
}

void Console::startOrAttach()
{
    QObject::connect(m_daemon.get(), &DaemonSearch::ended, m_window.get(), [this](const auto& found) {
        if (found.empty()) {
            if (m_window->preferences().value(ui::Preference::StartServer) != 0)
                m_bridge->startServer();
            return;
        }
        for (const DaemonSearch::Found& app : found)
            m_profiles->attach(app.profile, app.secret);
        m_window->showWorkspace(found.front().profile.id);
        const QString address = ui::addressOf(found.front().profile);
        m_window->tell(
            QObject::tr("The server runs already, without a window: connected to %1").arg(ui::behindCurtain(address)));
        m_window->setQuitNotice(
            QObject::tr("The server of %1 was started without this window and goes on when it closes.")
                .arg(found.front().profile.name));
    });
    m_daemon->start();
}

} // namespace castdeck::app
