#include "app/castdeck/tour_stage.h"
#include "ui/pages/board_pane.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"

#include <utility>

namespace castdeck::app {

using ui::MainWindow;

namespace {

constexpr const char* orderJson = R"({
  "order": {
    "id": 1042,
    "total": "189.90",
    "currency": "EUR"
  },
  "carrier": "PostNL",
  "tracking": ["3SDEVC0192"],
  "eta": "2026-12-12",
  "signature": false
})";

void setPayload(Stage& stage, std::string payload, const QString& channels = QStringLiteral("orders"))
{
    stage.window.sendPage()->composer()->setDraft(
        {channels, QStringLiteral("order.shipped"), std::move(payload), ui::PayloadMode::Json});
}

/// A character that no channel name may have, and a comma that is not there.
void makeMistakes(Stage& stage)
{
    std::string broken = orderJson;
    broken.erase(broken.find(",\n  \"tracking\""), 1);
    setPayload(stage, broken, QStringLiteral("orders, private-orders/1042"));
}

void askInProduction(Stage& stage)
{
    stage.connectTo(productionProfile());
    stage.window.showPage(MainWindow::Send);
    stage.window.workspace()->lock().unlock();
    stage.window.workspace()->showLock();
    setPayload(stage, orderJson, QStringLiteral("orders, private-orders.1042"));
    stage.window.sendPage()->send();
}

/// The same question, where the message is written: below the log.
void askInDock(Stage& stage)
{
    askInProduction(stage);
    stage.press("confirm.cancel");
    stage.window.showPage(MainWindow::Log);
    settle();
    stage.window.sendPage()->send();
}

Scene withBoard(const char* name, std::function<void(Stage&)> arrange)
{
    return scene(name, MainWindow::Send, [arrange = std::move(arrange)](Stage& stage) {
        stage.window.sendPage()->board()->addSamples();
        stage.server.repeat(); // The composer counts subscribers in what it is shown.
        arrange(stage);
    });
}

} // namespace

std::vector<Scene> sendScenes()
{
    return {
        withBoard("send", [](Stage&) {}),
        withBoard("send-mistake", makeMistakes),
        withBoard("send-too-large",
                  [](Stage& stage) { setPayload(stage, "{\"text\":\"" + std::string(11'000, 'x') + "\"}"); }),
        withBoard("send-options", [](Stage& stage) { stage.press("composer.options.toggle"); }),
        withBoard("send-copy-menu", [](Stage& stage) { stage.openMenu("composer.copyAs"); }),
        withBoard("send-placeholder-menu", [](Stage& stage) { stage.openMenu("composer.placeholder"); }),
        withBoard("send-form",
                  [](Stage& stage) {
                      ui::BoardPane& board = *stage.window.sendPage()->board();
                      board.openTemplate(board.templates().all()[2].id);
                  }),
        withBoard("send-form-message",
                  [](Stage& stage) {
                      ui::BoardPane& board = *stage.window.sendPage()->board();
                      board.openTemplate(board.templates().all()[0].id);
                      stage.press("form.preview.toggle");
                  }),
        withBoard("send-sheet", [](Stage& stage) { stage.window.sendPage()->saveAsTemplate(); }),
        withBoard("send-board-menu", [](Stage& stage) { stage.openMenu("board.menu"); }),
        withBoard("send-connection",
                  [](Stage& stage) {
                      stage.window.sendPage()->setConnection(QStringLiteral("chat"));
                      stage.window.sendPage()->composer()->send();
                      stage.server.answer();
                  }),
        {QStringLiteral("send-confirm"), askInProduction},
        {QStringLiteral("composer-dock-confirm"), askInDock},
        scene("send-board-empty", MainWindow::Send),
        scene("send-history-empty", MainWindow::Send, {}, Before::Nothing),
        scene("send-stopped", MainWindow::Send, {}, Before::Stopped),
    };
}

} // namespace castdeck::app
