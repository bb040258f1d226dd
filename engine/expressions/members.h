#pragma once

#include "engine/expressions/functions.h"

namespace stormglass {

// Look-ups as Jinja's sandbox has them: what is missing is an Undefined, what is private one that
// says so.

// owner.name: an attribute or method, else an item. The name is a Text.
Value memberNamed(Evaluation &evaluation, const Value &owner, const Value &name);
// owner[key]: an item, else an attribute or method.
Value memberAt(Evaluation &evaluation, const Value &owner, const Value &key);
// Attributes alone, for the filter `attr`.
Value attributeNamed(Evaluation &evaluation, const Value &owner, const Value &name);

// The method that owner.name is, for calling it without making a value of it; null if it is none.
const Function *methodNamed(const Value &owner, std::string_view name);

std::vector<std::string_view> methodNames(const Value &owner);
// Keys, attributes and methods: whatever owner.name may be. Borrowed from the owner.
std::vector<std::string_view> memberNames(const Value &owner);

} // namespace stormglass
