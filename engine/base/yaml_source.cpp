#include "engine/base/yaml_source.h"
#include "engine/base/utf8.h"
#include "engine/base/yaml_tree.h"

#include <algorithm>

namespace stormglass {

namespace {

// Stands for a question mark; never in a text, as it is not printable.
constexpr char hidden = '\x01';
constexpr std::string_view byteOrderMark = "\ufeff";

bool isAllowed(char32_t code)
{
    if (code < 0x80)
        return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0x7f);
    return code == 0x85 || (code >= 0xa0 && code < 0xfffe) || code >= 0x10000;
}

bool isBlankOrBreak(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\0';
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

bool isNameCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || c == '-';
}

std::string_view lineAt(std::string_view text, std::size_t at)
{
    return text.substr(at, std::min(text.find('\n', at), text.size()) - at);
}

// Of what starts with tags and anchors.
bool hasNoKey(std::string_view line)
{
    if (line[0] != '!' && line[0] != '&')
        return false;
    while (!line.empty() && (line[0] == '!' || line[0] == '&')) {
        line.remove_prefix(std::min(line.find(' '), line.size()));
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    }
    return line.starts_with('|') || line.starts_with('>')
        || line.find(':') == std::string_view::npos;
}

// What the lines of the block of text stand deeper than that this line ends with the start of: the
// column of its key, of its dash, or the first.
std::optional<std::ptrdiff_t> blockBehind(std::string_view line)
{
    const std::size_t comment = line.find(" #");
    line = line.substr(0, std::min(line.find_last_not_of(' ', comment) + 1, line.size()));
    const std::size_t sign = line.find_last_not_of("+-123456789");
    const bool isStart = sign != std::string_view::npos && (line[sign] == '|' || line[sign] == '>')
        && (sign == 0 || line[sign - 1] == ' ' || line[sign - 1] == '\t');
    if (!isStart || line[line.find_first_not_of(' ')] == '#')
        return std::nullopt;
    const std::size_t first = line.find_first_not_of(" -?");
    const std::string_view rest = line.substr(first);
    if (first != sign && (rest.find(": ") != std::string_view::npos))
        return static_cast<std::ptrdiff_t>(first);
    const std::size_t indicator = line.substr(0, first).find_last_of("-?");
    return indicator == std::string_view::npos ? 0 : static_cast<std::ptrdiff_t>(indicator);
}

bool isInBlock(std::string_view line, std::ptrdiff_t column)
{
    const std::size_t indent = line.find_first_not_of(' ');
    return indent == std::string_view::npos || static_cast<std::ptrdiff_t>(indent) > column;
}

} // namespace

Result<YamlSource> YamlSource::from(std::string_view text)
{
    YamlSource source;
    SG_TRY(source.checkCharacters(text));
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    source.normalize(text);
    SG_TRY(source.checkDirectives());
    source.hideQuestionMarks();
    source.markKeyless();
    return source;
}

std::string YamlSource::shown(std::string_view parsed) const
{
    std::string text(parsed);
    std::replace(text.begin(), text.end(), hidden, '?');
    // A line of plain text may look like an entry with a tag, and have got a tab as one.
    for (std::size_t at = text.find('\t'); at != std::string::npos; at = text.find('\t', at + 1)) {
        const bool isMark = at > 0 && at + 1 < text.size()
            && std::string_view("-? ").find(text[at - 1]) != std::string_view::npos
            && (text[at + 1] == '!' || text[at + 1] == '&');
        if (isMark && m_text.find(text.substr(at - 1, 3)) == std::string::npos)
            text[at] = ' ';
    }
    return text;
}

// Never far: an earlier place is asked for again only behind a key.
void YamlSource::stepBackTo(std::size_t at) const
{
    bool isOnOtherLine = false;
    while (m_at > at) {
        --m_at;
        if (m_text[m_at] == '\n') {
            --m_line;
            isOnOtherLine = true;
        } else if (!isContinuation(m_text[m_at])) {
            --m_column;
        }
    }
    if (!isOnOtherLine)
        return;
    m_column = 1;
    for (std::size_t i = m_at; i > 0 && m_text[i - 1] != '\n'; --i)
        m_column += isContinuation(m_text[i - 1]) ? 0 : 1;
}

