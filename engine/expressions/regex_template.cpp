#include "engine/expressions/regex_template.h"
#include "engine/base/number_text.h"
#include "engine/base/utf8.h"
#include "engine/expressions/regex_escapes.h"
#include "engine/expressions/regex_pattern.h"
#include "engine/expressions/regex_scanner.h"

namespace stormglass {

class RegexTemplateParser
{
public:
    RegexTemplateParser(std::string_view text, const Regex &regex)
        : m_scanner(text)
        , m_regex(regex)
    {
    }

    Result<RegexTemplate> parse()
    {
        if (m_scanner.isCutOff())
            return regexFailure(QStringLiteral("the replacement ends with a backslash"),
                                m_scanner.size() - 1);
        while (!m_scanner.next().isEnd) {
            const RegexToken token = m_scanner.take();
            if (token.isEscaped)
                SG_TRY(escape(token.codePoint));
            else
                appendUtf8(m_text, token.codePoint);
        }
        endText();
        return std::move(m_template);
    }

private:
    Result<> escape(char32_t letter)
    {
        if (letter == 'g')
            return namedGroup();
        if (letter >= '0' && letter <= '9')
            return number(letter);
        const auto control = letter == 'b' ? std::optional<char32_t>('\b') : controlEscape(letter);
        const bool isLetter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
        if (!control && isLetter)
            return regexFailure(QStringLiteral("an unknown escape in the replacement"),
                                m_scanner.position() - 2);
        // A backslash in front of any other character stays.
        if (!control && letter != '\\')
            m_text += '\\';
        appendUtf8(m_text, control.value_or(letter));
        return {};
    }

    Result<> namedGroup()
    {
        const std::size_t start = m_scanner.position();
        if (!m_scanner.takeIf('<'))
            return regexFailure(QStringLiteral("\\g without its <"), start);
        const std::u32string name = m_scanner.takeUntil('>');
        if (!m_scanner.takeIf('>') || name.empty())
            return regexFailure(QStringLiteral("a group name is missing or does not end"),
                                start + 1);
        const std::string text = toUtf8(name);
        if (isIdentifier(name)) {
            const auto group = m_regex.groupNumber(text);
            if (!group)
                return failure(Error{ErrorCode::Invalid,
                                     QStringLiteral("The regular expression has no group \"%1\".")
                                         .arg(QString::fromStdString(text)),
                                     QStringLiteral("IndexError")});
            return reference(*group, start + 1);
        }
        const auto number = pythonIntFrom(text);
        if (!number || !number->isInt() || number->toInt() < 0)
            return regexFailure(
                QStringLiteral("\"%1\" cannot be a group name").arg(QString::fromStdString(text)),
                start + 1);
        return reference(static_cast<std::size_t>(number->toInt()), start + 1);
    }

    // `\0` and three octal digits are characters, other numbers groups.
    Result<> number(char32_t first)
    {
        const std::size_t start = m_scanner.position() - 2;
        if (first == '0') {
            SG_LET(const char32_t codePoint, octalEscape(m_scanner, first, 2));
            appendUtf8(m_text, codePoint);
            return {};
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
                appendUtf8(m_text, codePoint);
                return {};
            }
            group = group * 10 + (digit.codePoint - '0');
        }
        return reference(group, start + 1);
    }

    Result<> reference(std::size_t group, std::size_t position)
    {
        if (group > m_regex.groupCount())
            return regexFailure(
                QStringLiteral("the replacement asks for group %1, which is not there").arg(group),
                position);
        endText();
        m_template.m_parts.push_back({{}, group});
        return {};
    }

    void endText()
    {
        if (!m_text.empty())
            m_template.m_parts.push_back({std::exchange(m_text, {}), std::nullopt});
    }

    RegexScanner m_scanner;
    const Regex &m_regex;
    RegexTemplate m_template;
    std::string m_text;
};

Result<RegexTemplate> RegexTemplate::parse(std::string_view text, const Regex &regex)
{
    if (!isUtf8(text))
        return regexFailure(QStringLiteral("the replacement is not UTF-8"), 0);
    if (text.find('\\') == std::string_view::npos) {
        RegexTemplate plain;
        plain.m_parts.push_back({std::string(text), std::nullopt});
        return plain;
    }
    return RegexTemplateParser(text, regex).parse();
}

void RegexTemplate::expandInto(std::string &out, const RegexMatch &match) const
{
    for (const Part &part : m_parts) {
        if (!part.group)
            out += part.text;
        else if (const auto text = match.text(*part.group))
            out += *text;
    }
}

} // namespace stormglass
