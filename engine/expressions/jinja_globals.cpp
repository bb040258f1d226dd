#include "engine/expressions/jinja_globals.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/functions.h"
#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/jinja_namespace.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"

#include <array>

namespace stormglass {

namespace {

// cycler(a, b, …). Changed in place: it belongs to the evaluation that made it.
class Cycler final : public Object, public std::enable_shared_from_this<Cycler>
{
public:
    explicit Cycler(ValueList items)
        : m_items(std::move(items))
    {
    }
    std::string_view typeName() const override { return "jinja2.utils.Cycler"; }
    std::optional<Value> attribute(Evaluation &evaluation, std::string_view name) const override;
    Value advance() const
    {
        Value item = m_items[m_next];
        m_next = (m_next + 1) % m_items.size();
        return item;
    }
    Value reset() const
    {
        m_next = 0;
        return {};
    }

private:
    const ValueList m_items;
    mutable std::size_t m_next = 0;
};

class CyclerMethod final : public Object
{
public:
    using Method = Value (Cycler::*)() const;
    CyclerMethod(std::shared_ptr<const Cycler> cycler, Method method)
        : m_cycler(std::move(cycler))
        , m_method(method)
    {
    }
    std::string_view typeName() const override { return "method"; }
    bool isCallable() const override { return true; }
    Value call(Evaluation &, const Arguments &) const override
    {
        return (m_cycler.get()->*m_method)();
    }

private:
    const std::shared_ptr<const Cycler> m_cycler;
    const Method m_method;
};

std::optional<Value> Cycler::attribute(Evaluation &, std::string_view name) const
{
    if (name == "current")
        return m_items[m_next];
    if (name == "next")
        return Value(std::make_shared<const CyclerMethod>(shared_from_this(), &Cycler::advance));
    if (name == "reset")
        return Value(std::make_shared<const CyclerMethod>(shared_from_this(), &Cycler::reset));
    return std::nullopt;
}

// joiner(separator): nothing the first time, the separator after that.
class Joiner final : public Object
{
public:
    explicit Joiner(Value separator)
        : m_separator(std::move(separator))
    {
    }
    std::string_view typeName() const override { return "Joiner"; }
    bool isCallable() const override { return true; }
    Value call(Evaluation &, const Arguments &) const override
    {
        const bool isFirst = !m_isUsed;
        m_isUsed = true;
        return isFirst ? Value("") : m_separator;
    }

private:
    const Value m_separator;
    mutable bool m_isUsed = false;
};

std::int64_t rangeArgument(Evaluation &evaluation, const Value &value)
{
    if (const auto number = indexIn(value))
        return *number;
    if (value.kind() == Value::Kind::BigInt)
        evaluation.fail(PythonError::Overflow, "Python int too large to convert to C ssize_t");
    else if (const Object *object = asObject(value); !object || object->isUsable(evaluation))
        evaluation.failType("'" + typeNameOf(value)
                            + "' object cannot be interpreted as an integer");
    return 0;
}

Value range(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto given = arguments.rest();
    if (given.empty())
        return evaluation.failType("range expected at least 1 argument, got 0");
    if (given.size() > 3)
        return evaluation.failType("range expected at most 3 arguments, got "
                                   + std::to_string(given.size()));
    const std::int64_t first = rangeArgument(evaluation, given[0]);
    const std::int64_t second = given.size() > 1 ? rangeArgument(evaluation, given[1]) : 0;
    const std::int64_t step = given.size() > 2 ? rangeArgument(evaluation, given[2]) : 1;
    if (evaluation.failed())
        return {};
    if (step == 0)
        return evaluation.failValue("range() arg 3 must not be zero");
    const Range numbers(given.size() > 1 ? first : 0, given.size() > 1 ? second : first, step);
    constexpr std::int64_t most = 100'000;
    if (numbers.size() > most)
        return evaluation.fail(
            PythonError::Overflow,
            "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).");
    return Value(std::make_shared<const Range>(numbers));
}

ValueMap mapArguments(Evaluation &evaluation, const BoundArguments &arguments)
{
    ValueMap map;
    if (arguments.rest().size() > 1)
        evaluation.failType("dict expected at most 1 argument, got "
                            + std::to_string(arguments.rest().size()));
    else if (!arguments.rest().empty())
        map = mapOf(evaluation, arguments.rest().front());
    for (const NamedArgument &named : arguments.names())
        map.set(named.name, named.value);
    return map;
}

// The type, as a value that can be called; Python prints it as one.
class DictType final : public Object
{
public:
    std::string_view typeName() const override { return "type"; }
    std::string repr(Evaluation &) const override { return "<class 'dict'>"; }
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const override
    {
        static const Signature signature("dict(*args, **kwargs)");
        const BoundArguments bound(evaluation, signature, arguments);
        ValueMap map = mapArguments(evaluation, bound);
        return evaluation.failed() ? Value() : Value(std::move(map));
    }
};

class NamespaceType final : public Object
{
public:
    std::string_view typeName() const override { return "type"; }
    std::string repr(Evaluation &) const override { return "<class 'jinja2.utils.Namespace'>"; }
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const override
    {
        static const Signature signature("namespace(*args, **kwargs)");
        const BoundArguments bound(evaluation, signature, arguments);
        ValueMap fields = mapArguments(evaluation, bound);
        if (evaluation.failed())
            return {};
        Value space(std::make_shared<const JinjaNamespace>(std::move(fields)));
        asJinja(evaluation).keepSpace(space);
        return space;
    }
};

class CyclerType final : public Object
{
public:
    std::string_view typeName() const override { return "type"; }
    std::string repr(Evaluation &) const override { return "<class 'jinja2.utils.Cycler'>"; }
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const override
    {
        if (arguments.positional.empty())
            return evaluation.fail(PythonError::Runtime, "at least one item has to be provided");
        return Value(std::make_shared<const Cycler>(
            ValueList(arguments.positional.begin(), arguments.positional.end())));
    }
};

class JoinerType final : public Object
{
public:
    std::string_view typeName() const override { return "type"; }
    std::string repr(Evaluation &) const override { return "<class 'jinja2.utils.Joiner'>"; }
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const override
    {
        static const Signature signature("joiner(sep=', ')");
        const BoundArguments bound(evaluation, signature, arguments);
        return evaluation.failed() ? Value() : Value(std::make_shared<const Joiner>(bound[0]));
    }
};

// Words without meaning; the same ones each time, unlike Python's, so that a template stays a
// function of its input.
Value lipsum(Evaluation &evaluation, const BoundArguments &arguments)
{
    constexpr std::string_view paragraph = "Lorem ipsum dolor sit amet consectetur adipiscing elit "
                                           "sed do eiusmod tempor incididunt ut labore et "
                                           "dolore magna aliqua.";
    const std::int64_t count = rangeArgument(evaluation, arguments[0]);
    const bool isHtml = isTrue(evaluation, arguments[1]);
    if (evaluation.failed() || count > 10'000)
        return evaluation.fail(PythonError::Limit, "lipsum() of more than 10000 paragraphs");
    std::string text;
    for (std::int64_t i = 0; i < count; ++i) {
        if (i > 0)
            text += isHtml ? "\n" : "\n\n";
        text += isHtml ? "<p>" + std::string(paragraph) + "</p>" : std::string(paragraph);
    }
    return text;
}

} // namespace

std::string JinjaNamespace::repr(Evaluation &evaluation) const
{
    return "<Namespace " + reprOf(evaluation, Value(m_fields)) + ">";
}

std::optional<Value> JinjaNamespace::attribute(Evaluation &, std::string_view name) const
{
    const Value *field = m_fields.find(name);
    return field ? std::optional(*field) : std::nullopt;
}

Value jinjaGlobals()
{
    static const Function rangeFunction({"range", "safe_range(*args)", range});
    static const Function lipsumFunction(
        {"lipsum", "generate_lorem_ipsum(n=5, html=True, min=20, max=100)", lipsum});
    return Value::map({
        {"range", Value(std::make_shared<const FunctionValue>(rangeFunction))},
        {"lipsum", Value(std::make_shared<const FunctionValue>(lipsumFunction))},
        {"dict", Value(std::make_shared<const DictType>())},
        {"namespace", Value(std::make_shared<const NamespaceType>())},
        {"cycler", Value(std::make_shared<const CyclerType>())},
        {"joiner", Value(std::make_shared<const JoinerType>())},
    });
}

} // namespace stormglass
