#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace stormglass {

// What has arrived and is not yet understood. Small while a peer is idle, since there may be
// thousands of them.
class InputBuffer
{
public:
    std::string_view view() const { return {m_bytes.data() + m_begin, m_end - m_begin}; }
    std::size_t size() const { return m_end - m_begin; }
    bool isEmpty() const { return m_begin == m_end; }

    // Room for at least `bytes` more; views taken before are void.
    std::span<char> room(std::size_t bytes)
    {
        if (m_begin > 0) {
            std::memmove(m_bytes.data(), m_bytes.data() + m_begin, size());
            m_end -= m_begin;
            m_begin = 0;
        }
        const std::size_t needed = m_end + bytes;
        if (m_bytes.size() < needed) {
            m_bytes.resize(needed);
        } else if (m_bytes.size() > 4 * needed) {
            m_bytes.resize(needed);
            m_bytes.shrink_to_fit();
        }
        return std::span(m_bytes).subspan(m_end);
    }
    void add(std::size_t bytes) { m_end += bytes; }
    void consume(std::size_t bytes) { m_begin += bytes; }
    void clear() { m_begin = m_end = 0; }

private:
    std::vector<char> m_bytes;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace stormglass
