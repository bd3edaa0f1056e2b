#pragma once

#include <QtWidgets/QFrame>

class QLabel;
class QStackedWidget;

namespace castdeck::ui {

class ChannelHead;
class DataTable;
class EmptyState;
class Figure;
class RemoteChannels;

/// The selected channel of an engine elsewhere: what its kind means, what is counted, and its members, or in words why
/// nobody knows them.
class RemoteChannelDetail : public QFrame {
    Q_OBJECT

public:
    /// `remote` must outlive this.
    explicit RemoteChannelDetail(RemoteChannels& remote, QWidget* parent = nullptr);

Q_SIGNALS:
    void sendToRequested();

private:
    void build();
    void showChannel();
    void showMembers();
    void showWords(const QString& title, const QString& sentence);

    RemoteChannels& m_remote;
    ChannelHead* m_head;
    Figure* m_subscribers;
    Figure* m_memberCount;
    QLabel* m_membersHead;
    DataTable* m_table;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
};

} // namespace castdeck::ui
