#pragma once

#include "engine/aliases/chat_command.h"
#include "engine/expressions/regex.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stormglass {

// A representation of an alias, ready to be matched: `{{key}}` stands for a parameter, `{{key =
// default}}` for one that may be missing, all else is an expression of Python's re (content.md
// 8.2.1). Immutable. Thread: any.
class FormatPattern
{
public:
    // Invalid with the kind `error` where it is no expression.
    static Result<FormatPattern> compile(std::string_view representation);

    // The parameters that a command gives: a map of texts, null for a named group that took no
    // part. Invalid with the kind ParseException where it does not match.
    Result<Value> extract(const ChatCommand &command) const;
    // A list of such maps, one for each place where it matches; empty where there is none.
    Result<Value> extractAll(const ChatCommand &command) const;
    // The same without the parameters.
    Result<bool> matches(const ChatCommand &command) const;

    const std::string &representation() const { return m_representation; }

private:
    FormatPattern(std::string representation, Regex regex)
        : m_representation(std::move(representation))
        , m_regex(std::move(regex))
    {
    }
    Result<Value> parametersOf(const RegexMatch &match, const ChatCommand &command) const;

    std::string m_representation;
    Regex m_regex;
    // Parameters that may be missing, with the text that stands for them then.
    std::vector<std::pair<std::string, std::string>> m_defaults;
};

} // namespace stormglass
