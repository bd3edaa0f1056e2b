#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::ui {

/// Small things of the console that outlive a run: drafts, templates, personas, profiles, saved filters. Each is a JSON
/// text under a collection and an id, and has its place in the collection.
///
/// Thread: GUI. Reading answers from memory at once; what was put is on disk soon, in the order it was put.
class Documents {
public:
    struct Document {
        std::string id;
        std::string json;

        bool operator==(const Document&) const = default;
    };

    virtual ~Documents() = default;

    virtual std::vector<Document> list(const std::string& collection) const = 0; ///< In their order.
    virtual std::optional<std::string> find(const std::string& collection, const std::string& id) const = 0;
    /// Replaces the document in its place, or adds it at the end.
    virtual void put(const std::string& collection, const std::string& id, std::string json) = 0;
    virtual void remove(const std::string& collection, const std::string& id) = 0;
    /// Documents that `ids` does not name follow those it names.
    virtual void reorder(const std::string& collection, const std::vector<std::string>& ids) = 0;
};

/// Kept for this run only.
class MemoryDocuments : public Documents {
public:
    std::vector<Document> list(const std::string& collection) const override;
    std::optional<std::string> find(const std::string& collection, const std::string& id) const override;
    void put(const std::string& collection, const std::string& id, std::string json) override;
    void remove(const std::string& collection, const std::string& id) override;
    void reorder(const std::string& collection, const std::vector<std::string>& ids) override;

private:
    std::map<std::string, std::vector<Document>, std::less<>> m_collections;
};

} // namespace castdeck::ui
