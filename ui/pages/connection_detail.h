#pragma once

#include "core/engine/details.h"
#include "core/engine/snapshot.h"
#include "ui/models/details_feed.h"

#include <QtWidgets/QFrame>

#include <string>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace castdeck::ui {

class Chip;
class EmptyState;
class FactsModel;
class Figure;
class HappeningsModel;
class OccupancyControl;
class OccupantActions;
class SubscriptionsModel;
class ValueText;

/// One socket of the embedded server: who it is, and in tabs what it said in the handshake, what it is subscribed to,
/// what happened to it, and what went over the wire.
class ConnectionDetail : public QFrame {
    Q_OBJECT

public:
    enum Tab { Handshake, Subscriptions, Timeline, Traffic };

    explicit ConnectionDetail(QWidget* parent = nullptr);

    /// Without one, what the snapshot tells is all that is shown. It must outlive this.
    void setControl(OccupancyControl* control);
    void showConnection(const engine::ConnectionSnapshot& connection);
    /// The one that is shown has gone; the rest stays as it was.
    void showGone();
    void showTab(Tab tab);
    OccupantActions* actions() const { return m_actions; }

Q_SIGNALS:
    void followRequested(const QString& filter);
    void channelRequested(const QString& appId, const QString& channel);

private:
    void build();
    QWidget* buildSubscriptions();
    QWidget* buildTraffic();
    void showDetails(const engine::ConnectionDetails& details);
    void showTraffic(const engine::ConnectionDetails& details);

    std::string m_appId;
    std::string m_socketId;
    DetailsFeed m_feed;
    ValueText* m_name;
    Chip* m_state;
    QLabel* m_who;
    QPushButton* m_copy;
    QTabWidget* m_tabs;
    FactsModel* m_handshake;
    SubscriptionsModel* m_subscriptions;
    HappeningsModel* m_timeline;
    FactsModel* m_pings;
    QStackedWidget* m_subscriptionsStack;
    QLabel* m_subscriptionsNote;
    QStackedWidget* m_trafficStack;
    Figure* m_messagesIn;
    Figure* m_messagesOut;
    Figure* m_bytesIn;
    Figure* m_bytesOut;
    OccupantActions* m_actions;
};

} // namespace castdeck::ui
