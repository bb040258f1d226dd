// Values picked out of JSON text are those that reading all of it finds.

// uses: engine/rules

#include "engine/base/assert.h"
#include "engine/base/json.h"
#include "engine/expressions/json_path.h"
#include "engine/rules/json_picker.h"

#include <cstdint>

using namespace stormglass;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const std::vector<std::vector<std::string>> paths{{"a"}, {"a", "b"}, {"c", "c"}, {}};
    static const JsonPicker picker(paths);
    const std::string_view json(reinterpret_cast<const char *>(data), size);
    const Result<JsonPicker::Picked> picked = picker.pick(json);
    const Result<Value> whole = readJson(json);
    if (!whole || !whole->isMap())
        return 0;
    SG_ASSERT(picked);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const Value *found = followNames(*whole, paths[i]);
        SG_ASSERT(Value::pythonEqual(picked->values[i], found ? *found : Value()));
    }
    return 0;
}
