#pragma once

#include <QDateTime>
#include <QList>
#include <QSslCertificate>
#include <QSslError>
#include <QStringList>

#include <string>

namespace castdeck::remote {

/// What people need to decide about a certificate.
struct CertificateFacts {
    QString subject; ///< Its common name, or what it has instead.
    QString issuer;
    QStringList names; ///< That it is for.
    QDateTime from;
    QDateTime to;
    std::string fingerprint; ///< SHA-256, lower-case hexadecimal.
    QStringList faults;      ///< One sentence each; empty when it is trusted.
};

CertificateFacts factsOf(const QSslCertificate& certificate, const QList<QSslError>& errors);

/// SHA-256, lower-case hexadecimal; empty for no certificate.
std::string fingerprintOf(const QSslCertificate& certificate);

/// Whether this is the certificate that somebody decided to trust. `fingerprint` may be empty: none was.
bool isPinned(const QSslCertificate& certificate, const std::string& fingerprint);

} // namespace castdeck::remote
