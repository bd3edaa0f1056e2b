#pragma once

#include <QtCore/QObject>

#include <csignal>

namespace castdeck::app {

/// Turns SIGINT and SIGTERM into a signal of the event loop, so that they end the program as closing the window does.
/// Made before the first other thread starts, or that thread could be hit instead.
class StopSignals : public QObject {
    Q_OBJECT

public:
    StopSignals();
    ~StopSignals() override;

    /// Needs the application. From the first signal on, a second one ends the program at once.
    void watch();

Q_SIGNALS:
    void arrived();

private:
    sigset_t m_signals{};
    int m_descriptor = -1;
};

} // namespace castdeck::app
