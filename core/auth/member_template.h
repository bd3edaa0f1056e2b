#pragma once

#include "core/auth/text_template.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace castdeck::auth {

/// What a rule tells about a member of its channels: a JSON object with placeholders in its texts.
///
/// Thread: any.
class MemberTemplate {
public:
    /// Appends JSON that is sent as it is: braces, keys, numbers.
    void addJson(std::string_view json);
    /// Appends a text; placeholders are filled for each member.
    void addText(TextTemplate text);

    std::string filled(const Subject& subject) const;

private:
    struct Part {
        std::string json;
        TextTemplate text; ///< Follows the JSON.
    };

    std::vector<Part> m_parts;
    std::string m_json; ///< Since the last text.
};

} // namespace castdeck::auth
