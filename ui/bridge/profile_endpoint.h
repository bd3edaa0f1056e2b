#pragma once

#include "core/base/result.h"
#include "core/remote/doctor.h"
#include "core/remote/pusher_endpoint.h"
#include "ui/models/profile.h"

#include <string>

namespace castdeck::ui {

/// Where the server of a profile is, and how to sign for it. Fails with InvalidInput, naming what is missing.
/// The hosted service has two hosts, of which a profile names one.
Result<remote::PusherEndpoint> endpointOf(const Profile& profile, const std::string& secret);

/// What the connection doctor is to look at. A production profile gets no event, not even one that nobody sees.
Result<remote::DoctorOptions> doctorOptionsOf(const Profile& profile, const std::string& secret);

} // namespace castdeck::ui
