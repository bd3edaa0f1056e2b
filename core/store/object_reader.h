#pragma once

#include "core/store/effective_document.h"
#include "core/store/key_path.h"
#include "core/store/problem.h"

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::store {

/// Hands out the members of one JSON object, tells about those of a wrong type or value, and remembers which keys
/// were asked for. An absent member is no problem: the variable keeps the value it has.
///
/// Ownership: refers to the document and the list of problems, which must outlive it.
class ObjectReader {
public:
    /// `object` stands at `path` of the document.
    ObjectReader(const OrderedJson& object, KeyPath path, const EffectiveDocument& document, Problems& problems);
    ObjectReader(const EffectiveDocument& document, Problems& problems)
        : ObjectReader{document.json(), {}, document, problems}
    {
    }

    void read(std::string_view key, std::string& value);
    void read(std::string_view key, bool& value);
    void read(std::string_view key, std::vector<std::string>& value);
    /// A whole number, or text in which a `${NAME}` became one. The same holds for switches.
    void read(std::string_view key, std::uint64_t& value, std::uint64_t minimum, std::uint64_t maximum);
    /// The position of the word among `choices`.
    void read(std::string_view key, std::size_t& value, std::span<const std::string_view> choices);

    bool has(std::string_view key) const { return m_object.contains(key); }
    /// The text under `key` was written as `${NAME}`.
    bool isFromVariable(std::string_view key) const { return m_document.isReplaced(pathOf(key)); }
    /// Calls `use` with a reader for the object under `key`, and reports the keys that it left.
    void object(std::string_view key, const std::function<void(ObjectReader&)>& use);
    /// The elements of the array under `key`, each an object.
    void objects(std::string_view key, const std::function<void(ObjectReader&)>& use);
    /// The key is known and read elsewhere.
    void skip(std::string_view key) { m_known.emplace(key); }
    void reportUnknownKeys();

    const OrderedJson& value() const noexcept { return m_object; }
    const KeyPath& path() const noexcept { return m_path; }
    KeyPath pathOf(std::string_view key) const { return m_path / key; }
    Problems& problems() noexcept { return m_problems; }

private:
    const OrderedJson* member(std::string_view key);
    bool isReplacedText(std::string_view key, const OrderedJson& value) const;
    void wrongType(const KeyPath& path, std::string_view wanted, const OrderedJson& found);

    const OrderedJson& m_object;
    KeyPath m_path;
    const EffectiveDocument& m_document;
    Problems& m_problems;
    std::set<std::string, std::less<>> m_known;
};

} // namespace castdeck::store
