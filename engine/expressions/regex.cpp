#include "engine/expressions/regex.h"
#include "engine/base/utf8.h"
#include "engine/expressions/regex_engine.h"
#include "engine/expressions/regex_template.h"

#include <algorithm>
#include <unordered_map>

namespace stormglass {

namespace {

constexpr std::size_t mostCached = 256;

std::string cacheKey(std::string_view pattern, const RegexFlags &flags)
{
    std::string key(pattern);
    for (const bool flag :
         {flags.ignoreCase, flags.multiLine, flags.dotAll, flags.verbose, flags.ascii})
        key += flag ? '1' : '0';
    return key;
}

tl::unexpected<Error> tooMuch(const char *what, std::size_t limit)
{
    return failure(ErrorCode::Invalid,
                   QStringLiteral("The regular expression gives more than %1 %2.")
                       .arg(limit)
                       .arg(QString::fromUtf8(what)));
}

std::size_t codePointsIn(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace

std::optional<std::string_view> RegexMatch::text(std::size_t group) const
{
    const auto part = span(group);
    if (!part)
        return std::nullopt;
    return m_subject.substr(part->begin, part->end - part->begin);
}

std::optional<RegexSpan> RegexMatch::codePointSpan(std::size_t group) const
{
    const auto part = span(group);
    if (!part)
        return std::nullopt;
    const std::size_t begin = codePointsIn(m_subject.substr(0, part->begin));
    return RegexSpan{begin, begin + codePointsIn(*text(group))};
}

Value RegexMatch::value(std::size_t group) const
{
    const auto part = text(group);
    return part ? Value(*part) : Value();
}

Value RegexMatch::found() const
{
    const auto item
        = [this](std::size_t group) { return Value(text(group).value_or(std::string_view())); };
    if (groupCount() < 2)
        return item(groupCount());
    ValueList groups;
    for (std::size_t group = 1; group <= groupCount(); ++group)
        groups.push_back(item(group));
    return Value::tuple(std::move(groups));
}

Regex::Regex(std::shared_ptr<const CompiledRegex> compiled)
    : m_compiled(std::move(compiled))
{
}

Result<Regex> Regex::compile(std::string_view pattern, const RegexFlags &flags)
{
    SG_LET(std::shared_ptr<const CompiledRegex> compiled, compileRegex(pattern, flags));
    return Regex(std::move(compiled));
}

Result<Regex> Regex::cached(std::string_view pattern, const RegexFlags &flags)
{
    static thread_local std::unordered_map<std::string, Regex> cache;
    std::string key = cacheKey(pattern, flags);
    if (const auto found = cache.find(key); found != cache.end())
        return found->second;
    SG_LET(Regex regex, compile(pattern, flags));
    // Starting over is cheap next to keeping track of what was used last.
    if (cache.size() >= mostCached)
        cache.clear();
    cache.emplace(std::move(key), regex);
    return regex;
}

std::string Regex::escape(std::string_view text)
{
    constexpr std::string_view special = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f";
    std::string escaped;
    for (const char c : text) {
        if (special.find(c) != std::string_view::npos)
            escaped += '\\';
        escaped += c;
    }
    return escaped;
}

Result<std::optional<RegexMatch>> Regex::search(std::string_view subject, std::size_t from,
                                                const RegexLimits &limits) const
{
    return RegexRun(*m_compiled, subject, limits).match(from, RegexRun::Anchor::None);
}

Result<std::optional<RegexMatch>> Regex::match(std::string_view subject, std::size_t from,
                                               const RegexLimits &limits) const
{
    return RegexRun(*m_compiled, subject, limits).match(from, RegexRun::Anchor::Start);
}

Result<std::optional<RegexMatch>> Regex::fullMatch(std::string_view subject, std::size_t from,
                                                   const RegexLimits &limits) const
{
    return RegexRun(*m_compiled, subject, limits).match(from, RegexRun::Anchor::Both);
}

Result<std::vector<RegexMatch>> Regex::findAll(std::string_view subject,
                                               const RegexLimits &limits) const
{
    RegexRun run(*m_compiled, subject, limits);
    std::vector<RegexMatch> matches;
    for (;;) {
        SG_LET(std::optional<RegexMatch> found, run.next());
        if (!found)
            return matches;
        if (matches.size() == limits.matches)
            return tooMuch("matches", limits.matches);
        matches.push_back(std::move(*found));
    }
}

Result<std::string> Regex::replace(std::string_view subject, std::string_view replacement,
                                   std::size_t count, const RegexLimits &limits) const
{
    SG_LET(const RegexTemplate parsed, RegexTemplate::parse(replacement, *this));
    const auto expand = [&parsed](const RegexMatch &match) -> Result<std::string> {
        std::string text;
        parsed.expandInto(text, match);
        return text;
    };
    return replaceBy(subject, expand, count, limits);
}

Result<std::string> Regex::replaceBy(std::string_view subject, const Replacer &replacer,
                                     std::size_t count, const RegexLimits &limits) const
{
    RegexRun run(*m_compiled, subject, limits);
    std::string out;
    std::size_t copied = 0;
    for (std::size_t done = 0; count == 0 || done < count; ++done) {
        SG_LET(const std::optional<RegexMatch> found, run.next());
        if (!found)
            break;
        const RegexSpan whole = *found->span();
        out.append(subject, copied, whole.begin - copied);
        SG_LET(const std::string text, replacer(*found));
        out += text;
        copied = whole.end;
        if (out.size() > limits.outputBytes)
            return tooMuch("bytes", limits.outputBytes);
        if (done == limits.matches)
            return tooMuch("matches", limits.matches);
    }
    out.append(subject, copied);
    return out;
}

Result<ValueList> Regex::split(std::string_view subject, std::size_t most,
                               const RegexLimits &limits) const
{
    RegexRun run(*m_compiled, subject, limits);
    ValueList parts;
    std::size_t copied = 0;
    for (std::size_t done = 0; most == 0 || done < most; ++done) {
        SG_LET(const std::optional<RegexMatch> found, run.next());
        if (!found)
            break;
        const RegexSpan whole = *found->span();
        parts.emplace_back(subject.substr(copied, whole.begin - copied));
        for (std::size_t group = 1; group <= found->groupCount(); ++group)
            parts.push_back(found->value(group));
        copied = whole.end;
        if (parts.size() > limits.matches)
            return tooMuch("parts", limits.matches);
    }
    parts.emplace_back(subject.substr(copied));
    return parts;
}

std::string_view Regex::pattern() const
{
    return m_compiled->pattern;
}

std::size_t Regex::groupCount() const
{
    return m_compiled->groupCount;
}

const std::vector<std::pair<std::string, std::size_t>> &Regex::groupNames() const
{
    return m_compiled->groupNames;
}

std::optional<std::size_t> Regex::groupNumber(std::string_view name) const
{
    for (const auto &[known, number] : groupNames()) {
        if (known == name)
            return number;
    }
    return std::nullopt;
}

} // namespace stormglass
