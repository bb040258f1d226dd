#include "engine/rules/pattern.h"

#include "engine/base/utf8.h"
#include "engine/expressions/text_case.h"
#include "engine/rules/python_errors.h"
#include "engine/rules/python_float.h"

namespace stormglass {

namespace {

Result<std::string> lower(const Value &value)
{
    if (!value.isText())
        return noAttribute(value, "lower");
    return lowerCase(value.text());
}

Result<Wildcard> wildcardOf(const Value &value)
{
    if (!value.isText())
        return typeError(QStringLiteral("expected str, bytes or os.PathLike object, not %1")
                             .arg(pythonTypeOf(value)));
    return Wildcard(value.text());
}

Result<RuleRegex> regexOf(const Value &value, RuleRegex::Mode mode)
{
    if (!value.isText())
        return typeError(QStringLiteral("first argument must be string or compiled pattern, not %1")
                             .arg(pythonTypeOf(value)));
    return RuleRegex::compile(value.text(), mode);
}

} // namespace

CriteriaPattern::CriteriaPattern(Value value, Preparation preparation)
    : m_value(std::move(value))
{
    if (m_value.isNull() || preparation == Preparation::AsIs)
        return;
    // Bytes that are no text stay: no operator takes them, and each says so.
    if (const Result<Value> text = decodedText(m_value))
        m_value = *text;
    if (preparation != Preparation::Text)
        m_prepared = std::make_shared<const Prepared>(prepare(m_value, preparation));
}

CriteriaPattern::Prepared CriteriaPattern::prepare(const Value &value, Preparation preparation)
{
    switch (preparation) {
    case Preparation::AsIs:
    case Preparation::Text:
        break;
    case Preparation::Lower:
        return lower(value);
    case Preparation::Wildcard:
        return wildcardOf(value);
    case Preparation::MatchRegex:
        return regexOf(value, RuleRegex::Mode::MatchAtStart);
    case Preparation::Regex:
        return regexOf(value, RuleRegex::Mode::Search);
    case Preparation::IRegex:
        return regexOf(value, RuleRegex::Mode::SearchIgnoringCase);
    case Preparation::Seconds:
        return pythonFloatOf(value);
    }
    return {};
}

const Result<std::string> &CriteriaPattern::lowered() const
{
    return std::get<Result<std::string>>(*m_prepared);
}

const Result<Wildcard> &CriteriaPattern::wildcard() const
{
    return std::get<Result<Wildcard>>(*m_prepared);
}

const Result<RuleRegex> &CriteriaPattern::regex() const
{
    return std::get<Result<RuleRegex>>(*m_prepared);
}

const Result<double> &CriteriaPattern::seconds() const
{
    return std::get<Result<double>>(*m_prepared);
}

std::optional<Error> CriteriaPattern::problem() const
{
    if (!m_prepared)
        return std::nullopt;
    return std::visit(
        [](const auto &prepared) -> std::optional<Error> {
            if constexpr (std::is_same_v<std::decay_t<decltype(prepared)>, std::monostate>)
                return std::nullopt;
            else
                return prepared ? std::nullopt : std::optional(prepared.error());
        },
        *m_prepared);
}

Result<Value> decodedText(const Value &value)
{
    if (!value.isBytes())
        return value;
    if (!isUtf8(value.text()))
        return pythonError("UnicodeDecodeError",
                           QStringLiteral("'utf-8' codec can't decode the bytes"));
    return Value(value.text());
}

} // namespace stormglass
