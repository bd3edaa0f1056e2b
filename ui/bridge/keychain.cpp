#include "ui/bridge/keychain.h"

#include "ui/text/shown_text.h"

#include <qt6keychain/keychain.h>

namespace castdeck::ui {

namespace {

const QString service = QStringLiteral("castdeck");

Error errorOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::EntryNotFound: return {ErrorKind::NotFound, "the wallet has no secret for this profile"};
    case QKeychain::AccessDeniedByUser:
        return {ErrorKind::Forbidden, "the wallet stayed locked: its question was answered with no"};
    case QKeychain::AccessDenied: return {ErrorKind::Forbidden, "the wallet does not let this program in"};
    default: return {ErrorKind::Unavailable, "this desktop has no wallet, or it is not running"};
    }
}

} // namespace

void Keychain::read(const std::string& id, Found done)
{
    auto* job = new QKeychain::ReadPasswordJob{service, this};
    job->setKey(toQt(id));
    connect(job, &QKeychain::Job::finished, this, [job, done = std::move(done)] {
        if (job->error() == QKeychain::NoError)
            done(job->binaryData().toStdString());
        else
            done(errorOf(job->error()));
    });
    job->start();
}

void Keychain::write(const std::string& id, const std::string& secret, Done done)
{
    auto* job = new QKeychain::WritePasswordJob{service, this};
    job->setKey(toQt(id));
    job->setBinaryData(QByteArray::fromStdString(secret));
    connect(job, &QKeychain::Job::finished, this, [job, done = std::move(done)] {
        done(job->error() == QKeychain::NoError ? Result<void>{} : Result<void>{errorOf(job->error())});
    });
    job->start();
}

void Keychain::remove(const std::string& id, Done done)
{
    auto* job = new QKeychain::DeletePasswordJob{service, this};
    job->setKey(toQt(id));
    connect(job, &QKeychain::Job::finished, this, [job, done = std::move(done)] {
        const bool isGone = job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound;
        done(isGone ? Result<void>{} : Result<void>{errorOf(job->error())});
    });
    job->start();
}

} // namespace castdeck::ui
