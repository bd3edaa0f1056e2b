#pragma once

#include "ui/bridge/virtual_subscriber.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QTimer>

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace castdeck::ui {

/// The virtual subscribers of one profile, in the order in which they came. Owns them.
class VirtualSubscribersModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Who, State, Received, ColumnCount };
    /// Each is a connection of its own; for a crowd there are load tests.
    static constexpr std::size_t maxSubscribers = 50;

    explicit VirtualSubscribersModel(QObject* parent = nullptr);
    ~VirtualSubscribersModel() override;

    /// Null when there are maxSubscribers already. It lives until it is removed.
    VirtualSubscriber* add(const remote::Persona& persona, const SubscriberTarget& target);
    void remove(int row);
    VirtualSubscriber* at(int row) const { return m_subscribers[static_cast<std::size_t>(row)].get(); }
    int count() const { return static_cast<int>(m_subscribers.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void rowChanged(const VirtualSubscriber* subscriber);

    std::vector<std::unique_ptr<VirtualSubscriber>> m_subscribers;
};

/// What one virtual subscriber received, newest first, brought up to date at most once a frame.
class ReceivedModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Channel, Event, Summary, ColumnCount };

    explicit ReceivedModel(QObject* parent = nullptr);

    /// Null for none. It must outlive this or be taken back.
    void setSubscriber(const VirtualSubscriber* subscriber);
    const VirtualSubscriber::Received& at(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();
    void takeAll();

    const VirtualSubscriber* m_subscriber = nullptr;
    std::deque<VirtualSubscriber::Received> m_rows; ///< As shown; the subscriber's own may be further already.
    std::uint64_t m_taken = 0;                      ///< Of all that it ever received.
    QTimer m_frame;
};

/// "connected", "connecting" ... and what it costs attention for.
QString stateWords(const VirtualSubscriber& subscriber);

} // namespace castdeck::ui
