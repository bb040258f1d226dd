#include "engine/expressions/regex_escapes.h"
#include "engine/expressions/regex_parser.h"
#include "engine/expressions/regex_width.h"

// What stands between square brackets.

namespace stormglass {

Result<RegexNode> RegexParser::set(std::size_t start)
{
    RegexNode node;
    node.kind = RegexNode::Kind::Set;
    measure(node);
    node.set.isNegated = m_scanner.takeIf('^');
    for (bool isFirst = true;; isFirst = false) {
        const RegexToken token = m_scanner.take();
        if (token.isEnd)
            return regexFailure(QStringLiteral("a [ without its ]"), start);
        if (token.is(']') && !isFirst)
            return node;
        SG_TRY(setItem(node.set, token, start));
    }
}

Result<> RegexParser::setItem(RegexSet &set, const RegexToken &token, std::size_t start)
{
    const auto read = [this](const RegexToken &from) -> Result<RegexSet> {
        if (from.isEscaped)
            return setEscape(from.codePoint);
        return RegexSet{{{from.codePoint, from.codePoint}}, {}, false};
    };
    const auto add = [&set](const RegexSet &more) {
        set.ranges.insert(set.ranges.end(), more.ranges.begin(), more.ranges.end());
        set.categories.insert(set.categories.end(), more.categories.begin(), more.categories.end());
    };
    const std::size_t at = m_scanner.position() - token.length();
    SG_LET(const RegexSet first, read(token));
    if (!m_scanner.next().is('-')) {
        add(first);
        return {};
    }
    m_scanner.take();
    if (m_scanner.next().isEnd)
        return regexFailure(QStringLiteral("a [ without its ]"), start);
    if (m_scanner.next().is(']')) {
        add(first);
        set.ranges.push_back({'-', '-'});
        return {};
    }
    SG_LET(const RegexSet last, read(m_scanner.take()));
    if (!first.categories.empty() || !last.categories.empty()
        || last.ranges[0].first < first.ranges[0].first)
        return regexFailure(QStringLiteral("a range without two ends in order"), at);
    set.ranges.push_back({first.ranges[0].first, last.ranges[0].first});
    return {};
}

Result<RegexSet> RegexParser::setEscape(char32_t letter)
{
    if (const auto category = categoryEscape(letter))
        return RegexSet{{}, {*category}, false};
    const auto single = [](char32_t codePoint) {
        return RegexSet{{{codePoint, codePoint}}, {}, false};
    };
    if (letter == 'b')
        return single('\b');
    if (const auto control = controlEscape(letter))
        return single(*control);
    if (isOctalDigit(letter)) {
        SG_LET(const char32_t codePoint, octalEscape(m_scanner, letter, 2));
        return single(codePoint);
    }
    SG_LET(const char32_t codePoint, characterEscape(m_scanner, letter));
    return single(codePoint);
}

} // namespace stormglass
