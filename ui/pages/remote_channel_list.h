#pragma once

#include <QtWidgets/QWidget>

#include <string>

class QLabel;
class QStackedWidget;

namespace castdeck::ui {

class DataTable;
class EmptyState;
class RemoteChannels;

/// The channels of an engine elsewhere, or in words why there are none to show.
class RemoteChannelList : public QWidget {
    Q_OBJECT

public:
    /// `remote` must outlive this.
    explicit RemoteChannelList(RemoteChannels& remote, QWidget* parent = nullptr);

    /// One that is not there changes nothing.
    void select(const std::string& channel);

Q_SIGNALS:
    void sendToRequested();
    void clearFilterRequested();

private:
    void refresh();
    void showColumns();
    void keepSelection();
    void showWords();

    RemoteChannels& m_remote;
    DataTable* m_table;
    QLabel* m_note;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
};

} // namespace castdeck::ui
