#pragma once

#include "core/remote/secret_vault.h"

#include <QtWidgets/QFrame>

class QLabel;
class QLineEdit;
class QPushButton;

namespace castdeck::ui {

/// Asks, once, where secrets are to be kept when the desktop has no wallet, and for the passphrase of their file.
/// Hidden while there is nothing to ask.
class SecretQuestion : public QFrame {
    Q_OBJECT

public:
    /// The vault must outlive it.
    explicit SecretQuestion(remote::SecretVault& vault, QWidget* parent = nullptr);

private:
    void build();
    void refresh();
    void openFile();

    remote::SecretVault& m_vault;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_session;
    QPushButton* m_file;
    QPushButton* m_again;
    QWidget* m_passphraseRow;
    QLineEdit* m_passphrase;
    QPushButton* m_open;
    QLabel* m_problem;
    bool m_wantsFile = false;
};

} // namespace castdeck::ui
