#pragma once

#include "engine/base/result.h"
#include "engine/http/server_options.h"

#include <string_view>

namespace stormglass {

// What a client may write for a path, in any of the spellings StackStorm's services and its proxy
// accept, becomes the one that is published: `/api/v1/…`, `/auth/v1/…`, `/stream/v1/…`, decoded,
// without a trailing slash. Segments `.` and `..` are refused: no client sends them, and a resolver
// further in might walk them.
Result<QString> publishedPath(std::string_view rawPath, Service service);

} // namespace stormglass
