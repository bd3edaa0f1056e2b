#pragma once

#include <QtCore/QObject>

#include <csignal>

namespace castdeck::app {

/// Turns SIGINT and SIGTERM into a signal of the event loop, so that they end the program as closing the window does,
/// and SIGHUP into one that asks for the configuration to be read again, as for the server without a window. Made
/// before the first other thread starts, or that thread could be hit instead.
class StopSignals : public QObject {
    Q_OBJECT

public:
    StopSignals();
    ~StopSignals() override;

    /// Needs the application. From the first signal to end on, a second one ends the program at once.
    void watch();

Q_SIGNALS:
    void arrived();
    void reloadRequested();

private:
    sigset_t m_signals{};
    int m_descriptor = -1;
};

} // namespace castdeck::app
