#include "engine/expressions/text_wrap.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/regex.h"
#include "engine/expressions/text_cutting.h"

#include <algorithm>

namespace stormglass {

namespace {

// Runs of white space, dashes between words, and words with a hyphen at most at their end.
constexpr std::string_view hyphenSplit
    = "([\\t\\n\\x0b\\x0c\\r ]+"
      "|(?<=[\\w!\"'&.,?])-{2,}(?=\\w)"
      "|[^\\t\\n\\x0b\\x0c\\r ]+?"
      "(?:-(?:(?<=[^\\d\\W][^\\d\\W]-)|(?<=[^\\d\\W]-[\\w!\"'&.,?]-))(?=[^\\d\\W]-?[^\\d\\W])"
      "|(?=[\\t\\n\\x0b\\x0c\\r ]|\\Z)"
      "|(?<=[\\w!\"'&.,?])(?=-{2,}\\w)))";
constexpr std::string_view blankSplit = "([\\t\\n\\x0b\\x0c\\r ]+)";

bool isBlank(std::string_view chunk)
{
    return stripped(chunk).empty();
}

class Wrapper
{
public:
    Wrapper(std::vector<std::string> chunks, const TextWrap &wrap)
        : m_chunks(std::move(chunks))
        , m_wrap(wrap)
    {
        std::ranges::reverse(m_chunks);
    }

    std::vector<std::string> lines()
    {
        while (!m_chunks.empty()) {
            if (!m_lines.empty() && isBlank(m_chunks.back()))
                m_chunks.pop_back();
            std::vector<std::string> line = fill();
            if (!line.empty() && isBlank(line.back()))
                line.pop_back();
            if (line.empty())
                continue;
            m_lines.emplace_back();
            for (const std::string &chunk : line)
                m_lines.back() += chunk;
        }
        return std::move(m_lines);
    }

private:
    // The last chunk is the next one.
    std::vector<std::string> fill()
    {
        std::vector<std::string> line;
        std::int64_t size = 0;
        while (!m_chunks.empty() && size + utf8::length(m_chunks.back()) <= m_wrap.width) {
            size += utf8::length(m_chunks.back());
            line.push_back(std::move(m_chunks.back()));
            m_chunks.pop_back();
        }
        if (!m_chunks.empty() && utf8::length(m_chunks.back()) > m_wrap.width)
            takeLongWord(line, m_wrap.width - size);
        return line;
    }

    void takeLongWord(std::vector<std::string> &line, std::int64_t room)
    {
        std::string &word = m_chunks.back();
        if (!m_wrap.breaksLongWords) {
            if (!line.empty())
                return;
            line.push_back(std::move(word));
            m_chunks.pop_back();
            return;
        }
        std::size_t end = utf8::offsetOf(word, room);
        if (m_wrap.breaksOnHyphens) {
            const std::size_t hyphen = word.substr(0, end).rfind('-');
            const bool isInside
                = hyphen != std::string::npos && hyphen > 0 && word.find_first_not_of('-') < hyphen;
            end = isInside ? hyphen + 1 : end;
        }
        line.push_back(word.substr(0, end));
        word.erase(0, end);
    }

    std::vector<std::string> m_chunks;
    const TextWrap m_wrap;
    std::vector<std::string> m_lines;
};

} // namespace

Result<std::vector<std::string>> wrappedText(std::string_view text, const TextWrap &wrap)
{
    SG_LET(const Regex words, Regex::cached(wrap.breaksOnHyphens ? hyphenSplit : blankSplit));
    SG_LET(const ValueList parts, words.split(text));
    std::vector<std::string> chunks;
    for (const Value &part : parts) {
        if (part.isText() && !part.text().empty())
            chunks.emplace_back(part.text());
    }
    return Wrapper(std::move(chunks), wrap).lines();
}

} // namespace stormglass