std::pair<std::size_t, std::size_t> YamlSource::lineAndColumnOf(std::size_t at) const
{
    at = std::min(at, m_text.size());
    stepBackTo(at);
    for (; m_at < at; ++m_at) {
        if (m_text[m_at] == '\n') {
            ++m_line;
            m_column = 1;
        } else if (!isContinuation(m_text[m_at])) {
            ++m_column;
        }
    }
    return {m_line, m_column};
}

QString YamlSource::placeOf(std::size_t at) const
{
    const auto [line, column] = lineAndColumnOf(at);
    return QStringLiteral("%1:%2").arg(line).arg(column);
}

bool YamlSource::isTooMuchFor(std::size_t nodes) const
{
    constexpr std::string_view signs = "[]{},:!&*?\"'";
    constexpr std::size_t fewSigns = 1'000;
    constexpr std::ptrdiff_t deepest = 10'000;
    std::size_t count = 0;
    std::ptrdiff_t depth = 0;
    for (std::size_t at = m_text.find_first_of(signs); at != std::string::npos;
         at = m_text.find_first_of(signs, at + 1)) {
        const char c = m_text[at];
        depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        if (++count > 2 * nodes + fewSigns || depth > deepest)
            return true;
    }
    return false;
}

YamlProperties YamlSource::propertiesAt(std::size_t at) const
{
    YamlProperties found;
    const std::size_t first = at;
    while (this->at(at) == '!' || this->at(at) == '&') {
        const std::size_t start = at;
        at = endOfProperty(at);
        if (m_text[start] == '!') {
            found.hasTag = true;
            found.isBare = at == start + 1;
            found.tag = m_text.substr(start, at - start);
            if (found.tag.starts_with("!!"))
                found.tag.replace(0, 2, "tag:yaml.org,2002:");
        }
        at = std::min(m_text.find_first_not_of(" \t\n", at), m_text.size());
    }
    found.contentAt = at;
    found.isOnOneLine
        = std::string_view(m_text).substr(first, at - first).find('\n') == std::string_view::npos;
    found.isQuoted = this->at(at) == '"' || this->at(at) == '\'';
    found.isBlock = this->at(at) == '|' || this->at(at) == '>';
    return found;
}

int YamlSource::blockColumn(std::size_t at, bool hasProperties) const
{
    while (hasProperties && at < m_text.size()) {
        at = std::min(m_text.find('\n', at), m_text.size() - 1) + 1;
        at = std::min(m_text.find_first_not_of(' ', at), m_text.size());
        if (this->at(at) != '\n' && this->at(at) != '#')
            break;
    }
    const std::size_t start = at == 0 ? 0 : m_text.rfind('\n', at - 1) + 1;
    return static_cast<int>(at - start);
}

std::size_t YamlSource::endOfProperty(std::size_t at) const
{
    const bool isVerbatim = startsAt(at, "!<");
    const std::size_t end = m_text.find_first_of(isVerbatim ? ">" : " \t\n,[]{}", at);
    return std::min(isVerbatim && end != std::string::npos ? end + 1 : end, m_text.size());
}

bool YamlSource::closesQuote(std::size_t at) const
{
    const char quote = m_text[at];
    for (++at; at < m_text.size(); ++at) {
        if (quote == '"' && m_text[at] == '\\')
            ++at;
        else if (m_text[at] == quote && quote == '\'' && this->at(at + 1) == quote)
            ++at;
        else if (m_text[at] == quote)
            return true;
    }
    return false;
}

bool YamlSource::hasBadTag(std::size_t at, bool isInFlow) const
{
    while (this->at(at) == '&')
        at = std::min(m_text.find_first_not_of(" \t\n", endOfProperty(at)), m_text.size());
    if (this->at(at) != '!' || this->at(at + 1) == '<')
        return false;
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                         "0123456789-_;/?:@&=+$.!~*'()%";
    const std::size_t end = std::min(m_text.find_first_not_of(allowed, at), m_text.size());
    const char behind = this->at(end);
    return !isBlankOrBreak(behind) && !(behind == ',' && isInFlow);
}

bool YamlSource::isName(std::string_view name)
{
    return std::all_of(name.begin(), name.end(), isNameCharacter);
}

