#pragma once

#include "core/base/json.h"

#include <QtCore/QAbstractItemModel>

#include <memory>
#include <string>
#include <vector>

namespace castdeck::ui {

/// A JSON text as a tree. The children of a value are read when it is opened, a few hundred at a time.
class JsonTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };
    static constexpr std::size_t rowsAtOnce = 500;

    explicit JsonTreeModel(QObject* parent = nullptr);
    ~JsonTreeModel() override;

    /// Null or what is not JSON gives an empty tree.
    void setPayload(std::shared_ptr<const std::string> payload);
    QString pathOf(const QModelIndex& index) const; ///< "$.items[2].id"
    std::string rawOf(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;

    Node* nodeOf(const QModelIndex& index) const;
    static void read(Node& node);
    static QString summaryOf(const Node& node);

    std::shared_ptr<const std::string> m_payload;
    std::unique_ptr<Node> m_root; ///< Null for an empty tree; shown as the one row at the top.
};

} // namespace castdeck::ui
