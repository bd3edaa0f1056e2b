#include "core/store/config.h"

#include <algorithm>

namespace castdeck::store {

Result<ConnectionConfig> Config::connection(std::string_view name) const
{
    std::string wanted{name.empty() ? std::string_view{defaultConnection} : name};
    if (wanted.empty())
        return Error{ErrorKind::NotFound, "no default connection is set"};
    const std::string asked = wanted;
    if (const auto alias = std::ranges::find(aliases, wanted, &Alias::name); alias != aliases.end())
        wanted = alias->connection;
    if (const auto found = std::ranges::find(connections, wanted, &ConnectionConfig::name); found != connections.end())
        return *found;
    if (wanted != asked)
        return Error{ErrorKind::NotFound,
                     "connection \"" + wanted + "\", which the alias \"" + asked + "\" stands for, is not defined"};
    return Error{ErrorKind::NotFound, "connection \"" + wanted + "\" is not defined"};
}

} // namespace castdeck::store
