#pragma once

#include "core/engine/details.h"
#include "core/engine/snapshot.h"
#include "ui/models/details_feed.h"

#include <QtWidgets/QFrame>

#include <optional>
#include <string>
#include <utility>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace castdeck::ui {

class CacheView;
class ChannelHead;
class CodeView;
class DataTable;
class EmptyState;
class FactsModel;
class Figure;
class HappeningsModel;
class MembersModel;
class OccupancyControl;
class OccupantActions;
class PersonaBook;
class SubscribersModel;

/// One channel of the embedded server: what its kind means, how many are there, and in tabs its members with their
/// sockets, every subscribed socket, what happened last, the cached event, its limits, and how to listen.
class ChannelDetail : public QFrame {
    Q_OBJECT

public:
    enum Tab { Members, Subscribers, Recent, Cache, Limits, Code };

    explicit ChannelDetail(QWidget* parent = nullptr);

    /// Without one, what the snapshot tells is all that is shown. It must outlive this.
    void setControl(OccupancyControl* control);
    /// Who can be played on the channel. They outlive it.
    void setPersonas(const PersonaBook& personas);
    /// A channel that is not in the snapshot changes nothing.
    void showChannel(const engine::Snapshot& snapshot, const std::string& appId, const std::string& name);
    void showTab(Tab tab);

Q_SIGNALS:
    void sendToRequested(const QString& appId, const QString& channel);
    void subscribeRequested(const QString& personaId, const QString& appId, const QString& channel);
    void followRequested(const QString& filter);
    void connectionRequested(const QString& appId, const QString& socketId);

private:
    void build();
    QWidget* buildMembers();
    QWidget* buildSubscribers();
    void connectAll();
    void showHead(const engine::ChannelSnapshot& channel);
    void showDetails(const engine::ChannelDetails& details);
    void showMembers(const engine::ChannelDetails& details);
    void showSubscribers(const engine::ChannelDetails& details);
    void showCode(const engine::ChannelDetails& details);
    void targetMember();
    void targetSubscriber();

    std::string m_appId;
    std::string m_channel;
    DetailsFeed m_feed;
    ChannelHead* m_head;
    Figure* m_subscribers;
    Figure* m_memberCount;
    Figure* m_cacheState;
    QTabWidget* m_tabs;
    MembersModel* m_members;
    SubscribersModel* m_sockets;
    HappeningsModel* m_happenings;
    FactsModel* m_limits;
    DataTable* m_membersTable;
    DataTable* m_socketsTable;
    QStackedWidget* m_membersStack;
    EmptyState* m_noMembers;
    QLabel* m_membersNote;
    QLabel* m_conflictNote;
    QLabel* m_subscribersNote;
    OccupantActions* m_memberActions;
    OccupantActions* m_socketActions;
    CacheView* m_cache;
    CodeView* m_code;
    std::pair<std::string, std::string> m_codeFor; ///< Channel and event.
};

} // namespace castdeck::ui
