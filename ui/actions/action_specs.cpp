#include "ui/actions/action_list.h"

#include <QtCore/QCoreApplication>

#include <array>

namespace castdeck::ui {

namespace {

using enum ActionContext;
using Menu = ActionMenu;

constexpr std::array specs{
    ActionSpec{"palette", QT_TRANSLATE_NOOP("Actions", "Find a command"), "Ctrl+K", Window, Menu::File},
    ActionSpec{"profile.connect", QT_TRANSLATE_NOOP("Actions", "Connect to a server"), "", Window, Menu::File},
    ActionSpec{"profile.edit", QT_TRANSLATE_NOOP("Actions", "Edit the shown profile"), "", Window, Menu::File},
    ActionSpec{"profile.check", QT_TRANSLATE_NOOP("Actions", "Check the connection"), "", Window, Menu::File},
    ActionSpec{"profile.close", QT_TRANSLATE_NOOP("Actions", "Close the shown profile"), "", Window, Menu::File},
    ActionSpec{"profile.next", QT_TRANSLATE_NOOP("Actions", "Next live profile"), "Ctrl+Tab", Window, Menu::File},
    ActionSpec{"profile.lock", QT_TRANSLATE_NOOP("Actions", "Lock or unlock sending"), "Ctrl+Shift+L", Window,
               Menu::File},
    ActionSpec{"settings", QT_TRANSLATE_NOOP("Actions", "Settings"), "Ctrl+,", Window, Menu::File},
    ActionSpec{"quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q", Window, Menu::File},

    ActionSpec{"go.home", QT_TRANSLATE_NOOP("Actions", "Home"), "Ctrl+1", Window, Menu::Go},
    ActionSpec{"go.send", QT_TRANSLATE_NOOP("Actions", "Send"), "Ctrl+2", Window, Menu::Go},
    ActionSpec{"go.log", QT_TRANSLATE_NOOP("Actions", "Live log"), "Ctrl+3", Window, Menu::Go},
    ActionSpec{"go.channels", QT_TRANSLATE_NOOP("Actions", "Channels"), "Ctrl+4", Window, Menu::Go},
    ActionSpec{"go.connections", QT_TRANSLATE_NOOP("Actions", "Connections"), "Ctrl+5", Window, Menu::Go},
    ActionSpec{"go.auth", QT_TRANSLATE_NOOP("Actions", "Auth lab"), "Ctrl+6", Window, Menu::Go},
    ActionSpec{"go.stats", QT_TRANSLATE_NOOP("Actions", "Stats"), "Ctrl+8", Window, Menu::Go},
    ActionSpec{"go.apps", QT_TRANSLATE_NOOP("Actions", "Apps"), "Ctrl+9", Window, Menu::Go},
    ActionSpec{"go.pane.next", QT_TRANSLATE_NOOP("Actions", "Next part of the window"), "F6", Window, Menu::Go},
    ActionSpec{"go.pane.previous", QT_TRANSLATE_NOOP("Actions", "Previous part of the window"), "Shift+F6", Window,
               Menu::Go},

    ActionSpec{"send.new", QT_TRANSLATE_NOOP("Actions", "New event"), "Ctrl+N", Window, Menu::Send},
    ActionSpec{"send.run", QT_TRANSLATE_NOOP("Actions", "Send the event"), "Ctrl+Return; Ctrl+Enter", Send, Menu::Send},
    ActionSpec{"send.template", QT_TRANSLATE_NOOP("Actions", "Save the message as a template"), "Ctrl+S", Send,
               Menu::Send},
    ActionSpec{"send.problem", QT_TRANSLATE_NOOP("Actions", "Composer, or its next problem"), "F8", Window, Menu::Send},
    ActionSpec{"send.copy.curl", QT_TRANSLATE_NOOP("Actions", "Copy the message as curl"), "Ctrl+Shift+C", Send,
               Menu::Send},
    ActionSpec{"send.board", QT_TRANSLATE_NOOP("Actions", "Go to the alert board"), "", Window, Menu::Send},
    ActionSpec{"send.history", QT_TRANSLATE_NOOP("Actions", "Show what was sent"), "", Window, Menu::Send},
    ActionSpec{"board.press", QT_TRANSLATE_NOOP("Actions", "Open alert 1 to 9"), "1; 2; 3; 4; 5; 6; 7; 8; 9", Board,
               Menu::Send},
    ActionSpec{"board.move", QT_TRANSLATE_NOOP("Actions", "Move the alert"), "Ctrl+Shift+Left; Ctrl+Shift+Right", Board,
               Menu::Send},

    ActionSpec{"filter", QT_TRANSLATE_NOOP("Actions", "Filter this page"), "Ctrl+F", Window, Menu::Log},
    ActionSpec{"log.pause", QT_TRANSLATE_NOOP("Actions", "Pause or go on"), "Ctrl+.", Window, Menu::Log},
    ActionSpec{"log.clear", QT_TRANSLATE_NOOP("Actions", "Clear the log, or undo that"), "Ctrl+L", Window, Menu::Log},
    ActionSpec{"log.errors", QT_TRANSLATE_NOOP("Actions", "Show errors only"), "", Window, Menu::Log},
    ActionSpec{"log.search", QT_TRANSLATE_NOOP("Actions", "Search the stored log"), "Ctrl+Shift+F", Window, Menu::Log},
    ActionSpec{"log.export", QT_TRANSLATE_NOOP("Actions", "Export what is shown"), "Ctrl+E", Window, Menu::Log},
    ActionSpec{"log.talkers", QT_TRANSLATE_NOOP("Actions", "Who talks most"), "", Window, Menu::Log},
    ActionSpec{"log.delivery", QT_TRANSLATE_NOOP("Actions", "Who got this"), "", Window, Menu::Log},
    ActionSpec{"log.code", QT_TRANSLATE_NOOP("Actions", "How to listen"), "", Window, Menu::Log},
    ActionSpec{"log.compare", QT_TRANSLATE_NOOP("Actions", "Compare A and B"), "", Window, Menu::Log},
    ActionSpec{"log.list.mark.a", QT_TRANSLATE_NOOP("Actions", "Mark the row as A"), "A", Log, Menu::Log},
    ActionSpec{"log.list.mark.b", QT_TRANSLATE_NOOP("Actions", "Mark the row as B"), "B", Log, Menu::Log},
    ActionSpec{"log.list.bookmark", QT_TRANSLATE_NOOP("Actions", "Bookmark the row"), "M", Log, Menu::Log},
    ActionSpec{"log.list.bookmark.next", QT_TRANSLATE_NOOP("Actions", "Next bookmark"), "N", Log, Menu::Log},
    ActionSpec{"log.list.error.next", QT_TRANSLATE_NOOP("Actions", "Next error"), "E", Log, Menu::Log},
    ActionSpec{"log.list.socket", QT_TRANSLATE_NOOP("Actions", "Follow the socket of the row"), "F", Log, Menu::Log},
    ActionSpec{"log.list.user", QT_TRANSLATE_NOOP("Actions", "Follow the user of the row"), "", Log, Menu::Log},
    ActionSpec{"log.list.copy", QT_TRANSLATE_NOOP("Actions", "Copy the payload of the row"), "Ctrl+C", Log, Menu::Log},
    ActionSpec{"log.list.hide", QT_TRANSLATE_NOOP("Actions", "Hide the channel of the row"), "Del", Log, Menu::Log},
    ActionSpec{"log.list.inspect", QT_TRANSLATE_NOOP("Actions", "Open the row in the inspector"), "Return", Log,
               Menu::Log},
    ActionSpec{"log.list.pause", QT_TRANSLATE_NOOP("Actions", "Pause or go on, in the list"), "Space", Log, Menu::Log},
    ActionSpec{"log.list.follow", QT_TRANSLATE_NOOP("Actions", "Follow the newest rows"), "End", Log, Menu::Log},

    ActionSpec{"subscriber.new", QT_TRANSLATE_NOOP("Actions", "New virtual subscriber"), "Ctrl+T", Window,
               Menu::Channels},
    ActionSpec{"log.columns", QT_TRANSLATE_NOOP("Actions", "Columns of the log"), "", Window, Menu::View},
    ActionSpec{"server.start", QT_TRANSLATE_NOOP("Actions", "Start the server of this program"), "", Window,
               Menu::Server},
    ActionSpec{"server.stop", QT_TRANSLATE_NOOP("Actions", "Stop the server of this program"), "", Window,
               Menu::Server},
    ActionSpec{"server.reload", QT_TRANSLATE_NOOP("Actions", "Reload the configuration"), "", Window, Menu::Server},
    ActionSpec{"auth.rules", QT_TRANSLATE_NOOP("Actions", "Authorization rules"), "", Window, Menu::Channels},
    ActionSpec{"auth.try", QT_TRANSLATE_NOOP("Actions", "Try an authorization"), "", Window, Menu::Channels},
    ActionSpec{"auth.run", QT_TRANSLATE_NOOP("Actions", "Run the try or the matrix"), "F5", Authorization,
               Menu::Channels},
    ActionSpec{"auth.matrix", QT_TRANSLATE_NOOP("Actions", "Permission matrix"), "", Window, Menu::Channels},
    ActionSpec{"auth.matrix.all", QT_TRANSLATE_NOOP("Actions", "Run the whole matrix"), "", Window, Menu::Channels},
    ActionSpec{"auth.matrix.changed", QT_TRANSLATE_NOOP("Actions", "Run what changed in the matrix"), "", Window,
               Menu::Channels},
    ActionSpec{"auth.personas", QT_TRANSLATE_NOOP("Actions", "Personas"), "", Window, Menu::Channels},
    ActionSpec{"auth.decisions", QT_TRANSLATE_NOOP("Actions", "Authorization decisions"), "", Window, Menu::Channels},

    ActionSpec{"view.inspector", QT_TRANSLATE_NOOP("Actions", "Inspector"), "F9", Window, Menu::View},
    ActionSpec{"view.composer", QT_TRANSLATE_NOOP("Actions", "Composer below the log"), "", Window, Menu::View},
    ActionSpec{"view.navigation", QT_TRANSLATE_NOOP("Actions", "Names in the navigation"), "Ctrl+B", Window,
               Menu::View},
    ActionSpec{"layout.operator", QT_TRANSLATE_NOOP("Actions", "Layout for operators"), "", Window, Menu::View},
    ActionSpec{"layout.developer", QT_TRANSLATE_NOOP("Actions", "Layout for developers"), "", Window, Menu::View},
    ActionSpec{"layout.presenter", QT_TRANSLATE_NOOP("Actions", "Layout for presenters, or back"), "F11", Window,
               Menu::View},
    ActionSpec{"view.secrets", QT_TRANSLATE_NOOP("Actions", "Hide keys, secrets and addresses, or show them"), "",
               Window, Menu::View},
    ActionSpec{"layout.reset", QT_TRANSLATE_NOOP("Actions", "Reset layout"), "", Window, Menu::View},
    ActionSpec{"theme.system", QT_TRANSLATE_NOOP("Actions", "Light or dark as the desktop"), "", Window, Menu::View},
    ActionSpec{"theme.light", QT_TRANSLATE_NOOP("Actions", "Light"), "", Window, Menu::View},
    ActionSpec{"theme.dark", QT_TRANSLATE_NOOP("Actions", "Dark"), "", Window, Menu::View},
    ActionSpec{"zoom.in", QT_TRANSLATE_NOOP("Actions", "Larger type"), "Ctrl++; Ctrl+=", Window, Menu::View},
    ActionSpec{"zoom.out", QT_TRANSLATE_NOOP("Actions", "Smaller type"), "Ctrl+-", Window, Menu::View},
    ActionSpec{"zoom.reset", QT_TRANSLATE_NOOP("Actions", "Usual type size"), "Ctrl+0", Window, Menu::View},

    ActionSpec{"help", QT_TRANSLATE_NOOP("Actions", "Help for this page"), "F1", Window, Menu::Help},
    ActionSpec{"shortcuts", QT_TRANSLATE_NOOP("Actions", "All shortcuts"), "Ctrl+/", Window, Menu::Help},
    ActionSpec{"about", QT_TRANSLATE_NOOP("Actions", "About Castdeck"), "", Window, Menu::Help},
};

constexpr std::array menus{Menu::File,     Menu::Go,     Menu::Send, Menu::Log,
                           Menu::Channels, Menu::Server, Menu::View, Menu::Help};

} // namespace

std::span<const ActionSpec> actionSpecs()
{
    return specs;
}

std::span<const ActionMenu> actionMenus()
{
    return menus;
}

QString textOf(const ActionSpec& spec)
{
    return QCoreApplication::translate("Actions", spec.text);
}

QList<QKeySequence> keysOf(const ActionSpec& spec)
{
    const QString keys = QString::fromLatin1(spec.keys);
    return keys.isEmpty() ? QList<QKeySequence>{} : QKeySequence::listFromString(keys, QKeySequence::PortableText);
}

QString shownKeys(const ActionSpec& spec)
{
    return shownKeys(keysOf(spec));
}

QString shownKeys(const QList<QKeySequence>& keys)
{
    QStringList shown;
    for (const QKeySequence& each : keys)
        shown << each.toString(QKeySequence::NativeText);
    return shown.join(QCoreApplication::translate("Actions", " or "));
}

QString wordOf(ActionContext context)
{
    switch (context) {
    case Window: return QCoreApplication::translate("Actions", "Everywhere");
    case Send: return QCoreApplication::translate("Actions", "In the composer and on its page");
    case Log: return QCoreApplication::translate("Actions", "In the list of the log");
    case Channels: return QCoreApplication::translate("Actions", "In the list of channels");
    case Connections: return QCoreApplication::translate("Actions", "In the list of connections");
    case Authorization: return QCoreApplication::translate("Actions", "In the auth lab");
    case Board: return QCoreApplication::translate("Actions", "On the alert board");
    }
    return {};
}

QString titleOf(ActionMenu menu)
{
    switch (menu) {
    case Menu::File: return QCoreApplication::translate("Actions", "Castdeck");
    case Menu::Go: return QCoreApplication::translate("Actions", "Go to");
    case Menu::Send: return QCoreApplication::translate("Actions", "Send");
    case Menu::Log: return QCoreApplication::translate("Actions", "Log");
    case Menu::Channels: return QCoreApplication::translate("Actions", "Channels");
    case Menu::Server: return QCoreApplication::translate("Actions", "Server");
    case Menu::View: return QCoreApplication::translate("Actions", "View");
    case Menu::Help: return QCoreApplication::translate("Actions", "Help");
    }
    return {};
}

} // namespace castdeck::ui
