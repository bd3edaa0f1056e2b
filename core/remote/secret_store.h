#pragma once

#include "core/base/result.h"

#include <functional>
#include <map>
#include <string>

namespace castdeck::remote {

/// A place where secrets are kept under ids.
///
/// Thread: the one that made it, where each `done` is called once, at once or later; not after the store is gone.
/// Errors: their details are for people and hold no secret.
class SecretStore {
public:
    using Done = std::function<void(Result<void>)>;
    using Found = std::function<void(Result<std::string>)>;

    virtual ~SecretStore() = default;
    virtual void read(const std::string& id, Found done) = 0; ///< NotFound when there is none.
    virtual void write(const std::string& id, const std::string& secret, Done done) = 0;
    virtual void remove(const std::string& id, Done done) = 0; ///< One that is not there is removed.
};

/// Forgotten when the program ends.
class SessionSecrets : public SecretStore {
public:
    void read(const std::string& id, Found done) override;
    void write(const std::string& id, const std::string& secret, Done done) override;
    void remove(const std::string& id, Done done) override;

    const std::map<std::string, std::string>& all() const noexcept { return m_secrets; }
    void clear() { m_secrets.clear(); }

private:
    std::map<std::string, std::string> m_secrets;
};

} // namespace castdeck::remote
