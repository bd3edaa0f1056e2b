#pragma once

#include "core/engine/snapshot.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <optional>
#include <string>

class QLineEdit;
class QStackedWidget;
class QLabel;

namespace castdeck::ui {

class ChannelDetail;
class ChannelsModel;
class DataTable;
class EmptyState;

/// Which channels are occupied, and who is in the selected one.
class ChannelsPage : public QWidget {
    Q_OBJECT

public:
    explicit ChannelsPage(QWidget* parent = nullptr);

    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot);
    void focusFilter();
    void selectChannel(const std::string& appId, const std::string& name);

Q_SIGNALS:
    void sendToRequested(const QString& appId, const QString& channel);
    void copyCodeRequested();
    void startRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildList();
    void refresh();
    void refreshEmptyState();
    void showSelected();

    std::shared_ptr<const engine::Snapshot> m_snapshot;
    ChannelsModel* m_model;
    QLineEdit* m_filter;
    QLabel* m_count;
    DataTable* m_table;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
    ChannelDetail* m_detail;
};

} // namespace castdeck::ui
