#pragma once

#include "core/engine/event.h"
#include "core/engine/snapshot.h"

#include <QtCore/QString>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

/// Who heard an event and who nearly did. Pure functions; sentences are for people.
namespace castdeck::ui {

/// A connection that did not get an event, and the likely reason.
struct NearMiss {
    enum class Kind {
        LeftOut,       ///< By the publisher, with its socket id.
        Refused,       ///< Its subscription.
        OtherChannel,  ///< Its channel has nearly the same name.
        OtherApp,      ///< It listens to a channel of that name in another application.
        Late,          ///< It subscribed after the event.
        Gone,          ///< It left or closed shortly before.
        NothingJoined, ///< Connected, but subscribed to nothing.
    };

    Kind kind = Kind::OtherChannel;
    std::string socketId;
    QString reason; ///< One sentence.

    bool operator==(const NearMiss&) const = default;
};

struct NearMisses {
    std::vector<NearMiss> list; ///< The likeliest reasons first, at most maxListed.
    std::size_t more = 0;       ///< Those that are not listed.

    static constexpr std::size_t maxListed = 50;
};

/// `sent` is an ApiMessage or ClientEvent of the server in this program, `snapshot` what is connected by now, and
/// `log` the rows around the event in their order, older ones first.
NearMisses nearMisses(const engine::Event& sent, const engine::Snapshot& snapshot,
                      std::span<const engine::Event* const> log);

/// Why a subscriber of the channel `other` hears nothing of `wanted`; empty when the names are not alike.
QString likenessOf(const std::string& other, const std::string& wanted);

} // namespace castdeck::ui
