#pragma once

#include "core/engine/snapshot.h"
#include "ui/bridge/occupancy.h"

#include <memory>

namespace castdeck::ui {

/// Believable answers about a snapshot, for pictures and tests of the pages: nothing is closed, and time stands still.
class SampleOccupancy : public OccupancyControl {
public:
    explicit SampleOccupancy(std::shared_ptr<const engine::Snapshot> snapshot);

    void askDetails(engine::DetailsQuestion question, QObject* context, Answer answer) override;
    void closeSocket(const std::string&, const std::string&) override {}
    void removeFromChannel(const std::string&, const std::string&, const std::string&) override {}
    void terminateUser(const std::string&, const std::string&) override {}

private:
    engine::Details detailsOf(const engine::DetailsQuestion& question) const;

    std::shared_ptr<const engine::Snapshot> m_snapshot;
};

/// A running server with channels of every kind, rooms with a user on two sockets, and two people under one id.
std::shared_ptr<engine::Snapshot> sampleOccupancy();

} // namespace castdeck::ui
