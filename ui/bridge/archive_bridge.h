#pragma once

#include "core/store/archive.h"
#include "ui/models/log_archive.h"
#include "ui/models/sent_archive.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::ui {

/// What one profile sent and what its log holds, in the archive: writes both, and asks for them.
///
/// Thread: GUI; only answers cross from the threads of the archive. The archive must outlive it.
class ArchiveBridge : public QObject, public LogArchive, public SentArchive {
    Q_OBJECT

public:
    ArchiveBridge(store::Archive& archive, std::string profileId, QObject* parent = nullptr);
    ~ArchiveBridge() override;

    /// Costs no copy of the payloads. Written within about 100 ms.
    void addEvents(const std::vector<engine::Event>& events);
    void ask(LogArchive::Question question, std::function<void(LogArchive::Page)> answer) override;

    std::int64_t add(const SentMessage& message) override;
    void settle(std::int64_t archiveId, const Outcome& outcome, std::function<void(const QString&)> kept) override;
    void find(const SentArchive::Question& question, std::function<void(SentArchive::Page)> answer) override;

Q_SIGNALS:
    /// Something that was sent is not kept: why, in one sentence.
    void troubled(const QString& sentence);

private:
    class Post;

    store::Archive& m_archive;
    const std::string m_profileId;
    const unsigned m_lanes;       ///< Those of its questions: this one and the next.
    std::shared_ptr<Post> m_post; ///< What the archive's threads hold of the bridge.
};

} // namespace castdeck::ui
