#pragma once

#include "engine/base/value.h"

namespace stormglass {

// The same value with lists, maps and sets of its own, so that methods which change one in place
// (`list.append`) are seen by nobody else. Containers that are the same one stay the same one.
Value ownCopy(const Value &value);

// What tells one container from another that is equal to it.
const void *storageOf(const Value &container);

// Takes everything out of a container, for every copy of it.
void emptyShared(const Value &container);

// Whether a container holds another one, at any depth: then putting it in would close a circle.
bool reaches(const Value &from, const Value &container);

} // namespace stormglass
