#pragma once

#include "ui/bridge/documents.h"
#include "ui/bridge/server_view.h"
#include "ui/models/connection_choices.h"
#include "ui/models/profile.h"
#include "ui/models/template.h"
#include "ui/text/copy_as.h"
#include "ui/text/draft.h"
#include "ui/window_settings.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <map>
#include <optional>

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace castdeck::ui {

class BoardPane;
class Composer;
class ConfirmSheet;
class HistoryModel;
class HistoryPanel;
class Receipt;
class SentArchive;

/// The operators' page: the alert board, the composer with the connection to send through, the receipt, and what was
/// sent in this session. Asks again before anything goes to a production profile, and sends nothing while locked.
///
/// The controls and documents must outlive it.
class SendPage : public QWidget {
    Q_OBJECT

public:
    SendPage(ServerControl& server, ConnectionControl& connections, Documents& documents,
             const WindowSettings& settings, Profile profile, QWidget* parent = nullptr);

    Composer* composer() const { return m_composer; }
    BoardPane* board() const { return m_board; }
    void showSnapshot(const std::shared_ptr<const engine::Snapshot>& snapshot);
    void showOutcome(const engine::PublishOutcome& outcome);
    /// Rows of the live log: among them may be when the last message was delivered.
    void showEvents(const std::vector<engine::Event>& events);
    void showReport(std::uint64_t id, const broadcast::Report& report);
    /// One that is not there changes nothing. The empty name is the server in this program.
    void setConnection(const QString& name);
    void setProfile(const Profile& profile);
    /// When the configuration has been read again; what is typed and chosen stays.
    void setSettings(const WindowSettings& settings);
    /// Where what is sent is written down before its outcome is told; null: nowhere. It must outlive the page.
    void setArchive(SentArchive* archive);
    /// While locked nothing is sent; `reason` says so and how to unlock, in one sentence.
    void setLocked(bool isLocked, const QString& reason);
    /// Where code that is copied sends to; nothing when the chosen connection speaks another protocol.
    std::optional<CopyEndpoint> copyEndpoint() const;

public Q_SLOTS:
    void send();            ///< What has the focus: the composer's message, the alert's form, or the question's answer.
    void saveAsTemplate();  ///< The composer's message, on the board.
    void showNextProblem(); ///< See Composer.
    void copyAsCurl();
    void focusBoard();
    void focusComposer();
    void showHistory(); ///< Unfolds what was sent and gives it the focus.

Q_SIGNALS:
    /// Somebody wants to know whom the message reached that the receipt tells about.
    void whoGotThisRequested(const QString& appId, const QString& channel, const QString& event);
    void unlockRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// A message that was checked and waits to go out.
    struct Outgoing {
        std::vector<Draft> drafts; ///< In order; more than one is a batch.
        std::string connection;    ///< A name among the choices.
        std::string templateId;    ///< Of the alert it comes from; empty for the composer.
    };
    /// Messages that were sent together and are answered one by one.
    struct Batch {
        std::map<std::uint64_t, bool> answered; ///< By key.
        std::size_t accepted = 0;
        std::size_t receivers = 0;
        QString problem;
    };

    QWidget* buildBody();
    QWidget* buildMain();
    QLayout* buildHead();
    QWidget* buildComposing();
    QLayout* buildButtons();
    void connectParts();
    void addShortcuts();
    QMenu* copyMenu();

    const ConnectionChoice& choice() const;
    const ConnectionChoice* choiceNamed(const std::string& name) const;
    void showChoice();
    void showGuard();
    void sendDraft(const Draft& draft);
    void sendTemplate(const Template& message, const Draft& draft);
    void request(Outgoing outgoing);
    void ask();
    void confirmed();
    void cancelled();
    void dispatch(const Outgoing& outgoing);
    bool sendHere(const Draft& draft, const std::string& connection);
    void sendThrough(const Draft& draft, const std::string& connection);
    void remember(std::uint64_t id, const Draft& draft, const std::string& connection);
    void settle(std::uint64_t key, bool isAccepted, std::size_t receivers, const QString& problem);
    void showDelivery();
    void addToBatch();
    void editTemplate(const Template& message);
    void copyAs(CopyKind kind);
    void showKnownNames();
    void storeDraft();
    void restoreDraft();

    ServerControl& m_server;
    ConnectionControl& m_connectionControl;
    Documents& m_documents;
    WindowSettings m_settings;
    Profile m_profile;
    bool m_isLocked = false;
    QString m_lockReason;
    std::shared_ptr<const engine::Snapshot> m_snapshot; ///< Null until the server has said something.
    ConnectionChoices m_choices;
    BoardPane* m_board;
    QComboBox* m_connection;
    QLabel* m_connectionHint;
    Composer* m_composer;
    QPushButton* m_send;
    QPushButton* m_copy;
    QPushButton* m_optionsFold;
    QStackedWidget* m_right; ///< The composer, or the question before a send to production.
    ConfirmSheet* m_confirm;
    Receipt* m_receipt;
    HistoryModel* m_history;
    HistoryPanel* m_historyPanel;
    bool m_isHistoryChosen = false; ///< Somebody folded or unfolded it; the height no longer decides.
    std::optional<Outgoing> m_pending;
    std::vector<Draft> m_batch; ///< Waits to be sent together with the composer's message.
    std::optional<Batch> m_sentBatch;
    std::vector<std::shared_ptr<const engine::DeliveryTrace>> m_traces; ///< Of the last message, one a channel.
    QTimer m_traceTimer;
    int m_traceLooks = 0;
    std::optional<Template> m_edited; ///< The template whose message is in the composer.
    QTimer m_draftTimer;
    std::uint64_t m_lastSent = 0; ///< Key in the history of what the receipt tells about.
};

} // namespace castdeck::ui
