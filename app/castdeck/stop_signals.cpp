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
        notifier->setEnabled(false);
        signalfd_siginfo taken{};
        while (::read(m_descriptor, &taken, sizeof taken) > 0) {
        }
        pthread_sigmask(SIG_UNBLOCK, &m_signals, nullptr);
        Q_EMIT arrived();
    });
}

} // namespace castdeck::app
