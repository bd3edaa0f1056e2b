#include "ui/actions/window_actions.h"

#include "ui/actions/action_list.h"
#include "ui/main_window.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/log_page.h"
#include "ui/pages/send_page.h"
#include "ui/theme/curtain.h"
#include "ui/widgets/inspector.h"

#include <QtWidgets/QApplication>

namespace castdeck::ui {

namespace {

void bindPages(ActionList& actions, MainWindow& window)
{
    const std::pair<const char*, int> pages[] = {
        {"go.home", MainWindow::Home},
        {"go.send", MainWindow::Send},
        {"go.log", MainWindow::Log},
        {"go.channels", MainWindow::Channels},
        {"go.connections", MainWindow::Connections},
        {"go.stats", MainWindow::Stats},
        {"go.auth", MainWindow::Authorization},
        {"settings", MainWindow::Settings},
    };
    for (const auto& [id, page] : pages)
        actions.bind(id, &window, [&window, page = page] { window.showPage(page); });
    actions.bind("go.apps", &window, [&window] { window.showServer(); });
    actions.bind("go.pane.next", &window, [&window] { window.focusNextPane(true); });
    actions.bind("go.pane.previous", &window, [&window] { window.focusNextPane(false); });
    actions.bind("help", &window, [&window] { window.showHelpForPage(); });
    actions.bind("shortcuts", &window, [&window] { window.openShortcuts(); });
    actions.bind("palette", &window, [&window] { window.openPalette(); });
    actions.bind("quit", &window, [&window] { window.close(); });
    actions.bind("about", &window, [&window] { window.showSettings(QStringLiteral("about")); });
}

void bindLog(ActionList& actions, MainWindow& window)
{
    actions.bind("filter", &window, [&window] { window.workspace()->focusFilter(); });
    actions.bind("log.pause", &window, [&window] { window.logPage()->togglePause(); });
    actions.bind("log.clear", &window, [&window] { window.logPage()->clear(); });
    const auto onLog = [&window](void (LogPage::*act)()) {
        return [&window, act] {
            window.showPage(MainWindow::Log);
            (window.logPage()->*act)();
        };
    };
    actions.bind("log.columns", &window, onLog(&LogPage::showColumnMenu));
    actions.bind("log.search", &window, onLog(&LogPage::searchStored));
    actions.bind("log.export", &window, onLog(&LogPage::toggleExport));
    actions.bind("log.talkers", &window, onLog(&LogPage::toggleTalkers));
    const std::pair<const char*, int> tabs[] = {
        {"log.delivery", Inspector::Delivery}, {"log.code", Inspector::Code}, {"log.compare", Inspector::Compare}};
    for (const auto& [id, tab] : tabs) {
        actions.bind(id, &window, [&window, tab = tab] {
            window.showPage(MainWindow::Log);
            window.workspace()->showInspector(tab);
        });
    }
    actions.bind("log.errors", &window, [&window] {
        window.showPage(MainWindow::Log);
        window.workspace()->showErrors();
    });
}

/// What the lists and the composer do by keys of their own is offered by menu and palette, too.
void bindSend(ActionList& actions, MainWindow& window)
{
    const auto onSend = [&window](void (SendPage::*act)()) {
        return [&window, act] {
            window.showPage(MainWindow::Send);
            (window.sendPage()->*act)();
        };
    };
    const auto onComposer = [&window](void (SendPage::*act)()) {
        return [&window, act] {
            window.workspace()->showComposer();
            (window.sendPage()->*act)();
        };
    };
    actions.bind("send.new", &window, onComposer(&SendPage::focusComposer));
    actions.bind("send.run", &window, onComposer(&SendPage::send));
    actions.bind("send.template", &window, onSend(&SendPage::saveAsTemplate));
    actions.bind("send.problem", &window, onComposer(&SendPage::showNextProblem));
    actions.bind("send.copy.curl", &window, onComposer(&SendPage::copyAsCurl));
    actions.bind("send.board", &window, onSend(&SendPage::focusBoard));
    actions.bind("send.history", &window, onSend(&SendPage::showHistory));
}

void bindAuthorization(ActionList& actions, MainWindow& window)
{
    const std::pair<const char*, AuthorizationPage::Tab> tabs[] = {{"auth.rules", AuthorizationPage::Rules},
                                                                   {"auth.try", AuthorizationPage::Try},
                                                                   {"auth.matrix", AuthorizationPage::Matrix},
                                                                   {"auth.personas", AuthorizationPage::Personas},
                                                                   {"auth.decisions", AuthorizationPage::Decisions}};
    for (const auto& [id, tab] : tabs) {
        actions.bind(id, &window, [&window, tab = tab] {
            window.showPage(MainWindow::Authorization);
            window.authorizationPage()->showTab(tab);
        });
    }
    const std::pair<const char*, void (AuthorizationPage::*)()> runs[] = {
        {"auth.run", &AuthorizationPage::run},
        {"auth.matrix.all", &AuthorizationPage::runAll},
        {"auth.matrix.changed", &AuthorizationPage::runChanged}};
    for (const auto& [id, run] : runs) {
        actions.bind(id, &window, [&window, run = run] {
            window.showPage(MainWindow::Authorization);
            (window.authorizationPage()->*run)();
        });
    }
    actions.bind("subscriber.new", &window, [&window] { window.workspace()->showSubscribers(); });
    actions.bind("profile.connect", &window, [&window] { Q_EMIT window.connectRequested(); });
}

/// They are about the selected row, so they can be run where it can be seen.
void bindRows(ActionList& actions, MainWindow& window)
{
    const std::pair<const char*, void (LogPage::*)()> rows[] = {
        {"log.list.mark.a", &LogPage::markA},
        {"log.list.mark.b", &LogPage::markB},
        {"log.list.bookmark", &LogPage::toggleBookmark},
        {"log.list.bookmark.next", &LogPage::nextBookmark},
        {"log.list.error.next", &LogPage::nextError},
        {"log.list.socket", &LogPage::followSocket},
        {"log.list.hide", &LogPage::hideChannel},
        {"log.list.user", &LogPage::followUser},
        {"log.list.copy", &LogPage::copyPayload},
        {"log.list.pause", &LogPage::togglePause},
        {"log.list.follow", &LogPage::follow},
    };
    const auto isOnLog = [&window] { return window.currentPage() == MainWindow::Log; };
    for (const auto& [id, act] : rows)
        actions.bind(id, &window, [&window, act = act] { (window.logPage()->*act)(); }, isOnLog);
    actions.bind("log.list.inspect", &window, [&window] { window.workspace()->setInspectorWanted(true); }, isOnLog);
}

void bindServer(ActionList& actions, MainWindow& window)
{
    const auto state = [&window] { return window.workspace()->snapshot()->server.state; };
    const auto isOff = [state] {
        return state() == engine::ServerState::Stopped || state() == engine::ServerState::Failed;
    };
    const auto isEmbedded = [&window] { return window.workspace()->profile().kind == Profile::Kind::Embedded; };
    actions.bind(
        "server.start", &window, [&window] { window.workspace()->server().startServer(); },
        [isOff, isEmbedded] { return isEmbedded() && isOff(); });
    actions.bind(
        "server.stop", &window, [&window] { window.workspace()->server().stopServer(); },
        [isOff, isEmbedded] { return isEmbedded() && !isOff(); });
    actions.bind("server.reload", &window, [&window] { Q_EMIT window.reloadRequested(); });
    actions.bind(
        "profile.next", &window, [&window] { window.showNextWorkspace(); },
        [&window] { return window.workspaces().size() > 1; });
    const auto id = [&window] { return window.workspace()->profile().id; };
    const auto isElsewhere = [isEmbedded] { return !isEmbedded(); };
    actions.bind("profile.edit", &window, [&window, id] { Q_EMIT window.profileEditRequested(id()); }, isElsewhere);
    actions.bind("profile.check", &window, [&window, id] { Q_EMIT window.profileCheckRequested(id()); }, isElsewhere);
    actions.bind("profile.close", &window, [&window, id] { Q_EMIT window.profileCloseRequested(id()); }, isElsewhere);
    actions.bind("profile.lock", &window, [&window] { window.turnLock(); });
}

void bindView(ActionList& actions, MainWindow& window, Theme& theme)
{
    actions.bind("view.inspector", &window,
                 [&window] { window.workspace()->setInspectorWanted(!window.workspace()->wantsInspector()); });
    actions.bind("view.composer", &window, [&window] { window.workspace()->toggleComposer(); });
    actions.bind("view.navigation", &window, [&window] { window.toggleNavigation(); });
    actions.bind("layout.operator", &window, [&window] { window.arrange(Arrangement::Operator); });
    actions.bind("layout.developer", &window, [&window] { window.arrange(Arrangement::Developer); });
    actions.bind("layout.presenter", &window, [&window] {
        window.arrange(window.arrangement() == Arrangement::Presenter ? Arrangement::Developer
                                                                      : Arrangement::Presenter);
    });
    actions.bind("view.secrets", &window, [] { Curtain::instance().setDrawn(!Curtain::instance().isDrawn()); });
    actions.bind("layout.reset", &window, [&window] { window.resetLayout(); });
    actions.bind("theme.system", &window, [&theme] { theme.setChoice(Theme::Choice::System); });
    actions.bind("theme.light", &window, [&theme] { theme.setChoice(Theme::Choice::Light); });
    actions.bind("theme.dark", &window, [&theme] { theme.setChoice(Theme::Choice::Dark); });
    actions.bind("zoom.in", &window, [&theme] { theme.setZoom(theme.zoom() + Theme::zoomStep); });
    actions.bind("zoom.out", &window, [&theme] { theme.setZoom(theme.zoom() - Theme::zoomStep); });
    actions.bind("zoom.reset", &window, [&theme] { theme.setZoom(100); });
}

} // namespace

void bindWindowActions(ActionList& actions, MainWindow& window, Theme& theme)
{
    bindPages(actions, window);
    bindLog(actions, window);
    bindSend(actions, window);
    bindAuthorization(actions, window);
    bindRows(actions, window);
    bindServer(actions, window);
    bindView(actions, window, theme);
}

} // namespace castdeck::ui
