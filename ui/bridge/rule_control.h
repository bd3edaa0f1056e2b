#pragma once

#include <QtCore/QString>

#include <string>
#include <vector>

namespace castdeck::ui {

/// The authorization rules where they are kept. Thread: GUI.
class RuleControl {
public:
    virtual ~RuleControl() = default;

    /// Each a JSON object, in the order of asking.
    virtual std::vector<std::string> rules() const = 0;
    /// They decide from here on. Empty when done, else one sentence why not; then nothing has changed.
    virtual QString save(const std::vector<std::string>& rules) = 0;
};

} // namespace castdeck::ui
