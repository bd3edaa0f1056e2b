#pragma once

#include "core/auth/authorization_config.h"
#include "core/engine/authorization.h"
#include "ui/bridge/rule_control.h"

#include <vector>

namespace castdeck::app {

/// Rules and actors of the sample shop.
auth::AuthorizationConfig sampleAuthorization();

/// Its rules, to be filled in and not kept.
class SampleRules : public ui::RuleControl {
public:
    std::vector<std::string> rules() const override;
    QString save(const std::vector<std::string>&) override { return {}; }
};

/// What its clients were answered in the last minutes before `now`, the oldest first.
std::vector<engine::Decision> sampleDecisions(WallTime now);

/// The answer to somebody who packs parcels and asks for another one's order.
engine::AuthorizationVerdict sampleVerdict(std::uint64_t commandId, WallTime now);

} // namespace castdeck::app
