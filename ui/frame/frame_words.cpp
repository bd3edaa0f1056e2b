#include "ui/frame/frame_words.h"

#include "ui/main_window.h"

namespace castdeck::ui {

std::vector<NavBar::Page> navigationPages()
{
    const auto tr = [](const char* text) { return MainWindow::tr(text); };
    return {
        {QStringLiteral("home"), tr("Home"), QStringLiteral("home"), "go.home"},
        {QStringLiteral("send"), tr("Send"), QStringLiteral("send"), "go.send"},
        {QStringLiteral("log"), tr("Live log"), QStringLiteral("log"), "go.log"},
        {QStringLiteral("channels"), tr("Channels"), QStringLiteral("channels"), "go.channels"},
        {QStringLiteral("connections"), tr("Connections"), QStringLiteral("connection"), "go.connections"},
        {QStringLiteral("auth"), tr("Auth lab"), QStringLiteral("private"), "go.auth"},
        {QStringLiteral("stats"), tr("Stats"), QStringLiteral("stats"), "go.stats"},
        {QStringLiteral("apps"), tr("Apps"), QStringLiteral("apps"), "go.apps"},
        {QStringLiteral("server"), tr("Server"), QStringLiteral("server"), "go.apps"},
    };
}

QString iconOf(ActionMenu menu)
{
    switch (menu) {
    case ActionMenu::File: return QStringLiteral("menu");
    case ActionMenu::Go: return QStringLiteral("arrow-out");
    case ActionMenu::Send: return QStringLiteral("send");
    case ActionMenu::Log: return QStringLiteral("log");
    case ActionMenu::Channels: return QStringLiteral("channels");
    case ActionMenu::Server: return QStringLiteral("server");
    case ActionMenu::View: return QStringLiteral("layout");
    case ActionMenu::Help: return QStringLiteral("help");
    }
    return {};
}

QString helpTopicOf(int page)
{
    switch (page) {
    case Workspace::Send: return QStringLiteral("sending");
    case Workspace::Log: return QStringLiteral("log");
    case Workspace::Channels:
    case Workspace::Connections: return QStringLiteral("channels");
    case Workspace::Authorization: return QStringLiteral("rules");
    case Workspace::Server:
    case Workspace::Connect: return QStringLiteral("connect");
    case Workspace::Settings: return QStringLiteral("window");
    default: return QStringLiteral("first-event");
    }
}

} // namespace castdeck::ui
