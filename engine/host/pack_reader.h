#pragma once

#include "engine/base/mailbox.h"
#include "engine/packs/pack_reading.h"

#include <array>
#include <atomic>
#include <functional>
#include <thread>

namespace stormglass {

// Threads that read packs' files and check them, so that the engine's does not wait for disks and
// does not parse. Parsing is nearly all there is to do of a large catalogue, and packs do not know
// of each other, so two of them halve it. Thread: any for its functions; `done` is called on its
// own.
class PackReader
{
public:
    using Done = std::function<void(ReadPack)>;

    explicit PackReader(const Clock &clock);
    // What was not read yet is not read any more.
    ~PackReader();
    PackReader(const PackReader &) = delete;

    void read(PackOrder order, Done done);

private:
    struct Worker
    {
        Mailbox mailbox;
        // Orders that it has not read yet.
        std::atomic<int> waiting = 0;
        std::thread thread;
    };
    void run(Worker &worker);

    const Clock &m_clock;
    std::atomic<bool> m_isStopping = false;
    std::array<Worker, 2> m_workers;
};

} // namespace stormglass
