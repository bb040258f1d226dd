#pragma once

#include "engine/expressions/expression.h"

#include <QString>

namespace stormglass {

// A pack's configuration (content.md 9): values as they are written, and as the pack sees them.
// `attributes` are those of the config schema, null where the pack has none. Any thread.

// The values with the defaults that checking assigns. Invalid with the attribute at fault in
// `place`; `file` is named in the message.
Result<Value> checkedConfig(const QString &pack, const Value &attributes, const Value &values,
                            const QString &file);

struct ConfigScope
{
    // Answers `st2kv` and decrypts; borrowed for the call.
    const Resolver *resolver = nullptr;
    // Whose `st2kv.user` it is.
    std::string user;
};

// What an action or a sensor gets: templates rendered, secrets decrypted, every default filled in;
// rendered values stay text. RuntimeError with the key at fault.
Result<Value> resolvedConfig(const QString &pack, const Value &attributes, const Value &values,
                             const ConfigScope &scope);

} // namespace stormglass