bool YamlSource::hasBadName(std::size_t at) const
{
    constexpr std::string_view mayFollow = "?:,]}%@`";
    ++at;
    while (isNameCharacter(this->at(at)))
        ++at;
    return !isBlankOrBreak(this->at(at)) && mayFollow.find(this->at(at)) == std::string_view::npos;
}

std::optional<std::size_t> YamlSource::tabBefore(std::size_t at) const
{
    std::optional<std::size_t> tab;
    // The parser may be at fault behind the end.
    at = std::min(at, m_text.size());
    while (at > 0 && (m_text[at - 1] == ' ' || m_text[at - 1] == '\t')) {
        --at;
        if (m_text[at] == '\t')
            tab = at;
    }
    if (at == 0 || m_text[at - 1] == '\n')
        return tab;
    const bool isIndicator = (m_text[at - 1] == '-' || m_text[at - 1] == '?')
        && (at == 1 || isBlankOrBreak(m_text[at - 2]));
    return isIndicator ? tab : std::nullopt;
}

Result<> YamlSource::checkCharacters(std::string_view text) const
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8Length(text, at);
        if (length == 0)
            return yamlFailure("ReaderError", QString::fromStdString(lineAndColumn(text, at)),
                               QStringLiteral("this is not UTF-8"));
        const char32_t code = utf8Decode(text, at, length);
        if (!isAllowed(code))
            return yamlFailure("ReaderError", QString::fromStdString(lineAndColumn(text, at)),
                               QStringLiteral("control characters are not allowed"));
        at += length;
    }
    return {};
}

// The parser knows the line ends of YAML 1.2 alone.
void YamlSource::normalize(std::string_view text)
{
    constexpr std::string_view nextLine = "\u0085";
    m_text.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\r') {
            if (at + 1 == text.size() || text[at + 1] != '\n')
                m_text += '\n';
        } else if (text.substr(at, nextLine.size()) == nextLine) {
            m_text += '\n';
            ++at;
        } else {
            m_text += text[at];
        }
    }
}

// The parser passes over directives that it does not know and over what follows them.
Result<> YamlSource::checkDirectives() const
{
    constexpr int most = 64;
    const std::string_view text = m_text;
    int count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view line = lineAt(text, at);
        const std::size_t first = line.find_first_not_of(" \t");
        const bool isEmpty = first == std::string_view::npos || line[first] == '#';
        if (line.starts_with('%')) {
            const std::string_view name = line.substr(1, line.find_first_of(" \t") - 1);
            if (name != "YAML" && name != "TAG")
                return yamlFailure("ScannerError", placeOf(at),
                                   QStringLiteral("this directive is unknown"));
            if (++count > most)
                return yamlFailure("ParserError", placeOf(at),
                                   QStringLiteral("too many %TAG directives"));
        } else if (!isEmpty) {
            if (count > 0 && !(line.starts_with("---") && isBlankOrBreak(this->at(at + 3))))
                return yamlFailure("ParserError", placeOf(at),
                                   QStringLiteral("--- is expected behind directives"));
            return {};
        }
        at += line.size() + 1;
    }
    if (count > 0)
        return yamlFailure("ParserError", placeOf(text.size()),
                           QStringLiteral("--- is expected behind directives"));
    return {};
}

void YamlSource::hideQuestionMarks()
{
    constexpr std::string_view before = " \t\n[]{},:\"'";
    m_parserText = m_text;
    for (std::size_t at = m_text.find('?'); at != std::string::npos;
         at = m_text.find('?', at + 1)) {
        if (at > 0 && before.find(m_text[at - 1]) == std::string_view::npos)
            m_parserText[at] = hidden;
    }
}

// The parser takes a tag or an anchor in front for the start of a key, and then wants what follows
// on further lines to stand deeper than that. Behind a tab it expects no key.
void YamlSource::markKeyless()
{
    const std::string_view text = m_text;
    // The column that the lines of a block of text stand deeper than; none outside of one.
    std::optional<std::ptrdiff_t> block;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view line = lineAt(text, at);
        const std::size_t first = line.find_first_not_of(" -?");
        if (block && !isInBlock(line, *block))
            block.reset();
        if (!block && first != std::string_view::npos && first > 0 && line[first - 1] == ' '
            && hasNoKey(line.substr(first)))
            m_parserText[at + first - 1] = '\t';
        if (!block)
            block = blockBehind(line);
        at += line.size() + 1;
    }
}

} // namespace stormglass
