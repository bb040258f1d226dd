#pragma once

#include "engine/expressions/jinja_calls.h"
#include "engine/expressions/jinja_macro.h"
#include "engine/expressions/jinja_operands.h"
#include "engine/expressions/jinja_program.h"
#include "engine/expressions/jinja_statements.h"
#include "engine/expressions/jinja_token.h"
#include "engine/expressions/python_errors.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <unordered_map>

namespace stormglass {

// Builds a program out of tokens, as Jinja2 3.1 parses them. Like an evaluation it keeps its first
// error and unwinds: what it returns after `failed()` means nothing, and may be null.
class JinjaParser
{
public:
    JinjaParser(JinjaProgram &program, std::vector<JinjaToken> tokens);

    Result<> parseTemplate();
    Result<> parseLoneExpression();
    // What follows the expression is not looked at.
    Result<> parseLeadingExpression();

private:
    Result<> finishExpression(NodePointer node);

    // Where the reader stands.
    const JinjaToken &current() const { return m_tokens[m_next]; }
    const JinjaToken &ahead() const { return m_tokens[std::min(m_next + 1, m_tokens.size() - 1)]; }
    void advance();
    bool isAt(std::string_view symbol) const;
    bool isAtName(std::string_view name) const;
    bool isAtKind(JinjaTokenKind kind) const { return current().kind == kind; }
    bool skip(std::string_view symbol);
    bool skipName(std::string_view name);
    bool expect(std::string_view symbol);
    bool expectKind(JinjaTokenKind kind);
    // The name that stands here; fails if there is none.
    std::string_view takeName();

    bool failed() const { return m_error.has_value(); }
    NodePointer fail(std::string message, std::string_view kind = PythonError::TemplateSyntax);
    NodePointer failAt(Position position, std::string message,
                       std::string_view kind = PythonError::TemplateSyntax);
    void failExpecting(std::string_view what);
    // Quoted, for a message.
    static std::string describe(const JinjaToken &token);
    bool isTooDeep();
    // No filter or test has the name.
    void noteMissing(Position position, std::string_view kind, std::string_view name,
                     const FunctionTable &known);
    void keepMissingSince(std::size_t before);
    void refuseLoopAsTarget();
    static constexpr int deepest = 100;
    // Links of one kind in a row (a + b + c …): a tree of them is as deep, and evaluating it
    // recurses.
    static constexpr int longestChain = 400;
    struct Depth
    {
        explicit Depth(JinjaParser &owner)
            : parser(owner)
        {
            ++parser.m_depth;
        }
        ~Depth() { --parser.m_depth; }
        Depth(const Depth &) = delete;
        Depth &operator=(const Depth &) = delete;
        JinjaParser &parser;
    };

    // Expressions: jinja_expression_parser.cpp.
    enum class Conditions { Allowed, Refused };
    NodePointer parseExpression(Conditions conditions = Conditions::Allowed);
    NodePointer parseCondition();
    NodePointer parseOr();
    NodePointer parseAnd();
    NodePointer parseNot();
    NodePointer parseComparison();
    NodePointer parseSum();
    NodePointer parseConcatenation();
    NodePointer parseProduct();
    NodePointer parsePower();
    NodePointer parseUnary(bool withFilters);
    NodePointer parsePrimary();
    NodePointer parseName();
    NodePointer parseStrings();
    NodePointer parseList();
    NodePointer parseMap();
    struct TupleForm
    {
        // Only primaries, as in the target of a for.
        bool isSimple = false;
        Conditions conditions = Conditions::Allowed;
        bool isParenthesized = false;
        // A name that ends it.
        std::string_view endsAt = {};
    };
    NodePointer parseTuple(const TupleForm &form);
    bool isAtTupleEnd(const TupleForm &form) const;
    NodePointer parsePostfix(NodePointer node);
    NodePointer parseFiltersAndTests(NodePointer node);
    NodePointer parseSubscript(NodePointer owner);
    NodePointer parseBracketed(NodePointer owner);
    NodePointer parseSliceOrKey(NodePointer owner);
    NodePointer parseCall(NodePointer callee);
    JinjaArguments parseArguments();
    void addNamed(JinjaArguments &arguments, Value name, NodePointer value);
    std::unique_ptr<const JinjaFilter> parseFilters(NodePointer operand);
    std::unique_ptr<const JinjaFilter> parseFilter(NodePointer operand);
    NodePointer parseTest(NodePointer operand);
    JinjaArguments parseTestArguments();
    std::string parseDottedName();

    // Targets: jinja_target_parser.cpp.
    TargetPointer parseTarget(bool withNamespace, std::string_view endsAt = {});
    TargetPointer parseNameTarget();
    TargetPointer asTarget(const Node &node);
    JinjaName numberOf(std::string_view name);

    // Statements: jinja_statement_parser.cpp.
    using Ends = std::initializer_list<std::string_view>;
    StatementList parseBody(Ends ends);
    using Statements = std::unordered_map<std::string_view, StatementPointer (JinjaParser::*)()>;
    static const Statements &statements();
    StatementPointer parseStatement();
    StatementList parseStatements(Ends ends);
    bool isAtEnd(Ends ends) const;
    void failUnknownTag(std::string_view tag);
    void failEnd(Ends ends);
    std::string expectation(const std::vector<std::string_view> &ends) const;
    void advanceUnlessFailed();
    StatementPointer parsePrint();
    StatementPointer parseFor();
    StatementPointer parseIf();
    StatementPointer parseSet();
    StatementPointer parseMacro();
    StatementPointer parseCallBlock();
    StatementPointer parseFilterBlock();
    StatementPointer parseWith();
    StatementPointer parseAutoescape();
    StatementPointer parseBlock();
    StatementPointer parseInclude();
    StatementPointer parseImport();
    StatementPointer parseFrom();
    StatementPointer parseExtends();
    bool skipImportContext();
    bool parseParameters(JinjaMacroParts &parts);
    void findImplied(JinjaMacroParts &parts);

    JinjaProgram &m_program;
    const std::vector<JinjaToken> m_tokens;
    std::size_t m_next = 0;
    int m_depth = 0;
    std::optional<Error> m_error;
    // Filters and tests that do not exist. Those inside an `if` are errors only when they are
    // reached, unless a statement with a scope of its own stands between.
    std::vector<Error> m_missing;
    std::optional<Error> m_surelyMissing;
    // Where a target names `loop`, and how many loops are open: inside them nothing may be assigned
    // to it.
    std::optional<Position> m_loopTarget;
    int m_openLoops = 0;
    std::unordered_map<std::string_view, JinjaName> m_numbers;
    std::vector<const JinjaToken *> m_openTags;
    std::vector<std::vector<std::string_view>> m_expectedEnds;
};

} // namespace stormglass
