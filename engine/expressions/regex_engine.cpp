#include "engine/expressions/regex_engine.h"
#include "engine/base/clock.h"
#include "engine/base/utf8.h"
#include "engine/expressions/regex_translator.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

constexpr std::uint64_t mostRepeats = 65'535;

struct CompileContext
{
    CompileContext()
    {
        pcre2_set_newline(context, PCRE2_NEWLINE_LF);
        pcre2_set_parens_nest_limit(context, 1'000);
    }
    CompileContext(const CompileContext &) = delete;
    CompileContext &operator=(const CompileContext &) = delete;
    ~CompileContext() { pcre2_compile_context_free(context); }

    pcre2_compile_context *const context = pcre2_compile_context_create(nullptr);
};

// What matching needs and each thread keeps.
struct MatchMemory
{
    MatchMemory()
    {
        SG_ASSERT(context && stack && data);
        pcre2_set_match_limit(context, 10'000'000);
        pcre2_set_heap_limit(context, 32 * 1024);
        pcre2_jit_stack_assign(context, nullptr, stack);
    }
    MatchMemory(const MatchMemory &) = delete;
    MatchMemory &operator=(const MatchMemory &) = delete;
    ~MatchMemory()
    {
        pcre2_match_data_free(data);
        pcre2_jit_stack_free(stack);
        pcre2_match_context_free(context);
    }

    static MatchMemory &ofThisThread()
    {
        static thread_local MatchMemory memory;
        return memory;
    }

    pcre2_match_data *dataFor(std::size_t groups)
    {
        if (pcre2_get_ovector_count(data) <= groups) {
            pcre2_match_data_free(data);
            data = pcre2_match_data_create(static_cast<std::uint32_t>(groups + 1), nullptr);
            SG_ASSERT(data);
        }
        return data;
    }

    pcre2_match_context *const context = pcre2_match_context_create(nullptr);
    pcre2_jit_stack *const stack = pcre2_jit_stack_create(32 * 1024, 1024 * 1024, nullptr);
    pcre2_match_data *data = pcre2_match_data_create(32, nullptr);
};

struct Budget
{
    std::int64_t &stepsLeft;
    Instant until;
};

// Called by PCRE2 at every step; anything but 0 ends the match.
int countStep(pcre2_callout_block *, void *data)
{
    Budget &budget = *static_cast<Budget *>(data);
    if (--budget.stepsLeft < 0)
        return PCRE2_ERROR_CALLOUT;
    constexpr std::int64_t stepsALook = 16;
    if (budget.stepsLeft % stepsALook == 0 && SystemClock().instant() > budget.until)
        return PCRE2_ERROR_CALLOUT;
    return 0;
}

QString errorText(int code)
{
    std::array<PCRE2_UCHAR, 256> buffer{};
    pcre2_get_error_message(code, buffer.data(), buffer.size());
    return QString::fromUtf8(reinterpret_cast<const char *>(buffer.data()));
}

bool repeatsTooOften(const RegexNode &node)
{
    if (node.kind == RegexNode::Kind::Repeat
        && (node.least > mostRepeats || node.most.value_or(0) > mostRepeats))
        return true;
    return std::any_of(node.children.begin(), node.children.end(), repeatsTooOften);
}

tl::unexpected<Error> beyondUs(const QString &reason)
{
    return failure(Error{
        ErrorCode::Invalid,
        QStringLiteral("The regular expression is too much for this program: %1.").arg(reason),
        QStringLiteral("error")});
}

tl::unexpected<Error> matchFailure(int code)
{
    // The codes for malformed UTF-8 lie in a row.
    if (code <= PCRE2_ERROR_UTF8_ERR1 && code >= PCRE2_ERROR_UTF8_ERR21)
        return failure(ErrorCode::Invalid, QStringLiteral("The text to match is not UTF-8."));
    switch (code) {
    case PCRE2_ERROR_CALLOUT:
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
        return failure(ErrorCode::Invalid,
                       QStringLiteral("Matching the regular expression takes too long; make it "
                                      "simpler or the text shorter."));
    default:
        return failure(ErrorCode::Internal,
                       QStringLiteral("Matching failed: %1.").arg(errorText(code)));
    }
}

} // namespace

