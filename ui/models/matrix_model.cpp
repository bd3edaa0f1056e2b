#include "ui/models/matrix_model.h"

#include "ui/models/persona.h"
#include "ui/text/shown_text.h"

#include <algorithm>
#include <utility>

namespace castdeck::ui {

using remote::EndpointOutcome;
using remote::Expectation;
using remote::MatrixCell;
using remote::MatrixResult;
using remote::MatrixResults;

namespace {

QString wordOf(EndpointOutcome outcome)
{
    switch (outcome) {
    case EndpointOutcome::Allowed: return MatrixModel::tr("Allow");
    case EndpointOutcome::Denied: return MatrixModel::tr("Deny");
    case EndpointOutcome::Error: break;
    }
    return MatrixModel::tr("Error");
}

QString wordOf(Expectation expectation)
{
    return expectation == Expectation::Allow ? wordOf(EndpointOutcome::Allowed) : wordOf(EndpointOutcome::Denied);
}

QString iconOf(EndpointOutcome outcome)
{
    switch (outcome) {
    case EndpointOutcome::Allowed: return QStringLiteral("check");
    case EndpointOutcome::Denied: return QStringLiteral("deny");
    case EndpointOutcome::Error: break;
    }
    return QStringLiteral("warning");
}

Tone toneOf(EndpointOutcome outcome)
{
    switch (outcome) {
    case EndpointOutcome::Allowed: return Tone::Success;
    case EndpointOutcome::Denied: return Tone::Muted;
    case EndpointOutcome::Error: break;
    }
    return Tone::Danger;
}

void insertSorted(std::vector<MatrixCell>& cells, MatrixCell cell)
{
    const auto place = std::ranges::lower_bound(cells, cell);
    if (place == cells.end() || *place != cell)
        cells.insert(place, cell);
}

/// The results of `old` at the places that their personas and channels have in `matrix`.
MatrixResults moved(const MatrixResults& results, const remote::PermissionMatrix& old,
                    const remote::PermissionMatrix& matrix)
{
    MatrixResults kept;
    for (const auto& [cell, result] : results) {
        const auto persona = std::ranges::find(matrix.personas, old.personas[cell.persona].id, &remote::Persona::id);
        const auto channel = std::ranges::find(matrix.channels, old.channels[cell.channel]);
        if (persona != matrix.personas.end() && channel != matrix.channels.end())
            kept[{static_cast<std::size_t>(persona - matrix.personas.begin()),
                  static_cast<std::size_t>(channel - matrix.channels.begin())}] = result;
    }
    return kept;
}

} // namespace

void MatrixModel::setMatrix(remote::PermissionMatrix matrix)
{
    beginResetModel(); // Rows and columns have another meaning afterwards.
    m_results = moved(m_results, m_matrix, matrix);
    m_before = moved(m_before, m_matrix, matrix);
    m_matrix = std::move(matrix);
    m_waiting.clear();
    m_stale.clear();
    endResetModel();
}

void MatrixModel::setEndpoint(const std::string& url, const std::string& appId)
{
    m_matrix.url = url;
    m_matrix.appId = appId;
    markAllStale();
}

void MatrixModel::setExpectation(const QModelIndex& index, Expectation expectation)
{
    const MatrixCell cell = cellAt(index);
    const auto key = std::pair{m_matrix.personas[cell.persona].id, m_matrix.channels[cell.channel]};
    if (expectation == Expectation::None)
        m_matrix.expectations.erase(key);
    else
        m_matrix.expectations[key] = expectation;
    cellChanged(cell);
    Q_EMIT expectationChanged();
}

void MatrixModel::setCompares(bool compares)
{
    m_compares = compares;
    if (rowCount() > 0 && columnCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void MatrixModel::beginRun(const std::vector<MatrixCell>& cells)
{
    m_before = m_results;
    m_waiting = cells;
    std::ranges::sort(m_waiting);
    for (const MatrixCell cell : m_waiting)
        cellChanged(cell);
}

void MatrixModel::setResult(MatrixCell cell, const MatrixResult& result)
{
    m_results[cell] = result;
    std::erase(m_waiting, cell);
    std::erase(m_stale, cell);
    cellChanged(cell);
}

void MatrixModel::endRun()
{
    for (const MatrixCell cell : std::exchange(m_waiting, {}))
        cellChanged(cell);
}

void MatrixModel::clearResults()
{
    beginResetModel();
    m_results.clear();
    m_before.clear();
    m_waiting.clear();
    m_stale.clear();
    endResetModel();
}

std::size_t MatrixModel::changedCount() const
{
    return static_cast<std::size_t>(std::ranges::count_if(m_results, [&](const auto& entry) {
        const MatrixResult* const before = find(m_before, entry.first);
        return before != nullptr && before->outcome != entry.second.outcome;
    }));
}

std::vector<MatrixCell> MatrixModel::staleCells() const
{
    std::vector<MatrixCell> cells = m_matrix.cells();
    std::erase_if(
        cells, [&](MatrixCell cell) { return m_results.contains(cell) && !std::ranges::binary_search(m_stale, cell); });
    return cells;
}

void MatrixModel::markStale(const std::vector<std::string>& personaIds)
{
    for (const MatrixCell cell : m_matrix.cells()) {
        if (std::ranges::find(personaIds, m_matrix.personas[cell.persona].id) != personaIds.end())
            insertSorted(m_stale, cell);
    }
}

void MatrixModel::markAllStale()
{
    m_stale = m_matrix.cells();
}

const MatrixResult* MatrixModel::find(const MatrixResults& results, MatrixCell cell) const
{
    const auto found = results.find(cell);
    return found == results.end() ? nullptr : &found->second;
}

const MatrixResult* MatrixModel::resultAt(const QModelIndex& index) const
{
    return find(m_results, cellAt(index));
}

void MatrixModel::cellChanged(MatrixCell cell)
{
    const QModelIndex at = index(static_cast<int>(cell.persona), static_cast<int>(cell.channel));
    Q_EMIT dataChanged(at, at);
}

int MatrixModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_matrix.personas.size());
}

int MatrixModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_matrix.channels.size());
}

