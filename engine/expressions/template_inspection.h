#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/expressions/position.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// What an editor asks about a template of StackStorm's Jinja. Works on what is half written too.
// Thread: any.

enum class TemplateTokenKind {
    Text,
    Delimiter,
    Comment,
    // The first word of a tag, and words such as `in`, `is`, `not`.
    Keyword,
    // A variable, function or member.
    Name,
    // What stands behind a bar, or behind `is`.
    Filter,
    Test,
    Literal,
    Operator
};

struct TemplateToken
{
    TemplateTokenKind kind = TemplateTokenKind::Text;
    Position position = {};
    // In code points.
    std::int64_t length = 0;
};

struct TemplateTokens
{
    std::vector<TemplateToken> tokens = {};
    // Where reading stopped, if it did: the place is in it.
    std::optional<Error> error = {};
};
TemplateTokens templateTokens(std::string_view source);

// A variable that a template takes from its context, as far as its members are named.
struct VariableUse
{
    // `trigger.body.ref`
    std::string path = {};
    Position position = {};
    // Python's name of its type in the sample; empty where the sample has no such value.
    std::string type = {};
    friend bool operator==(const VariableUse &, const VariableUse &) = default;
};
// Each use, in the order of the source. Invalid where the template is.
Result<std::vector<VariableUse>> variablesRead(std::string_view source,
                                               const Value &sample = Value::map());

// Python's name of the type that a template's value has, as far as it can be told before it is
// evaluated: of a lone expression its own, of text around expressions and tags `str`; empty where
// it is not known. Invalid where the template is.
Result<std::string> templateType(std::string_view source, const Value &sample = Value::map());

struct TemplateCompletion
{
    enum class Kind { Variable, Member, Function, Method, Filter, Test, Tag };
    Kind kind = Kind::Variable;
    std::string text = {};
    // Of a variable or member: Python's name of its type.
    std::string type = {};
    friend bool operator==(const TemplateCompletion &, const TemplateCompletion &) = default;
};
// What may be written at a byte of the source, given names as in the sample and those that the
// template has bound there: those that begin with the word in front of it, sorted. Empty outside of
// tags.
std::vector<TemplateCompletion> templateCompletions(std::string_view source, std::size_t at,
                                                    const Value &sample = Value::map());

} // namespace stormglass
