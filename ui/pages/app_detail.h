#pragma once

#include "core/engine/snapshot.h"
#include "core/hub/app_config.h"
#include "ui/text/snippets.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace castdeck::ui {

class Segmented;

/// One application: credentials, how busy it is, and code that connects to it. The secret shows for 30 s on request;
/// code that needs it holds it only in what Copy puts on the clipboard.
class AppDetail : public QWidget {
    Q_OBJECT

public:
    explicit AppDetail(QWidget* parent = nullptr);

    void showApp(const hub::AppConfig& config, const engine::AppSnapshot& state, const engine::ServerSnapshot& server);

private:
    enum Snippet { PusherJs, Laravel, Curl };

    void build();
    QWidget* buildCredentials();
    QWidget* buildCode();
    QLayout* makeCredentialRow(QLineEdit* field, const QString& copyName, const QString& copyTooltip);
    void setSecretShown(bool isShown);
    void showCode();
    QString nextStep() const;
    QString code(SecretUse use) const;

    hub::AppConfig m_app;
    ServerAddress m_server;
    QLabel* m_name;
    QLabel* m_usage;
    QLineEdit* m_id;
    QLineEdit* m_key;
    QLineEdit* m_secret;
    QToolButton* m_reveal;
    QTimer m_hideSecret;
    Segmented* m_language;
    QPushButton* m_copyCode;
    QPlainTextEdit* m_code;
    QLabel* m_codeHint;
    QLabel* m_nextStep;
};

} // namespace castdeck::ui
