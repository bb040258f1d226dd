#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/rules/rule_regex.h"
#include "engine/rules/wildcard.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace stormglass {

// What a criterion asks for, with everything its operator can know before it sees a payload done
// once. Immutable, cheap to copy.
class CriteriaPattern
{
public:
    // AsIs keeps bytes; every other makes them text.
    enum class Preparation { AsIs, Text, Lower, Wildcard, MatchRegex, Regex, IRegex, Seconds };

    CriteriaPattern() = default;
    CriteriaPattern(Value value, Preparation preparation);

    const Value &value() const { return m_value; }

    // Each is there only after its own preparation; an error is the one the operator is to report.
    const Result<std::string> &lowered() const;
    const Result<Wildcard> &wildcard() const;
    const Result<RuleRegex> &regex() const;
    const Result<double> &seconds() const;

    // What its operator will complain of, whatever the payload has.
    std::optional<Error> problem() const;

private:
    using Prepared = std::variant<std::monostate, Result<std::string>, Result<Wildcard>,
                                  Result<RuleRegex>, Result<double>>;
    static Prepared prepare(const Value &value, Preparation preparation);

    Value m_value;
    // Shared because compiled criteria are copied and the prepared form never changes.
    std::shared_ptr<const Prepared> m_prepared;
};

// Bytes become text, as operators see them; anything else stays. Invalid with UnicodeDecodeError.
Result<Value> decodedText(const Value &value);

} // namespace stormglass
