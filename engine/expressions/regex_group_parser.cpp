#include "engine/base/number_text.h"
#include "engine/expressions/regex_escapes.h"
#include "engine/expressions/regex_parser.h"
#include "engine/expressions/regex_width.h"

// What begins with a parenthesis.

namespace stormglass {

namespace {

constexpr std::u32string_view flagLetters = U"iLmsxatu";

bool isFlag(char32_t letter)
{
    return flagLetters.find(letter) != std::u32string_view::npos;
}

bool holds(std::u32string_view letters, char32_t letter)
{
    return letters.find(letter) != std::u32string_view::npos;
}

RegexFlags changed(RegexFlags flags, std::u32string_view letters, bool value)
{
    if (holds(letters, 'i'))
        flags.ignoreCase = value;
    if (holds(letters, 'm'))
        flags.multiLine = value;
    if (holds(letters, 's'))
        flags.dotAll = value;
    if (holds(letters, 'x'))
        flags.verbose = value;
    if (holds(letters, 'a'))
        flags.ascii = value;
    if (holds(letters, 'u'))
        flags.ascii = false;
    return flags;
}

tl::unexpected<Error> unknownKind(std::size_t start)
{
    return regexFailure(QStringLiteral("an unknown kind of group"), start + 1);
}

} // namespace

Result<> RegexParser::parenthesis(RegexNode &row, Place place, std::size_t start)
{
    if (m_scanner.takeIf('?'))
        return extension(row, place, start);
    return group(row, std::nullopt, start);
}

Result<> RegexParser::extension(RegexNode &row, Place place, std::size_t start)
{
    const RegexToken token = m_scanner.next();
    if (token.isEnd)
        return regexFailure(QStringLiteral("it ends within a group"), m_scanner.position());
    if (token.isEscaped)
        return unknownKind(start);
    if (isFlag(token.codePoint) || token.is('-'))
        return flagGroup(row, place, start);
    m_scanner.take();
    switch (token.codePoint) {
    case 'P':
        return pythonExtension(row, start);
    case ':':
        return plainGroup(row, RegexNode::Kind::Group, m_flags, start);
    case '>':
        return plainGroup(row, RegexNode::Kind::Atomic, m_flags, start);
    case '#':
        return comment(start);
    case '=':
    case '!':
    case '<':
        return look(row, token.codePoint, start);
    case '(':
        return conditional(row, start);
    default:
        return unknownKind(start);
    }
}

Result<> RegexParser::pythonExtension(RegexNode &row, std::size_t start)
{
    if (m_scanner.takeIf('<')) {
        SG_LET(const std::u32string groupName, name('>'));
        return group(row, groupName, start);
    }
    if (!m_scanner.takeIf('='))
        return unknownKind(start);
    const std::size_t at = m_scanner.position();
    SG_LET(const std::u32string groupName, name(')'));
    const auto number = groupNamed(groupName);
    if (!number)
        return regexFailure(QStringLiteral("there is no group \"%1\"")
                                .arg(QString::fromStdString(toUtf8(groupName))),
                            at);
    SG_LET(RegexNode node, backReference(*number, at));
    row.children.push_back(std::move(node));
    return {};
}

// An identifier and the character that ends it.
Result<std::u32string> RegexParser::name(char32_t end)
{
    const std::size_t start = m_scanner.position();
    std::u32string taken = m_scanner.takeUntil(end);
    if (!m_scanner.takeIf(end) || taken.empty())
        return regexFailure(QStringLiteral("a group name is missing or does not end"), start);
    if (!isIdentifier(taken))
        return regexFailure(QStringLiteral("\"%1\" cannot be a group name")
                                .arg(QString::fromStdString(toUtf8(taken))),
                            start);
    return taken;
}

Result<> RegexParser::group(RegexNode &row, const std::optional<std::u32string> &name,
                            std::size_t start)
{
    RegexNode node;
    node.kind = RegexNode::Kind::Group;
    node.flags = m_flags;
    node.group = m_groupWidths.size();
    if (name && groupNamed(*name))
        return regexFailure(QStringLiteral("the group name \"%1\" is used twice")
                                .arg(QString::fromStdString(toUtf8(*name))),
                            start + 4);
    if (name)
        m_pattern.groupNames.emplace_back(toUtf8(*name), node.group);
    m_groupWidths.emplace_back();
    SG_LET(RegexNode content, alternatives(Place::Inside));
    SG_TRY(close(start));
    node.children.push_back(std::move(content));
    measure(node);
    m_groupWidths[node.group] = node.width;
    row.children.push_back(std::move(node));
    return {};
}

Result<> RegexParser::plainGroup(RegexNode &row, RegexNode::Kind kind, const RegexFlags &flags,
                                 std::size_t start)
{
    const RegexFlags outside = std::exchange(m_flags, flags);
    RegexNode node;
    node.kind = kind;
    node.flags = flags;
    SG_LET(RegexNode content, alternatives(Place::Inside));
    SG_TRY(close(start));
    m_flags = outside;
    node.children.push_back(std::move(content));
    measure(node);
    row.children.push_back(std::move(node));
    return {};
}

Result<> RegexParser::look(RegexNode &row, char32_t mark, std::size_t start)
{
    const bool isBehind = mark == '<';
    if (isBehind) {
        const RegexToken token = m_scanner.next();
        if (!token.isOneOf(U"=!"))
            return unknownKind(start);
        mark = m_scanner.take().codePoint;
    }
    const auto before = m_groupsBeforeLookBehind;
    if (isBehind && !before)
        m_groupsBeforeLookBehind = m_groupWidths.size();
    RegexNode node;
    if (isBehind)
        node.kind = mark == '=' ? RegexNode::Kind::LookBehind : RegexNode::Kind::NotLookBehind;
    else
        node.kind = mark == '=' ? RegexNode::Kind::LookAhead : RegexNode::Kind::NotLookAhead;
    node.flags = m_flags;
    SG_LET(RegexNode content, alternatives(Place::Inside));
    m_groupsBeforeLookBehind = before;
    SG_TRY(close(start));
    node.children.push_back(std::move(content));
    measure(node);
    row.children.push_back(std::move(node));
    return {};
}

Result<> RegexParser::conditional(RegexNode &row, std::size_t start)
{
    const std::size_t at = m_scanner.position();
    const std::u32string condition = m_scanner.takeUntil(')');
    if (!m_scanner.takeIf(')') || condition.empty())
        return regexFailure(QStringLiteral("a group name is missing or does not end"), at);
    RegexNode node;
    node.kind = RegexNode::Kind::Conditional;
    SG_LET(node.group, conditionGroup(condition));
    SG_TRY(checkLookBehind(node.group));
    if (++m_depth > mostDepth)
        return regexFailure(QStringLiteral("nested too deeply"), at);
    SG_LET(RegexNode yes, this->row(Place::Inside));
    node.children.push_back(std::move(yes));
    if (m_scanner.takeIf('|')) {
        SG_LET(RegexNode no, this->row(Place::Inside));
        node.children.push_back(std::move(no));
        if (m_scanner.next().is('|'))
            return regexFailure(QStringLiteral("a condition with more than two branches"),
                                m_scanner.position());
    }
    --m_depth;
    SG_TRY(close(start));
    measure(node);
    row.children.push_back(std::move(node));
    return {};
}

Result<std::size_t> RegexParser::conditionGroup(std::u32string_view name)
{
    const std::size_t at = m_scanner.position() - name.size() - 1;
    const QString shown = QString::fromStdString(toUtf8(name));
    if (isIdentifier(name)) {
        const auto number = groupNamed(name);
        if (!number)
            return regexFailure(QStringLiteral("there is no group \"%1\"").arg(shown), at);
        return *number;
    }
    const auto number = pythonIntFrom(toUtf8(name));
    if (!number || !number->isInt() || number->toInt() < 0)
        return regexFailure(QStringLiteral("\"%1\" cannot be a group name").arg(shown), at);
    constexpr std::int64_t mostGroups = 65'535;
    if (number->toInt() == 0 || number->toInt() > mostGroups)
        return regexFailure(QStringLiteral("there is no group %1").arg(shown), at);
    const auto group = static_cast<std::size_t>(number->toInt());
    m_conditions.push_back({group, at});
    return group;
}

Result<> RegexParser::comment(std::size_t start)
{
    m_scanner.takeUntil(')');
    if (!m_scanner.takeIf(')'))
        return regexFailure(QStringLiteral("a comment without its )"), start);
    return {};
}

Result<> RegexParser::flagGroup(RegexNode &row, Place place, std::size_t start)
{
    SG_LET(const FlagChange change, flagChange(m_scanner.take().codePoint));
    if (!change.isGlobal) {
        const RegexFlags inside
            = changed(changed(m_flags, change.added, true), change.removed, false);
        return plainGroup(row, RegexNode::Kind::Group, inside, start);
    }
    SG_TRY(applyGlobally(change));
    if (place != Place::Start || !row.children.empty())
        return regexFailure(
            QStringLiteral("flags for the whole expression stand only at its start"), start);
    return {};
}

Result<> RegexParser::applyGlobally(const FlagChange &change)
{
    const bool wasAscii = m_pattern.flags.ascii;
    m_pattern.flags = changed(m_pattern.flags, change.added, true);
    m_pattern.flags.ascii = wasAscii || holds(change.added, 'a');
    m_isUnicodeAsked = m_isUnicodeAsked || holds(change.added, 'u');
    m_flags = m_pattern.flags;
    return {};
}

// Reads from the letter behind `(?` to the colon or parenthesis that ends the flags.
Result<RegexParser::FlagChange> RegexParser::flagChange(char32_t first)
{
    FlagChange change;
    char32_t letter = first;
    std::size_t at = m_scanner.position() - 1;
    const auto wrong
        = [&at](const char *reason) { return regexFailure(QString::fromUtf8(reason), at); };
    const auto takeNext = [&] {
        at = m_scanner.position();
        const RegexToken token = m_scanner.next();
        letter = token.isEnd || token.isEscaped ? U'\0' : m_scanner.take().codePoint;
    };
    while (isFlag(letter)) {
        change.added += letter;
        at = m_scanner.position();
        if (letter == 'L')
            return wrong("the flag L is for bytes");
        if (holds(change.added, 'a') && holds(change.added, 'u'))
            return wrong("the flags a and u exclude one another");
        takeNext();
    }
    if (letter == ')') {
        change.isGlobal = true;
        return change;
    }
    if (holds(change.added, 't'))
        return wrong("the flag t is for the whole expression");
    if (letter == '-') {
        takeNext();
        while (isFlag(letter)) {
            at = m_scanner.position();
            if (holds(U"auL", letter))
                return wrong("the flags a, u and L cannot be turned off");
            change.removed += letter;
            takeNext();
        }
        if (change.removed.empty())
            return wrong("a flag is missing");
    }
    if (letter != ':')
        return wrong("an unknown flag, or a colon is missing");
    if (holds(change.removed, 't')
        || change.added.find_first_of(change.removed) != std::u32string::npos)
        return wrong("a flag is turned on and off");
    return change;
}

Result<> RegexParser::close(std::size_t start)
{
    if (!m_scanner.takeIf(')'))
        return regexFailure(QStringLiteral("a ( without its )"), start);
    return {};
}

} // namespace stormglass
