#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace castdeck::broadcast {

/// The options of one connection, `driver` included, in the order of the file. Values are JSON text.
class Options {
public:
    using Entry = std::pair<std::string, std::string>;

    Options() = default;
    Options(std::initializer_list<Entry> entries) : m_entries{entries} {}

    void set(std::string_view name, std::string json);
    /// "options.cluster" looks into objects. Nothing when absent or null, or when the text is not JSON.
    std::optional<json::Value> find(std::string_view path) const;
    const std::vector<Entry>& entries() const noexcept { return m_entries; }

    bool operator==(const Options&) const = default;

private:
    std::vector<Entry> m_entries;
};

/// Every text that must never be shown: what stands under a name that speaks of a secret, and passwords within
/// addresses. Longest first.
std::vector<std::string> secretsIn(const Options& options);

/// Reads options with their rules; the first mistake is kept. Errors name the option, never its value.
class OptionReader {
public:
    /// Several names of one option: the first that is there counts.
    using Names = std::initializer_list<std::string_view>;

    explicit OptionReader(const Options& options) : m_options{options} {}

    std::string text(Names names, std::string_view fallback = {});
    std::string required(Names names);
    std::string choice(std::string_view name, std::initializer_list<std::string_view> allowed);
    std::uint64_t number(Names names, std::uint64_t minimum, std::uint64_t maximum, std::uint64_t fallback);
    bool flag(std::string_view name, bool fallback);
    /// `{"name": "text", ...}`
    std::vector<Options::Entry> texts(std::string_view name);

    void fail(std::string_view name, std::string_view rule);
    bool hasFailed() const noexcept { return m_problem.has_value(); }
    Error error() const { return *m_problem; } ///< Only when hasFailed().

private:
    std::optional<std::pair<std::string_view, json::Value>> first(Names names) const;

    const Options& m_options;
    std::optional<Error> m_problem;
};

} // namespace castdeck::broadcast
