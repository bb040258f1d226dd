#pragma once

#include "engine/http/wire_message.h"
#include "engine/instance/request.h"

namespace stormglass {

// A browser sends the cookie by itself, whoever wrote the page; nothing else of a credential.
enum class CookieUse { Allowed, Refused };

// The first one present decides: X-Auth-Token, St2-Api-Key, the same two in the query, the cookie
// auth-token.
// (`Authorization` belongs to the operation that makes tokens and stays a header.)
Credential credentialOf(const WireMessage &message, const Request &request, CookieUse cookie);

} // namespace stormglass
