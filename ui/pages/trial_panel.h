#pragma once

#include "core/engine/authorization.h"
#include "core/engine/snapshot.h"
#include "core/remote/builtin_endpoint.h"
#include "core/remote/endpoint_probe.h"
#include "ui/bridge/server_view.h"
#include "ui/models/persona.h"

#include <QtCore/QUrl>
#include <QtWidgets/QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace castdeck::ui {

class AuthResultView;
class PersonaBox;

/// One request to an authorization endpoint, the built-in one or any other, and its twelve checks.
class TrialPanel : public QWidget {
    Q_OBJECT

public:
    TrialPanel(ServerControl& server, const std::vector<hub::AppConfig>& apps, PersonaBook& book,
               QWidget* parent = nullptr);

    void setApps(const std::vector<hub::AppConfig>& apps);
    void setConfiguration(const auth::AuthorizationConfig& config);
    /// Where subscriptions are tried, in place of the embedded server.
    void setServer(const QUrl& socketUrl);
    void showSnapshot(const engine::Snapshot& snapshot);

    void setChannel(const QString& channel);
    void setActor(const QString& id); ///< The persona with that id.
    void setEndpoint(const QString& url);
    AuthResultView* result() const { return m_result; }

    void run();
    void cancel();
    /// For questions that only the server can answer, because it forwards them.
    void showVerdict(const engine::AuthorizationVerdict& verdict);
    void showTrial(const remote::EndpointTrial& trial);

Q_SIGNALS:
    void started();
    void finished();

protected:
    bool event(QEvent* event) override;

private:
    void build();
    QWidget* buildForm();
    QWidget* buildOptions();
    QLayout* buildActions();
    void setRunning(bool isRunning);
    void say(const QString& problem);
    std::optional<remote::EndpointTarget> readTarget(const Persona& persona);
    remote::ProbeOptions probeOptions() const;
    void askBuiltIn(const remote::EndpointTarget& target, const remote::EndpointQuestion& question,
                    const Persona& persona, std::function<void(remote::EndpointReply)> done);

    ServerControl& m_server;
    std::vector<hub::AppConfig> m_apps;
    PersonaBook& m_book;
    auth::AuthorizationConfig m_config;
    QUrl m_namedServer;
    std::optional<remote::PusherEndpoint> m_embedded; ///< While it runs.
    std::vector<std::string> m_socketIds;
    remote::EndpointProbe m_probe;
    std::uint64_t m_asked = 0;
    std::function<void(remote::EndpointReply)> m_forwarded;

    QComboBox* m_app;
    QWidget* m_appField; ///< With its caption; there is a choice from two on.
    PersonaBox* m_persona;
    QLineEdit* m_channel;
    QLineEdit* m_endpoint;
    QPushButton* m_more;
    QWidget* m_options;
    QComboBox* m_method;
    QLineEdit* m_socket;
    QPlainTextEdit* m_headers;
    QLineEdit* m_cookies;
    QLineEdit* m_parameters;
    QLineEdit* m_csrfPage;
    QLabel* m_problem;
    QPushButton* m_run;
    QPushButton* m_cancel;
    AuthResultView* m_result;
};

} // namespace castdeck::ui
