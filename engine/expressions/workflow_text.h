#pragma once

#include "engine/expressions/jinja_expression_lexer.h"
#include "engine/expressions/position.h"
#include "engine/expressions/program.h"
#include "engine/expressions/workflow_delimiters.h"
#include "engine/expressions/workflow_expression.h"

#include <optional>
#include <string>
#include <vector>

namespace stormglass {

// One text of a workflow that holds expressions of one language.
class WorkflowText
{
public:
    // None for a text without expressions. YAQL is looked for first.
    static std::optional<WorkflowText> read(std::string_view text);

    Result<Value> evaluate(const WorkflowContext &context) const;

private:
    struct Part
    {
        // Delimiters included.
        std::string source;
        // Where the expression itself begins in the text as it was written.
        Position position;
        Result<std::shared_ptr<const Program>> program;
    };

    WorkflowText(WorkflowLanguage language, std::string text);
    // One evaluation, with the texts that come out and are evaluated again.
    struct Run;
    Result<Value> expanded(Run &run, int depth) const;
    Result<Value> expandedBlocks(Run &run, int depth) const;
    Result<Value> substituted(const Part &part, Run &run, int depth, std::string &text) const;
    Result<Value> again(Value result, Run &run, int depth) const;
    std::optional<Error> refused(Run &run, std::size_t bytes) const;
    bool takeRawOut();
    tl::unexpected<Error> wrapped(Error error, const Part &part) const;
    void readParts();
    Part partOf(std::string_view expression, SourceCursor &written) const;
    Part wholeAsPart() const;
    // A byte of `m_text` as one of the text as it was written.
    std::size_t writtenAt(std::size_t byte) const;
    tl::unexpected<Error> unresolved(const std::vector<std::string_view> &expressions,
                                     const EvaluationContext &context) const;

    WorkflowLanguage m_language;
    std::string m_written;
    // The same without raw blocks.
    std::string m_text;
    // Raw blocks cut out of the text, in order; `{0}`, `{1}`, … stand in their place.
    std::vector<std::string> m_raw;
    struct Cut
    {
        // In the text as it was written.
        std::size_t begin;
        std::size_t shorterBy;
    };
    std::vector<Cut> m_cuts;
    std::vector<Part> m_parts;
    // The whole text, where it holds block tags.
    std::optional<Part> m_blocks;
};

} // namespace stormglass
