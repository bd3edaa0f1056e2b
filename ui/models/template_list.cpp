#include "ui/models/template_list.h"

#include "core/base/crypto.h"
#include "ui/text/shown_text.h"

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr std::size_t idBytes = 8;

} // namespace

TemplateList::TemplateList(Documents& documents, QObject* parent) : QAbstractListModel{parent}, m_documents{documents}
{
    for (const Documents::Document& document : m_documents.list(collection)) {
        if (auto message = templateFrom(document.id, document.json))
            m_templates.push_back(std::move(*message));
    }
}

int TemplateList::rowOf(const std::string& id) const
{
    const auto found = std::ranges::find(m_templates, id, &Template::id);
    return found == m_templates.end() ? -1 : static_cast<int>(found - m_templates.begin());
}

const Template* TemplateList::find(const std::string& id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_templates[static_cast<std::size_t>(row)];
}

QStringList TemplateList::folders() const
{
    QStringList names;
    for (const Template& message : m_templates) {
        if (!message.folder.isEmpty() && !names.contains(message.folder))
            names << message.folder;
    }
    names.sort(Qt::CaseInsensitive);
    return names;
}

void TemplateList::insert(int row, Template message)
{
    m_documents.put(collection, message.id, toJson(message));
    const bool isLast = row == rowCount();
    beginInsertRows({}, row, row);
    m_templates.insert(m_templates.begin() + row, std::move(message));
    endInsertRows();
    if (!isLast)
        storeOrder();
}

std::string TemplateList::add(Template message, const std::string& after)
{
    std::string id = randomHex(idBytes);
    message.id = id;
    const int row = rowOf(after);
    insert(row < 0 ? rowCount() : row + 1, std::move(message));
    return id;
}

void TemplateList::replace(const Template& message)
{
    const int row = rowOf(message.id);
    if (row < 0)
        return;
    m_templates[static_cast<std::size_t>(row)] = message;
    m_documents.put(collection, message.id, toJson(message));
    Q_EMIT dataChanged(index(row), index(row));
}

void TemplateList::duplicate(const std::string& id)
{
    const Template* const original = find(id);
    if (original == nullptr)
        return;
    Template copy = *original;
    copy.name = tr("%1 (copy)").arg(original->name);
    copy.lastSent = {};
    add(std::move(copy), id);
}

void TemplateList::move(int from, int to)
{
    if (from == to || from < 0 || to < 0 || from >= rowCount() || to >= rowCount())
        return;
    beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    const auto first = m_templates.begin() + std::min(from, to);
    const auto last = m_templates.begin() + std::max(from, to) + 1;
    std::rotate(first, from < to ? first + 1 : last - 1, last);
    endMoveRows();
    storeOrder();
}

void TemplateList::remove(const std::string& id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_removed = Removed{row, std::move(m_templates[static_cast<std::size_t>(row)])};
    m_templates.erase(m_templates.begin() + row);
    endRemoveRows();
    m_documents.remove(collection, m_removed->message.id); // `id` may have been that of the moved template.
}

bool TemplateList::undoRemove()
{
    if (!m_removed)
        return false;
    Removed removed = std::move(*m_removed);
    m_removed.reset();
    insert(std::min(removed.row, rowCount()), std::move(removed.message));
    return true;
}

void TemplateList::storeOrder()
{
    std::vector<std::string> ids;
    for (const Template& message : m_templates)
        ids.push_back(message.id);
    m_documents.reorder(collection, ids);
}

int TemplateList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_templates.size());
}

QVariant TemplateList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    return shownText(toStd(m_templates[static_cast<std::size_t>(index.row())].name), 200);
}

} // namespace castdeck::ui
