#include "engine/expressions/template_inspection.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/jinja_environment.h"
#include "engine/expressions/jinja_lexer.h"
#include "engine/expressions/jinja_operands.h"
#include "engine/expressions/jinja_program.h"
#include "engine/expressions/jinja_variables.h"
#include "engine/expressions/sample_types.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

constexpr std::array<std::string_view, 9> operatorWords{"in", "is",   "not",       "and", "or",
                                                        "if", "else", "recursive", "as"};
constexpr std::array<std::string_view, 6> constants{"true", "false", "none",
                                                    "True", "False", "None"};

bool isAmong(const auto &words, std::string_view word)
{
    return std::ranges::find(words, word) != words.end();
}

TemplateTokenKind kindOfName(const JinjaToken *before, std::string_view name)
{
    const bool follows = before && before->kind == JinjaTokenKind::Operator;
    if (before && before->kind == JinjaTokenKind::BlockBegin)
        return TemplateTokenKind::Keyword;
    if (follows && before->text == "|")
        return TemplateTokenKind::Filter;
    if (follows && before->text == ".")
        return TemplateTokenKind::Name;
    if (isAmong(constants, name))
        return TemplateTokenKind::Literal;
    if (isAmong(operatorWords, name))
        return TemplateTokenKind::Keyword;
    const bool isTest = before && before->kind == JinjaTokenKind::Name
        && (before->text == "is" || before->text == "not");
    return isTest && stackStormEnvironment().tests.find(name) ? TemplateTokenKind::Test
                                                              : TemplateTokenKind::Name;
}

TemplateTokenKind kindOf(const JinjaToken *before, const JinjaToken &token)
{
    switch (token.kind) {
    case JinjaTokenKind::Data:
    case JinjaTokenKind::End:
        return TemplateTokenKind::Text;
    case JinjaTokenKind::VariableBegin:
    case JinjaTokenKind::VariableEnd:
    case JinjaTokenKind::BlockBegin:
    case JinjaTokenKind::BlockEnd:
        return TemplateTokenKind::Delimiter;
    case JinjaTokenKind::Name:
        return kindOfName(before, token.text);
    case JinjaTokenKind::Text:
    case JinjaTokenKind::Integer:
    case JinjaTokenKind::Real:
        return TemplateTokenKind::Literal;
    case JinjaTokenKind::Operator:
        return TemplateTokenKind::Operator;
    case JinjaTokenKind::Comment:
        return TemplateTokenKind::Comment;
    }
    return TemplateTokenKind::Text;
}

// `a.b['c']` as `a.b.c`; empty for what does not begin with a variable.
std::string pathOf(const Node &node)
{
    if (const auto *variable = dynamic_cast<const JinjaVariable *>(&node))
        return std::string(variable->text().text());
    const auto *member = dynamic_cast<const JinjaMember *>(&node);
    const std::string owner = member ? pathOf(member->owner()) : std::string();
    return owner.empty() ? std::string() : owner + '.' + std::string(member->name().text());
}

class UseCollector final : public NodeVisitor
{
public:
    void reads(std::string_view name, Position position) override
    {
        uses.push_back({std::string(name), position, {}});
    }
    void readsMember(const Node &owner, std::string_view name, Position) override
    {
        // A chain is shown from its beginning, so what it has grown to is the last use.
        if (!uses.empty() && uses.back().path == pathOf(owner))
            uses.back().path += '.' + std::string(name);
    }

    std::vector<VariableUse> uses;
};

std::string rootOf(const std::string &path)
{
    return path.substr(0, path.find('.'));
}

} // namespace

TemplateTokens templateTokens(std::string_view source)
{
    const JinjaTokens read = readJinjaTokensUntilError(source, Comments::Keep);
    TemplateTokens all;
    const JinjaToken *before = nullptr;
    for (const JinjaToken &token : read.tokens) {
        if (token.kind != JinjaTokenKind::End)
            all.tokens.push_back({kindOf(before, token), token.position, utf8::length(token.text)});
        before = &token;
    }
    all.error = read.error;
    return all;
}

Result<std::vector<VariableUse>> variablesRead(std::string_view source, const Value &sample)
{
    const JinjaEnvironment &environment = stackStormEnvironment();
    SG_LET(const auto program, JinjaProgram::compile(source, environment));
    const std::vector<std::string> names = undeclaredVariables(*program, environment.globals);
    UseCollector collector;
    program->visit(collector);
    std::erase_if(collector.uses, [&](const VariableUse &use) {
        return std::ranges::find(names, rootOf(use.path)) == names.end();
    });
    for (VariableUse &use : collector.uses)
        use.type = typeInSample(sample, use.path);
    return std::move(collector.uses);
}

} // namespace stormglass
