#include "core/remote/certificate.h"

#include <QCryptographicHash>

namespace castdeck::remote {

namespace {

QString firstOf(const QStringList& common, const QStringList& organization)
{
    return !common.isEmpty() ? common.first() : organization.value(0);
}

} // namespace

CertificateFacts factsOf(const QSslCertificate& certificate, const QList<QSslError>& errors)
{
    CertificateFacts facts;
    facts.subject = firstOf(certificate.subjectInfo(QSslCertificate::CommonName),
                            certificate.subjectInfo(QSslCertificate::Organization));
    facts.issuer = firstOf(certificate.issuerInfo(QSslCertificate::CommonName),
                           certificate.issuerInfo(QSslCertificate::Organization));
    facts.names = certificate.subjectAlternativeNames().values();
    facts.from = certificate.effectiveDate();
    facts.to = certificate.expiryDate();
    facts.fingerprint = fingerprintOf(certificate);
    for (const QSslError& error : errors)
        facts.faults.append(error.errorString());
    facts.faults.removeDuplicates();
    return facts;
}

std::string fingerprintOf(const QSslCertificate& certificate)
{
    return certificate.isNull() ? std::string{} : certificate.digest(QCryptographicHash::Sha256).toHex().toStdString();
}

bool isPinned(const QSslCertificate& certificate, const std::string& fingerprint)
{
    return !fingerprint.empty() && fingerprintOf(certificate) == fingerprint;
}

} // namespace castdeck::remote
