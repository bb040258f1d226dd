#pragma once

#include "engine/base/error.h"

#include <tl/expected.hpp>

namespace stormglass {

// What anything returns that can fail for a reason outside the program.
template <typename T = void>
class [[nodiscard]] Result : public tl::expected<T, Error>
{
public:
    using tl::expected<T, Error>::expected;
    using Base = tl::expected<T, Error>;
    Result(Base &&base)
        : Base(std::move(base))
    {
    }
};

inline tl::unexpected<Error> failure(ErrorCode code, QString message)
{
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace stormglass

#define SG_CONCAT_INNER(a, b) a##b
#define SG_CONCAT(a, b) SG_CONCAT_INNER(a, b)

// Binds what a Result holds, or returns its error from the enclosing function.
#define SG_LET(declaration, ...) SG_LET_IMPL(SG_CONCAT(sgLet, __LINE__), declaration, __VA_ARGS__)
#define SG_LET_IMPL(name, declaration, ...)                                                        \
    auto name = (__VA_ARGS__);                                                                     \
    if (!name) [[unlikely]]                                                                        \
        return ::stormglass::failure(std::move(name).error());                                     \
    declaration = std::move(*name)

// Goes on, or returns the error from the enclosing function.
#define SG_TRY(...)                                                                                \
    do {                                                                                           \
        if (auto sgTry = (__VA_ARGS__); !sgTry) [[unlikely]]                                       \
            return ::stormglass::failure(std::move(sgTry).error());                                \
    } while (false)
