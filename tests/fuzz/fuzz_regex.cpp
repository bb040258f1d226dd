// uses: engine/base engine/expressions
// A pattern, a replacement and a subject, a line each, with flags in front. Every match keeps the
// laws that tie the functions together, whatever the pattern.

#include "engine/base/utf8.h"
#include "engine/expressions/regex.h"

using namespace stormglass;

namespace {

std::string_view takeLine(std::string_view &text)
{
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

RegexFlags flagsFrom(char bits)
{
    return {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0};
}

void checkSpans(const RegexMatch &match)
{
    for (std::size_t group = 0; group <= match.groupCount(); ++group) {
        const auto span = match.span(group);
        SG_ASSERT(!span || (span->begin <= span->end && span->end <= match.subject().size()));
        SG_ASSERT(!span || isUtf8(*match.text(group)));
    }
}

void checkAgreement(const Regex &regex, std::string_view subject, const RegexLimits &limits)
{
    const auto found = regex.search(subject, 0, limits);
    const auto at = regex.match(subject, 0, limits);
    const auto full = regex.fullMatch(subject, 0, limits);
    if (!found || !at || !full)
        return;
    SG_ASSERT(*found || !*at);
    SG_ASSERT(*at || !*full);
    SG_ASSERT(!*at || (*at)->span() == (*found)->span());
    SG_ASSERT(!*full || (*full)->span() == (RegexSpan{0, subject.size()}));
    if (*found)
        checkSpans(**found);
}

void checkAll(const Regex &regex, std::string_view subject, const RegexLimits &limits)
{
    const auto matches = regex.findAll(subject, limits);
    const auto same = regex.replace(subject, "\\g<0>", 0, limits);
    const auto parts = regex.split(subject, 0, limits);
    if (!matches || !same || !parts)
        return;
    SG_ASSERT(*same == subject);
    SG_ASSERT(parts->size() == 1 + matches->size() * (1 + regex.groupCount()));
    std::size_t end = 0;
    for (const RegexMatch &match : *matches) {
        SG_ASSERT(match.span()->begin >= end);
        end = match.span()->end;
        checkSpans(match);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view text(reinterpret_cast<const char *>(data), size);
    if (text.empty())
        return 0;
    const RegexFlags flags = flagsFrom(text.front());
    text.remove_prefix(1);
    const std::string_view pattern = takeLine(text);
    const std::string_view replacement = takeLine(text);
    const Result<Regex> regex = Regex::compile(pattern, flags);
    if (!regex) {
        SG_ASSERT(regex.error().code == ErrorCode::Invalid && !regex.error().kind.isEmpty());
        return 0;
    }
    const Result<Regex> literal = Regex::compile(Regex::escape(pattern));
    SG_ASSERT(literal && *literal->fullMatch(pattern));
    RegexLimits limits;
    limits.steps = 50'000;
    limits.time = std::chrono::milliseconds(500);
    checkAgreement(*regex, text, limits);
    checkAll(*regex, text, limits);
    const auto replaced = regex->replace(text, replacement, 0, limits);
    SG_ASSERT(!replaced || isUtf8(*replaced));
    return 0;
}
