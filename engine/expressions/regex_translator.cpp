#include "engine/expressions/regex_translator.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace stormglass {

namespace {

constexpr const char *step = "(?C)";

// The flags that PCRE2 has options for.
struct Options
{
    bool ignoresCase = false;
    bool isDotAll = false;
    bool isMultiLine = false;
    friend bool operator==(const Options &, const Options &) = default;
};

Options optionsOf(const RegexFlags &flags)
{
    return {flags.ignoreCase && !flags.ascii, flags.dotAll, flags.multiLine};
}

// `(?is-m:`
std::string optionGroup(const Options &options)
{
    std::string on;
    std::string off;
    (options.ignoresCase ? on : off) += 'i';
    (options.isDotAll ? on : off) += 's';
    (options.isMultiLine ? on : off) += 'm';
    return "(?" + on + (off.empty() ? "" : "-" + off) + ':';
}

// From 10.43 on PCRE2 counts marks and connectors among the characters of words; Python does not.
bool hasPythonsWords()
{
    static const bool has = [] {
        std::array<char, 64> version{};
        pcre2_config(PCRE2_CONFIG_VERSION, version.data());
        const std::string_view text(version.data());
        int minor = 0;
        std::from_chars(text.data() + std::min(text.find('.') + 1, text.size()),
                        text.data() + text.size(), minor);
        return text.starts_with("10.") && minor < 43;
    }();
    return has;
}

class Translator
{
public:
    std::string translate(const RegexPattern &pattern)
    {
        alternatives(pattern.root, pattern.flags);
        m_out += ')';
        // One step a start, so that many vain starts are noticed too.
        return (m_hasSteps ? step : "") + optionGroup(optionsOf(pattern.flags)) + m_out;
    }

private:
    using Kind = RegexNode::Kind;

    void part(const RegexNode &node, const RegexFlags &flags)
    {
        switch (node.kind) {
        case Kind::Literal:
            m_out += translateRegexLiteral(node.codePoint, flags);
            break;
        case Kind::Any:
            m_out += '.';
            break;
        case Kind::Set:
            m_out += translateRegexSet(node.set, flags);
            break;
        case Kind::LineStart:
            m_out += '^';
            break;
        case Kind::LineEnd:
            m_out += '$';
            break;
        case Kind::TextStart:
            m_out += "\\A";
            break;
        case Kind::TextEnd:
            m_out += "\\z";
            break;
        case Kind::Boundary:
            m_out += boundary(flags);
            break;
        case Kind::NotBoundary:
            m_out += notBoundary(flags);
            break;
        case Kind::Sequence:
            row(node, flags);
            break;
        case Kind::Branch:
            enclosed("(?:", node, flags);
            break;
        case Kind::Group:
            group(node, flags);
            break;
        case Kind::Atomic:
            enclosed("(?>", node.children[0], flags);
            break;
        case Kind::LookAhead:
            enclosed("(?=", node.children[0], flags);
            break;
        case Kind::NotLookAhead:
            enclosed("(?!", node.children[0], flags);
            break;
        case Kind::LookBehind:
            enclosed("(?<=", node.children[0], flags);
            break;
        case Kind::NotLookBehind:
            enclosed("(?<!", node.children[0], flags);
            break;
        case Kind::Repeat:
            repeat(node, flags);
            break;
        case Kind::BackReference:
            backReference(node, flags);
            break;
        case Kind::Conditional:
            conditional(node, flags);
            break;
        }
    }

    void row(const RegexNode &node, const RegexFlags &flags)
    {
        for (const RegexNode &child : node.children)
            part(child, flags);
    }

    // What stands between parentheses of whatever kind.
    void alternatives(const RegexNode &node, const RegexFlags &flags)
    {
        if (node.kind != Kind::Branch)
            return part(node, flags);
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (i > 0)
                m_out += '|';
            part(node.children[i], flags);
            countStep();
        }
    }

    void enclosed(const std::string &open, const RegexNode &node, const RegexFlags &flags)
    {
        m_out += open;
        alternatives(node, flags);
        m_out += ')';
    }

    void group(const RegexNode &node, const RegexFlags &flags)
    {
        if (node.group != 0)
            return enclosed("(", node.children[0], node.flags);
        const Options options = optionsOf(node.flags);
        enclosed(options == optionsOf(flags) ? "(?:" : optionGroup(options), node.children[0],
                 node.flags);
    }

    // PCRE2 has no lengths for repeats in a look-behind, even of what is empty anyway.
    bool repeatOfNothing(const RegexNode &node, const RegexFlags &flags)
    {
        if (node.children[0].width.most > 0 || captures(node.children[0]))
            return false;
        if (node.least > 0)
            part(node.children[0], flags);
        return true;
    }

    static bool captures(const RegexNode &node)
    {
        return node.group != 0 || std::any_of(node.children.begin(), node.children.end(), captures);
    }

    void repeat(const RegexNode &node, const RegexFlags &flags)
    {
        if (repeatOfNothing(node, flags))
            return;
        part(node.children[0], flags);
        m_out += '{' + std::to_string(node.least) + ','
            + (node.most ? std::to_string(*node.most) : "") + '}';
        if (node.greed != RegexGreed::Greedy)
            m_out += node.greed == RegexGreed::Lazy ? '?' : '+';
        constexpr std::uint64_t fewRepeats = 16;
        if (!node.most || *node.most != node.least || *node.most > fewRepeats)
            countStep();
    }

    // PCRE2 knows only references that ignore the case of all letters.
    void backReference(const RegexNode &node, const RegexFlags &flags)
    {
        const std::string reference = "\\g{" + std::to_string(node.group) + '}';
        m_out += flags.ignoreCase && flags.ascii ? "(?i:" + reference + ')' : reference;
    }

    void conditional(const RegexNode &node, const RegexFlags &flags)
    {
        m_out += "(?(" + std::to_string(node.group) + ')';
        row(node.children[0], flags);
        if (node.children.size() > 1) {
            m_out += '|';
            row(node.children[1], flags);
        }
        m_out += ')';
    }

    static std::string boundary(const RegexFlags &flags)
    {
        if (hasPythonsWords() && !flags.ascii)
            return "\\b";
        const std::string word = translateRegexSet({{}, {RegexCategory::Word}, false}, flags);
        return "(?:(?<=" + word + ")(?!" + word + ")|(?<!" + word + ")(?=" + word + "))";
    }

    // In Python an empty text has neither a boundary nor the want of one.
    static std::string notBoundary(const RegexFlags &flags)
    {
        if (hasPythonsWords() && !flags.ascii)
            return "\\B(?!\\A\\z)";
        return "(?!" + boundary(flags) + ")(?!\\A\\z)";
    }

    void countStep()
    {
        m_out += step;
        m_hasSteps = true;
    }

    std::string m_out;
    bool m_hasSteps = false;
};

} // namespace

std::string translateRegex(const RegexPattern &pattern)
{
    return Translator().translate(pattern);
}

} // namespace stormglass
