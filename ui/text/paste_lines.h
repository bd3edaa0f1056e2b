#pragma once

#include "ui/text/paste_scan.h"

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::ui::paste {

/// Takes the lines `NAME=value` out of `text`, where blanks stay in their place.
std::vector<Pair> takeLines(std::string& text);

/// Every http, https, ws or wss address in the text, up to a few dozen.
std::vector<std::string> findAddresses(std::string_view text);

} // namespace castdeck::ui::paste
