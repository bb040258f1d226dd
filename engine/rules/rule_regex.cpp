#include "engine/rules/rule_regex.h"

namespace stormglass {

Result<RuleRegex> RuleRegex::compile(std::string_view pattern, Mode mode)
{
    QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption;
    if (mode == Mode::MatchAtStart)
        options |= QRegularExpression::DotMatchesEverythingOption;
    if (mode == Mode::SearchIgnoringCase)
        options |= QRegularExpression::CaseInsensitiveOption;
    RuleRegex regex;
    regex.m_mode = mode;
    regex.m_expression = QRegularExpression(
        QString::fromUtf8(pattern.data(), static_cast<qsizetype>(pattern.size())), options);
    if (!regex.m_expression.isValid())
        return failure(Error{ErrorCode::Invalid,
                             QStringLiteral("%1 at position %2")
                                 .arg(regex.m_expression.errorString())
                                 .arg(regex.m_expression.patternErrorOffset()),
                             QStringLiteral("error")});
    return regex;
}

Result<bool> RuleRegex::matches(std::string_view text) const
{
    const auto options = m_mode == Mode::MatchAtStart
        ? QRegularExpression::AnchorAtOffsetMatchOption
        : QRegularExpression::NoMatchOption;
    const QString subject = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    return m_expression.match(subject, 0, QRegularExpression::NormalMatch, options).hasMatch();
}

} // namespace stormglass
