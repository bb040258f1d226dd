#pragma once

#include "engine/base/clock.h"

#include <limits>
#include <optional>
#include <vector>

namespace stormglass {

// The place of a row in a list ordered by time: rows of the same time are told apart by their row
// number.
struct SliceKey
{
    Timestamp time;
    std::int64_t row = 0;

    friend bool operator==(const SliceKey &, const SliceKey &) = default;
};

// Which part of a list is wanted. Going on from a key costs the same however far down it is; an
// offset is for clients that know nothing else, and is counted through.
struct SliceRequest
{
    int limit = 100;
    std::int64_t offset = 0;
    // Of the last row seen.
    std::optional<SliceKey> after = {};
    enum class Order { NewestFirst, OldestFirst };
    Order order = Order::NewestFirst;
};

// Both ends belong to it.
struct TimeWindow
{
    Timestamp from = Timestamp::min();
    Timestamp to = Timestamp::max();

    friend bool operator==(const TimeWindow &, const TimeWindow &) = default;
};

template <typename T>
struct Slice
{
    std::vector<T> rows = {};
    // Where to go on; none if nothing was found.
    std::optional<SliceKey> last = {};
};

// What a statement binds for a window and a key: low <= time <= high, and where the time equals the
// end the list goes on from, the row is beyond `row`.
struct SliceBounds
{
    Timestamp low;
    Timestamp high;
    std::int64_t row;

    SliceBounds(const SliceRequest &request, const TimeWindow &window)
        : low(window.from)
        , high(window.to)
    {
        const bool isDescending = request.order == SliceRequest::Order::NewestFirst;
        row = isDescending ? std::numeric_limits<std::int64_t>::max()
                           : std::numeric_limits<std::int64_t>::min();
        if (!request.after)
            return;
        Timestamp &end = isDescending ? high : low;
        // A key outside the window has nothing of it behind, or all of it.
        const bool isBeyond = isDescending ? request.after->time > end : request.after->time < end;
        if (isBeyond)
            return;
        end = request.after->time;
        row = request.after->row;
    }
};

} // namespace stormglass
