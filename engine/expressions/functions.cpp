#include "engine/expressions/functions.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/near_names.h"
#include "engine/expressions/python_operators.h"

#include <algorithm>

namespace stormglass {

Value Function::call(Evaluation &evaluation, const Arguments &arguments) const
{
    if (!evaluation.step())
        return {};
    const BoundArguments bound(evaluation, m_signature, arguments);
    return evaluation.failed() ? Value() : m_function(evaluation, bound);
}

FunctionTable::FunctionTable(std::initializer_list<std::span<const FunctionEntry>> groups)
{
    for (const auto group : groups)
        add(group);
}

FunctionTable::FunctionTable(const std::vector<std::span<const FunctionEntry>> &groups)
{
    for (const auto group : groups)
        add(group);
}

void FunctionTable::add(std::span<const FunctionEntry> group)
{
    for (const FunctionEntry &entry : group) {
        m_functions.erase(entry.name);
        m_functions.emplace(entry.name, Function(entry));
    }
}

const Function *FunctionTable::find(std::string_view name) const
{
    const auto found = m_functions.find(name);
    return found == m_functions.end() ? nullptr : &found->second;
}

std::vector<std::string_view> FunctionTable::names() const
{
    std::vector<std::string_view> names;
    for (const auto &[name, function] : m_functions)
        names.push_back(name);
    std::ranges::sort(names);
    return names;
}

std::string missingFunction(std::string_view kind, std::string_view name,
                            const FunctionTable &known)
{
    return "No " + std::string(kind) + " named '" + std::string(name) + "'."
        + didYouMean(known.names(), name);
}

std::string FunctionValue::repr(Evaluation &) const
{
    return "<function " + m_function.signature().name() + ">";
}

Value BoundMethod::call(Evaluation &evaluation, const Arguments &arguments) const
{
    ArgumentList all;
    all.add(m_self);
    for (const Value &argument : arguments.positional)
        all.add(argument);
    return m_method.call(evaluation, {all.values(), arguments.named});
}

void ArgumentList::add(Value value)
{
    if (m_count < few) {
        m_few[m_count++] = std::move(value);
        return;
    }
    if (m_many.empty())
        m_many.assign(std::begin(m_few), std::end(m_few));
    m_many.push_back(std::move(value));
    ++m_count;
}

std::span<const Value> ArgumentList::values() const
{
    return m_count <= few ? std::span<const Value>(m_few, m_count) : std::span<const Value>(m_many);
}

Value callValue(Evaluation &evaluation, const Value &callee, const Arguments &arguments)
{
    if (const Object *object = asObject(callee))
        return object->call(evaluation, arguments);
    return evaluation.failType("'" + typeNameOf(callee) + "' object is not callable");
}

} // namespace stormglass