Result<std::shared_ptr<const CompiledRegex>> compileRegex(std::string_view pattern,
                                                          const RegexFlags &flags)
{
    static const CompileContext context;
    SG_LET(RegexPattern parsed, parseRegex(pattern, flags));
    if (repeatsTooOften(parsed.root))
        return beyondUs(QStringLiteral("it repeats more than %1 times").arg(mostRepeats));
    const std::string translated = translateRegex(parsed);
    constexpr std::uint32_t options
        = PCRE2_UTF | PCRE2_UCP | PCRE2_ALT_CIRCUMFLEX | PCRE2_NEVER_BACKSLASH_C;
    int error = 0;
    PCRE2_SIZE errorAt = 0;
    pcre2_code *const code
        = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(), options,
                        &error, &errorAt, context.context);
    if (!code)
        return beyondUs(errorText(error));
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    auto compiled = std::make_shared<CompiledRegex>();
    compiled->pattern = pattern;
    compiled->groupCount = parsed.groupCount;
    compiled->groupNames = std::move(parsed.groupNames);
    compiled->code = std::shared_ptr<void>(
        code, [](void *owned) { pcre2_code_free(static_cast<pcre2_code *>(owned)); });
    return compiled;
}

RegexRun::RegexRun(const CompiledRegex &compiled, std::string_view subject,
                   const RegexLimits &limits)
    : m_compiled(compiled)
    , m_subject(subject)
    , m_limits(limits)
    , m_stepsLeft(limits.steps)
    , m_isChecked(isAscii(subject))
{
}

Result<std::optional<RegexMatch>> RegexRun::match(std::size_t from, Anchor anchor)
{
    switch (anchor) {
    case Anchor::None:
        return run(from, 0);
    case Anchor::Start:
        return run(from, PCRE2_ANCHORED);
    case Anchor::Both:
        break;
    }
    return run(from, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
}

// A match may be empty where the last one ended, unless that one was empty too.
Result<std::optional<RegexMatch>> RegexRun::next()
{
    SG_LET(const std::optional<RegexMatch> found,
           run(m_from, m_mustAdvance ? PCRE2_NOTEMPTY_ATSTART : 0));
    if (found) {
        const RegexSpan whole = *found->span();
        m_mustAdvance = whole.begin == whole.end;
        m_from = whole.end;
    }
    return found;
}

Result<std::optional<RegexMatch>> RegexRun::run(std::size_t from, std::uint32_t options)
{
    using None = std::optional<RegexMatch>;
    if (from > m_subject.size())
        return None();
    if (m_until == Instant())
        m_until = SystemClock().instant() + m_limits.time;
    MatchMemory &memory = MatchMemory::ofThisThread();
    pcre2_match_data *const data = memory.dataFor(m_compiled.groupCount);
    Budget budget{m_stepsLeft, m_until};
    pcre2_set_callout(memory.context, countStep, &budget);
    const auto *const code = static_cast<const pcre2_code *>(m_compiled.code.get());
    const auto *const subject = reinterpret_cast<PCRE2_SPTR>(m_subject.data());
    options |= m_isChecked ? PCRE2_NO_UTF_CHECK : 0;
    int result = pcre2_match(code, subject, m_subject.size(), from, options, data, memory.context);
    // The interpreter takes its memory from the heap, within its own limit.
    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = pcre2_match(code, subject, m_subject.size(), from, options | PCRE2_NO_JIT, data,
                             memory.context);
    if (result == PCRE2_ERROR_NOMATCH)
        return None();
    if (result < 0)
        return matchFailure(result);
    m_isChecked = true;
    const PCRE2_SIZE *const ends = pcre2_get_ovector_pointer(data);
    std::vector<std::optional<RegexSpan>> spans(m_compiled.groupCount + 1);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (i < static_cast<std::size_t>(result) && ends[2 * i] != PCRE2_UNSET)
            spans[i] = RegexSpan{ends[2 * i], ends[2 * i + 1]};
    }
    return None(RegexMatch(m_subject, std::move(spans)));
}

} // namespace stormglass
