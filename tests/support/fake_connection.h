#pragma once

#include "core/hub/connection.h"
#include "tests/support/message.h"

#include <optional>
#include <string>
#include <vector>

namespace castdeck::test {

/// Keeps what the hub sends to one client.
class FakeConnection final : public hub::Connection {
public:
    void send(const LocalFrame& frame) override;
    void ping() override { ++m_pings; }
    void close(pusher::CloseCode code, std::string_view reason) override;
    void setReading(bool isReading) override { m_isReading = isReading; }
    std::size_t queuedBytes() const override { return m_queuedBytes; }
    void setQueuedBytes(std::size_t bytes) { m_queuedBytes = bytes; }

    /// What has been sent since the last call.
    std::vector<Message> take();
    /// The same as "event@channel", or "event" without a channel.
    std::vector<std::string> takeNames();

    std::optional<pusher::CloseCode> closeCode() const { return m_closeCode; }
    const std::string& closeReason() const { return m_closeReason; }
    bool isReading() const { return m_isReading; }
    int pings() const { return m_pings; }

private:
    std::vector<Message> m_sent;
    std::optional<pusher::CloseCode> m_closeCode;
    std::string m_closeReason;
    bool m_isReading = true;
    int m_pings = 0;
    std::size_t m_queuedBytes = 0;
};

} // namespace castdeck::test
