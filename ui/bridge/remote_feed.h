#pragma once

#include "core/engine/event.h"
#include "core/remote/pusher_rest_client.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace castdeck::ui {

/// The live log of a server of this program that runs elsewhere: what happens there from start() on. Other servers
/// refuse the first question, which ends it.
///
/// Thread: GUI. `rest` outlives it.
class RemoteFeed : public QObject {
    Q_OBJECT

public:
    explicit RemoteFeed(remote::PusherRestClient& rest, QObject* parent = nullptr);

    void start();
    void stop();
    /// The server tells: what is seen otherwise is in its rows as well.
    bool isLive() const noexcept { return m_isLive; }

Q_SIGNALS:
    void rowsCame(const std::vector<castdeck::engine::Event>& rows, std::size_t dropped);

private:
    void ask();
    void take(const remote::RestAnswer& answer);

    remote::PusherRestClient& m_rest;
    QTimer m_next;
    std::uint64_t m_after = 0;
    unsigned m_round = 0; ///< Answers to earlier ones are ignored.
    bool m_isLive = false;
};

} // namespace castdeck::ui
