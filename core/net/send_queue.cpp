#include "core/net/send_queue.h"

#include <algorithm>
#include <utility>

namespace castdeck::net {

namespace {

constexpr std::size_t runBytes = 64 * 1024;
constexpr std::size_t keptFrames = 8; ///< Room that an idle connection keeps.

} // namespace

std::string_view FrameRun::gather(std::span<const LocalFrame> frames)
{
    if (frames.size() == 1 || frames.front()->wire().size() >= runBytes)
        return frames.front()->wire();
    if (matches(frames))
        return m_bytes;
    clear();
    for (const auto& frame : frames) {
        m_isFull = m_bytes.size() + frame->wire().size() > runBytes;
        if (m_isFull)
            break;
        m_bytes.append(frame->wire());
        m_frames.push_back(frame);
    }
    return m_bytes;
}

void FrameRun::clear()
{
    m_frames.clear();
    m_bytes.clear();
    m_isFull = false;
}

bool FrameRun::matches(std::span<const LocalFrame> frames) const
{
    if (m_frames.empty() || m_frames.size() > frames.size() || (m_frames.size() < frames.size() && !m_isFull))
        return false;
    return std::equal(m_frames.begin(), m_frames.end(), frames.begin(),
                      [](const LocalFrame& a, const LocalFrame& b) { return a.get() == b.get(); });
}

void SendQueue::push(LocalFrame frame)
{
    m_bytes += frame->wire().size();
    m_frames.push_back(std::move(frame));
}

std::string_view SendQueue::front(FrameRun& run) const
{
    if (m_offset > 0)
        return m_frames[m_first]->wire().substr(m_offset);
    return run.gather(std::span{m_frames}.subspan(m_first));
}

void SendQueue::taken(std::size_t bytes)
{
    m_bytes -= bytes;
    bytes += m_offset;
    while (m_first < m_frames.size() && bytes >= m_frames[m_first]->wire().size()) {
        bytes -= m_frames[m_first]->wire().size();
        m_frames[m_first++].reset();
    }
    m_offset = bytes;
    if (!isEmpty()) {
        if (m_first > m_frames.size() / 2) {
            m_frames.erase(m_frames.begin(), m_frames.begin() + static_cast<std::ptrdiff_t>(m_first));
            m_first = 0;
        }
        return;
    }
    m_first = 0;
    m_frames.clear();
    if (m_frames.capacity() > keptFrames)
        std::vector<LocalFrame>{}.swap(m_frames);
}

void SendQueue::dropUnsent(std::size_t committedBytes)
{
    auto kept = m_first;
    std::size_t bytes = 0;
    const auto needed = m_offset + (committedBytes > 0 ? committedBytes : m_offset > 0 ? 1 : 0);
    while (kept < m_frames.size() && bytes < needed)
        bytes += m_frames[kept++]->wire().size();
    m_frames.resize(kept);
    m_bytes = bytes - std::min(bytes, m_offset);
}

} // namespace castdeck::net
