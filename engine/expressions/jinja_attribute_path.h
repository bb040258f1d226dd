#pragma once

#include "engine/base/value.h"

#include <optional>
#include <string_view>

namespace stormglass {

class Evaluation;

// What a filter's `attribute` names: members one after the other (`a.b.0`), several of them behind
// commas for sorting.
class AttributePath
{
public:
    // A null is the item itself.
    explicit AttributePath(const Value &attribute);

    // The member of an item; `preset`, unless it is null, where there is none.
    Value of(Evaluation &evaluation, const Value &item, const Value &preset = {}) const;

private:
    ValueList m_parts;
};

// Text in lower case, anything else as it is: how filters compare unless told to mind the case.
Value withoutCase(const Value &value);

// The key of an item for sorting: a list, of one member each for `attribute` split at commas.
class SortKey
{
public:
    SortKey(const Value &attribute, bool mindsCase);
    Value of(Evaluation &evaluation, const Value &item) const;

private:
    std::vector<AttributePath> m_paths;
    const bool m_mindsCase;
};

} // namespace stormglass
