#include "app/cli/credentials.h"

#include <algorithm>
#include <string>

namespace castdeck::cli {

namespace {

bool isWord(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

} // namespace

Result<hub::AppConfig> parseApp(std::string_view text)
{
    const std::size_t first = text.find(':');
    const std::size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
    if (second == std::string_view::npos)
        return Error{ErrorKind::InvalidInput, "an application is given as ID:KEY:SECRET"};
    hub::AppConfig app;
    app.id = text.substr(0, first);
    app.key = text.substr(first + 1, second - first - 1);
    app.secret = text.substr(second + 1);
    if (!isWord(app.id) || !isWord(app.key))
        return Error{ErrorKind::InvalidInput,
                     "in ID:KEY:SECRET, ID and KEY must consist of letters, digits, - and _ and must not be empty"};
    if (app.secret.empty())
        return Error{ErrorKind::InvalidInput, "in ID:KEY:SECRET, the secret must not be empty"};
    return app;
}

} // namespace castdeck::cli
