#include "ui/models/history_model.h"

#include "ui/text/shown_text.h"
#include "ui/theme/colors.h"

#include <QtCore/QLocale>
#include <QtCore/QPointer>

#include <algorithm>
#include <iterator>

namespace castdeck::ui {

namespace {

QString outcomeOf(const SentMessage& message)
{
    switch (message.state) {
    case SentMessage::State::Waiting:
        return message.commandId == 0 ? HistoryModel::tr("outcome unknown") : HistoryModel::tr("sending");
    case SentMessage::State::Failed: return HistoryModel::tr("not sent");
    case SentMessage::State::Partial: return HistoryModel::tr("sent in part");
    case SentMessage::State::Accepted:
        if (!message.receivers)
            return HistoryModel::tr("by %1").arg(shownText(toStd(message.connection), 24));
        return message.receivers == 1 ? HistoryModel::tr("1 subscriber")
                                      : HistoryModel::tr("%1 subscribers").arg(shownCount(*message.receivers));
    }
    return {};
}

} // namespace

void HistoryModel::setArchive(SentArchive* archive)
{
    m_archive = archive;
    m_isEnd = archive == nullptr;
    m_isAsking = false;
    ask(std::nullopt);
}

void HistoryModel::setWords(const QString& words)
{
    const QString wanted = words.simplified();
    if (wanted == m_words || m_archive == nullptr)
        return;
    m_words = wanted;
    ask(std::nullopt);
}

void HistoryModel::ask(std::optional<std::int64_t> before)
{
    if (m_archive == nullptr)
        return;
    m_isAsking = true;
    m_archive->find({.words = m_words, .before = before},
                    [self = QPointer{this}, isFirst = !before](SentArchive::Page page) {
                        if (!self)
                            return;
                        self->m_isEnd = page.isEnd;
                        if (isFirst)
                            self->show(std::move(page.messages));
                        else
                            self->append(std::move(page.messages));
                        self->m_isAsking = false; // Whoever hears of the rows must not ask for them again.
                    });
}

void HistoryModel::show(std::vector<SentMessage> messages)
{
    // What was sent while the archive was asked is not in its answer.
    std::vector<SentMessage> sending;
    for (SentMessage& each : m_messages) {
        const bool isNewer = messages.empty() || each.archiveId > messages.front().archiveId;
        if (m_words.isEmpty() && each.commandId != 0 && isNewer)
            sending.push_back(std::move(each));
    }
    beginResetModel();
    m_messages.assign(std::make_move_iterator(sending.begin()), std::make_move_iterator(sending.end()));
    std::ranges::move(messages, std::back_inserter(m_messages));
    endResetModel();
    Q_EMIT searched();
}

void HistoryModel::append(std::vector<SentMessage> messages)
{
    if (messages.empty())
        return;
    const int row = rowCount();
    beginInsertRows({}, row, row + static_cast<int>(messages.size()) - 1);
    std::ranges::move(messages, std::back_inserter(m_messages));
    endInsertRows();
}

bool HistoryModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_isEnd && !m_isAsking && !m_messages.empty();
}

void HistoryModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        ask(m_messages.back().archiveId);
}

void HistoryModel::add(SentMessage message)
{
    if (m_archive != nullptr) {
        message.archiveId = m_archive->add(message);
        m_unsettled[message.commandId] = message.archiveId;
        if (!m_words.isEmpty())
            return; // Whether it is among what was searched for, the archive knows once it has it.
    }
    beginInsertRows({}, 0, 0);
    m_messages.push_front(std::move(message));
    endInsertRows();
    if (m_messages.size() > 1) {
        const QModelIndex second = index(1); // The first of its day is another one.
        Q_EMIT dataChanged(second, second, {DayRole});
    }
    if (m_archive != nullptr || m_messages.size() <= bound)
        return;
    beginRemoveRows({}, static_cast<int>(bound), static_cast<int>(m_messages.size()) - 1);
    m_messages.resize(bound);
    endRemoveRows();
}

void HistoryModel::settle(std::uint64_t commandId, const SentArchive::Outcome& outcome, std::function<void()> kept)
{
    setOutcome(commandId, outcome.state, outcome.receivers);
    const auto unsettled = m_unsettled.find(commandId);
    if (unsettled == m_unsettled.end()) {
        kept();
        return;
    }
    const std::int64_t archiveId = unsettled->second;
    m_unsettled.erase(unsettled);
    m_archive->settle(archiveId, outcome, [self = QPointer{this}, kept = std::move(kept)](const QString&) {
        if (!self)
            return;
        if (!self->m_words.isEmpty())
            self->ask(std::nullopt);
        kept();
    });
}

void HistoryModel::setOutcome(std::uint64_t commandId, SentMessage::State state, std::optional<std::size_t> receivers)
{
    const auto unsettled = m_unsettled.find(commandId);
    const std::int64_t archiveId = unsettled == m_unsettled.end() ? 0 : unsettled->second;
    const auto it = std::ranges::find_if(m_messages, [&](const SentMessage& each) {
        return each.commandId == commandId || (archiveId != 0 && each.archiveId == archiveId);
    });
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

QString HistoryModel::dayOf(int row) const
{
    const QDate day = at(row).at.date();
    if (row > 0 && at(row - 1).at.date() == day)
        return {};
    const qint64 ago = day.daysTo(QDate::currentDate());
    return ago == 0 ? tr("Today") : ago == 1 ? tr("Yesterday") : QLocale{}.toString(day, QLocale::LongFormat);
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
    case DayRole: return dayOf(index.row());
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
