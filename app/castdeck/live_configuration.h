#pragma once

#include "app/castdeck/configuration_watch.h"
#include "core/engine/configuration.h"
#include "core/engine/engine.h"
#include "ui/bridge/rule_control.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QStringList>

namespace castdeck::ui {
class ConfigProblem;
class ConnectionsBridge;
class EngineBridge;
class MainWindow;
class Workspace;
} // namespace castdeck::ui

namespace castdeck::app {

/// The configuration while the program runs: what changes in its file is applied at once, without touching a
/// connection, and told; one that cannot be used is told with its mistakes, and what was read before goes on.
///
/// Thread: GUI. Ownership: all parts outlive it, but the window of mistakes, which is its own.
class LiveConfiguration : public QObject, public ui::RuleControl {
    Q_OBJECT

public:
    struct Parts {
        ui::EngineBridge& server;
        ui::ConnectionsBridge& connections;
        ui::MainWindow& window;
        ui::Workspace& workspace; ///< Of the server in this program.
    };

    /// `started` is what the parts were built from.
    LiveConfiguration(const Parts& parts, engine::Configuration started);
    ~LiveConfiguration() override;

    /// Reads the file now, and the certificates with it.
    void reload();
    std::vector<std::string> rules() const override;
    QString save(const std::vector<std::string>& rules) override;

    /// Things to know about the part of the program that keeps what waits or was done, a line each.
    void setStoreNotice(const QString& sentences);

private:
    void take(const engine::Configuration& read);
    void apply(const engine::Configuration& read);
    void tellChanges(const QStringList& changed, const engine::Settings& settings);
    void refuse(const QStringList& mistakes);
    void showMistakes(const QStringList& mistakes);
    void restoreCopy();
    void showNotices();

    const Parts m_parts;
    engine::Configuration m_current;
    const engine::EngineOptions m_started; ///< What needs a restart is compared with it.
    QString m_storeNotice;
    QPointer<ui::ConfigProblem> m_mistakes;
    ConfigurationWatch m_watch;
};

} // namespace castdeck::app
