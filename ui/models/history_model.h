#pragma once

#include "ui/text/draft.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QDateTime>

#include <deque>
#include <optional>

namespace castdeck::ui {

/// One message sent from the composer, as it was sent.
struct SentMessage {
    std::uint64_t commandId = 0;
    QString appId;
    QString connection; ///< Empty: by the server in this program.
    Draft draft;
    QDateTime at;
    enum class State { Waiting, Accepted, Partial, Failed } state = State::Waiting;
    std::optional<std::size_t> receivers{}; ///< Where it is known.
};

/// What was sent in this session, newest first, at most `bound` messages.
class HistoryModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum HistoryRole { ChannelsRole = Qt::UserRole + 100, TimeRole, OutcomeRole, OutcomeToneRole };
    static constexpr std::size_t bound = 200;

    using QAbstractListModel::QAbstractListModel;

    void add(SentMessage message);
    void setOutcome(std::uint64_t commandId, SentMessage::State state, std::optional<std::size_t> receivers);
    const SentMessage& at(int row) const { return m_messages[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::deque<SentMessage> m_messages;
};

} // namespace castdeck::ui
