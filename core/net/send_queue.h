#pragma once

#include "core/base/frame.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::net {

/// Frames side by side in one buffer, so that they leave in one system call. Most receivers of a turn get the same
/// frames: they are copied once and the copy serves all of them.
///
/// Thread: the worker it belongs to.
class FrameRun {
public:
    /// The first frames of the queue, as many as fit into 64 KiB, at least one.
    std::string_view gather(std::span<const LocalFrame> frames);
    void clear();

private:
    bool matches(std::span<const LocalFrame> frames) const;

    std::vector<LocalFrame> m_frames; ///< Held, so that no other frame can get the address of one of them.
    std::string m_bytes;
    bool m_isFull = false; ///< The next frame did not fit.
};

/// What one connection has still to be sent.
class SendQueue {
public:
    void push(LocalFrame frame);
    bool isEmpty() const { return m_first == m_frames.size(); }
    std::size_t bytes() const { return m_bytes; }

    std::string_view front(FrameRun& run) const; ///< The bytes to send next; of use until the queue or run changes.
    void taken(std::size_t bytes);

    /// Drops what has not begun to leave, apart from the frames that the next `committedBytes` belong to.
    void dropUnsent(std::size_t committedBytes);

private:
    std::vector<LocalFrame> m_frames;
    std::size_t m_first = 0;  ///< Frames before it have left.
    std::size_t m_offset = 0; ///< Bytes of the first frame that have left.
    std::size_t m_bytes = 0;
};

} // namespace castdeck::net
