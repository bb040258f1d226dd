#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// A JSONPath as jsonpath-rw reads it (the key of a criterion, events.md 6.4; the query of
// jsonpath_query), its oddities included: `|` binds tighter than `.`, an index of something that
// has no length is an error. Parsed once; immutable.
class JsonPath
{
public:
    // Invalid with the reference's class in `kind`: JsonPathLexerError, Exception, or
    // AttributeError for a key that ends too early.
    static Result<JsonPath> compile(std::string_view text);

    // The names, if the path is nothing but names from the root (`trigger.a.'b c'`), else empty.
    const std::vector<std::string> &names() const { return m_names; }

    // The first match, or null without one. The root is a map.
    Result<Value> first(const Value &root) const;
    Result<ValueList> all(const Value &root) const;

    struct Node;

private:
    explicit JsonPath(std::shared_ptr<const Node> root);
    std::shared_ptr<const Node> m_root;
    std::vector<std::string> m_names;
};

// The value `names` lead to from `from`; null if one of them is missing. Borrowed from `from`.
const Value *followNames(const Value &from, const std::vector<std::string> &names,
                         std::size_t firstName = 0);

// A stored key that a path or a template may go through: every step down is there, whatever its
// name. As a criterion's value it is good for `exists` alone.
class DatastoreKey final : public ValueObject
{
public:
    std::string_view typeName() const override { return "KeyValueLookup"; }
};

} // namespace stormglass
