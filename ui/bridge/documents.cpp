#include "ui/bridge/documents.h"

#include <algorithm>

namespace castdeck::ui {

std::vector<Documents::Document> MemoryDocuments::list(const std::string& collection) const
{
    const auto found = m_collections.find(collection);
    return found == m_collections.end() ? std::vector<Document>{} : found->second;
}

std::optional<std::string> MemoryDocuments::find(const std::string& collection, const std::string& id) const
{
    for (const Document& document : list(collection)) {
        if (document.id == id)
            return document.json;
    }
    return std::nullopt;
}

void MemoryDocuments::put(const std::string& collection, const std::string& id, std::string json)
{
    std::vector<Document>& documents = m_collections[collection];
    const auto found = std::ranges::find(documents, id, &Document::id);
    if (found == documents.end())
        documents.push_back({id, std::move(json)});
    else
        found->json = std::move(json);
}

void MemoryDocuments::remove(const std::string& collection, const std::string& id)
{
    std::erase_if(m_collections[collection], [&id](const Document& document) { return document.id == id; });
}

void MemoryDocuments::reorder(const std::string& collection, const std::vector<std::string>& ids)
{
    std::ranges::stable_sort(m_collections[collection], {}, [&ids](const Document& document) {
        return std::ranges::find(ids, document.id) - ids.begin();
    });
}

} // namespace castdeck::ui
