// The key of a criterion: any text is a path or an error, and a path can be followed.

// uses: engine/expressions

#include "engine/expressions/json_path.h"

#include <cstdint>

using namespace stormglass;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Value root = Value::map(
        {{"trigger",
          Value::map({{"a", Value::list({1, "text", Value::map({{"b", Value()}, {"a", 2.5}})})},
                      {"b", true}})}});
    const Result<JsonPath> path = JsonPath::compile({reinterpret_cast<const char *>(data), size});
    if (path)
        static_cast<void>(path->first(root));
    return 0;
}
