#pragma once

#include "core/store/environment.h"
#include "core/store/key_path.h"
#include "core/store/problem.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::store {

using OrderedJson = nlohmann::ordered_json;

/// Hands out the members of one JSON object, tells about those of a wrong type or value, and remembers which keys
/// were asked for. An absent member is no problem: the variable keeps the value it has.
///
/// Ownership: refers to the document, the environment and the list of problems, which must outlive it.
class ObjectReader {
public:
    ObjectReader(const OrderedJson& object, KeyPath path, const Environment& environment, Problems& problems);

    /// Strings have their `${NAME}` replaced; a variable that is not set is a warning.
    void read(std::string_view key, std::string& value);
    void read(std::string_view key, bool& value);
    void read(std::string_view key, std::vector<std::string>& value);
    /// A whole number, or text that is one once its `${NAME}` is replaced.
    void read(std::string_view key, std::uint64_t& value, std::uint64_t minimum, std::uint64_t maximum);
    /// The position of the word among `choices`.
    void read(std::string_view key, std::size_t& value, std::span<const std::string_view> choices);

    bool has(std::string_view key) const { return m_object.contains(key); }
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
    const Environment& environment() const noexcept { return m_environment; }
    Problems& problems() noexcept { return m_problems; }

private:
    const OrderedJson* member(std::string_view key);
    void wrongType(const KeyPath& path, std::string_view wanted, const OrderedJson& found);
    std::optional<std::string> expanded(const KeyPath& path, const OrderedJson& value);

    const OrderedJson& m_object;
    KeyPath m_path;
    const Environment& m_environment;
    Problems& m_problems;
    std::set<std::string, std::less<>> m_known;
};

} // namespace castdeck::store
