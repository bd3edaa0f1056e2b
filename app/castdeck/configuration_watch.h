#pragma once

#include "core/engine/configuration.h"

#include <QtCore/QByteArray>
#include <QtCore/QFileSystemWatcher>
#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QTimer>

#include <filesystem>

namespace castdeck::app {

/// Reads the configuration again when somebody has changed its file or the `.env` beside it, in whatever way: editors
/// write into a file, or put another one in its place.
///
/// Thread: GUI. A change is read once nothing has happened for a moment, since a file that is being written is not
/// whole.
class ConfigurationWatch : public QObject {
    Q_OBJECT

public:
    explicit ConfigurationWatch(std::filesystem::path path, QObject* parent = nullptr);

    /// Reads now, whether anything has changed or not.
    void readAgain();

Q_SIGNALS:
    void read(const castdeck::engine::Configuration& configuration); ///< With errors or without.

private:
    void watchFiles();
    void look();
    QByteArray fingerprint() const;

    const std::filesystem::path m_path;
    const QString m_file;
    const QString m_variables; ///< The `.env`.
    QByteArray m_seen;         ///< What was read last.
    QFileSystemWatcher m_watcher;
    QTimer m_quiet;
};

} // namespace castdeck::app
