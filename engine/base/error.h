#pragma once

#include <QString>

namespace stormglass {

// What a caller decides by. The first five are refusals (the same tomorrow), the last three are trouble
// (may pass). HTTP meaning: engine/instance/http_status.h.
enum class ErrorCode { Invalid, Unauthenticated, Denied, NotFound, Conflict, Timeout, Unavailable, Internal };

struct Error {
    ErrorCode code = ErrorCode::Internal;
    // A sentence a person can act on: what failed, why, and the remedy if known.
    QString message;
    // The reference's class name (`TypeError`, `UndefinedError`, …) where a peer can see it; else empty.
    QString kind = {};
    // Where: a path in a document, a file with line and column; else empty.
    QString place = {};

    bool isRefusal() const
    {
        return code == ErrorCode::Invalid || code == ErrorCode::Unauthenticated || code == ErrorCode::Denied
            || code == ErrorCode::NotFound || code == ErrorCode::Conflict;
    }

    friend bool operator==(const Error &, const Error &) = default;
};

} // namespace stormglass
