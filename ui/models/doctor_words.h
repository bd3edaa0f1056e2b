#pragma once

#include "core/remote/doctor_finding.h"
#include "ui/models/profile.h"

#include <QtCore/QString>

namespace castdeck::ui {

/// What one press can do about a fault.
enum class DoctorRemedy {
    None,
    TrustCertificate,
    UsePlainHttp,
    UseTls,
    ChangePath,
    EditAddress,
    EditPort,
    EditKey,
    EditSecret,
    EditOrigin,
    CheckAgain, ///< Nothing is to be changed here.
};

struct DoctorWords {
    QString sentence; ///< What was found; empty when all is well.
    QString fix;      ///< One sentence: what to do.
    DoctorRemedy remedy = DoctorRemedy::None;
    QString button; ///< For the remedy; empty when there is none.
};

QString nameOf(remote::DoctorStep step);
/// What the step asks, for the list before anything is known.
QString questionOf(remote::DoctorStep step);
/// A few words beside the name of a step that passed.
QString remarkOf(const remote::DoctorFinding& finding);
DoctorWords wordsFor(const remote::DoctorFinding& finding, const Profile& profile);

} // namespace castdeck::ui
