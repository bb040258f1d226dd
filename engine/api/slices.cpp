#include "engine/api/slices.h"

#include "engine/base/timestamp.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

SliceRequest sliceOf(const Paging &paging, std::int64_t most)
{
    SliceRequest slice;
    slice.limit = static_cast<int>(std::min(paging.limit.value_or(most), most));
    slice.offset = paging.offset;
    return slice;
}

Result<TimeWindow> windowOf(const Request &request, const QString &name)
{
    TimeWindow window;
    if (const QString text = request.queryValue(name + u"_gt"_s); !text.isEmpty()) {
        SG_LET(const Timestamp moment, timestampFromIso(text.toStdString()));
        window.from = moment + std::chrono::microseconds(1);
    }
    if (const QString text = request.queryValue(name + u"_lt"_s); !text.isEmpty()) {
        SG_LET(const Timestamp moment, timestampFromIso(text.toStdString()));
        window.to = moment - std::chrono::microseconds(1);
    }
    return window;
}

} // namespace stormglass
