#include "app/castdeck/live_profiles.h"

#include "app/castdeck/stored_state.h"
#include "core/base/json.h"
#include "ui/bridge/keychain.h"
#include "ui/bridge/profile_endpoint.h"
#include "ui/main_window.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/connect_page.h"
#include "ui/pages/secret_settings.h"
#include "ui/pages/settings_page.h"
#include "ui/pages/trial_panel.h"

#include <QtCore/QEvent>
#include <QtCore/QPointer>

#include <utility>

namespace castdeck::app {

namespace {

constexpr const char* settingsCollection = "settings";
constexpr const char* vaultId = "vault";
constexpr const char* watchedCollection = "watched"; ///< Channels the console listens to, by profile.

/// The place of secrets is chosen once and stays.
remote::SecretPlace chosenPlace(const ui::Documents& documents)
{
    const std::optional<std::string> kept = documents.find(settingsCollection, vaultId);
    if (kept == R"("wallet")")
        return remote::SecretPlace::Wallet;
    return kept == R"("file")" ? remote::SecretPlace::File : remote::SecretPlace::Undecided;
}

void keepPlace(ui::Documents& documents, remote::SecretPlace place)
{
    switch (place) {
    case remote::SecretPlace::Wallet: documents.put(settingsCollection, vaultId, R"("wallet")"); break;
    case remote::SecretPlace::File: documents.put(settingsCollection, vaultId, R"("file")"); break;
    case remote::SecretPlace::Undecided:
    case remote::SecretPlace::Session: documents.remove(settingsCollection, vaultId); break; // Asked for in each run.
    }
}

remote::SecretVault::Options vaultOptions(const ui::Documents& documents, const std::filesystem::path& folder)
{
    remote::SecretVault::Options options;
    options.wallet = std::make_unique<ui::Keychain>();
    options.file = folder / "secrets.json";
    options.chosen = chosenPlace(documents);
    return options;
}

std::string toText(const std::vector<std::string>& names)
{
    std::string text = "[";
    for (const std::string& name : names)
        text += (text.size() == 1 ? "" : ",") + json::toString(name);
    return text + "]";
}

std::vector<std::string> namesIn(const std::string& text)
{
    std::vector<std::string> names;
    const auto list = json::Value::parse(text);
    if (!list || !list->is(json::Kind::Array))
        return names;
    for (const json::Value& name : list->elements()) {
        if (name.is(json::Kind::String))
            names.push_back(name.text());
    }
    return names;
}

/// Also when it is called or coloured otherwise.
bool isSameServer(ui::Profile a, const ui::Profile& b)
{
    a.name = b.name;
    a.color = b.color;
    return a == b;
}

} // namespace

LiveProfiles::LiveProfiles(ui::MainWindow& window, StoredState& state, const std::filesystem::path& folder)
    : m_window{window}
    , m_state{state}
    , m_book{state.documents()}
    , m_vault{vaultOptions(state.documents(), folder)}
    , m_page{new ui::ConnectPage{m_book, m_vault}}
{
    m_window.setConnectPage(m_page);
    connectWindow();
    connect(&m_vault, &remote::SecretVault::placeChosen, this,
            [this](remote::SecretPlace place) { keepPlace(m_state.documents(), place); });
    connect(&m_book, &ui::ProfileBook::changed, this, &LiveProfiles::offerKnown);
    connect(&m_book, &ui::ProfileBook::changed, this, &LiveProfiles::showLooks);
    connect(&m_book, &ui::ProfileBook::removed, this, [this](const std::string& id) {
        close(id);
        m_state.documents().remove(watchedCollection, id);
        const QPointer<LiveProfiles> self{this};
        m_vault.remove(id, [self](const Result<void>& outcome) {
            if (self && !outcome)
                self->m_window.tell(tr("The secret of the profile could not be deleted: %1.")
                                        .arg(QString::fromStdString(outcome.error().detail)));
        });
    });
    ui::addSecretSettings(
        *m_window.settingsPage(), m_vault, [this] { return profileIds(); },
        [this] { Q_EMIT m_window.connectRequested(); });
    m_vault.start();
    offerKnown();
}

LiveProfiles::~LiveProfiles()
{
    while (!m_bridges.empty())
        close(std::string{m_bridges.begin()->first});
    m_window.setConnectPage(nullptr); // It knows the book and the vault.
}

void LiveProfiles::connectWindow()
{
    connect(&m_window, &ui::MainWindow::connectRequested, this, [this] {
        m_window.showPage(ui::MainWindow::Connect);
        m_page->startNew();
    });
    connect(&m_window, &ui::MainWindow::profileRequested, this, &LiveProfiles::openKnown);
    connect(&m_window, &ui::MainWindow::profileCloseRequested, this, &LiveProfiles::close);
    connect(&m_window, &ui::MainWindow::profileEditRequested, this, &LiveProfiles::askFor);
    connect(&m_window, &ui::MainWindow::profileCheckRequested, this, [this](const std::string& id) {
        m_window.showPage(ui::MainWindow::Connect);
        m_page->check(id);
    });
    connect(m_page, &ui::ConnectPage::connected, this, &LiveProfiles::open);
    connect(m_page, &ui::ConnectPage::saved, this, &LiveProfiles::tellSaved);
    connect(m_page, &ui::ConnectPage::removed, this, [this](const QString& name) {
        m_window.showPage(ui::MainWindow::Home);
        m_window.tell(tr("%1 is removed.").arg(name));
    });
    connect(m_page, &ui::ConnectPage::cancelled, this, [this] { m_window.showPage(ui::MainWindow::Home); });
}

void LiveProfiles::tellSaved(const ui::Profile& profile)
{
    const auto live = m_bridges.find(profile.id);
    const bool waits = live != m_bridges.end() && !isSameServer(live->second->profile(), profile);
    m_window.showPage(ui::MainWindow::Home);
    m_window.tell(waits ? tr("%1 is saved. What was changed counts when it connects again.").arg(profile.name)
                        : tr("%1 is saved.").arg(profile.name));
}

/// A name and a colour count at once, also of what is connected.
void LiveProfiles::showLooks()
{
    for (const auto& [id, bridge] : m_bridges) {
        if (const ui::Profile* profile = m_book.find(id))
            m_window.showLook(id, profile->name, profile->color);
    }
}

std::vector<std::string> LiveProfiles::profileIds() const
{
    std::vector<std::string> ids;
    for (const ui::KeptProfile& kept : m_book.all())
        ids.push_back(kept.profile.id);
    return ids;
}

/// What is known of it, to be completed or changed.
void LiveProfiles::askFor(const std::string& id)
{
    if (m_book.find(id) == nullptr)
        return m_window.tell(
            tr("This server comes from the configuration of the window, which is where to change it."));
    m_window.showPage(ui::MainWindow::Connect);
    m_page->edit(id); // Puts the cursor where it belongs.
}

/// With its secret at once; without, the form asks for it.
void LiveProfiles::openKnown(const std::string& id)
{
    const QPointer<LiveProfiles> self{this};
    m_vault.read(id, [self, id](const Result<std::string>& secret) {
        if (self == nullptr)
            return;
        const ui::Profile* profile = self->m_book.find(id);
        if (profile == nullptr)
            return;
        if (secret && !secret->empty()) {
            self->m_book.markUsed(id, std::chrono::system_clock::now());
            self->open(ui::Profile{*profile}, *secret);
            return;
        }
        self->askFor(id);
    });
}

void LiveProfiles::open(const ui::Profile& profile, const std::string& secret)
{
    const auto endpoint = ui::endpointOf(profile, secret);
    if (!endpoint)
        return askFor(profile.id);
    const auto live = m_bridges.find(profile.id);
    if (live != m_bridges.end() && isSameServer(live->second->profile(), profile) &&
        live->second->endpoint().secret == secret) {
        if (live->second->state() != remote::PusherClient::State::Connected)
            live->second->startServer();
    } else {
        close(profile.id); // What was changed on the form counts from here on.
        start(profile, *endpoint);
    }
    m_window.showWorkspace(profile.id);
    m_window.showPage(ui::MainWindow::Log);
}

void LiveProfiles::attach(const ui::Profile& profile, const std::string& secret)
{
    const auto endpoint = ui::endpointOf(profile, secret);
    if (endpoint && !m_bridges.contains(profile.id))
        start(profile, *endpoint);
}

void LiveProfiles::start(const ui::Profile& profile, const remote::PusherEndpoint& endpoint)
{
    auto& bridge = m_bridges[profile.id] = std::make_unique<ui::RemoteBridge>(profile, endpoint);
    ui::WindowSettings settings;
    settings.connections = bridge->connectionsShown();
    hub::AppConfig app; // Without the secret, which the bridge has.
    app.id = endpoint.appId;
    app.key = endpoint.key;
    settings.apps = {std::move(app)};
    ui::Workspace* workspace = m_window.addWorkspace({.server = *bridge,
                                                      .connections = *bridge,
                                                      .documents = m_state.documents(),
                                                      .archive = m_state.archiveOf(profile.id),
                                                      .endpoint = endpoint,
                                                      .remote = bridge.get()},
                                                     settings, profile);
    workspace->authorizationPage()->trial()->setServer(endpoint.socketUrl());
    workspace->installEventFilter(this);
    const auto tell = [workspace, bridge = bridge.get()] { workspace->setStateWords(bridge->stateWords()); };
    connect(bridge.get(), &ui::RemoteBridge::stateWordsChanged, workspace, tell);
    if (const auto watched = m_state.documents().find(watchedCollection, profile.id)) {
        for (const std::string& channel : namesIn(*watched))
            bridge->watch(channel);
    }
    const auto tellFacts = [this, workspace, bridge = bridge.get()] {
        const ui::RemoteFacts facts = bridge->facts();
        workspace->showFacts(facts);
        keepWatched(workspace->profile().id, facts.watched);
    };
    connect(bridge.get(), &ui::RemoteBridge::factsChanged, workspace, tellFacts);
    tellFacts();
    bridge->setPolling(workspace->isVisible());
    bridge->setView(workspace);
    bridge->startServer();
    tell();
}

void LiveProfiles::keepWatched(const std::string& id, const std::vector<std::string>& watched)
{
    const std::string text = toText(watched);
    if (m_state.documents().find(watchedCollection, id).value_or("[]") != text)
        m_state.documents().put(watchedCollection, id, text);
}

/// Polling costs requests, so the server is asked while its workspace is looked at.
bool LiveProfiles::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::Show && event->type() != QEvent::Hide)
        return false;
    for (const auto& [id, bridge] : m_bridges) {
        if (m_window.workspace(id) == watched)
            bridge->setPolling(event->type() == QEvent::Show);
    }
    return false;
}

ui::RemoteBridge* LiveProfiles::bridge(const std::string& id) const
{
    const auto it = m_bridges.find(id);
    return it == m_bridges.end() ? nullptr : it->second.get();
}

void LiveProfiles::close(const std::string& id)
{
    const auto it = m_bridges.find(id);
    if (it == m_bridges.end())
        return;
    it->second->setView(nullptr);
    m_window.removeWorkspace(id);
    m_bridges.erase(it);
}

void LiveProfiles::offerKnown()
{
    constexpr std::size_t offered = 8;
    std::vector<ui::Profile> known;
    for (ui::Profile& profile : m_book.recent(offered)) {
        if (profile.id != ui::Profile::localId)
            known.push_back(std::move(profile));
    }
    m_window.setKnownProfiles(std::move(known));
}

} // namespace castdeck::app
