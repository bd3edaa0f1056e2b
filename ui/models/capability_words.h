#pragma once

#include "core/remote/capabilities.h"
#include "ui/theme/colors.h"

#include <QtCore/QString>

#include <vector>

/// What a server elsewhere tells and does not tell, in words.
namespace castdeck::ui {

struct CapabilityLook {
    QString icon;
    Tone tone;
    QString word; ///< "Told"
};

CapabilityLook lookOf(remote::Capability::State state);
/// "Which channels are occupied"
QString subjectOf(remote::Capability::Topic topic);
/// The call that was tried, and what came back.
QString cameBack(const remote::Capability& capability);
/// Which kinds of servers offer it.
QString offeredBy(remote::Capability::Topic topic);

/// Why something is missing: what was tried, what came back, who offers it. Empty when it is told, or not known yet.
QString whyMissing(const std::vector<remote::Capability>& capabilities, remote::Capability::Topic topic);
/// Null when it was not asked.
const remote::Capability* findCapability(const std::vector<remote::Capability>& capabilities,
                                         remote::Capability::Topic topic);

} // namespace castdeck::ui
