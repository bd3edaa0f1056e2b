#include "app/cli/credentials.h"

#include "core/store/value_check.h"

#include <string>

namespace castdeck::cli {

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
    if (!store::isCredential(app.id) || !store::isCredential(app.key))
        return Error{ErrorKind::InvalidInput,
                     "in ID:KEY:SECRET, ID and KEY must consist of letters, digits, - and _ and must not be empty"};
    if (app.secret.empty())
        return Error{ErrorKind::InvalidInput, "in ID:KEY:SECRET, the secret must not be empty"};
    return app;
}

} // namespace castdeck::cli
