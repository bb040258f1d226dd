#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stormglass {

// Takes a few values out of JSON text without building the rest: what lies on no wanted path is
// passed over unread. For text that was once written by us; what it passes over it does not check.
class JsonPicker
{
public:
    // Paths of names from the root, which must be a map.
    explicit JsonPicker(const std::vector<std::vector<std::string>> &paths);

    struct Picked
    {
        // One for each path, in their order; null where there is nothing.
        std::vector<Value> values;
        bool isEmpty = false;
    };
    // Invalid where the text, as far as it was looked at, is no JSON, or no map.
    Result<Picked> pick(std::string_view json) const;

private:
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const
        {
            return std::hash<std::string_view>()(text);
        }
    };
    struct Node
    {
        std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> children = {};
        // Which paths end here.
        std::vector<std::size_t> paths = {};
    };
    class Scan;

    std::deque<Node> m_nodes;
    std::size_t m_paths = 0;
};

} // namespace stormglass
