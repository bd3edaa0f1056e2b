#pragma once

#include "ui/models/sent_archive.h"
#include "ui/models/sent_message.h"

#include <QtCore/QAbstractListModel>

#include <deque>
#include <functional>
#include <map>
#include <optional>

namespace castdeck::ui {

/// What was sent, newest first, by day: without an archive the last `bound` messages of this session, else all that
/// the archive has or finds, which come as somebody scrolls.
///
/// Thread: GUI.
class HistoryModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum HistoryRole {
        ChannelsRole = Qt::UserRole + 100,
        TimeRole,
        OutcomeRole,
        OutcomeToneRole,
        DayRole, ///< Of the first message of a day: which one it is; else empty.
    };
    static constexpr std::size_t bound = 200;

    using QAbstractListModel::QAbstractListModel;

    /// Null: none. It must outlive the model.
    void setArchive(SentArchive* archive);
    bool hasArchive() const noexcept { return m_archive != nullptr; }
    /// Only messages with words that begin so. Without an archive all are shown.
    void setWords(const QString& words);
    const QString& words() const noexcept { return m_words; }

    void add(SentMessage message);
    void setOutcome(std::uint64_t commandId, SentMessage::State state, std::optional<std::size_t> receivers);
    /// The same; `kept` follows when the archive has it or cannot have it, at once without one.
    void settle(std::uint64_t commandId, const SentArchive::Outcome& outcome, std::function<void()> kept);
    const SentMessage& at(int row) const { return m_messages[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void searched(); ///< The rows are those of other words than before.

private:
    void ask(std::optional<std::int64_t> before);
    void show(std::vector<SentMessage> messages);
    void append(std::vector<SentMessage> messages);
    QString dayOf(int row) const;

    SentArchive* m_archive = nullptr;
    QString m_words;
    bool m_isEnd = true;
    bool m_isAsking = false;
    std::deque<SentMessage> m_messages;
    std::map<std::uint64_t, std::int64_t> m_unsettled; ///< archiveId by commandId.
};

} // namespace castdeck::ui
