#include "app/castdeck/tour_stage.h"

#include "core/remote/capabilities.h"
#include "ui/pages/log_page.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

#include <utility>

namespace castdeck::app {

namespace {

/// The one that can be seen; the same name may stand in several profiles.
template <typename Widget> Widget* visible(const QWidget& window, const char* name)
{
    const auto all = window.findChildren<Widget*>(QString::fromLatin1(name));
    for (Widget* each : all) {
        if (each->isVisible())
            return each;
    }
    return nullptr;
}

/// What a server like Reverb tells, or one that tells nothing.
ui::RemoteFacts factsOf(Stage::Elsewhere kind, const std::vector<std::string>& watched)
{
    using enum remote::Capability::Topic;
    using State = remote::Capability::State;
    const bool tells = kind == Stage::Elsewhere::Tells;
    const auto fact = [](remote::Capability::Topic topic, const char* path, bool isTold, const char* answer) {
        return remote::Capability{.topic = topic,
                                  .state = isTold ? State::Told : State::NotTold,
                                  .question = std::string{"GET "} + path,
                                  .status = isTold || topic == Users ? 200 : 404,
                                  .answer = answer};
    };
    return {{fact(Channels, "/apps/1000001/channels", tells, "Not found."),
             fact(Subscriptions, "/apps/1000001/channels?info=subscription_count", tells, "Not found."),
             fact(Users, "/apps/1000001/channels?filter_by_prefix=presence-&info=user_count", false, "{}"),
             fact(Connections, "/apps/1000001/connections", tells, "Not found."),
             fact(Log, "/apps/1000001/log", false, "Not found."), fact(Health, "/up", tells, "Not found.")},
            watched};
}

QMenu* menuOf(QAbstractButton* button)
{
    if (auto* push = qobject_cast<QPushButton*>(button))
        return push->menu();
    if (auto* tool = qobject_cast<QToolButton*>(button))
        return tool->menu();
    return nullptr;
}

} // namespace

void settle()
{
    for (int i = 0; i < 12; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
    }
}

void Stage::press(const char* name) const
{
    settle();
    if (auto* button = visible<QAbstractButton>(window, name))
        button->click();
}

void Stage::openMenu(const char* name) const
{
    settle();
    auto* button = visible<QAbstractButton>(window, name);
    if (QMenu* menu = menuOf(button)) // To press it would wait for the answer.
        menu->popup(button->mapToGlobal(QPoint{0, button->height()}));
}

void Stage::openTab(const char* name, int index) const
{
    settle();
    if (auto* tabs = visible<QTabWidget>(window, name))
        tabs->setCurrentIndex(index);
}

void Stage::type(const char* name, const QString& text) const
{
    settle();
    if (auto* field = visible<QLineEdit>(window, name))
        field->setText(text);
}

void Stage::selectNewest(int fromEnd) const
{
    settle();
    if (auto* table = visible<QAbstractItemView>(window, "log.table"))
        window.logPage()->selectRow(table->model()->rowCount() - fromEnd);
}

void Stage::connectTo(const ui::Profile& profile, Elsewhere kind) const
{
    ui::Workspace::Controls controls{remoteServer, remoteServer, remoteDocuments};
    controls.remote = &remoteControl;
    ui::Workspace* live = window.addWorkspace(
        controls, SampleServer::elsewhere(kind == Elsewhere::Tells ? "staging" : "silent"), profile);
    live->showFacts(factsOf(kind, {}));
    remoteServer.setView(live);
    remoteServer.play();
    window.showWorkspace(profile.id);
}

void Stage::editStaging() const
{
    connectPage.edit(book.add(stagingProfile()));
}

void Stage::showElsewhere(ui::MainWindow::Page page, Elsewhere kind, const std::vector<std::string>& watched) const
{
    connectTo(stagingProfile(), kind);
    window.showPage(page);
    settle();
    window.workspace()->showFacts(factsOf(kind, watched));
    for (int round = 0; round < 3; ++round) // What is listed, then who is in it.
        remoteServer.answer();
}

Scene scene(const char* name, ui::MainWindow::Page page, std::function<void(Stage&)> arrange, Before before)
{
    return {QString::fromLatin1(name),
            [page, arrange = std::move(arrange)](Stage& stage) {
                stage.window.showPage(page);
                settle();
                if (arrange)
                    arrange(stage);
            },
            before};
}

ui::Profile productionProfile()
{
    ui::Profile profile;
    profile.id = "shop";
    profile.name = QStringLiteral("Shop, live");
    profile.color = ui::Profile::Color::Red;
    profile.isProduction = true;
    profile.host = QStringLiteral("ws.example.com");
    return profile;
}

ui::Profile stagingProfile()
{
    ui::Profile profile;
    profile.id = "staging";
    profile.name = QStringLiteral("Staging");
    profile.color = ui::Profile::Color::Green;
    profile.host = QStringLiteral("staging.example.com");
    return profile;
}

} // namespace castdeck::app
