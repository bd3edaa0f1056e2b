#pragma once

#include <cstdint>

namespace castdeck::test {

/// A listening socket on a free port of 127.0.0.1, closed with the object.
class LoopbackListener {
public:
    LoopbackListener();
    ~LoopbackListener();
    LoopbackListener(const LoopbackListener&) = delete;
    LoopbackListener& operator=(const LoopbackListener&) = delete;

    int descriptor() const { return m_descriptor; }
    std::uint16_t port() const { return m_port; }
    /// Wakes a thread that waits in accept() or poll().
    void wake() const;

private:
    int m_descriptor;
    std::uint16_t m_port = 0;
};

} // namespace castdeck::test
