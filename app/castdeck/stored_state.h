#pragma once

#include "core/store/archive.h"
#include "ui/bridge/archive_bridge.h"
#include "ui/bridge/documents.h"

#include <QtCore/QString>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace castdeck::app {

/// What the console remembers beyond a run, in state.db beside the configuration. When that cannot be used, it
/// remembers for this run only, and notice() says why.
///
/// Thread: GUI. Opening takes some milliseconds; the destructor writes what waits.
class StoredState {
public:
    explicit StoredState(const std::filesystem::path& configuration);
    ~StoredState();
    StoredState(const StoredState&) = delete;
    StoredState& operator=(const StoredState&) = delete;

    ui::Documents& documents() const { return *m_documents; }
    /// Of the profile with that id. Null when nothing can be kept.
    ui::ArchiveBridge* archiveOf(const std::string& profileId);
    /// Null when it cannot be used.
    store::Archive* archive() const { return m_archive.get(); }
    /// Empty when all is well.
    QString notice() const { return m_notice; }

    /// Called on the GUI thread with what cannot be kept, why, and what helps; once for each kind.
    void onTrouble(std::function<void(const QString&)> tell) { *m_tell = std::move(tell); }

    /// When a damaged file was replaced: whether there is a copy to restore from.
    bool isRestorable() const;
    /// Brings back what the copy holds; `done` says on the GUI thread how that went. Documents are there at the next
    /// start, what was sent and logged at once.
    void restore(std::function<void(const QString&)> done);

private:
    using Tell = std::function<void(const QString&)>;

    std::shared_ptr<Tell> m_tell = std::make_shared<Tell>(); ///< Of the GUI thread; what is on its way may come late.
    std::unique_ptr<store::Archive> m_archive;               ///< Null when it cannot be used.
    std::unique_ptr<ui::Documents> m_documents;
    std::map<std::string, std::unique_ptr<ui::ArchiveBridge>> m_bridges;
    QString m_notice;
};

} // namespace castdeck::app
