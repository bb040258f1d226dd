#pragma once

#include "engine/schema/schema.h"

namespace stormglass {

// One walk of a schema over an instance. Bounds its own depth: a schema may refer to itself.
class SchemaWalk
{
public:
    explicit SchemaWalk(const Value &root)
        : m_root(root)
    {
    }

    std::vector<SchemaError> errors(const Value &schema, const Value &instance);
    bool isValid(const Value &schema, const Value &instance)
    {
        return errors(schema, instance).empty();
    }

    // For the keywords' own files.
    void descend(const Value &schema, const Value &instance, const Value &step,
                 std::vector<SchemaError> &found);
    const Value &root() const { return m_root; }

private:
    static constexpr int deepest = 64;
    const Value &m_root;
    int m_depth = 0;
};

// True if the instance is of the named JSON type, as Draft 4 has them (an integral float is no
// integer).
bool hasSchemaType(const Value &instance, std::string_view type);

// Keywords that look at one value and never descend. True if the keyword was one of these.
bool checkPlainKeyword(std::string_view keyword, const Value &argument, const Value &schema,
                       const Value &instance, std::vector<SchemaError> &found);

} // namespace stormglass
