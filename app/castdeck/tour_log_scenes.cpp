#include "app/castdeck/tour_stage.h"
#include "ui/models/sealed_payload.h"
#include "ui/pages/log_page.h"
#include "ui/widgets/inspector.h"

#include <QtWidgets/QAbstractItemView>

#include <chrono>
#include <memory>
#include <utility>

namespace castdeck::app {

using ui::Inspector;
using ui::MainWindow;

namespace {

constexpr int shippedOrder = 2; ///< From the end of the sample: the last order.
constexpr int paidOrder = 9;    ///< The message on the same channel before it.
constexpr int anError = 11;

Scene logScene(const char* name, std::function<void(Stage&, ui::LogPage&)> arrange)
{
    return scene(name, MainWindow::Log,
                 [arrange = std::move(arrange)](Stage& stage) { arrange(stage, *stage.window.logPage()); });
}

Scene inspectorScene(const char* name, int row, Inspector::Tab tab, const char* press = "")
{
    return logScene(name, [=](Stage& stage, ui::LogPage&) {
        stage.selectNewest(row);
        stage.window.workspace()->showInspector(tab);
        if (*press != '\0') // Every button fits no name.
            stage.press(press);
    });
}

Scene filterScene(const char* name, const char* filter)
{
    return logScene(name, [filter](Stage&, ui::LogPage& page) { page.setFilterText(QString::fromLatin1(filter)); });
}

/// An event of an encrypted channel; the app has a master key, or the event is of another one.
Scene sealedScene(const char* name, const std::string& appId)
{
    return logScene(name, [appId](Stage& stage, ui::LogPage&) {
        const hub::AppConfig app = SampleServer::apps().front();
        const ui::Draft draft{QStringLiteral("private-encrypted-vault"), QStringLiteral("code.changed"),
                              R"({"vault":7,"code":"4711","by":"ana"})", ui::PayloadMode::Json};
        engine::Event event;
        event.kind = engine::EventKind::ApiMessage;
        event.at = std::chrono::system_clock::now();
        event.appId = appId.empty() ? app.id : appId;
        event.channel = "private-encrypted-vault";
        event.event = "code.changed";
        event.payload = std::make_shared<const std::string>(ui::payloadToSend(draft, &app).bytes);
        event.receivers = 2;
        std::vector<engine::Event> events;
        events.push_back(std::move(event));
        stage.window.workspace()->addEvents(std::move(events), 0);
        stage.selectNewest(1);
        stage.window.workspace()->showInspector(Inspector::Message);
    });
}

void openRowMenu(Stage& stage)
{
    stage.selectNewest(shippedOrder);
    settle();
    if (auto* table = stage.window.logPage()->findChild<QAbstractItemView*>(QStringLiteral("log.table"))) {
        const QModelIndex cell = table->model()->index(table->currentIndex().row(), 4);
        Q_EMIT table->customContextMenuRequested(table->visualRect(cell).center());
    }
}

} // namespace

std::vector<Scene> logScenes()
{
    return {
        inspectorScene("log", shippedOrder, Inspector::Message),
        inspectorScene("log-tree", shippedOrder, Inspector::Message, "inspector.payload.tree"),
        inspectorScene("log-hex", shippedOrder, Inspector::Message, "inspector.payload.hex"),
        inspectorScene("log-details", anError, Inspector::Details),
        inspectorScene("log-delivery", shippedOrder, Inspector::Delivery),
        inspectorScene("log-code", shippedOrder, Inspector::Code),
        inspectorScene("log-compare-empty", shippedOrder, Inspector::Compare),
        sealedScene("log-decrypted", {}),
        sealedScene("log-encrypted", "another"),
        logScene("log-compare",
                 [](Stage& stage, ui::LogPage& page) {
                     stage.selectNewest(paidOrder);
                     page.markA();
                     stage.selectNewest(shippedOrder);
                     page.markB();
                     stage.window.workspace()->showInspector(Inspector::Compare);
                 }),
        filterScene("log-filter", "channel:*orders* -type:subscribed"),
        filterScene("log-filter-mistake", "channel:orders (type:api"),
        filterScene("log-filter-none", "channel:nothing-like-this"),
        logScene("log-filter-save",
                 [](Stage& stage, ui::LogPage& page) {
                     page.setFilterText(QStringLiteral("channel:*orders* -type:subscribed"));
                     settle();
                     stage.press("log.filter.star");
                 }),
        logScene("log-export", [](Stage&, ui::LogPage& page) { page.toggleExport(); }),
        logScene("log-talkers", [](Stage&, ui::LogPage& page) { page.toggleTalkers(); }),
        logScene("log-columns", [](Stage&, ui::LogPage& page) { page.showColumnMenu(); }),
        logScene("log-menu", [](Stage& stage, ui::LogPage&) { openRowMenu(stage); }),
        logScene("log-paused",
                 [](Stage& stage, ui::LogPage& page) {
                     page.setPaused(true);
                     stage.server.playMinutes();
                 }),
        logScene("log-cleared", [](Stage&, ui::LogPage& page) { page.clear(); }),
        logScene("log-wide", [](Stage& stage, ui::LogPage&) { stage.window.workspace()->setInspectorWanted(false); }),
        scene("log-empty", MainWindow::Log, {}, Before::Nothing),
        scene("log-stopped", MainWindow::Log, {}, Before::Stopped),
    };
}

} // namespace castdeck::app
