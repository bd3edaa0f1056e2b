#pragma once

#include "ui/text/near_misses.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <optional>

class QLabel;
class QStackedWidget;

namespace castdeck::ui {

class DataTable;
class EmptyState;
class LogStore;
class ReachedModel;

/// Who got one event of the live log: the sockets it was handed to with their delay, and those that nearly did with the
/// likely reason.
///
/// Ownership: the log outlives it.
class DeliveryView : public QWidget {
    Q_OBJECT

public:
    explicit DeliveryView(const LogStore& log, QWidget* parent = nullptr);

    /// Nothing for a row that is no message.
    void setEvent(const std::optional<engine::Event>& event);
    /// What is connected by now. Costs nothing while the view is hidden.
    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot);

public Q_SLOTS:
    /// Works it out anew, with what is connected by now.
    void refresh();

Q_SIGNALS:
    /// Somebody wants to see what this socket did.
    void socketRequested(const QString& socketId);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildContent();
    QWidget* buildReached();
    std::vector<const engine::Event*> logAround() const;
    void showNothing(const QString& title, const QString& sentence);
    void showReached();
    void showMisses();

    const LogStore& m_log;
    std::optional<engine::Event> m_event;
    std::shared_ptr<const engine::Snapshot> m_snapshot;
    bool m_isStale = true;
    ReachedModel* m_reached;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QLabel* m_reachedHead;
    DataTable* m_reachedTable;
    QLabel* m_missesHead;
    QWidget* m_misses;
    QLabel* m_hint;
};

} // namespace castdeck::ui
