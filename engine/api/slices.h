#pragma once

#include "engine/api/listing.h"
#include "engine/store/slice.h"

namespace stormglass {

// What a request for a page asks of a store; never more than `most` rows at once.
SliceRequest sliceOf(const Paging &paging, std::int64_t most = 100'000);

// `<name>_gt` and `<name>_lt` leave out the moment itself; a store's window has both its ends.
Result<TimeWindow> windowOf(const Request &request, const QString &name);

} // namespace stormglass
