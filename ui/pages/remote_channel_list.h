#pragma once

#include "ui/bridge/remote_control.h"

#include <QtWidgets/QWidget>

#include <string>
#include <vector>

class QLabel;
class QStackedWidget;

namespace castdeck::ui {

struct ChannelTreeRow;
class EmptyState;
class RemoteChannels;
class TreeTable;

/// The channels of an engine elsewhere as a tree with totals, or in words why there are none to show.
class RemoteChannelList : public QWidget {
    Q_OBJECT

public:
    /// `remote` must outlive this.
    explicit RemoteChannelList(RemoteChannels& remote, QWidget* parent = nullptr);

    /// One that is not there changes nothing.
    void select(const std::string& channel);
    /// Null unless a group is selected.
    const ChannelTreeRow* selectedGroup() const;
    void toggleSelected();
    void setTree(bool isTree);
    /// Of a server that has a profile: channels can be listened to by hand, and who can join an empty one is `guest`.
    void setFacts(const std::vector<remote::Capability>& capabilities);
    void setGuest(const QString& name);

Q_SIGNALS:
    void sendToRequested();
    void clearFilterRequested();
    void watchRequested();
    void guestRequested();
    void helpRequested();
    void selectionChanged();

private:
    enum class Offer { Nothing, AskAgain, ClearFilter, Watch, Guest, Help };

    void refresh();
    void showNote();
    void showColumns();
    void keepSelection();
    void selectFirst();
    void toggle(int row);
    void showWords();
    void showFailure();
    void carryOut(Offer offer);
    int current() const; ///< The selected row; -1 for none.

    RemoteChannels& m_remote;
    bool m_isProfile = false;
    std::vector<remote::Capability> m_capabilities;
    QString m_guest; ///< Empty: nobody.
    Offer m_offer = Offer::Nothing;
    Offer m_second = Offer::Nothing;
    TreeTable* m_table;
    QLabel* m_note;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
};

} // namespace castdeck::ui
