#pragma once

#include "engine/base/clock.h"

#include <QString>

#include <array>
#include <atomic>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace stormglass {

// Twelve bytes, written as 24 lower-case hex digits, ordered by the second they were made in: the form of
// StackStorm's ids (api.md 2.2). All zero is "no id".
class Id
{
public:
    Id() = default;
    explicit Id(const std::array<std::uint8_t, 12> &bytes)
        : m_bytes(bytes)
    {
    }

    static std::optional<Id> fromHex(std::string_view hex);
    static std::optional<Id> fromText(const QString &text);

    bool isNull() const { return *this == Id(); }
    std::string hex() const;
    QString text() const;
    const std::array<std::uint8_t, 12> &bytes() const { return m_bytes; }

    friend auto operator<=>(const Id &, const Id &) = default;

private:
    std::array<std::uint8_t, 12> m_bytes{};
};

// Makes ids that no other generator makes: seconds, five random bytes, a counter. Thread: any.
class IdGenerator
{
public:
    explicit IdGenerator(const Clock &clock);
    Id make();

private:
    const Clock &m_clock;
    std::array<std::uint8_t, 5> m_process;
    std::atomic<std::uint32_t> m_counter;
};

inline std::size_t qHash(const Id &id, std::size_t seed = 0)
{
    std::uint64_t tail = 0;
    std::memcpy(&tail, id.bytes().data() + 4, 8);
    return static_cast<std::size_t>(tail * 0x9e3779b97f4a7c15ULL) ^ seed;
}

} // namespace stormglass

template <>
struct std::hash<stormglass::Id> {
    std::size_t operator()(const stormglass::Id &id) const { return stormglass::qHash(id); }
};
