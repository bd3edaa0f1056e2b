#pragma once

#include "app/castdeck/sample_server.h"
#include "ui/bridge/documents.h"
#include "ui/main_window.h"
#include "ui/models/profile_book.h"
#include "ui/pages/connect_page.h"

#include <QtCore/QString>

#include <functional>
#include <vector>

/// What the pictures of the tour are made with: a window, servers that only pretend, and a few ways to press and open
/// what is in it.
namespace castdeck::app {

/// What a scene can turn to.
struct Stage {
    /// What kind of server stands behind a second profile.
    enum class Elsewhere { Tells, Silent };

    ui::MainWindow& window;
    SampleServer& server;
    ui::ConnectPage& connectPage;
    ui::ProfileBook& book;
    SampleServer& remoteServer; ///< Behind a second profile.
    ui::Documents& remoteDocuments;
    ui::RemoteControl& remoteControl;

    /// A button that can be seen.
    void press(const char* name) const;
    /// The menu of a button, where it would open.
    void openMenu(const char* button) const;
    /// A page of a QTabWidget.
    void openTab(const char* tabs, int index) const;
    /// Types into a field that can be seen.
    void type(const char* field, const QString& text) const;
    void selectNewest(int fromEnd) const; ///< A row of the log.
    /// A second profile, which is live and shown.
    void connectTo(const ui::Profile& profile, Elsewhere kind = Elsewhere::Tells) const;
    void editStaging() const; ///< On the page where servers are entered.
    /// The second profile at work: what its server lists has come, and `watched` are listened to.
    void showElsewhere(ui::MainWindow::Page page, Elsewhere kind, const std::vector<std::string>& watched = {}) const;
};

/// What happened before the scene.
enum class Before {
    Morning, ///< A few clients, events and sent messages.
    Nothing, ///< The server runs, and nobody has come.
    Stopped, ///< The server does not run.
    Failed,  ///< Its port is taken.
};

struct Scene {
    QString name;
    std::function<void(Stage&)> arrange;
    Before before = Before::Morning;
};

Scene scene(const char* name, ui::MainWindow::Page page, std::function<void(Stage&)> arrange = {},
            Before before = Before::Morning);

/// Lets timers of a few frames and what they post come to rest.
void settle();

ui::Profile productionProfile();
ui::Profile stagingProfile();

std::vector<Scene> frameScenes();
std::vector<Scene> sendScenes();
std::vector<Scene> logScenes();
std::vector<Scene> occupancyScenes(); ///< Channels, connections, stats and apps.
std::vector<Scene> authorizationScenes();

} // namespace castdeck::app
