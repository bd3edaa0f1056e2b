#pragma once

#include <QtCore/QString>

#include <cstddef>
#include <string>
#include <string_view>

/// Foreign bytes made safe and readable for people. What is shown is a view; copies use the original bytes.
namespace castdeck::ui {

/// What becomes of line ends. Folded, a line end and the indentation after it are one blank, as in a one-line summary.
enum class LineEnds { Escape, Keep, Fold };

/// UTF-8 as text in which control characters and characters that reorder or hide text stand as escapes (`\u202e`).
/// Cut after `maxBytes` with an ellipsis.
QString shownText(std::string_view bytes, std::size_t maxBytes = 4'096, LineEnds lineEnds = LineEnds::Escape);

/// A tooltip that shows just this text: one that looks like markup would be read as such.
QString plainTip(const QString& text);

QString toQt(std::string_view utf8);
std::string toStd(const QString& text);

/// "310 B", "2.1 KB", "8.1 MB": powers of 1,024, one decimal below ten.
QString shownSize(std::size_t bytes);
/// "12,430".
QString shownCount(std::size_t count);

} // namespace castdeck::ui
