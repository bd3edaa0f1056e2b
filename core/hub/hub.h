#pragma once

#include "core/base/result.h"
#include "core/hub/application.h"
#include "core/hub/gatekeeper.h"

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace castdeck::hub {

/// All applications of the server, found by id and by key.
///
/// Thread: any. Ownership: clock, observer and gatekeeper outlive the hub; applications live on with the clients that
/// hold them.
class Hub {
public:
    /// Whether a Dossier of every client is kept.
    enum class Memory { Lean, Full };

    /// Both pointers may be null.
    Hub(const Clock& clock, Observer* observer, Gatekeeper* gatekeeper = nullptr, Memory memory = Memory::Lean)
        : m_clock{clock}
        , m_observer{observer}
        , m_gatekeeper{gatekeeper}
        , m_memory{memory}
    {
    }

    /// Keeps applications whose id and key stay, with their clients; closes the clients of those that are gone.
    /// Fails with InvalidInput, and changes nothing, when two have one id or one key.
    Result<void> setApps(std::vector<AppConfig> configs);

    std::shared_ptr<Application> findByKey(std::string_view key) const;
    std::shared_ptr<Application> findById(std::string_view id) const;
    std::vector<std::shared_ptr<Application>> applications() const;

    const Clock& clock() const noexcept { return m_clock; }
    Gatekeeper* gatekeeper() const noexcept { return m_gatekeeper; } ///< May be null.
    bool keepsDossiers() const noexcept { return m_memory == Memory::Full; }

private:
    struct Entry {
        std::string id;
        std::string key;
        std::shared_ptr<Application> application;
    };

    const Clock& m_clock;
    Observer* const m_observer;
    Gatekeeper* const m_gatekeeper;
    const Memory m_memory;
    mutable std::mutex m_mutex; ///< Guards m_entries; never held while an application is called.
    std::vector<Entry> m_entries;
};

} // namespace castdeck::hub