QString MatrixModel::expectedWords(MatrixCell cell, const MatrixResult* result) const
{
    const Expectation expectation = m_matrix.expected(cell);
    if (expectation == Expectation::None)
        return {};
    if (result != nullptr && isAsExpected(expectation, result->outcome))
        return tr("as expected");
    return tr("expected %1").arg(wordOf(expectation));
}

QString MatrixModel::wasWords(MatrixCell cell, const MatrixResult* result) const
{
    const MatrixResult* const before = m_compares ? find(m_before, cell) : nullptr;
    if (before == nullptr || result == nullptr || before->outcome == result->outcome)
        return {};
    return tr("was %1").arg(wordOf(before->outcome));
}

QVariant MatrixModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const MatrixCell cell = cellAt(index);
    const MatrixResult* const result = find(m_results, cell);
    const bool isWaiting = std::ranges::binary_search(m_waiting, cell);
    switch (role) {
    case Qt::DisplayRole:
        return isWaiting ? tr("asking…") : result != nullptr ? wordOf(result->outcome) : tr("not run");
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3 %4 %5")
            .arg(headerData(index.row(), Qt::Vertical, Qt::DisplayRole).toString(),
                 headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                 data(index, Qt::DisplayRole).toString(), expectedWords(cell, result), wasWords(cell, result))
            .simplified();
    case IconRole: return result != nullptr && !isWaiting ? iconOf(result->outcome) : QString{};
    case ToneRole: return static_cast<int>(result != nullptr && !isWaiting ? toneOf(result->outcome) : Tone::Faint);
    case ExpectedRole: return expectedWords(cell, result);
    case DiffersRole: return result != nullptr && !isWaiting && !isAsExpected(m_matrix.expected(cell), result->outcome);
    case WasRole: return wasWords(cell, result);
    case WaitingRole: return isWaiting;
    default: return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto at = static_cast<std::size_t>(section);
    if (orientation == Qt::Horizontal)
        return role == Qt::DisplayRole ? QVariant{shownText(m_matrix.channels[at], 200)} : QVariant{};
    if (role == Qt::DisplayRole)
        return nameOf(m_matrix.personas[at]);
    return role == Qt::DecorationRole ? QVariant{discOf(m_matrix.personas[at])} : QVariant{};
}

} // namespace castdeck::ui
