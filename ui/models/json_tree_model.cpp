#include "ui/models/json_tree_model.h"

#include "ui/models/roles.h"
#include "ui/text/json_notes.h"
#include "ui/text/shown_text.h"
#include "ui/theme/colors.h"

#include <algorithm>
#include <optional>

namespace castdeck::ui {

namespace {

constexpr int deepest = 500;
constexpr std::size_t shownBytes = 512;

bool isContainer(const json::Value& value)
{
    return value.is(json::Kind::Object) || value.is(json::Kind::Array);
}

Tone toneOf(const json::Value& value)
{
    switch (value.kind()) {
    case json::Kind::String: return Tone::Success;
    case json::Kind::Number: return Tone::Warning;
    case json::Kind::Object:
    case json::Kind::Array: return Tone::Faint;
    default: return Tone::Violet;
    }
}

} // namespace

struct JsonTreeModel::Node {
    struct Child {
        std::optional<json::Value> key;
        json::Value value;
    };

    json::Value value;
    Node* parent = nullptr;
    int row = 0;
    std::optional<json::Value> key{}; ///< Of a member.
    bool isRead = false;
    std::vector<Child> waiting{}; ///< All children, once read; rows come from here.
    std::vector<std::unique_ptr<Node>> children{};
};

JsonTreeModel::JsonTreeModel(QObject* parent) : QAbstractItemModel{parent} {}
JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setPayload(std::shared_ptr<const std::string> payload)
{
    beginResetModel();
    m_root.reset();
    m_payload = std::move(payload);
    if (m_payload) {
        if (const auto value = json::Value::parse(*m_payload, deepest))
            m_root = std::make_unique<Node>(Node{*value});
    }
    endResetModel();
}

JsonTreeModel::Node* JsonTreeModel::nodeOf(const QModelIndex& index) const
{
    return static_cast<Node*>(index.internalPointer());
}

void JsonTreeModel::read(Node& node)
{
    if (node.isRead)
        return;
    node.isRead = true;
    if (node.value.is(json::Kind::Object)) {
        for (const json::Member& member : node.value.members())
            node.waiting.push_back({member.key, member.value});
    } else if (node.value.is(json::Kind::Array)) {
        for (const json::Value& element : node.value.elements())
            node.waiting.push_back({std::nullopt, element});
    }
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    Node* node = parent.isValid() ? nodeOf(parent)->children[static_cast<std::size_t>(row)].get() : m_root.get();
    return createIndex(row, column, node);
}

QModelIndex JsonTreeModel::parent(const QModelIndex& index) const
{
    Node* above = index.isValid() ? nodeOf(index)->parent : nullptr;
    return above == nullptr ? QModelIndex{} : createIndex(above->row, 0, above);
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return m_root ? 1 : 0;
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return m_root != nullptr;
    const std::string_view raw = nodeOf(parent)->value.raw();
    return parent.column() == 0 && isContainer(nodeOf(parent)->value) &&
           raw.find_first_not_of(" \t\r\n", 1) != raw.size() - 1;
}

bool JsonTreeModel::canFetchMore(const QModelIndex& parent) const
{
    if (!parent.isValid() || parent.column() > 0)
        return false;
    const Node* node = nodeOf(parent);
    return node->isRead ? node->children.size() < node->waiting.size() : isContainer(node->value);
}

void JsonTreeModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    Node& node = *nodeOf(parent);
    read(node);
    const std::size_t from = node.children.size();
    const std::size_t end = std::min(node.waiting.size(), from + rowsAtOnce);
    if (from == end)
        return;
    beginInsertRows(parent, static_cast<int>(from), static_cast<int>(end) - 1);
    for (std::size_t i = from; i < end; ++i)
        node.children.push_back(
            std::make_unique<Node>(Node{node.waiting[i].value, &node, static_cast<int>(i), node.waiting[i].key}));
    endInsertRows();
}

QString JsonTreeModel::pathOf(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    std::string path;
    for (const Node* node = nodeOf(index); node != nullptr; node = node->parent) {
        if (node->key)
            path.insert(0, pathStep(node->key->text()));
        else if (node->parent != nullptr)
            path.insert(0, "[" + std::to_string(node->row) + "]");
    }
    return toQt("$" + path);
}

std::string JsonTreeModel::rawOf(const QModelIndex& index) const
{
    return index.isValid() ? std::string{nodeOf(index)->value.raw()} : std::string{};
}

QString JsonTreeModel::summaryOf(const Node& node)
{
    if (!isContainer(node.value))
        return shownText(node.value.raw(), shownBytes);
    const bool isObject = node.value.is(json::Kind::Object);
    if (!node.isRead)
        return isObject ? QStringLiteral("{…}") : QStringLiteral("[…]");
    const QString count = shownCount(node.waiting.size());
    if (node.waiting.size() == 1)
        return isObject ? tr("1 member") : tr("1 element");
    return isObject ? tr("%1 members").arg(count) : tr("%1 elements").arg(count);
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Node& node = *nodeOf(index);
    const bool isName = index.column() == Name;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (!isName)
            return summaryOf(node);
        if (node.key)
            return shownText(node.key->raw().substr(1, node.key->raw().size() - 2), shownBytes);
        return node.parent == nullptr ? QStringLiteral("$") : QStringLiteral("[%1]").arg(node.row);
    case ToneRole: return static_cast<int>(isName ? Tone::Accent : toneOf(node.value));
    case CodeRole: return true;
    default: return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : tr("Value");
}

} // namespace castdeck::ui
