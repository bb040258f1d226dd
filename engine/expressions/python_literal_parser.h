#pragma once

#include "engine/base/result.h"
#include "engine/expressions/python_token.h"

#include <optional>
#include <string_view>
#include <vector>

namespace stormglass {

// Reads the whole grammar of expressions, so that what is wrong is told from what is merely no
// literal. The first error stays.
class LiteralParser
{
public:
    explicit LiteralParser(std::vector<PythonToken> tokens)
        : m_tokens(std::move(tokens))
    {
    }
    Result<Value> parse();

private:
    // What an expression turned out to be: a literal with its value, or an expression that is none.
    struct Parsed
    {
        std::optional<Value> literal = {};
        // A bare number, which a sign may stand before.
        bool isNumber = false;
    };

    const PythonToken &current() const { return m_tokens[m_next]; }
    bool isAt(std::string_view symbol) const;
    bool isAtWord(std::string_view word) const;
    bool skip(std::string_view symbol);
    void expect(std::string_view symbol);
    Parsed refuse();
    void refuseKey();
    struct Depth
    {
        explicit Depth(LiteralParser &owner)
            : parser(owner)
        {
            constexpr int deepest = 300;
            if (++parser.m_depth > deepest)
                parser.refuse();
        }
        ~Depth() { --parser.m_depth; }
        Depth(const Depth &) = delete;
        Depth &operator=(const Depth &) = delete;
        LiteralParser &parser;
    };
    // a, b, *c: a tuple where a comma stands.
    Parsed starred();
    static void collect(std::optional<ValueList> &items, const Parsed &item);
    Parsed starredItem();
    bool startsExpression() const;
    Parsed expression();
    void lambdaParameters();
    // Chains of operators, from `or` down to `|`; only a lone operand stays a literal.
    Parsed disjunction();
    Parsed inversion();
    bool skipComparison();
    Parsed comparison();
    Parsed bitwiseOr();
    Parsed factor();
    static Value negated(const Value &number);
    Parsed power();
    Parsed primary();
    void name();
    // set() is a literal, every other call is none.
    Parsed call(const Parsed &);
    void argument();
    bool comprehension();
    void starredTarget();
    void slices();
    Parsed atom();
    Parsed nameAtom();
    Parsed texts();
    Parsed parenthesized();
    Parsed list();
    Parsed braces();
    void entry(bool isFirst, bool &isMap, std::optional<ValueList> &members,
               std::optional<ValueMap> &entries);
    Value setOf(const ValueList &members);
    const std::vector<PythonToken> m_tokens;
    std::size_t m_next = 0;
    int m_depth = 0;
    bool m_isEmptySet = false;
    std::optional<Error> m_error;
};

} // namespace stormglass
