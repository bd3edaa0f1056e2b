#include "app/castdeck/stored_state.h"

#include "ui/bridge/stored_documents.h"

#include <QtCore/QCoreApplication>

namespace castdeck::app {

namespace {

constexpr const char* context = "castdeck::app::StoredState";

QString translated(const char* text)
{
    return QCoreApplication::translate(context, text);
}

} // namespace

StoredState::StoredState(const std::filesystem::path& configuration)
{
    store::ArchiveOptions options;
    options.path = std::filesystem::absolute(configuration).parent_path() / "state.db";
    options.trouble = [tell = std::weak_ptr{m_tell}](const std::string& sentence) {
        QMetaObject::invokeMethod(
            qApp,
            [tell, text = QString::fromStdString(sentence)] {
                if (const auto told = tell.lock(); told && *told)
                    (*told)(text);
            },
            Qt::QueuedConnection);
    };
    auto archive = store::Archive::open(std::move(options));
    if (archive) {
        m_archive = *std::move(archive);
        m_notice = QString::fromStdString(m_archive->notice());
        m_documents = std::make_unique<ui::StoredDocuments>(*m_archive);
    } else {
        m_notice =
            translated("Nothing is kept beyond this run: %1").arg(QString::fromStdString(archive.error().detail));
        m_documents = std::make_unique<ui::MemoryDocuments>();
    }
}

StoredState::~StoredState() = default;

ui::ArchiveBridge* StoredState::archiveOf(const std::string& profileId)
{
    if (!m_archive)
        return nullptr;
    std::unique_ptr<ui::ArchiveBridge>& bridge = m_bridges[profileId];
    if (!bridge)
        bridge = std::make_unique<ui::ArchiveBridge>(*m_archive, profileId);
    return bridge.get();
}

bool StoredState::isRestorable() const
{
    return m_archive && m_archive->restorable().has_value();
}

void StoredState::restore(std::function<void(const QString&)> done)
{
    m_archive->restore(*m_archive->restorable(), [done = std::move(done)](
                                                     const Result<std::vector<store::DocumentRow>>& restored) {
        const QString sentence =
            restored
                ? translated("The last copy is restored; drafts and templates come back at the next start.")
                : translated("The copy could not be restored: %1").arg(QString::fromStdString(restored.error().detail));
        QMetaObject::invokeMethod(qApp, [done, sentence] { done(sentence); }, Qt::QueuedConnection);
    });
}

} // namespace castdeck::app
