#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace stormglass {

// The first byte at or after `at` that no JSON text holds as plain ASCII: a quote, a backslash, a
// control character, or the start of a longer sequence. Eight bytes at a time.
inline const char *endOfPlainJson(const char *at, const char *end)
{
    if constexpr (std::endian::native == std::endian::little) {
        constexpr std::uint64_t ones = 0x0101010101010101ULL;
        while (end - at >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, at, 8);
            const std::uint64_t quote = word ^ (ones * '"');
            const std::uint64_t backslash = word ^ (ones * '\\');
            // A borrow may mark bytes behind a true find, never in front of it.
            const std::uint64_t found
                = (((quote - ones) & ~quote) | ((backslash - ones) & ~backslash)
                   | ((word - ones * 0x20) & ~word) | word)
                & (ones * 0x80);
            if (found != 0)
                return at + std::countr_zero(found) / 8;
            at += 8;
        }
    }
    const auto isPlain = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
    };
    while (at != end && isPlain(*at))
        ++at;
    return at;
}

} // namespace stormglass
