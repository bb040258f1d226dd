#pragma once

#include "engine/base/result.h"
#include "engine/http/credential_reader.h"
#include "engine/http/wire_message.h"
#include "engine/instance/request.h"

namespace stormglass {

// What the endpoint is asked, made of a whole message and its published path.
Result<Request> readRequest(const WireMessage &message, const QString &path, CookieUse cookie);

} // namespace stormglass
