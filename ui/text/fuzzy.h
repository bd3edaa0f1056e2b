#pragma once

#include <QtCore/QString>

#include <optional>

namespace castdeck::ui {

/// How well `text` fits what somebody typed, larger is better; nothing when not all typed letters stand in it in their
/// order. Letters at the start of words and letters in a row count more; case and the spaces between typed words do not
/// matter.
std::optional<int> fuzzyScore(QStringView typed, QStringView text);

} // namespace castdeck::ui
