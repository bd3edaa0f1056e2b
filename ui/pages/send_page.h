#pragma once

#include "ui/bridge/documents.h"
#include "ui/bridge/server_view.h"
#include "ui/models/profile.h"
#include "ui/models/template.h"
#include "ui/text/copy_as.h"
#include "ui/text/draft.h"
#include "ui/window_settings.h"

#include <QtWidgets/QWidget>

#include <optional>

class QStackedWidget;

namespace castdeck::ui {

class BoardPane;
class ComposePane;
class Composer;
class HistoryModel;
class HistoryPanel;
class Receipt;
class SendDesk;
class SentArchive;
struct SentMessage;

/// The operators' page: the alert board, the composer with the connection to send through, the receipt, and what was
/// sent. Asks again before anything goes to a production profile, and sends nothing while locked.
///
/// The controls and documents must outlive it.
class SendPage : public QWidget {
    Q_OBJECT

public:
    SendPage(ServerControl& server, ConnectionControl& connections, Documents& documents,
             const WindowSettings& settings, const Profile& profile, QWidget* parent = nullptr);

    Composer* composer() const;
    BoardPane* board() const { return m_board; }
    /// Another part of the window may borrow it by taking it into its own layout; see ComposerDock.
    ComposePane& pane() const { return *m_pane; }
    void takePane(); ///< Back from who borrowed it.
    const QString& profileName() const;
    Receipt& receipt() const;
    void showSnapshot(const std::shared_ptr<const engine::Snapshot>& snapshot);
    void showOutcome(const engine::PublishOutcome& outcome);
    /// Rows of the live log: among them may be when the last message was delivered.
    void showEvents(const std::vector<engine::Event>& events);
    void showReport(std::uint64_t id, const broadcast::Report& report);
    /// Beside what is in the composer. An empty id stands for the composer's application.
    void sendAgain(const Draft& draft, const QString& appId);
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
    void send();            ///< What has the focus: the composer's message or the alert's form.
    void saveAsTemplate();  ///< The composer's message, on the board.
    void showNextProblem(); ///< See Composer.
    void copyAsCurl();
    void focusBoard();
    void focusComposer();
    void showHistory(); ///< Unfolds what was sent and gives it the focus.

Q_SIGNALS:
    /// Somebody wants to know whom the message reached that the receipt tells about.
    void whoGotThisRequested(const castdeck::ui::SentMessage& message);
    /// A virtual subscriber is to send it; receipt() takes what came of it.
    void clientEventRequested(const QString& appId, const castdeck::ui::Draft& draft);
    void unlockRequested();
    void paneWanted(); ///< Somebody wants the pane back here.

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildBody();
    void connectBoard();
    void connectPane();
    void connectHistory();
    void addShortcuts();
    void sendTemplate(const Template& message, const Draft& draft);
    void editTemplate(const Template& message);
    void showSent(const std::string& templateId);
    void showKnownNames();
    QWidget* buildSide();

    HistoryModel* m_history;
    SendDesk* m_desk;
    BoardPane* m_board;
    ComposePane* m_pane;
    QStackedWidget* m_side; ///< The pane, or in its absence where it is.
    HistoryPanel* m_historyPanel;
    bool m_isHistoryChosen = false;   ///< Somebody folded or unfolded it; the height no longer decides.
    std::optional<Template> m_edited; ///< The template whose message is in the composer.
};

} // namespace castdeck::ui
