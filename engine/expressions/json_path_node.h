#pragma once

#include "engine/expressions/json_path.h"

#include <cstdint>
#include <optional>

namespace stormglass {

// One step of a parsed path.
struct JsonPath::Node
{
    enum class Kind {
        Root,
        This,
        Parent,
        Child,
        Descendants,
        Where,
        Union,
        Intersection,
        Fields,
        Index,
        Slice
    };

    Kind kind = Kind::Root;
    std::shared_ptr<const Node> left = {};
    std::shared_ptr<const Node> right = {};
    // Of Fields; `*` among them stands for all.
    std::vector<std::string> fields = {};
    // Of Index; of Slice, where none is an open end.
    std::optional<std::int64_t> begin = {};
    std::optional<std::int64_t> end = {};
};

} // namespace stormglass
