#pragma once

#include "engine/base/error.h"

namespace stormglass {

// The one table between error codes and HTTP, used by http/ and remote/.
constexpr int httpStatus(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Invalid: return 400;
    case ErrorCode::Unauthenticated: return 401;
    case ErrorCode::Denied: return 403;
    case ErrorCode::NotFound: return 404;
    case ErrorCode::Conflict: return 409;
    case ErrorCode::Timeout: return 504;
    case ErrorCode::Unavailable: return 503;
    case ErrorCode::Internal: return 500;
    }
    return 500;
}

constexpr ErrorCode errorCode(int status)
{
    switch (status) {
    case 401: return ErrorCode::Unauthenticated;
    case 403: return ErrorCode::Denied;
    case 404: return ErrorCode::NotFound;
    case 409: return ErrorCode::Conflict;
    case 408:
    case 504: return ErrorCode::Timeout;
    case 429:
    case 502:
    case 503: return ErrorCode::Unavailable;
    default: return status >= 400 && status < 500 ? ErrorCode::Invalid : ErrorCode::Internal;
    }
}

} // namespace stormglass
