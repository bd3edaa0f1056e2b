#pragma once

#include "core/remote/permission_matrix.h"
#include "ui/models/roles.h"

#include <QtCore/QAbstractTableModel>

#include <optional>
#include <vector>

namespace castdeck::ui {

/// Personas and channels, what is expected of each pair, and what came out. Rows are personas, columns channels.
class MatrixModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum MatrixRole {
        ExpectedRole = FirstModelRole, ///< "expected Deny", "as expected"; empty when nothing is expected.
        DiffersRole,                   ///< True: the result is not as expected.
        WasRole,                       ///< "was Deny", when the run before had another result; else empty.
        WaitingRole,                   ///< True: it is being asked.
    };

    using QAbstractTableModel::QAbstractTableModel;

    const remote::PermissionMatrix& matrix() const noexcept { return m_matrix; }
    const remote::MatrixResults& results() const noexcept { return m_results; }

    /// Keeps results of personas and channels that stay.
    void setMatrix(remote::PermissionMatrix matrix);
    void setEndpoint(const std::string& url, const std::string& appId);
    void setExpectation(const QModelIndex& index, remote::Expectation expectation);
    void setCompares(bool compares);

    /// What was found last becomes what is compared with.
    void beginRun(const std::vector<remote::MatrixCell>& cells);
    void setResult(remote::MatrixCell cell, const remote::MatrixResult& result);
    void endRun();
    void clearResults();

    std::size_t changedCount() const; ///< Cells that the run before had otherwise.
    /// Cells without a result, or whose expectation or persona changed since.
    std::vector<remote::MatrixCell> staleCells() const;
    void markStale(const std::vector<std::string>& personaIds);
    void markAllStale();

    static remote::MatrixCell cellAt(const QModelIndex& index)
    {
        return {static_cast<std::size_t>(index.row()), static_cast<std::size_t>(index.column())};
    }
    const remote::MatrixResult* resultAt(const QModelIndex& index) const; ///< Null when there is none.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void expectationChanged();

private:
    QString expectedWords(remote::MatrixCell cell, const remote::MatrixResult* result) const;
    QString wasWords(remote::MatrixCell cell, const remote::MatrixResult* result) const;
    const remote::MatrixResult* find(const remote::MatrixResults& results, remote::MatrixCell cell) const;
    void cellChanged(remote::MatrixCell cell);

    remote::PermissionMatrix m_matrix;
    remote::MatrixResults m_results;
    remote::MatrixResults m_before;
    std::vector<remote::MatrixCell> m_waiting; ///< Sorted.
    std::vector<remote::MatrixCell> m_stale;   ///< Sorted.
    bool m_compares = true;
};

} // namespace castdeck::ui
