#pragma once

#include <boost/smart_ptr/local_shared_ptr.hpp>
#include <boost/smart_ptr/shared_ptr.hpp>

#include <string>
#include <string_view>

namespace castdeck {

/// One WebSocket text message, encoded for the wire once and shared by all who receive it. Immutable.
class Frame {
public:
    /// An unmasked, unfragmented text frame (RFC 6455, section 5.2). `text` must be valid UTF-8.
    explicit Frame(std::string_view text);

    std::string_view wire() const noexcept { return m_wire; }
    std::string_view text() const noexcept { return std::string_view{m_wire}.substr(m_headerBytes); }

private:
    std::string m_wire;
    std::size_t m_headerBytes;
};

/// Crosses threads; the count is atomic.
using SharedFrame = boost::shared_ptr<const Frame>;

/// Stays on one worker; the count is a plain integer, so that queueing a frame for a thousand receivers costs a
/// thousand additions and no bus traffic.
using LocalFrame = boost::local_shared_ptr<const Frame>;

SharedFrame makeFrame(std::string_view text);

} // namespace castdeck
