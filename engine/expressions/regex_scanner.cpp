#include "engine/expressions/regex_scanner.h"
#include "engine/base/utf8.h"

namespace stormglass {

RegexScanner::RegexScanner(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8Length(text, at);
        m_text += utf8Decode(text, at, length);
        at += length;
    }
    std::size_t backslashes = 0;
    while (backslashes < m_text.size() && m_text[m_text.size() - 1 - backslashes] == '\\')
        ++backslashes;
    m_isCutOff = backslashes % 2 == 1;
    look();
}

void RegexScanner::look()
{
    m_next = {};
    m_next.isEnd = m_at == m_text.size();
    if (m_next.isEnd)
        return;
    m_next.isEscaped = m_text[m_at] == '\\' && m_at + 1 < m_text.size();
    m_next.codePoint = m_text[m_next.isEscaped ? m_at + 1 : m_at];
}

RegexToken RegexScanner::take()
{
    const RegexToken token = m_next;
    m_at += token.length();
    look();
    return token;
}

bool RegexScanner::takeIf(char32_t plain)
{
    if (!m_next.is(plain))
        return false;
    take();
    return true;
}

std::u32string RegexScanner::takeWhile(std::size_t most, const std::function<bool(char32_t)> &test)
{
    std::u32string taken;
    while (taken.size() < most && !m_next.isEnd && !m_next.isEscaped && test(m_next.codePoint))
        taken += take().codePoint;
    return taken;
}

std::u32string RegexScanner::takeUntil(char32_t plain)
{
    const std::size_t begin = m_at;
    while (!m_next.isEnd && !m_next.is(plain))
        take();
    return m_text.substr(begin, m_at - begin);
}

void RegexScanner::goBackTo(std::size_t position)
{
    m_at = position;
    look();
}

std::string toUtf8(std::u32string_view text)
{
    std::string utf8;
    for (const char32_t codePoint : text)
        appendUtf8(utf8, codePoint);
    return utf8;
}

} // namespace stormglass
