#pragma once

#include "ui/text/paste_scan.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace castdeck::ui::paste {

/// The variables that a text itself sets.
class Variables {
public:
    /// Of all values together: variables within variables may grow without end.
    static constexpr int maxLookups = 2'000;

    explicit Variables(const Scan& scan);

    /// The text of a value, variables in it replaced. A variable that is not set is noted.
    std::string resolve(const Value& value);
    /// The same of a text with `${NAME}` or `${NAME:-fallback}` in it; empty when it grows too long.
    std::string expand(std::string_view text, int depth = 0);

    const QStringList& missing() const noexcept { return m_missing; }

private:
    /// `NAME` or `NAME:-fallback`
    std::string variable(std::string_view inner, int depth);
    const std::string* find(const std::string& name) const;
    void note(const std::string& name);

    std::map<std::string, std::string, std::less<>> m_values;
    QStringList m_missing;
    int m_lookups = 0;
};

} // namespace castdeck::ui::paste
