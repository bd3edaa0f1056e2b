#pragma once

#include "core/engine/snapshot.h"
#include "ui/bridge/remote_control.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class QLabel;
class QLineEdit;
class QStackedWidget;

namespace castdeck::ui {

class ConnectionDetail;
class ConnectionsModel;
class DataTable;
class EmptyState;
class OccupancyControl;

/// The open sockets of the embedded server, and the details of the selected one. For a server elsewhere, which does not
/// tell, it says so.
class ConnectionsPage : public QWidget {
    Q_OBJECT

public:
    explicit ConnectionsPage(QWidget* parent = nullptr);

    /// What can be asked of and done to the embedded server; it must outlive this.
    void setControl(OccupancyControl* control);
    /// The page is about a server elsewhere.
    void setRemote();
    void showFacts(const RemoteFacts& facts);
    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot);
    /// One that is not there changes nothing.
    void selectConnection(const std::string& appId, const std::string& socketId);
    ConnectionDetail* detail() const { return m_detail; }

public Q_SLOTS:
    void focusFilter();
    void closeSelected();      ///< Asks first.
    void disconnectSelected(); ///< The user; asks first.
    void followSelected();

Q_SIGNALS:
    /// `filter` is in the language of the log's filter line.
    void followRequested(const QString& filter);
    void channelRequested(const QString& appId, const QString& channel);
    void startRequested();
    void copyCodeRequested();
    void subscriberRequested();   ///< A virtual one.
    void capabilitiesRequested(); ///< Somebody wants to know what the server tells.

protected:
    void showEvent(QShowEvent* event) override;

private:
    enum class Offer { Start, ClearFilter, CopyCode, Subscriber };

    QWidget* buildList();
    void connectAll();
    void refresh();
    void refreshEmptyState();
    void showRemote();
    void offer(Offer offer, const QString& icon, const QString& title, const QString& sentence, const QString& button);
    void carryOut();
    void showSelected();
    void keepSelection();
    const engine::ConnectionSnapshot* selectedConnection() const;

    std::shared_ptr<const engine::Snapshot> m_snapshot;
    bool m_isRemote = false;
    std::vector<remote::Capability> m_capabilities; ///< Of the server elsewhere.
    bool m_isUpdating = false;                      ///< Rows come and go, and the current one with them.
    std::pair<std::string, std::string> m_selected; ///< App and socket.
    ConnectionsModel* m_model;
    QLineEdit* m_filter;
    QLabel* m_count;
    DataTable* m_table;
    EmptyState* m_empty;
    Offer m_offer = Offer::Start;
    QStackedWidget* m_stack;
    ConnectionDetail* m_detail;
};

} // namespace castdeck::ui
