#include "ui/models/history_model.h"

#include "ui/text/shown_text.h"
#include "ui/theme/colors.h"

#include <algorithm>

namespace castdeck::ui {

namespace {

QString outcomeOf(const SentMessage& message)
{
    switch (message.state) {
    case SentMessage::State::Waiting: return HistoryModel::tr("sending");
    case SentMessage::State::Failed: return HistoryModel::tr("not sent");
    case SentMessage::State::Partial: return HistoryModel::tr("sent in part");
    case SentMessage::State::Accepted:
        if (!message.receivers)
            return HistoryModel::tr("by %1").arg(shownText(toStd(message.connection), 24));
        return message.receivers == 1 ? HistoryModel::tr("1 receiver")
                                      : HistoryModel::tr("%1 receivers").arg(shownCount(*message.receivers));
    }
    return {};
}

} // namespace

void HistoryModel::add(SentMessage message)
{
    beginInsertRows({}, 0, 0);
    m_messages.push_front(std::move(message));
    endInsertRows();
    if (m_messages.size() <= bound)
        return;
    beginRemoveRows({}, static_cast<int>(bound), static_cast<int>(m_messages.size()) - 1);
    m_messages.resize(bound);
    endRemoveRows();
}

void HistoryModel::setOutcome(std::uint64_t commandId, SentMessage::State state, std::optional<std::size_t> receivers)
{
    const auto it = std::ranges::find(m_messages, commandId, &SentMessage::commandId);
    if (it == m_messages.end())
        return;
    it->state = state;
    it->receivers = receivers;
    const QModelIndex changed = index(static_cast<int>(it - m_messages.begin()));
    Q_EMIT dataChanged(changed, changed);
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size());
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const SentMessage& message = at(index.row());
    switch (role) {
    case Qt::DisplayRole: return shownText(toStd(message.draft.event), 128);
    case ChannelsRole: return shownText(toStd(message.draft.channels.simplified()), 256);
    case TimeRole: return message.at.toString(QStringLiteral("HH:mm:ss"));
    case OutcomeRole: return outcomeOf(message);
    case OutcomeToneRole:
        return static_cast<int>(message.state == SentMessage::State::Failed    ? Tone::Danger
                                : message.state == SentMessage::State::Partial ? Tone::Warning
                                                                               : Tone::Muted);
    case Qt::AccessibleTextRole:
        return tr("%1 to %2, %3")
            .arg(data(index, Qt::DisplayRole).toString(), data(index, ChannelsRole).toString(), outcomeOf(message));
    default: return {};
    }
}

} // namespace castdeck::ui
