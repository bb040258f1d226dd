#pragma once

#include "engine/expressions/functions.h"
#include "engine/expressions/yaql_evaluation.h"
#include "engine/expressions/yaql_nodes.h"
#include "engine/expressions/yaql_types.h"

#include <span>
#include <string>
#include <vector>

namespace stormglass {

// An expression handed to a function to be called: each call has a scope of its own with `$1`, `$2`
// and so on.
class YaqlLambda
{
public:
    YaqlLambda() = default;
    YaqlLambda(const YaqlNode &node, YaqlScopePtr scope)
        : m_node(&node)
        , m_scope(std::move(scope))
    {
    }
    // One that ignores what it is given.
    explicit YaqlLambda(Value constant)
        : m_constant(std::move(constant))
    {
    }
    // False: none was given.
    explicit operator bool() const { return m_node || !m_constant.isNull(); }

    Value operator()(YaqlEvaluation &evaluation, std::span<const Value> arguments) const;
    Value operator()(YaqlEvaluation &evaluation, const Value &argument) const
    {
        return (*this)(evaluation, std::span(&argument, 1));
    }
    Value operator()(YaqlEvaluation &evaluation) const
    {
        return (*this)(evaluation, std::span<const Value>());
    }
    // In a scope that is filled already.
    Value in(YaqlEvaluation &evaluation, YaqlScopePtr scope) const;
    // The same without a scope: for calling `in` another.
    YaqlLambda unbound() const
    {
        YaqlLambda lambda = *this;
        lambda.m_scope.reset();
        return lambda;
    }

private:
    // Lives in the program.
    const YaqlNode *m_node = nullptr;
    YaqlScopePtr m_scope;
    Value m_constant;
};

// An argument on its way to a function: evaluated, an expression that waits, or left out.
struct YaqlArgument
{
    const YaqlNode *node = nullptr;
    Value value;
    bool isLeftOut = false;
};

struct YaqlNamedArgument
{
    std::string_view name;
    YaqlArgument argument;
};

// What a function is called with, bound to its parameters.
class YaqlCall
{
public:
    YaqlCall(YaqlEvaluation &run, const YaqlFunction &function)
        : evaluation(run)
        , m_function(function)
    {
    }
    YaqlEvaluation &evaluation;

    const Value &operator[](std::size_t parameter) const { return m_values[parameter].value; }
    bool isGiven(std::size_t parameter) const { return !m_values[parameter].isLeftOut; }
    YaqlLambda lambda(std::size_t parameter) const { return lambdaOf(m_values[parameter]); }
    // What `*args` takes.
    std::size_t restCount() const { return m_values.size() - m_places; }
    const Value &rest(std::size_t number) const { return m_values[m_places + number].value; }
    YaqlLambda restLambda(std::size_t number) const
    {
        return lambdaOf(m_values[m_places + number]);
    }
    const YaqlNode *restNode(std::size_t number) const { return m_values[m_places + number].node; }
    // Those after the first ones, as values.
    ValueList restValues(std::size_t from = 0) const;
    // What `**kwargs` takes.
    const std::vector<YaqlNamedArgument> &names() const { return m_names; }
    const YaqlFunction &function() const { return m_function; }
    std::int64_t integer(std::size_t parameter) const;

private:
    friend class YaqlFunction;
    YaqlLambda lambdaOf(const YaqlArgument &argument) const;

    const YaqlFunction &m_function;
    std::vector<YaqlArgument> m_values;
    std::vector<YaqlNamedArgument> m_names;
    std::size_t m_places = 0;
};

using YaqlNative = Value (*)(const YaqlCall &);

struct YaqlFunctionEntry
{
    // `m name(a:int, b:str?='x', *rest:any, **names)`: `m` a method, `f` a function, `fm` both; a
    // `!` after them: rules are arguments of their own, not names. A type with `?` takes null.
    std::string_view signature;
    YaqlNative function;
};

// One overload of a function.
class YaqlFunction
{
public:
    struct Parameter
    {
        std::string name;
        YaqlType type = YaqlType::Any;
        bool isNullable = true;
        bool hasDefault = false;
        Value preset;
        bool accepts(const YaqlArgument &argument) const;
    };

    explicit YaqlFunction(const YaqlFunctionEntry &entry);
    // One of the functions that Jinja has too. `Python`: it sees sequences as Python has them, a
    // frozen list as a tuple.
    enum class Sequences { Python, AsTheyAre };
    YaqlFunction(const FunctionEntry &entry, Sequences sequences);
    // One that an expression defines.
    YaqlFunction(std::string name, YaqlLambda body);

    const std::string &name() const { return m_name; }
    bool isMethod() const { return m_isMethod; }
    bool isFunction() const { return m_isFunction; }
    bool takesRules() const { return m_takesRules; }
    // Whether `value.name(…)` may be this one.
    bool isMethodOf(const Value &value) const;

    // Which parameter takes each argument, places first and then names; null where they do not
    // fit.
    using Mapping = std::vector<const Parameter *>;
    std::optional<Mapping> map(std::span<const YaqlArgument> places,
                               std::span<const YaqlNamedArgument> names) const;
    // Whether the arguments, evaluated, are what the mapping's parameters take.
    static bool accepts(const Mapping &mapping, std::span<const YaqlArgument> places,
                        std::span<const YaqlNamedArgument> names);
    Value call(YaqlEvaluation &evaluation, std::span<const YaqlArgument> places,
               std::span<const YaqlNamedArgument> names) const;

    // Of one that an expression defines.
    bool isDefined() const { return static_cast<bool>(m_body); }

private:
    Value callShared(const YaqlCall &call) const;
    // In the scope that is current.
    Value callBody(const YaqlCall &call) const;
    void readParameter(std::string_view text);
    int indexOf(std::string_view name) const;

    std::string m_name;
    std::vector<Parameter> m_parameters;
    std::optional<Parameter> m_rest;
    bool m_takesNames = false;
    bool m_isMethod = false;
    bool m_isFunction = true;
    bool m_takesRules = false;
    YaqlNative m_native = nullptr;
    std::shared_ptr<const Function> m_shared;
    Sequences m_sequences = Sequences::AsTheyAre;
    YaqlLambda m_body;
};

} // namespace stormglass
