#pragma once

#include <QtCore/QString>

#include <string_view>

/// Text as a literal of a language, whatever it holds. Characters that hide or reorder what is read are escaped, so
/// that the code shows what it does.
namespace castdeck::ui::code {

QString json(std::string_view utf8);   ///< "…", for JSON and what shares its strings.
QString script(std::string_view utf8); ///< "…", for JavaScript, also inside an HTML page.
QString python(std::string_view utf8); ///< "…"
QString php(std::string_view utf8);    ///< '…', or "…" where escapes are needed.
QString shell(std::string_view utf8);  ///< '…', or $'…' of bash and zsh where escapes are needed. NUL cannot be said.

} // namespace castdeck::ui::code
