#pragma once

#include "engine/base/result.h"
#include "engine/instance/change.h"

#include <optional>
#include <vector>

namespace stormglass {

struct Request;

// When a stream is over by itself: a change of this execution with one of these statuses was the
// last.
struct StreamEnd
{
    // Empty: it goes on for ever.
    QString executionId = {};
    // The one event that ends it; empty: any event of the execution.
    QString event = {};
    // Empty: the completed ones.
    QStringList statuses = {};
    // The output stream's last frame is `EOF` with the data `''`, and the change itself is not
    // sent. Otherwise the change is sent whatever the filter says.
    bool saysEof = false;

    bool reachedBy(const Change &change) const;
    friend bool operator==(const StreamEnd &, const StreamEnd &) = default;
};

// What an allowed request for a stream is answered with (`Response::stream`), for http/ to carry
// out: `first` at once, then what the feed has after `after`, as far as the filter takes it, until
// `end`.
struct Stream
{
    // Sent whatever the filter says. A `…__create` of the feed whose payload has the id of one of
    // these is not sent again: so whoever reads stored chunks after asking for ChangeFeed::latest()
    // loses and repeats nothing.
    std::vector<Change> first = {};
    ChangeFilter filter = {};
    // None: from now on.
    std::optional<ChangeNumber> after = {};
    StreamEnd end = {};
    // Nothing follows `first` (an EOF frame apart, where `end` says so).
    bool isOver = false;
};

// Reads `events`, `action_refs`, `execution_ids`, `end_event`, `end_execution_id` and Last-Event-ID
// of a request for
// `/stream/v1/stream`, with StackStorm's default events.
Result<Stream> streamAskedFor(const Request &request);

} // namespace stormglass
