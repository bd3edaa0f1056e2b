#include "ui/frame/palette_commands.h"

#include "ui/actions/action_list.h"
#include "ui/frame/frame_words.h"
#include "ui/main_window.h"
#include "ui/models/template_list.h"
#include "ui/pages/board_pane.h"
#include "ui/pages/send_page.h"
#include "ui/text/shown_text.h"

namespace castdeck::ui {

namespace {

constexpr std::size_t longestName = 200;

void addActions(std::vector<Command>& all, MainWindow& window)
{
    ActionList* const list = &window.actions();
    for (const ActionSpec& spec : actionSpecs()) {
        if (list->canRun(spec.id) && spec.id != "palette")
            all.push_back({iconOf(spec.menu), textOf(spec), titleOf(spec.menu), list->shownKeys(spec),
                           [list, id = spec.id] { list->run(id); }});
    }
}

void addProfiles(std::vector<Command>& all, MainWindow& window)
{
    for (const Profile& profile : window.knownProfiles()) {
        if (window.workspace(profile.id) == nullptr)
            all.push_back({QStringLiteral("server"),
                           MainWindow::tr("Connect to %1").arg(profile.name),
                           MainWindow::tr("Profile"),
                           {},
                           [&window, id = profile.id] { Q_EMIT window.profileRequested(id); }});
    }
    for (const Workspace* live : window.workspaces()) {
        if (live != window.workspace())
            all.push_back({QStringLiteral("server"),
                           MainWindow::tr("Show %1").arg(live->profile().name),
                           MainWindow::tr("Live profile"),
                           {},
                           [&window, id = live->profile().id] { window.showWorkspace(id); }});
    }
}

void addAlerts(std::vector<Command>& all, MainWindow& window)
{
    for (const Template& alert : window.sendPage()->board()->templates().all())
        all.push_back({QStringLiteral("message"),
                       shownText(alert.name.toStdString(), longestName),
                       MainWindow::tr("Alert"),
                       {},
                       [&window, id = alert.id] {
                           window.showPage(MainWindow::Send);
                           window.sendPage()->board()->openTemplate(id);
                       }});
}

void addChannels(std::vector<Command>& all, MainWindow& window)
{
    for (const engine::ChannelSnapshot& channel : window.workspace()->snapshot()->channels)
        all.push_back({QStringLiteral("channels"),
                       shownText(channel.name, longestName),
                       MainWindow::tr("Channel"),
                       {},
                       [&window, app = channel.appId, name = channel.name] {
                           if (window.workspace() != nullptr)
                               window.workspace()->showChannel(app, name);
                       }});
}

} // namespace

std::vector<Command> paletteCommands(MainWindow& window)
{
    std::vector<Command> all;
    addActions(all, window);
    addProfiles(all, window);
    if (window.workspace() == nullptr)
        return all;
    addAlerts(all, window);
    addChannels(all, window);
    return all;
}

} // namespace castdeck::ui
