// uses: engine/base
// Text that is read is written and read back as the same value, in every style.

#include "engine/base/json.h"
#include "engine/base/python_text.h"
#include "engine/base/utf8.h"

using namespace stormglass;

namespace {

void check(const Value &value, const JsonStyle &style)
{
    JsonLimits limits;
    limits.allowNonFinite = true;
    const std::string text = writeJson(value, style);
    SG_ASSERT(isUtf8(text));
    const Result<Value> again = readJson(text, limits);
    SG_ASSERT(again);
    SG_ASSERT(pythonRepr(*again) == pythonRepr(value) || style.sortKeys);
    SG_ASSERT(writeJson(*again, style) == text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    JsonLimits limits;
    limits.allowNonFinite = true;
    const Result<Value> value = readJson(text, limits);
    const Result<Value> strictly = readJson(text);
    SG_ASSERT(value || !strictly);
    if (!value) {
        SG_ASSERT(value.error().code == ErrorCode::Invalid && !value.error().place.isEmpty());
        return 0;
    }
    SG_ASSERT(isUtf8(text));
    SG_ASSERT(!strictly || *strictly == *value);
    for (const int indent : {-1, 0, 3}) {
        for (const bool flag : {false, true}) {
            JsonStyle style;
            style.indent = indent;
            style.pythonSpacing = flag;
            style.escapeNonAscii = flag;
            check(*value, style);
            style.sortKeys = true;
            check(*value, style);
        }
    }
    return 0;
}
