#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace stormglass {

// A format of an alias, however its file writes it: text that is its own representation, or a map.
struct AliasFormat
{
    // Text that tells people of it; null where there is none.
    Value display = {};
    // Texts.
    ValueList representations = {};
    bool matchesMany = false;

    friend bool operator==(const AliasFormat &, const AliasFormat &) = default;
};

// Invalid with the kind TypeError for what is neither text nor a map. Thread: any.
Result<AliasFormat> readAliasFormat(const Value &format);

// Whether one of the formats is matched as often as it occurs.
bool hasManyFormat(const Value &formats);

} // namespace stormglass
