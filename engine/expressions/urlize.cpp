#include "engine/expressions/urlize.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/markup.h"
#include "engine/expressions/python_errors.h"
#include "engine/expressions/regex.h"
#include "engine/expressions/text_cutting.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

// A name behind a scheme or www, a bare name in a well-known domain, or a scheme and a number.
constexpr std::string_view webAddress
    = "(?i)(?:(?:https?://|www\\.)(?:(?:[\\w%-]+\\.)+)?(?:[a-z]{2,63}|xn--[\\w%]{2,59})"
      "|(?:[\\w%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)"
      "|https?://"
      "(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[(?:[\\da-f]{0,4}:){2}(?:[\\da-f]{0,4}:?){1,6}\\]))"
      "(?::\\d{1,5})?(?:[/?#]\\S*)?";
constexpr std::string_view mailAddress = "\\S+@\\w[\\w.-]*\\.\\w+";

std::size_t countOf(std::string_view text, std::string_view part)
{
    return static_cast<std::size_t>(occurrences(text, part));
}

// One word: what opens in front, what may be an address, what closes behind.
struct Word
{
    std::string head;
    std::string middle;
    std::string tail;
};

std::string_view prefixAmong(std::string_view text, std::initializer_list<std::string_view> signs)
{
    const auto found = std::ranges::find_if(
        signs, [&](std::string_view sign) { return text.starts_with(sign); });
    return found == signs.end() ? std::string_view() : *found;
}

std::string_view suffixAmong(std::string_view text, std::initializer_list<std::string_view> signs)
{
    const auto found
        = std::ranges::find_if(signs, [&](std::string_view sign) { return text.ends_with(sign); });
    return found == signs.end() ? std::string_view() : *found;
}

Word partsOf(std::string_view text)
{
    std::size_t open = 0;
    while (open < text.size()) {
        const std::string_view sign = prefixAmong(text.substr(open), {"(", "<", "&lt;"});
        if (sign.empty())
            break;
        open += sign.size();
    }
    std::size_t close = text.size();
    while (close > open) {
        const std::string_view sign
            = suffixAmong(text.substr(open, close - open), {")", ">", ".", ",", "\n", "&gt;"});
        if (sign.empty())
            break;
        close -= sign.size();
    }
    Word word{std::string(text.substr(0, open)), std::string(text.substr(open, close - open)),
              std::string(text.substr(close))};
    // A bracket opened inside the address is closed inside it.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> pairs{
        {{"(", ")"}, {"<", ">"}, {"&lt;", "&gt;"}}};
    for (const auto &[opening, closing] : pairs) {
        const std::size_t opened = countOf(word.middle, opening);
        if (opened <= countOf(word.middle, closing))
            continue;
        const std::size_t moves = std::min(opened, countOf(word.tail, closing));
        for (std::size_t i = 0; i < moves; ++i) {
            const std::size_t end = word.tail.find(closing) + closing.size();
            word.middle += word.tail.substr(0, end);
            word.tail.erase(0, end);
        }
    }
    return word;
}

class Urlizer
{
public:
    explicit Urlizer(const Urlize &style)
        : m_style(style)
    {
        if (!style.relation.empty())
            m_attributes += " rel=\"" + escapedHtml(style.relation) + '"';
        if (!style.target.empty())
            m_attributes += " target=\"" + escapedHtml(style.target) + '"';
    }

    Result<std::string> linked(const std::string &text) const
    {
        SG_LET(const Regex web, Regex::cached(webAddress));
        SG_LET(const auto isWeb, web.fullMatch(text));
        const bool hasScheme = text.starts_with("http://") || text.starts_with("https://");
        if (isWeb) {
            SG_LET(const std::string label, shown(text));
            return "<a href=\"" + std::string(hasScheme ? "" : "https://") + text + '"'
                + m_attributes + '>' + label + "</a>";
        }
        if (text.starts_with("mailto:")) {
            SG_LET(const bool isMail, isMailAddress(text.substr(7)));
            if (isMail)
                return "<a href=\"" + text + "\">" + text.substr(7) + "</a>";
        }
        const bool mayBeMail = text.find('@') != std::string::npos && !text.starts_with("www.")
            && !text.starts_with('@') && text.find(':') == std::string::npos;
        SG_LET(const bool isMail, mayBeMail ? isMailAddress(text) : Result<bool>(false));
        if (isMail)
            return "<a href=\"mailto:" + text + "\">" + text + "</a>";
        for (const std::string &scheme : m_style.moreSchemes) {
            if (text != scheme && text.starts_with(scheme))
                return "<a href=\"" + text + '"' + m_attributes + '>' + text + "</a>";
        }
        return text;
    }

private:
    static Result<bool> isMailAddress(const std::string &text)
    {
        SG_LET(const Regex mail, Regex::cached(mailAddress));
        SG_LET(const auto match, mail.fullMatch(text));
        return match.has_value();
    }

    Result<std::string> shown(const std::string &text) const
    {
        if (!m_style.shownCharacters && m_style.isLimitUsable)
            return text;
        const auto size = static_cast<double>(utf8::length(text));
        if (m_style.shownCharacters && size <= *m_style.shownCharacters)
            return text;
        if (!m_style.isLimitUsable)
            return pythonError("TypeError", QStringLiteral("slice indices must be integers"));
        const double kept = *m_style.shownCharacters;
        const auto count = static_cast<std::int64_t>(std::max(kept < 0 ? size + kept : kept, 0.0));
        return text.substr(0, utf8::offsetOf(text, count)) + "...";
    }

    const Urlize &m_style;
    std::string m_attributes;
};

} // namespace

Result<std::string> urlized(std::string_view html, const Urlize &style)
{
    const Urlizer urlizer(style);
    std::string out;
    while (!html.empty()) {
        const std::string_view rest = strippedLeft(html);
        out += html.substr(0, html.size() - rest.size());
        std::size_t size = 0;
        while (size < rest.size() && !isPythonSpace(utf8::decodeFirst(rest.substr(size))))
            size += utf8::sizeOfFirst(rest.substr(size));
        const Word word = partsOf(rest.substr(0, size));
        SG_LET(const std::string middle, urlizer.linked(word.middle));
        out += word.head + middle + word.tail;
        html = rest.substr(size);
    }
    return out;
}

} // namespace stormglass
