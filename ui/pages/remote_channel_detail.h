#pragma once

#include <QtWidgets/QFrame>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace castdeck::ui {

class ChannelHead;
class DataTable;
class EmptyState;
class Figure;
class PersonaBook;
class RemoteChannels;

/// The selected channel of an engine elsewhere: what its kind means, what is counted, and its members, or in words why
/// nobody knows them.
class RemoteChannelDetail : public QFrame {
    Q_OBJECT

public:
    /// `remote` must outlive this.
    explicit RemoteChannelDetail(RemoteChannels& remote, QWidget* parent = nullptr);

    /// Who can be played on the channel. They outlive it.
    void setPersonas(const PersonaBook& personas);
    /// The server has a profile: the console can listen to its channels.
    void setWatchable();

Q_SIGNALS:
    void sendToRequested();
    void subscribeRequested(const QString& personaId, const QString& channel);
    void watchRequested(const QString& channel, bool isWanted);

private:
    void build();
    QWidget* buildWatch();
    void showChannel();
    void showWatch();
    void showMembers();
    void showWords(const QString& title, const QString& sentence);

    RemoteChannels& m_remote;
    ChannelHead* m_head;
    Figure* m_subscribers;
    Figure* m_memberCount;
    bool m_isWatchable = false;
    QWidget* m_watchState;
    QLabel* m_watchText;
    QPushButton* m_watch;
    QLabel* m_membersHead;
    DataTable* m_table;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
};

} // namespace castdeck::ui
