#include "ui/models/decisions_model.h"

#include "ui/models/decision_words.h"
#include "ui/models/roles.h"
#include "ui/text/shown_text.h"

#include <QtCore/QDateTime>

#include <algorithm>

namespace castdeck::ui {

void DecisionsModel::append(std::vector<engine::Decision> decisions, std::size_t dropped)
{
    m_total += decisions.size() + dropped;
    if (decisions.size() > bound)
        decisions.erase(decisions.begin(), decisions.end() - static_cast<std::ptrdiff_t>(bound));
    if (decisions.empty())
        return;
    if (m_decisions.size() + decisions.size() > bound)
        removeOldest(m_decisions.size() + decisions.size() - bound);
    beginInsertRows({}, 0, static_cast<int>(decisions.size()) - 1);
    for (engine::Decision& decision : decisions)
        m_decisions.push_front(std::move(decision));
    endInsertRows();
}

void DecisionsModel::removeOldest(std::size_t count)
{
    const std::size_t kept = m_decisions.size() - count;
    beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(m_decisions.size()) - 1);
    m_decisions.resize(kept);
    endRemoveRows();
}

void DecisionsModel::clear()
{
    m_total = 0;
    if (!m_decisions.empty())
        removeOldest(m_decisions.size());
}

int DecisionsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_decisions.size());
}

int DecisionsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString DecisionsModel::textAt(const engine::Decision& decision, int column) const
{
    switch (column) {
    case Time: {
        const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(decision.at.time_since_epoch());
        return QDateTime::fromMSecsSinceEpoch(time.count()).toString(QStringLiteral("HH:mm:ss"));
    }
    case Verdict: return lookOf(decision).word;
    case Channel: return decision.channel.empty() ? tr("(sign-in)") : shownText(decision.channel, 256);
    case Who: return actorWords(decision);
    case Decider: return deciderOf(decision);
    case Why: return shownText(decision.explanation, 512);
    default: return {};
    }
}

QVariant DecisionsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const engine::Decision& decision = at(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return textAt(decision, column);
    case IconRole: return column == Verdict ? lookOf(decision).icon : QVariant{};
    case BadgeRole: return column == Verdict;
    case CodeRole: return column == Time;
    case StrongRole: return column == Channel;
    case ToneRole:
        switch (column) {
        case Verdict: return static_cast<int>(lookOf(decision).tone);
        case Decider: return static_cast<int>(deciderTone(decision));
        case Channel: return static_cast<int>(Tone::Text);
        default: return static_cast<int>(Tone::Muted);
        }
    default: return {};
    }
}

QVariant DecisionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time");
    case Verdict: return tr("Verdict");
    case Channel: return tr("Channel");
    case Who: return tr("Who");
    case Decider: return tr("Decided by");
    case Why: return tr("Why");
    default: return {};
    }
}

} // namespace castdeck::ui
