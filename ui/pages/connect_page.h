#pragma once

#include "core/remote/doctor.h"
#include "core/remote/secret_vault.h"
#include "ui/models/doctor_words.h"
#include "ui/models/profile_book.h"

#include <QtWidgets/QFrame>

#include <functional>
#include <memory>
#include <string>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace castdeck::ui {

class ConfirmBar;
class DoctorView;
class ProfileForm;

/// Where a server is entered, out of a pasted text or by hand, and checked before it is used. What passes is kept in
/// the book, its secret in the vault.
class ConnectPage : public QFrame {
    Q_OBJECT

public:
    /// Both must outlive the page.
    ConnectPage(ProfileBook& book, remote::SecretVault& vault, QWidget* parent = nullptr);
    ~ConnectPage() override;

    /// An empty form, the cursor in the paste box.
    void startNew();
    /// The form of a profile that is in the book, with its secret as soon as the vault gives it.
    void edit(const std::string& profileId);
    /// The same, and the check begins once the secret is there.
    void check(const std::string& profileId);
    void paste(const QString& text);
    /// Checks what the form says, and connects when all is well. Does nothing while a check is under way.
    void connectNow();
    void stopCheck();
    /// Keeps what the form says of a profile that is in the book, without a check.
    void save();
    /// Asks before the profile goes, and its secret with it.
    void askToRemove();

    ProfileForm* form() const { return m_form; }
    DoctorView* doctorView() const { return m_doctorView; }
    bool isChecking() const noexcept { return m_doctor != nullptr; }

Q_SIGNALS:
    /// Every step passed; the profile is in the book, and has been marked as used. The secret is for whoever connects.
    void connected(const castdeck::ui::Profile& profile, const std::string& secret);
    void cancelled();
    void saved(const castdeck::ui::Profile& profile);
    void removed(const QString& name); ///< It is out of the book.

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void showKept(const std::string& profileId, std::function<void()> whenSecretIsThere);
    QWidget* buildPaste();
    void readPaste();
    void showSummary(const QString& summary, const QStringList& notes);
    void checkEnded(bool isHealthy);
    void applyRemedy(DoctorRemedy remedy, const remote::DoctorFinding& finding);
    bool isEditing() const;
    void showEditing();
    Profile store();
    void keep();
    void setChecking(bool isChecking);

    ProfileBook& m_book;
    remote::SecretVault& m_vault;
    QLabel* m_title;
    QPlainTextEdit* m_paste;
    QLabel* m_summary;
    ProfileForm* m_form;
    DoctorView* m_doctorView;
    QPushButton* m_remove;
    QPushButton* m_save;
    QPushButton* m_connect;
    QPushButton* m_cancel;
    ConfirmBar* m_confirm;
    std::unique_ptr<remote::ConnectionDoctor> m_doctor;
};

} // namespace castdeck::ui
