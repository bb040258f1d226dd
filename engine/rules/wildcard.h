#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// A shell pattern as Python's fnmatch has it: * ? [abc] [!abc], the whole text, case-sensitive; `*`
// crosses slashes and line ends. Parsed once; matching takes at most pattern × text steps.
class Wildcard
{
public:
    explicit Wildcard(std::string_view pattern);
    bool matches(std::string_view text) const;

private:
    struct Range
    {
        char32_t first = 0;
        char32_t last = 0;
    };
    struct Step
    {
        enum class Kind { Literal, AnyOne, AnyRun, OneOf, NotOneOf } kind = Kind::Literal;
        char32_t literal = 0;
        std::vector<Range> ranges = {};

        bool takes(char32_t point) const;
    };

    std::size_t readSet(const std::u32string &pattern, std::size_t open);
    static std::vector<Range> rangesOf(const std::u32string &inside);

    std::vector<Step> m_steps;
};

} // namespace stormglass
