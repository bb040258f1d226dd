#pragma once

#include "engine/base/mailbox.h"
#include "engine/reactor/reactor.h"

#include <functional>
#include <memory>

namespace stormglass {

// How answers and changes come home to Io: in batches, and not at all once the server has gone.
// The reactor outlives whoever may post.
class IoMailbox : public std::enable_shared_from_this<IoMailbox>
{
public:
    // `afterBatch` is called on Io when everything of a batch has run.
    IoMailbox(Reactor &reactor, std::function<void()> afterBatch);

    // Thread: any.
    void post(Mailbox::Task task);
    // Nothing posted runs from here on. Thread: Io.
    void close();

private:
    void drain();

    Reactor &m_reactor;
    std::function<void()> m_afterBatch;
    Mailbox m_mailbox;
    bool m_isClosed = false;
};

} // namespace stormglass
