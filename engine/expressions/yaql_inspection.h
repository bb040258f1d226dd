#pragma once

#include "engine/expressions/template_inspection.h"

namespace stormglass {

// What an editor asks about YAQL, as template_inspection.h has it for Jinja. Works on what is half
// written too. Thread: any.

enum class YaqlForm {
    // Expressions between `<%` and `%>` in a text.
    InText,
    // One expression without delimiters.
    Bare
};

// What stands between `<%` and the end of its line without a `%>` is text, as workflows read it.
// The error is the first one; expressions after it are read.
TemplateTokens yaqlTokens(std::string_view source, YaqlForm form);

// What `ctx().name`, `ctx(name)` and `ctx('name')` read, as far as its members are named, in the
// order of the source. `sample` holds a workflow's variables.
Result<std::vector<VariableUse>> yaqlVariablesRead(std::string_view source, YaqlForm form,
                                                   const Value &sample = Value::map());

// As `templateType`. Invalid where an expression is.
Result<std::string> yaqlType(std::string_view source, YaqlForm form,
                             const Value &sample = Value::map());

// What may be written at a byte of the source: variables after `ctx().` and in `ctx(`, members and
// methods after a point, functions and bound `$names` elsewhere. Methods of a value that the sample
// does not tell are all there are.
std::vector<TemplateCompletion> yaqlCompletions(std::string_view source, std::size_t at,
                                                YaqlForm form, const Value &sample = Value::map());

} // namespace stormglass
