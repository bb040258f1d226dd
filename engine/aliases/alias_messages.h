#pragma once

#include "engine/base/result.h"
#include "engine/model/action_alias.h"

namespace stormglass {

// What chat is told of an alias's execution. Templates that fail tell so in the text: the execution
// has been asked for all the same. Thread: any.

// At once: `{message?, extra?}`, from the alias's `ack` (events.md 12.2, step 8). The documents are
// what the templates see as `execution` and `actionalias`.
Value acknowledgement(const ActionAlias &alias, const Value &execution, const Value &document);

// At the end: `{enabled, message?, extra?}`, from its `result`, or a text of ours without one
// (content.md 13.4). Templates see `execution` and `alias`; undefined names are empty. Invalid
// where the format cannot be rendered.
Result<Value> resultMessage(const ActionAlias *alias, const Value &execution,
                            const Value &aliasDocument);

} // namespace stormglass
