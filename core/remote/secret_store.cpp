#include "core/remote/secret_store.h"

namespace castdeck::remote {

void SessionSecrets::read(const std::string& id, Found done)
{
    const auto found = m_secrets.find(id);
    if (found == m_secrets.end())
        return done(Error{ErrorKind::NotFound, "no secret is known for this profile"});
    done(std::string{found->second});
}

void SessionSecrets::write(const std::string& id, const std::string& secret, Done done)
{
    m_secrets[id] = secret;
    done({});
}

void SessionSecrets::remove(const std::string& id, Done done)
{
    m_secrets.erase(id);
    done({});
}

} // namespace castdeck::remote
