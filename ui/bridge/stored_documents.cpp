#include "ui/bridge/stored_documents.h"

#include <utility>

namespace castdeck::ui {

StoredDocuments::StoredDocuments(store::Archive& archive) : m_archive{archive}
{
    for (const store::DocumentRow& row : archive.documents())
        MemoryDocuments::put(row.collection, row.id, row.json);
}

void StoredDocuments::put(const std::string& collection, const std::string& id, std::string json)
{
    if (find(collection, id) == json)
        return;
    m_archive.putDocument({collection, id, json});
    MemoryDocuments::put(collection, id, std::move(json));
}

void StoredDocuments::remove(const std::string& collection, const std::string& id)
{
    m_archive.removeDocument(collection, id);
    MemoryDocuments::remove(collection, id);
}

void StoredDocuments::reorder(const std::string& collection, const std::vector<std::string>& ids)
{
    m_archive.orderDocuments(collection, ids);
    MemoryDocuments::reorder(collection, ids);
}

} // namespace castdeck::ui
