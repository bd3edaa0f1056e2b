#pragma once

#include "core/store/key_path.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::store {

enum class Severity { Notice, Warning, Error };

/// "warning"
std::string_view toText(Severity severity);

/// Something to tell about a configuration. Never holds a secret.
struct Problem {
    Severity severity = Severity::Error;
    std::string key; ///< "server.apps[0].secret", empty when it concerns the whole file.
    Position position;
    std::string message;

    /// "12:5: error: server.port: must be …"; without the part that is unknown.
    std::string text() const;
};

/// Collects what is found while one document is read, each with its line.
class Problems {
public:
    static constexpr std::size_t maxTold = 100; ///< Finding the line of one takes as long as reading the document.

    /// `text` is the document, for the lines.
    explicit Problems(std::shared_ptr<const std::string> text = std::make_shared<std::string>())
        : m_text{std::move(text)}
    {
    }

    void error(const KeyPath& path, std::string message);
    void warning(const KeyPath& path, std::string message) { add(Severity::Warning, path, std::move(message)); }
    void unknownKey(const KeyPath& path);
    /// One that has no place in the document.
    void tell(Problem problem) { m_found.push_back(std::move(problem)); }

    /// From here on paths have the nested shape and the document the flat one: what they call `connections.eu` stands,
    /// and is told, as `eu`.
    void setFlat() { m_isFlat = true; }

    /// Behind the first `maxTold` with a place stands one for all others, if there are any.
    const std::vector<Problem>& all() const noexcept { return m_found; }
    /// An unknown key or an error stands there or above: nobody knows what the value is, it may be a secret. `path` has
    /// the nested shape.
    bool isDoubtful(const KeyPath& path) const;

private:
    static constexpr std::size_t maxDoubtful = 20'000; ///< With more of them everything is doubtful.

    void doubt(const KeyPath& path);
    void add(Severity severity, const KeyPath& path, std::string message);
    void addUntold(Severity severity);
    KeyPath asWritten(const KeyPath& path) const;

    std::shared_ptr<const std::string> m_text;
    bool m_isFlat = false;
    std::vector<Problem> m_found;
    std::set<KeyPath> m_doubtful;
    std::size_t m_told = 0;
    std::optional<std::size_t> m_untold; ///< Where in m_found the one for all others stands.
};

} // namespace castdeck::store
