#pragma once

#include "engine/base/value.h"
#include "engine/expressions/workflow_delimiters.h"

#include <optional>
#include <string>
#include <vector>

namespace stormglass {

// What can be said about the expressions of a workflow definition without running it
// (expressions.md 7.5). Any value: lists and maps, keys too, are looked through. Thread: any.

struct ExpressionProblem
{
    // None where a text mixes both languages.
    std::optional<WorkflowLanguage> language = {};
    // With delimiters; the whole text where its block tags are wrong.
    std::string expression = {};
    std::string message = {};
    friend bool operator==(const ExpressionProblem &, const ExpressionProblem &) = default;
};
// Expressions that cannot be parsed.
std::vector<ExpressionProblem> expressionProblems(const Value &value);

struct ContextReference
{
    WorkflowLanguage language = WorkflowLanguage::Yaql;
    // The whole text.
    std::string text = {};
    // What `ctx().name`, `ctx(name)`, `ctx('name')` and `ctx("name")` name.
    std::string name = {};
    friend bool operator==(const ContextReference &, const ContextReference &) = default;
};
// Each once, sorted by name.
std::vector<ContextReference> contextReferences(const Value &value);

} // namespace stormglass
