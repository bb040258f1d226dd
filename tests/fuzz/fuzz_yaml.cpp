// uses: engine/base
// Text that is read is written and read back as the same value.

#include "engine/base/python_text.h"
#include "engine/base/utf8.h"
#include "engine/base/yaml.h"

using namespace stormglass;

namespace {

// What reading back cannot give: tuples are written as lists, sets have no order that counts, and
// two keys that are not a number are one after writing.
bool isPlain(const Value &value)
{
    if (value.isSet() || value.isTuple())
        return false;
    for (const Value &item : value.itemsOrNone()) {
        if (!isPlain(item))
            return false;
    }
    for (const ValueMap::Entry &entry : value.entriesOrNone()) {
        if (entry.key.isTuple()
            || (entry.key.isDouble() && entry.key.toDouble() != entry.key.toDouble()))
            return false;
        if (!isPlain(entry.value))
            return false;
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    YamlLimits limits;
    limits.nodes = 20'000;
    const Result<YamlDocument> document = readYamlDocument(text, limits);
    if (!document) {
        SG_ASSERT(document.error().code == ErrorCode::Invalid && !document.error().kind.isEmpty());
        SG_ASSERT(!document.error().place.isEmpty());
        return 0;
    }
    for (const int width : {80, 10, -1}) {
        YamlStyle style;
        style.width = width;
        style.allowUnicode = width != 10;
        const std::string written = writeYaml(document->value, style);
        SG_ASSERT(isUtf8(written));
        const Result<Value> again = readYaml(written);
        SG_ASSERT(again);
        SG_ASSERT(!isPlain(document->value) || pythonRepr(*again) == pythonRepr(document->value));
    }
    return 0;
}
