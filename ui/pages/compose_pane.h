#pragma once

#include "ui/bridge/documents.h"
#include "ui/bridge/server_view.h"
#include "ui/models/connection_choices.h"
#include "ui/models/preferences.h"
#include "ui/models/profile.h"
#include "ui/text/copy_as.h"
#include "ui/text/draft.h"
#include "ui/window_settings.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace castdeck::ui {

class Composer;
class ConfirmSheet;
class Receipt;
class SendDesk;

/// The composer at work: the connection to send through, the message with its draft on disk, the question before
/// anything goes to a production profile or where it is wanted, and the receipt. While locked nothing is sent.
///
/// Desk, controls and documents outlive it.
class ComposePane : public QWidget {
    Q_OBJECT

public:
    /// Messages that were checked and are to go out.
    struct Outgoing {
        std::vector<Draft> drafts; ///< In order; more than one is a batch.
        std::string connection;    ///< A name among the choices.
        std::string templateId{};  ///< Of the alert it comes from; empty for the composer.
        bool isFromClient = false; ///< By a virtual subscriber.
        QString appId{};           ///< Empty: the one that the composer shows.
    };

    ComposePane(SendDesk& desk, const ConnectionControl& connections, Documents& documents,
                const WindowSettings& settings, Profile profile, QWidget* parent = nullptr);

    Composer& composer() const { return *m_composer; }
    Receipt& receipt() const { return *m_receipt; }
    const QString& profileName() const noexcept { return m_profile.name; }
    void setTools(QWidget* tools); ///< They end its head while it is docked; it owns them.
    void setDocked(bool isDocked); ///< Beside another page, with less room around it.
    void showSnapshot(const std::shared_ptr<const engine::Snapshot>& snapshot);
    void setProfile(const Profile& profile);
    /// When the configuration has been read again; what is typed and chosen stays.
    void setSettings(const WindowSettings& settings);
    void setAskRule(AskRule rule) noexcept { m_askRule = rule; }
    /// `reason` says so and how to unlock, in one sentence.
    void setLocked(bool isLocked, const QString& reason);

    const ConnectionChoice& choice() const;
    bool isPreferredChoice() const;
    /// One that is not there changes nothing. The empty name is the server in this program.
    void setConnection(const QString& name);
    /// Where code that is copied sends to; nothing when the chosen connection speaks another protocol.
    std::optional<CopyEndpoint> copyEndpoint() const;

    /// Sends it, or asks first; what keeps it from going out is told by the receipt.
    void request(Outgoing outgoing);
    bool isAsking() const;

public Q_SLOTS:
    void send(); ///< The composer's message. The question before production is answered by its own button and Enter.
    void copyAsCurl();

Q_SIGNALS:
    void saveWanted(); ///< The message is to be kept as an alert.
    void cleared();
    void sent(const std::string& templateId); ///< As in Outgoing.
    /// Nothing went out; another try is allowed. `templateId` as in Outgoing.
    void held(const std::string& templateId);
    /// What a button that sends an alert is called, and why it does not; an empty reason when it does.
    void guardChanged(const QString& alertText, const QString& reason);
    void optionsOpened();
    /// A virtual subscriber is to send it; receipt() takes what came of it.
    void clientEventRequested(const QString& appId, const castdeck::ui::Draft& draft);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildHead();
    QWidget* buildComposing();
    QLayout* buildButtons();
    QMenu* copyMenu();
    void connectParts();
    void connectDesk();
    const ConnectionChoice* choiceNamed(const std::string& name) const;
    void showChoice();
    void showGuard();
    void showOptions(bool isShown);
    void sendDraft(const Draft& draft);
    QString obstacle(const Outgoing& outgoing) const;
    bool wantsQuestion(const Outgoing& outgoing) const;
    void ask();
    void confirmed();
    void cancelled();
    void dispatch(const Outgoing& outgoing);
    void addToBatch();
    void clearBatch();
    void copyAs(CopyKind kind);
    void storeDraft();
    void restoreDraft();

    SendDesk& m_desk;
    const ConnectionControl& m_connectionControl;
    Documents& m_documents;
    broadcast::ConnectionsConfig m_connectionsConfig;
    Profile m_profile;
    AskRule m_askRule = AskRule::Production;
    bool m_isLocked = false;
    QString m_lockReason;
    std::shared_ptr<const engine::Snapshot> m_snapshot; ///< Null until the server has said something.
    ConnectionChoices m_choices;
    QLabel* m_title; ///< While docked; page Send has its own.
    QWidget* m_tools = nullptr;
    QHBoxLayout* m_head;
    QComboBox* m_connection;
    QLabel* m_connectionHint;
    Composer* m_composer;
    QPushButton* m_send;
    QPushButton* m_copy;
    QPushButton* m_optionsFold;
    QStackedWidget* m_stack; ///< The composer, or the question before a send to production.
    ConfirmSheet* m_confirm;
    Receipt* m_receipt;
    std::optional<Outgoing> m_pending;
    std::vector<Draft> m_batch; ///< Waits to be sent together with the composer's message.
    QTimer m_draftTimer;
};

} // namespace castdeck::ui
