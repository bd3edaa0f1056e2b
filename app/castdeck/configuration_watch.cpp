#include "app/castdeck/configuration_watch.h"

#include "core/store/environment.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>

#include <chrono>
#include <utility>

namespace castdeck::app {

namespace {

constexpr std::chrono::milliseconds quietTime{200};

QString toQt(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

} // namespace

ConfigurationWatch::ConfigurationWatch(std::filesystem::path path, QObject* parent)
    : QObject{parent}
    , m_path{std::filesystem::absolute(path)}
    , m_file{toQt(m_path)}
    , m_variables{toQt(m_path.parent_path() / ".env")}
    , m_seen{fingerprint()}
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietTime);
    connect(&m_quiet, &QTimer::timeout, this, &ConfigurationWatch::look);
    // The folder as well: a file that is put in the place of another is not the one that was watched.
    m_watcher.addPath(toQt(m_path.parent_path()));
    watchFiles();
    const auto wait = [this] {
        watchFiles();
        m_quiet.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, wait);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, wait);
}

void ConfigurationWatch::watchFiles()
{
    for (const QString& file : {m_file, m_variables}) {
        if (QFile::exists(file) && !m_watcher.files().contains(file))
            m_watcher.addPath(file);
    }
}

void ConfigurationWatch::look()
{
    if (fingerprint() != m_seen)
        readAgain();
}

void ConfigurationWatch::readAgain()
{
    m_seen = fingerprint();
    Q_EMIT read(engine::Configuration::load(m_path, store::Environment::ofProcess()));
}

/// A file that is too large to be read has one of its size.
QByteArray ConfigurationWatch::fingerprint() const
{
    QCryptographicHash hash{QCryptographicHash::Sha256};
    for (const QString& name : {m_file, m_variables}) {
        QFile file{name};
        const bool isThere = file.open(QIODevice::ReadOnly);
        hash.addData(QByteArray::number(isThere ? file.size() : -1));
        if (isThere && file.size() <= static_cast<qint64>(store::ConfigFile::maxBytes))
            hash.addData(file.readAll());
    }
    return hash.result();
}

} // namespace castdeck::app
