#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stormglass {

// The flags of Python's re: I, M, S, X, A.
struct RegexFlags
{
    bool ignoreCase = false;
    bool multiLine = false;
    bool dotAll = false;
    bool verbose = false;
    bool ascii = false;
    friend bool operator==(const RegexFlags &, const RegexFlags &) = default;
};

// What one call may use up before it fails with Invalid. `steps` are counted wherever a choice was
// made: behind a repeat, behind alternatives, over all matches of the call. `time` is the last
// resort.
struct RegexLimits
{
    std::int64_t steps = 20'000'000;
    std::size_t matches = 1'000'000;
    std::size_t outputBytes = 16UL * 1024 * 1024;
    std::chrono::milliseconds time{2'000};
};

// Bytes of the subject, end not included.
struct RegexSpan
{
    std::size_t begin = 0;
    std::size_t end = 0;
    friend bool operator==(const RegexSpan &, const RegexSpan &) = default;
};

// Where an expression matched. Borrows the subject.
class RegexMatch
{
public:
    RegexMatch(std::string_view subject, std::vector<std::optional<RegexSpan>> spans)
        : m_subject(subject)
        , m_spans(std::move(spans))
    {
    }

    std::string_view subject() const { return m_subject; }
    // Without the whole, which is group 0.
    std::size_t groupCount() const { return m_spans.size() - 1; }
    // None for a group that took no part. The number must not be beyond groupCount.
    std::optional<RegexSpan> span(std::size_t group = 0) const { return m_spans[group]; }
    std::optional<std::string_view> text(std::size_t group = 0) const;
    // The same in code points, as Python counts.
    std::optional<RegexSpan> codePointSpan(std::size_t group = 0) const;
    // Text, or null for a group that took no part.
    Value value(std::size_t group = 0) const;
    // An item of Python's findall: the whole, the only group, or a tuple of groups; no part is
    // empty text.
    Value found() const;

private:
    std::string_view m_subject;
    std::vector<std::optional<RegexSpan>> m_spans;
};

struct CompiledRegex;

// A regular expression with the syntax and the meaning of Python 3.11's re on text, run by PCRE2.
// What Python refuses is refused: Invalid with its class in `kind` (`error`) and the position in
// code points in `place`. Subjects are UTF-8, anything else is Invalid. Immutable and cheap to
// copy. Thread: any.
class Regex
{
public:
    static Result<Regex> compile(std::string_view pattern, const RegexFlags &flags = {});
    // The same, kept by each thread for the next time.
    static Result<Regex> cached(std::string_view pattern, const RegexFlags &flags = {});
    // What matches the text and nothing else.
    static std::string escape(std::string_view text);

    // Anywhere from a byte on; at it; at it and up to the end.
    Result<std::optional<RegexMatch>> search(std::string_view subject, std::size_t from = 0,
                                             const RegexLimits &limits = {}) const;
    Result<std::optional<RegexMatch>> match(std::string_view subject, std::size_t from = 0,
                                            const RegexLimits &limits = {}) const;
    Result<std::optional<RegexMatch>> fullMatch(std::string_view subject, std::size_t from = 0,
                                                const RegexLimits &limits = {}) const;

    Result<std::vector<RegexMatch>> findAll(std::string_view subject,
                                            const RegexLimits &limits = {}) const;

    // `replacement` as Python's re.sub takes it (`\1`, `\g<name>`); a count of 0 is all.
    Result<std::string> replace(std::string_view subject, std::string_view replacement,
                                std::size_t count = 0, const RegexLimits &limits = {}) const;
    using Replacer = std::function<Result<std::string>(const RegexMatch &)>;
    Result<std::string> replaceBy(std::string_view subject, const Replacer &replacer,
                                  std::size_t count = 0, const RegexLimits &limits = {}) const;

    // With the text of the groups between the parts, as re.split; null for a group that took no
    // part.
    Result<ValueList> split(std::string_view subject, std::size_t most = 0,
                            const RegexLimits &limits = {}) const;

    std::string_view pattern() const;
    std::size_t groupCount() const;
    // Names and numbers in the order of their numbers.
    const std::vector<std::pair<std::string, std::size_t>> &groupNames() const;
    std::optional<std::size_t> groupNumber(std::string_view name) const;

private:
    explicit Regex(std::shared_ptr<const CompiledRegex> compiled);
    std::shared_ptr<const CompiledRegex> m_compiled;
};

} // namespace stormglass
