#pragma once

#include "engine/expressions/object.h"

#include <initializer_list>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stormglass {

// A function, filter, test or method of ours; of a method the first argument is what it is called
// on.
using NativeFunction = Value (*)(Evaluation &, const BoundArguments &);

struct FunctionEntry
{
    std::string_view name;
    // As `Signature` reads it.
    std::string_view signature;
    NativeFunction function;
};

class Function
{
public:
    explicit Function(const FunctionEntry &entry)
        : m_name(entry.name)
        , m_signature(entry.signature)
        , m_function(entry.function)
    {
    }
    std::string_view name() const { return m_name; }
    const Signature &signature() const { return m_signature; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const;

private:
    const std::string_view m_name;
    const Signature m_signature;
    const NativeFunction m_function;
};

// Functions by name, immutable once made; a later entry of the same name wins.
class FunctionTable
{
public:
    explicit FunctionTable(std::initializer_list<std::span<const FunctionEntry>> groups);
    explicit FunctionTable(const std::vector<std::span<const FunctionEntry>> &groups);
    const Function *find(std::string_view name) const;
    std::vector<std::string_view> names() const;

private:
    void add(std::span<const FunctionEntry> group);

    std::unordered_map<std::string_view, Function> m_functions;
};

// `No filter named 'uper'. (did you mean 'upper'?)`
std::string missingFunction(std::string_view kind, std::string_view name,
                            const FunctionTable &known);

// A function as a value.
class FunctionValue final : public Object
{
public:
    explicit FunctionValue(const Function &function)
        : m_function(function)
    {
    }
    std::string_view typeName() const override { return "function"; }
    std::string repr(Evaluation &evaluation) const override;
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const override
    {
        return m_function.call(evaluation, arguments);
    }
    const Function &function() const { return m_function; }

private:
    // Lives in a table of the program.
    const Function &m_function;
};

// A method together with what it is called on.
class BoundMethod final : public Object
{
public:
    BoundMethod(Value self, const Function &method)
        : m_self(std::move(self))
        , m_method(method)
    {
    }
    std::string_view typeName() const override { return "builtin_function_or_method"; }
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const override;

private:
    const Value m_self;
    const Function &m_method;
};

// Positional arguments while they are gathered; the first few need no allocation.
class ArgumentList
{
public:
    void add(Value value);
    std::span<const Value> values() const;

private:
    static constexpr std::size_t few = 4;
    Value m_few[few];
    std::vector<Value> m_many;
    std::size_t m_count = 0;
};

// Calls what is callable, objects and all; fails as Python does otherwise.
Value callValue(Evaluation &evaluation, const Value &callee, const Arguments &arguments);

} // namespace stormglass
