#pragma once

#include "engine/base/mailbox.h"
#include "engine/packs/pack_reading.h"

#include <atomic>
#include <functional>
#include <thread>

namespace stormglass {

// A thread that reads packs' files and checks them, so that the engine's does not wait for disks
// and does not parse. Thread: any for its functions; `done` is called on its own.
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
    void run();

    const Clock &m_clock;
    Mailbox m_mailbox;
    std::atomic<bool> m_isStopping = false;
    std::thread m_thread;
};

} // namespace stormglass
