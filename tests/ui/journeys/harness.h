#pragma once

#include "app/castdeck/console.h"
#include "core/hub/app_config.h"
#include "tests/ui/journeys/journey.h"
#include "tests/ui/journeys/node_actor.h"
#include "ui/main_window.h"
#include "ui/theme/theme.h"

#include <QtCore/QTemporaryDir>

#include <memory>
#include <optional>

namespace castdeck::test {

/// The world around a journey: the whole program in this process, with a configuration folder of its own on a free
/// port, and people outside, as processes of Node.js. Its application's secret is a marker that must turn up nowhere.
///
/// Thread: GUI.
class Harness {
public:
    explicit Harness(Journey& journey);
    ~Harness();

    /// Before open(): what stands in broadcasting.json. Without it, the server with one application, see app().
    void setConfiguration(const QByteArray& json);
    /// Before open(): the port of the configuration counts, in place of any that is free. What is there already is
    /// waited for then.
    void setPort(quint16 port) { m_port = port; }
    static hub::AppConfig app();
    static QByteArray secret();
    /// Another one that must turn up nowhere.
    void addSecret(const QByteArray& secret) { m_secrets << secret; }
    /// The configuration without a call of setConfiguration(); `more` are further keys of the top level.
    static QByteArray configuration(const QByteArray& more = {});

    /// Starts the program as somebody does who opens it, and waits until its window is active and its server answers.
    /// How long that took is how people wait for it.
    std::chrono::milliseconds open();
    /// Ends the program as closing its window does.
    void close();

    ui::MainWindow& window() const { return m_console->window(); }
    app::Console& console() const { return *m_console; }
    quint16 port() const;
    QString folder() const { return m_folder.path(); }

    /// Somebody outside; ends with the harness.
    NodeActor& actor();
    /// A client of that kind ("open": pusher-js, "openEcho": laravel-echo, "openPlain": frames as they come) that has
    /// joined the channels. Its socket id.
    QString client(NodeActor& actor, const QString& name, const QStringList& channels,
                   const QString& kind = QStringLiteral("open"));
    /// What a command that needs a server and an application starts with.
    QJsonObject address(const QString& client) const;

    /// See Journey::begin(); what the actors do belongs to the journey from here on.
    void begin() { m_journey.begin(); }
    /// Ends the program, then looks for what a journey must not leave behind. The faults of the journey, a line each.
    QString faults();

private:
    Journey& m_journey;
    QList<QByteArray> m_secrets{secret()};
    QTemporaryDir m_folder;
    quint16 m_port = 0;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<app::Console> m_console;
    std::vector<std::unique_ptr<NodeActor>> m_actors;
};

} // namespace castdeck::test
