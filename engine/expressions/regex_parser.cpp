#include "engine/expressions/regex_parser.h"
#include "engine/base/number_text.h"
#include "engine/base/utf8.h"
#include "engine/expressions/regex_escapes.h"
#include "engine/expressions/regex_width.h"

#include <algorithm>

namespace stormglass {

namespace {

constexpr std::size_t mostPatternBytes = 256UL * 1024;
// Python's own limit on repeat counts, of which it complains with another class.
constexpr std::uint64_t mostRepeats = 4'294'967'295;

RegexNode leaf(RegexNode::Kind kind)
{
    RegexNode node;
    node.kind = kind;
    measure(node);
    return node;
}

RegexNode literal(char32_t codePoint)
{
    RegexNode node = leaf(RegexNode::Kind::Literal);
    node.codePoint = codePoint;
    return node;
}

RegexNode categorySet(RegexCategory category)
{
    RegexNode node = leaf(RegexNode::Kind::Set);
    node.set.categories.push_back(category);
    return node;
}

bool isSpace(char32_t codePoint)
{
    return codePoint == ' ' || (codePoint >= '\t' && codePoint <= '\r');
}

bool hasLookBehindOfManyLengths(const RegexNode &node)
{
    const bool isBehind
        = node.kind == RegexNode::Kind::LookBehind || node.kind == RegexNode::Kind::NotLookBehind;
    if (isBehind && node.children[0].width.least != node.children[0].width.most)
        return true;
    return std::any_of(node.children.begin(), node.children.end(), hasLookBehindOfManyLengths);
}

std::uint64_t countFrom(std::u32string_view digits)
{
    std::uint64_t count = 0;
    for (const char32_t digit : digits)
        count = std::min<std::uint64_t>(count * 10 + (digit - '0'), mostRepeats);
    return count;
}

} // namespace

tl::unexpected<Error> regexFailure(const QString &reason, std::size_t position)
{
    return failure(Error{ErrorCode::Invalid,
                         QStringLiteral("The regular expression is wrong at position %1: %2.")
                             .arg(position)
                             .arg(reason),
                         QStringLiteral("error"), QString::number(position)});
}

Result<RegexPattern> parseRegex(std::string_view pattern, const RegexFlags &flags)
{
    if (pattern.size() > mostPatternBytes)
        return regexFailure(QStringLiteral("it is longer than %1 bytes").arg(mostPatternBytes), 0);
    if (!isUtf8(pattern))
        return regexFailure(QStringLiteral("it is not UTF-8"), 0);
    return RegexParser(pattern, flags).parse();
}

RegexParser::RegexParser(std::string_view pattern, const RegexFlags &flags)
    : m_scanner(pattern)
    , m_flags(flags)
    , m_groupWidths(1)
{
    m_pattern.flags = flags;
}

Result<RegexPattern> RegexParser::parse()
{
    if (m_scanner.isCutOff())
        return regexFailure(QStringLiteral("it ends with a backslash"), m_scanner.size() - 1);
    SG_LET(m_pattern.root, alternatives(Place::Start));
    if (!m_scanner.next().isEnd)
        return regexFailure(QStringLiteral("a ) without its ("), m_scanner.position());
    m_pattern.groupCount = m_groupWidths.size() - 1;
    for (const Condition &condition : m_conditions) {
        if (condition.group > m_pattern.groupCount)
            return regexFailure(QStringLiteral("there is no group %1").arg(condition.group),
                                condition.position);
    }
    if (m_pattern.flags.ascii && m_isUnicodeAsked)
        return failure(Error{ErrorCode::Invalid,
                             QStringLiteral("The flags a and u exclude one another."),
                             QStringLiteral("ValueError")});
    if (hasLookBehindOfManyLengths(m_pattern.root))
        return failure(Error{
            ErrorCode::Invalid,
            QStringLiteral("The regular expression looks behind for what has no fixed length."),
            QStringLiteral("error")});
    return std::move(m_pattern);
}

Result<RegexNode> RegexParser::alternatives(Place place)
{
    if (++m_depth > mostDepth)
        return regexFailure(QStringLiteral("nested deeper than %1 levels").arg(mostDepth),
                            m_scanner.position());
    RegexNode branch;
    branch.kind = RegexNode::Kind::Branch;
    do {
        SG_LET(RegexNode alternative, row(branch.children.empty() ? place : Place::Inside));
        branch.children.push_back(std::move(alternative));
    } while (m_scanner.takeIf('|'));
    --m_depth;
    if (branch.children.size() == 1)
        return RegexNode(std::move(branch.children.front()));
    measure(branch);
    return branch;
}

Result<RegexNode> RegexParser::row(Place place)
{
    RegexNode row;
    while (!m_scanner.next().isEnd && !m_scanner.next().isOneOf(U"|)"))
        SG_TRY(part(row, place));
    measure(row);
    return row;
}

Result<> RegexParser::part(RegexNode &row, Place place)
{
    const std::size_t start = m_scanner.position();
    const RegexToken token = m_scanner.take();
    if (m_flags.verbose && skipVerbose(token))
        return {};
    if (token.isEscaped) {
        SG_LET(RegexNode node, escape(token.codePoint));
        row.children.push_back(std::move(node));
        return {};
    }
    switch (token.codePoint) {
    case '*':
    case '+':
    case '?':
    case '{':
        return repeat(row, token.codePoint, start);
    case '(':
        return parenthesis(row, place, start);
    case '[': {
        SG_LET(RegexNode node, set(start));
        row.children.push_back(std::move(node));
        return {};
    }
    case '.':
        row.children.push_back(leaf(RegexNode::Kind::Any));
        return {};
    case '^':
        row.children.push_back(leaf(RegexNode::Kind::LineStart));
        return {};
    case '$':
        row.children.push_back(leaf(RegexNode::Kind::LineEnd));
        return {};
    default:
        row.children.push_back(literal(token.codePoint));
        return {};
    }
}

// Space, and comments up to the end of their line.
bool RegexParser::skipVerbose(const RegexToken &token)
{
    if (token.isEscaped)
        return false;
    if (isSpace(token.codePoint))
        return true;
    if (token.codePoint != '#')
        return false;
    while (!m_scanner.next().isEnd && !m_scanner.take().is('\n')) {}
    return true;
}

Result<> RegexParser::repeat(RegexNode &row, char32_t mark, std::size_t start)
{
    std::optional<Bounds> bounds;
    switch (mark) {
    case '*':
        bounds = Bounds{0, std::nullopt};
        break;
    case '+':
        bounds = Bounds{1, std::nullopt};
        break;
    case '?':
        bounds = Bounds{0, 1};
        break;
    default: {
        SG_LET(bounds, braces(start));
        if (!bounds) {
            row.children.push_back(literal('{'));
            return {};
        }
    }
    }
    if (row.children.empty() || row.children.back().isAnchor())
        return regexFailure(QStringLiteral("there is nothing to repeat"), start);
    if (row.children.back().kind == RegexNode::Kind::Repeat)
        return regexFailure(QStringLiteral("a repeat of a repeat"), start);

    RegexNode node;
    node.kind = RegexNode::Kind::Repeat;
    node.least = bounds->least;
    node.most = bounds->most;
    if (m_scanner.takeIf('?'))
        node.greed = RegexGreed::Lazy;
    else if (m_scanner.takeIf('+'))
        node.greed = RegexGreed::Possessive;
    node.children.push_back(std::move(row.children.back()));
    measure(node);
    row.children.back() = std::move(node);
    return {};
}

Result<std::optional<RegexParser::Bounds>> RegexParser::braces(std::size_t start)
{
    using None = std::optional<Bounds>;
    if (m_scanner.next().is('}'))
        return None();
    const auto isDigit = [](char32_t c) { return c >= '0' && c <= '9'; };
    const std::size_t here = m_scanner.position();
    const std::u32string least = m_scanner.takeWhile(m_scanner.size(), isDigit);
    std::u32string most = least;
    if (m_scanner.takeIf(','))
        most = m_scanner.takeWhile(m_scanner.size(), isDigit);
    if (!m_scanner.takeIf('}')) {
        m_scanner.goBackTo(here);
        return None();
    }
    Bounds bounds{countFrom(least)};
    if (!most.empty())
        bounds.most = countFrom(most);
    if (bounds.least >= mostRepeats || bounds.most.value_or(0) >= mostRepeats)
        return failure(Error{ErrorCode::Invalid,
                             QStringLiteral("The regular expression repeats too often."),
                             QStringLiteral("OverflowError"), QString::number(start)});
    if (bounds.most && *bounds.most < bounds.least)
        return regexFailure(QStringLiteral("a repeat of at least %1 and at most %2")
                                .arg(bounds.least)
                                .arg(*bounds.most),
                            here);
    return std::optional<Bounds>(bounds);
}

Result<RegexNode> RegexParser::escape(char32_t letter)
{
    switch (letter) {
    case 'A':
        return leaf(RegexNode::Kind::TextStart);
    case 'Z':
        return leaf(RegexNode::Kind::TextEnd);
    case 'b':
        return leaf(RegexNode::Kind::Boundary);
    case 'B':
        return leaf(RegexNode::Kind::NotBoundary);
    default:
        break;
    }
    if (const auto category = categoryEscape(letter))
        return categorySet(*category);
    if (const auto control = controlEscape(letter))
        return literal(*control);
    if (letter >= '0' && letter <= '9')
        return numberEscape(letter);
    SG_LET(const char32_t codePoint, characterEscape(m_scanner, letter));
    return literal(codePoint);
}

// An octal number or a reference to a group: three octal digits, or a zero in front, make it the
// former.
Result<RegexNode> RegexParser::numberEscape(char32_t first)
{
    const std::size_t start = m_scanner.position() - 2;
    if (first == '0') {
        SG_LET(const char32_t codePoint, octalEscape(m_scanner, first, 2));
        return literal(codePoint);
    }
    std::size_t group = first - '0';
    if (m_scanner.next().isDigit()) {
        const std::size_t second = m_scanner.position();
        const RegexToken digit = m_scanner.take();
        const RegexToken third = m_scanner.next();
        if (isOctalDigit(first) && isOctalDigit(digit.codePoint) && third.isDigit()
            && isOctalDigit(third.codePoint)) {
            m_scanner.goBackTo(second);
            SG_LET(const char32_t codePoint, octalEscape(m_scanner, first, 2));
            return literal(codePoint);
        }
        group = group * 10 + (digit.codePoint - '0');
    }
    if (group >= m_groupWidths.size())
        return regexFailure(QStringLiteral("there is no group %1 yet").arg(group), start + 1);
    return backReference(group, start);
}

Result<RegexNode> RegexParser::backReference(std::size_t group, std::size_t position)
{
    if (!isClosed(group))
        return regexFailure(QStringLiteral("a reference to a group that is still open"), position);
    SG_TRY(checkLookBehind(group));
    RegexNode node;
    node.kind = RegexNode::Kind::BackReference;
    node.group = group;
    node.width = *m_groupWidths[group];
    return node;
}

Result<> RegexParser::checkLookBehind(std::size_t group) const
{
    const std::size_t position = m_scanner.position();
    if (!m_groupsBeforeLookBehind)
        return {};
    if (!isClosed(group))
        return regexFailure(QStringLiteral("a reference to a group that is still open"), position);
    if (group >= *m_groupsBeforeLookBehind)
        return regexFailure(QStringLiteral("a reference to a group of the same look-behind"),
                            position);
    return {};
}

bool RegexParser::isClosed(std::size_t group) const
{
    return group < m_groupWidths.size() && m_groupWidths[group];
}

std::optional<std::size_t> RegexParser::groupNamed(std::u32string_view name) const
{
    const std::string wanted = toUtf8(name);
    const auto found = std::find_if(m_pattern.groupNames.begin(), m_pattern.groupNames.end(),
                                    [&](const auto &named) { return named.first == wanted; });
    if (found == m_pattern.groupNames.end())
        return std::nullopt;
    return found->second;
}

} // namespace stormglass
