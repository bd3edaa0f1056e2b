#pragma once

#include "core/store/archive.h"
#include "ui/bridge/documents.h"

namespace castdeck::ui {

/// Documents in the archive: read when it is made, and written through. The archive must outlive it.
class StoredDocuments final : public MemoryDocuments {
public:
    explicit StoredDocuments(store::Archive& archive);

    void put(const std::string& collection, const std::string& id, std::string json) override;
    void remove(const std::string& collection, const std::string& id) override;
    void reorder(const std::string& collection, const std::vector<std::string>& ids) override;

private:
    store::Archive& m_archive;
};

} // namespace castdeck::ui
