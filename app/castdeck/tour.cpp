#include "app/castdeck/tour.h"

#include "app/castdeck/tour_stage.h"
#include "core/remote/secret_vault.h"
#include "ui/actions/action_list.h"
#include "ui/models/profile_book.h"
#include "ui/pages/config_problem.h"
#include "ui/pages/occupancy_samples.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/shortcut_sheet.h"

#include <QtCore/QDir>
#include <QtCore/QTextStream>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <iterator>
#include <memory>

namespace castdeck::app {

namespace {

constexpr int smallestFile = 0; ///< For PNG the quality is the speed of packing.

/// Sent from the window: they stand in the history.
void sendSamples(ui::MainWindow& window, SampleServer& server)
{
    ui::Composer& composer = *window.sendPage()->composer();
    const ui::Draft drafts[] = {
        {QStringLiteral("cache-exchange-rates"), QStringLiteral("rates.updated"), R"({"base":"EUR","USD":1.0839})",
         ui::PayloadMode::Json},
        {QStringLiteral("alerts"), QStringLiteral("maintenance.planned"), R"({"minutes":15,"from":"22:00"})",
         ui::PayloadMode::Json},
        {QStringLiteral("orders, private-orders.1042"), QStringLiteral("order.shipped"),
         "{\n  \"order\": {\n    \"id\": 1042,\n    \"total\": \"189.90\",\n    \"currency\": \"EUR\"\n  },\n"
         "  \"carrier\": \"PostNL\",\n  \"tracking\": [\"3SDEVC0192\"],\n  \"signature\": false\n}",
         ui::PayloadMode::Json},
    };
    for (const ui::Draft& draft : drafts) {
        composer.setDraft(draft);
        composer.send();
    }
    server.answer();
}

void happen(Before before, ui::MainWindow& window, SampleServer& server)
{
    switch (before) {
    case Before::Morning:
        server.play();
        settle();
        sendSamples(window, server);
        break;
    case Before::Nothing: server.idle(); break;
    case Before::Stopped: server.standStill(engine::ServerState::Stopped, {}); break;
    case Before::Failed:
        server.standStill(engine::ServerState::Failed, "Port 6001 on 127.0.0.1 is taken by another program.");
        break;
    }
}

/// The window with the menus and dialogs over it, which are windows of their own.
QPixmap pictureOf(QWidget& window)
{
    QPixmap picture = window.grab();
    QPainter painter{&picture};
    const QWidgetList all = QApplication::topLevelWidgets();
    for (QWidget* each : all) {
        if (each != &window && each->isVisible())
            painter.drawPixmap(each->mapToGlobal(QPoint{}) - window.mapToGlobal(QPoint{}), each->grab());
    }
    return picture;
}

bool save(const QPixmap& picture, const QString& file)
{
    return picture.toImage().convertToFormat(QImage::Format_RGB888).save(file, "PNG", smallestFile);
}

bool draw(const QString& file, const Scene& scene, ui::Theme& theme, const QSize& size)
{
    SampleServer server;
    SampleServer remoteServer;
    SampleRemote remoteControl;
    ui::MemoryDocuments documents;
    ui::MemoryDocuments remoteDocuments;
    ui::ProfileBook book{documents};
    remote::SecretVault vault{{}};
    ui::SampleOccupancy occupancy{SampleServer::snapshot()};
    ui::MainWindow window{theme, documents};
    auto* connectPage = new ui::ConnectPage{book, vault};
    window.setConnectPage(connectPage);
    server.setView(
        window.addWorkspace({server, server, documents, &occupancy}, SampleServer::settings(), ui::localProfile()));
    window.setDataFolder(QStringLiteral("~/.config/castdeck"));
    window.resize(size);
    window.show();
    happen(scene.before, window, server);
    Stage stage{window, server, *connectPage, book, remoteServer, remoteDocuments, remoteControl};
    scene.arrange(stage);
    settle();
    const bool isSaved = save(pictureOf(window), file);
    while (QWidget* menu = QApplication::activePopupWidget())
        menu->close();
    theme.setZoom(100);
    return isSaved;
}

/// Windows that stand alone.
bool drawWindow(const QString& file, std::unique_ptr<QWidget> window)
{
    window->setAttribute(Qt::WA_DeleteOnClose, false);
    window->show();
    settle();
    return save(window->grab(), file);
}

std::unique_ptr<QWidget> makeWindow(const QString& name)
{
    if (name == QStringLiteral("shortcuts")) {
        QWidget window;
        return std::make_unique<ui::ShortcutSheet>(ui::ActionList{&window});
    }
    auto problem = std::make_unique<ui::ConfigProblem>(
        QStringLiteral("~/.config/castdeck/broadcasting.json"),
        QStringList{QStringLiteral("Line 14: apps[0].key is a number; it has to be a text.")},
        ui::ConfigProblem::GoodCopy::OnOffer);
    problem->resize(760, 480);
    return problem;
}

std::vector<Scene> scenes()
{
    std::vector<Scene> all = frameScenes();
    for (std::vector<Scene> part : {sendScenes(), logScenes(), occupancyScenes(), authorizationScenes()})
        std::ranges::move(part, std::back_inserter(all));
    return all;
}

/// The first file that could not be written; empty when all were.
QString drawAll(const LaunchOptions& options, ui::Theme& theme, const QString& suffix)
{
    const QDir folder{options.tourFolder};
    const auto isWanted = [&options](const QString& name) {
        return options.scenes.isEmpty() || options.scenes.contains(name);
    };
    for (const QSize& size : options.sizes) {
        const QString width = size == options.sizes.front() ? QString{} : QStringLiteral("-%1").arg(size.width());
        for (const Scene& scene : scenes()) {
            const QString file = folder.filePath(QStringLiteral("%1-%2%3.png").arg(scene.name, suffix, width));
            if (isWanted(scene.name) && !draw(file, scene, theme, size))
                return file;
        }
    }
    for (const QString& name : {QStringLiteral("shortcuts"), QStringLiteral("config-problem")}) {
        const QString file = folder.filePath(QStringLiteral("%1-%2.png").arg(name, suffix));
        if (isWanted(name) && !drawWindow(file, makeWindow(name)))
            return file;
    }
    return {};
}

} // namespace

int runTour(const LaunchOptions& options)
{
    QTextStream err{stderr};
    if (!QDir{options.tourFolder}.mkpath(QStringLiteral("."))) {
        err << "castdeck: cannot create the folder " << options.tourFolder << ".\n";
        return 1;
    }
    ui::Theme theme;
    for (const auto& [choice, suffix] : {std::pair{ui::Theme::Choice::Light, QStringLiteral("light")},
                                         std::pair{ui::Theme::Choice::Dark, QStringLiteral("dark")}}) {
        theme.setChoice(choice);
        if (const QString unwritten = drawAll(options, theme, suffix); !unwritten.isEmpty()) {
            err << "castdeck: cannot write " << unwritten << ".\n";
            return 1;
        }
    }
    return 0;
}

} // namespace castdeck::app
