#include "app/setup/signals.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace stormglass {

StopSignals::StopSignals(std::function<void()> stop, QObject *parent)
    : QObject(parent)
    , m_stop(std::move(stop))
{
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t signalSet;
    sigemptyset(&signalSet);
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&signalSet, number);
    // Every thread made later inherits the mask, so the descriptor gets them all.
    pthread_sigmask(SIG_BLOCK, &signalSet, nullptr);
    m_descriptor = signalfd(-1, &signalSet, SFD_CLOEXEC | SFD_NONBLOCK);
    auto *notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &StopSignals::take);
}

StopSignals::~StopSignals()
{
    close(m_descriptor);
}

void StopSignals::take()
{
    signalfd_siginfo info;
    while (read(m_descriptor, &info, sizeof info) == sizeof info) {
        if (m_isStopping)
            _exit(128 + static_cast<int>(info.ssi_signo));
        m_isStopping = true;
        m_stop();
    }
}

} // namespace stormglass
