#pragma once

#include "engine/base/value.h"

namespace stormglass {

// The same value with lists, maps and sets of its own, so that methods which change one in place
// (`list.append`) are seen by nobody else. Containers that are the same one stay the same one.
Value ownCopy(const Value &value);

// The members of a set, to be changed so that every copy of the value sees it (`set.add`); what
// `Value::editSharedItems` is for lists, under the same conditions.
ValueSet &editSharedMembers(const Value &set);

// Whether a container holds another one, at any depth: then putting it in would close a circle.
bool reaches(const Value &from, const Value &container);

} // namespace stormglass
