#include "ui/models/virtual_subscribers_model.h"

#include "ui/models/persona.h"
#include "ui/models/roles.h"
#include "ui/text/shown_text.h"

#include <algorithm>

namespace castdeck::ui {

namespace {

using State = remote::PusherClient::State;

Tone toneOf(State state)
{
    switch (state) {
    case State::Connected: return Tone::Success;
    case State::Unavailable:
    case State::Disconnected: return Tone::Danger;
    default: return Tone::Warning;
    }
}

QString iconOf(State state)
{
    switch (state) {
    case State::Connected: return QStringLiteral("check");
    case State::Unavailable:
    case State::Disconnected: return QStringLiteral("error");
    default: return QStringLiteral("refresh");
    }
}

} // namespace

QString stateWords(const VirtualSubscriber& subscriber)
{
    switch (subscriber.state()) {
    case State::Connected: return VirtualSubscribersModel::tr("connected");
    case State::Unavailable: return VirtualSubscribersModel::tr("not reachable, trying again");
    case State::Disconnected: return VirtualSubscribersModel::tr("disconnected");
    default: return VirtualSubscribersModel::tr("connecting");
    }
}

VirtualSubscribersModel::VirtualSubscribersModel(QObject* parent) : QAbstractTableModel{parent} {}

VirtualSubscribersModel::~VirtualSubscribersModel() = default;

VirtualSubscriber* VirtualSubscribersModel::add(const remote::Persona& persona, const SubscriberTarget& target)
{
    if (m_subscribers.size() >= maxSubscribers)
        return nullptr;
    beginInsertRows({}, count(), count());
    m_subscribers.push_back(std::make_unique<VirtualSubscriber>(persona, target));
    endInsertRows();
    VirtualSubscriber* added = m_subscribers.back().get();
    connect(added, &VirtualSubscriber::stateChanged, this, [this, added] { rowChanged(added); });
    connect(added, &VirtualSubscriber::receivedChanged, this, [this, added] { rowChanged(added); });
    return added;
}

void VirtualSubscribersModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    const auto gone = std::move(m_subscribers[static_cast<std::size_t>(row)]);
    m_subscribers.erase(m_subscribers.begin() + row);
    endRemoveRows();
    gone->disconnect(this);
}

void VirtualSubscribersModel::rowChanged(const VirtualSubscriber* subscriber)
{
    const auto found = std::ranges::find(m_subscribers, subscriber, [](const auto& each) { return each.get(); });
    if (found == m_subscribers.end())
        return;
    const int row = static_cast<int>(found - m_subscribers.begin());
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

int VirtualSubscribersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

int VirtualSubscribersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VirtualSubscribersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const VirtualSubscriber& subscriber = *at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case Who: return nameOf(subscriber.persona());
        case State: return stateWords(subscriber);
        case Received: return shownCount(static_cast<std::size_t>(subscriber.total()));
        default: return {};
        }
    case ToneRole:
        return static_cast<int>(index.column() == Who     ? ui::toneOf(subscriber.persona())
                                : index.column() == State ? toneOf(subscriber.state())
                                                          : Tone::Muted);
    case IconRole:
        return index.column() == Who     ? QVariant{QStringLiteral("user")}
               : index.column() == State ? QVariant{iconOf(subscriber.state())}
                                         : QVariant{};
    case StrongRole: return index.column() == Who;
    case CodeRole: return index.column() == Received;
    default: return {};
    }
}

QVariant VirtualSubscribersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Who: return tr("Who");
    case State: return tr("State");
    case Received: return tr("Received");
    default: return {};
    }
}

ReceivedModel::ReceivedModel(QObject* parent) : QAbstractTableModel{parent}
{
    constexpr std::chrono::milliseconds frame{33};
    m_frame.setSingleShot(true);
    m_frame.setInterval(frame);
    connect(&m_frame, &QTimer::timeout, this, &ReceivedModel::refresh);
}

void ReceivedModel::setSubscriber(const VirtualSubscriber* subscriber)
{
    if (m_subscriber != nullptr)
        m_subscriber->disconnect(this);
    m_subscriber = subscriber;
    if (m_subscriber != nullptr)
        connect(m_subscriber, &VirtualSubscriber::receivedChanged, this, [this] {
            if (!m_frame.isActive())
                m_frame.start();
        });
    takeAll();
}

void ReceivedModel::takeAll()
{
    beginResetModel();
    m_rows = m_subscriber == nullptr ? std::deque<VirtualSubscriber::Received>{} : m_subscriber->received();
    m_taken = m_subscriber == nullptr ? 0 : m_subscriber->total();
    endResetModel();
}

void ReceivedModel::refresh()
{
    if (m_subscriber == nullptr)
        return;
    const auto& source = m_subscriber->received();
    const auto fresh = static_cast<std::size_t>(m_subscriber->total() - m_taken);
    if (fresh >= source.size() || m_rows.size() + fresh < source.size())
        return takeAll(); // Nothing that is shown stays.
    beginInsertRows({}, 0, static_cast<int>(fresh) - 1);
    m_rows.insert(m_rows.end(), source.end() - static_cast<std::ptrdiff_t>(fresh), source.end());
    m_taken += fresh;
    endInsertRows();
    if (const std::size_t excess = m_rows.size() - source.size(); excess > 0) {
        beginRemoveRows({}, static_cast<int>(source.size()), rowCount() - 1);
        m_rows.erase(m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(excess));
        endRemoveRows();
    }
}

const VirtualSubscriber::Received& ReceivedModel::at(int row) const
{
    return m_rows[m_rows.size() - 1 - static_cast<std::size_t>(row)];
}

int ReceivedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ReceivedModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReceivedModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const VirtualSubscriber::Received& row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (index.column()) {
        case Time: return row.at.toString(QStringLiteral("HH:mm:ss.zzz"));
        case Channel: return shownText(row.channel, 200);
        case Event: return shownText(row.event, 200);
        case Summary: return row.problem.isEmpty() ? shownText(*row.payload, 256, LineEnds::Fold) : row.problem;
        default: return {};
        }
    case ToneRole:
        return static_cast<int>(!row.problem.isEmpty() && index.column() == Summary ? Tone::Warning
                                : index.column() == Event                           ? Tone::Text
                                                                                    : Tone::Muted);
    case IconRole:
        return index.column() == Event && row.wasEncrypted ? QVariant{QStringLiteral("encrypted")} : QVariant{};
    case CodeRole: return index.column() != Summary || row.problem.isEmpty();
    default: return {};
    }
}

QVariant ReceivedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time");
    case Channel: return tr("Channel");
    case Event: return tr("Event");
    case Summary: return tr("What it got");
    default: return {};
    }
}

} // namespace castdeck::ui
