#pragma once

#include "ui/models/log_store.h"

#include <QtCore/QAbstractTableModel>

#include <string>
#include <vector>

namespace castdeck::ui {

/// Who makes most of the rows: channels, sockets or events of the newest rows, by how many a second.
struct Talker {
    std::string name;
    double perSecond = 0;

    bool operator==(const Talker&) const = default;
};

enum class TalkerKind { Channels, Sockets, Events };

inline constexpr std::size_t maxTalkers = 5;

/// Counts the rows of the last ten seconds, or as many of the newest as can be counted at once.
std::vector<Talker> topTalkers(const LogStore& store, TalkerKind kind, WallTime now);

/// A short table of them.
class TalkersModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Rate, ColumnCount };

    TalkersModel(QString title, QObject* parent) : QAbstractTableModel{parent}, m_title{std::move(title)} {}

    void setTalkers(std::vector<Talker> talkers);
    const Talker& at(int row) const { return m_talkers[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString m_title;
    std::vector<Talker> m_talkers;
};

} // namespace castdeck::ui
