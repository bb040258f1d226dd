#include "engine/base/id.h"

#include <random>

namespace stormglass {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

} // namespace

std::optional<Id> Id::fromHex(std::string_view hex)
{
    if (hex.size() != 24)
        return std::nullopt;
    std::array<std::uint8_t, 12> bytes{};
    for (std::size_t i = 0; i < 12; ++i) {
        const int high = hexDigit(hex[2 * i]);
        const int low = hexDigit(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return Id(bytes);
}

std::optional<Id> Id::fromText(const QString &text)
{
    return fromHex(text.toStdString());
}

std::string Id::hex() const
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text(24, '0');
    for (std::size_t i = 0; i < 12; ++i) {
        text[2 * i] = digits[m_bytes[i] >> 4];
        text[2 * i + 1] = digits[m_bytes[i] & 15];
    }
    return text;
}

QString Id::text() const
{
    return QString::fromStdString(hex());
}

IdGenerator::IdGenerator(const Clock &clock)
    : m_clock(clock)
{
    std::random_device random;
    for (std::uint8_t &byte : m_process)
        byte = static_cast<std::uint8_t>(random());
    m_counter = random();
}

Id IdGenerator::make()
{
    const auto seconds = static_cast<std::uint32_t>(
        std::chrono::floor<std::chrono::seconds>(m_clock.now()).time_since_epoch().count());
    const std::uint32_t count = m_counter.fetch_add(1, std::memory_order_relaxed);
    std::array<std::uint8_t, 12> bytes{};
    for (std::size_t i = 0; i < 4; ++i)
        bytes[i] = static_cast<std::uint8_t>(seconds >> (24 - 8 * i));
    std::copy(m_process.begin(), m_process.end(), bytes.begin() + 4);
    for (std::size_t i = 0; i < 3; ++i)
        bytes[9 + i] = static_cast<std::uint8_t>(count >> (16 - 8 * i));
    return Id(bytes);
}

} // namespace stormglass
