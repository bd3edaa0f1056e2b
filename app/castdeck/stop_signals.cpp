#include "app/castdeck/stop_signals.h"

#include <QtCore/QSocketNotifier>

#include <sys/signalfd.h>
#include <unistd.h>

namespace castdeck::app {

StopSignals::StopSignals()
{
    sigemptyset(&m_signals);
    sigaddset(&m_signals, SIGINT);
    sigaddset(&m_signals, SIGTERM);
    sigaddset(&m_signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
}

StopSignals::~StopSignals()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void StopSignals::watch()
{
    m_descriptor = ::signalfd(-1, &m_signals, SFD_CLOEXEC | SFD_NONBLOCK);
    auto* notifier = new QSocketNotifier{m_descriptor, QSocketNotifier::Read, this};
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        bool ends = false;
        signalfd_siginfo taken{};
        while (::read(m_descriptor, &taken, sizeof taken) > 0)
            ends = ends || taken.ssi_signo != SIGHUP;
        if (!ends) {
            Q_EMIT reloadRequested();
            return;
        }
        notifier->setEnabled(false);
        sigdelset(&m_signals, SIGHUP); // There is nothing left to reload.
        pthread_sigmask(SIG_UNBLOCK, &m_signals, nullptr);
        Q_EMIT arrived();
    });
}

} // namespace castdeck::app
