#pragma once

#include "engine/instance/change.h"
#include "engine/instance/request.h"
#include "engine/instance/stream.h"

#include "engine/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace stormglass {

// An engine as those see it who carry requests to it: LocalInstance from Main, the HTTP server from
// Io. Thread: any.
class Endpoint
{
public:
    using Answer = std::function<void(Result<Response>)>;

    virtual ~Endpoint() = default;
    // Never waits. The answer is called exactly once, on whatever thread finished the request,
    // perhaps before this returns, perhaps when the asker has long gone: whoever gave it brings the
    // result to its own thread through a mailbox. Answers of one commit are given one after the
    // other, so that a mailbox wakes its owner once.
    virtual void handle(Request request, Answer answer) = 0;
};

// The numbered changes of one engine, held for a while so that followers can go on where they were.
// The numbers of a run lie above those of every earlier run (it starts at the time in
// microseconds), so a number from before a restart is known to be gone. Thread: any.
class ChangeFeed
{
public:
    using FollowerId = std::uint64_t;
    // In the order of their numbers.
    using Take = std::function<void(const std::vector<Change> &)>;

    virtual ~ChangeFeed() = default;
    // Calls `take` on the engine's thread, after each commit, with what that changed; it only hands
    // over to a mailbox. The first call says that following has begun and comes even if it is
    // empty: it has what came after `after` (none: from now on), or one `stormglass.reset`,
    // numbered as the latest change, if that is no longer held. The order of first calls and of
    // other followers' calls is the order of the numbers.
    virtual FollowerId follow(std::optional<ChangeNumber> after, Take take) = 0;
    // `take` may still be called a little later.
    virtual void unfollow(FollowerId follower) = 0;
    // Everything up to this number is committed: what is read afterwards has it.
    virtual ChangeNumber latest() const = 0;
};

} // namespace stormglass
