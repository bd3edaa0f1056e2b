#pragma once

#include "core/store/key_path.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::store {

enum class Severity { Notice, Warning, Error };

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

    /// `text` is the document, for the lines; it must outlive this object.
    explicit Problems(std::string_view text) : m_text{text} {}

    void error(const KeyPath& path, std::string message) { add(Severity::Error, path, std::move(message)); }
    void warning(const KeyPath& path, std::string message) { add(Severity::Warning, path, std::move(message)); }

    /// The last of them stands for those beyond `maxTold`, if there are any.
    std::vector<Problem> take();

private:
    void add(Severity severity, const KeyPath& path, std::string message);

    std::string_view m_text;
    std::vector<Problem> m_found;
    std::optional<Severity> m_worstUntold;
};

} // namespace castdeck::store
