#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <functional>
#include <string>
#include <string_view>

namespace stormglass {

// A configuration's secrets are kept encrypted in the database, however they stand in its file.
// Templates stay: they are no secrets but names of some. Thread: any.

using Encrypt = std::function<Result<std::string>(std::string_view text)>;
using Decrypt = std::function<Result<Value>(std::string_view cipher)>;

// What a schema of `attributes` calls secret, sealed.
Result<Value> withSecretsSealed(const Value &attributes, const Value &values,
                                const Encrypt &encrypt);
// Whether there is anything that only the key opens.
bool hasSealed(const Value &values);
// As it was.
Result<Value> withSecretsOpened(const Value &values, const Decrypt &decrypt);

} // namespace stormglass
