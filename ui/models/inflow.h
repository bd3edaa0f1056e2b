#pragma once

#include <QtCore/QElapsedTimer>

#include <cstddef>

namespace castdeck::ui {

/// How many rows a second come in, over about the last half second: one large batch is no storm.
class Inflow {
public:
    Inflow() { m_clock.start(); }

    void add(std::size_t rows) { m_rows += rows; }
    double perSecond(); ///< Counts what was added since the last call.

private:
    QElapsedTimer m_clock;
    std::size_t m_rows = 0;
    double m_perSecond = 0;
};

} // namespace castdeck::ui
