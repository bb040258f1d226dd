#include "engine/http/request_ids.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace stormglass {

namespace {

constexpr std::size_t maxSentId = 128;

bool isUsable(std::string_view id)
{
    return !id.empty() && id.size() <= maxSentId
        && std::ranges::all_of(id, [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace

std::string RequestIds::idFor(std::string_view sent)
{
    return isUsable(sent) ? std::string(sent) : fresh();
}

std::string RequestIds::fresh()
{
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::string_view form = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    std::array<std::uint64_t, 2> bits = {m_random.generate64(), m_random.generate64()};
    std::string id(form);
    std::size_t taken = 0;
    for (char &c : id) {
        if (c != 'x' && c != 'y')
            continue;
        std::uint64_t &word = bits[taken++ / 16];
        const std::size_t nibble = word & 0xf;
        word >>= 4;
        c = digits[c == 'y' ? 8 + (nibble & 3) : nibble];
    }
    return id;
}

} // namespace stormglass
