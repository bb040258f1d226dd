#include "engine/expressions/jinja_filters.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/jinja_attribute_path.h"
#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"

#include <array>

namespace stormglass {

namespace {

// What one item becomes, or whether it is taken. Made when the first item is asked for, as in
// Python, so that an error in the arguments is one only then.
using ItemFunction = std::function<Value(Evaluation &, const Value &)>;

struct GivenLater
{
    ValueList positional;
    std::vector<NamedArgument> named;
};

GivenLater keptArguments(const BoundArguments &arguments)
{
    return {ValueList(arguments.rest().begin(), arguments.rest().end()), arguments.names()};
}

// A filter or test called on each item, with what is left of the arguments.
ItemFunction calling(const Function &function, GivenLater given, std::size_t skipped)
{
    given.positional.erase(given.positional.begin(),
                           given.positional.begin() + static_cast<std::ptrdiff_t>(skipped));
    return [&function, given = std::move(given)](Evaluation &evaluation, const Value &item) {
        ArgumentList all;
        all.add(item);
        for (const Value &argument : given.positional)
            all.add(argument);
        return function.call(evaluation, {all.values(), given.named});
    };
}

ItemFunction attributeOfEach(Evaluation &evaluation, const GivenLater &given)
{
    Value attribute;
    Value preset;
    for (const NamedArgument &argument : given.named) {
        if (argument.name.text() == "attribute")
            attribute = argument.value;
        else if (argument.name.text() == "default")
            preset = argument.value;
        else
            evaluation.fail(PythonError::FilterArgument,
                            "Unexpected keyword argument '" + std::string(argument.name.text())
                                + "'");
    }
    return [path = AttributePath(attribute), preset](Evaluation &running, const Value &item) {
        return path.of(running, item, preset);
    };
}

ItemFunction mapFunction(Evaluation &evaluation, const GivenLater &given)
{
    const bool hasAttribute = std::ranges::any_of(given.named, [](const NamedArgument &argument) {
        return argument.name.text() == "attribute";
    });
    if (given.positional.empty() && hasAttribute)
        return attributeOfEach(evaluation, given);
    if (given.positional.empty()) {
        evaluation.fail(PythonError::FilterArgument, "map requires a filter argument");
        return {};
    }
    const std::string name = strOf(evaluation, given.positional.front());
    const Function *filter = asJinja(evaluation).environment().filters.find(name);
    if (!filter) {
        evaluation.fail(PythonError::TemplateRuntime,
                        missingFunction("filter", name, asJinja(evaluation).environment().filters));
        return {};
    }
    return calling(*filter, given, 1);
}

Value map(Evaluation &, const BoundArguments &arguments)
{
    auto next = [source = arguments[0], given = keptArguments(arguments), function = ItemFunction(),
                 items = std::shared_ptr<Iterator>(),
                 isStarted = false](Evaluation &evaluation, Value &out) mutable {
        if (!isStarted) {
            isStarted = true;
            if (!isTrue(evaluation, source))
                return false;
            function = mapFunction(evaluation, given);
            if (!evaluation.failed())
                items = iterate(evaluation, source);
        }
        Value item;
        if (!items || !items->next(evaluation, item))
            return false;
        out = function(evaluation, item);
        return !evaluation.failed();
    };
    return Generator::make("generator", std::move(next));
}

enum class Looks { AtItem, AtAttribute };

ItemFunction chooser(Evaluation &evaluation, const GivenLater &given, Looks looks)
{
    const std::size_t skipped = looks == Looks::AtAttribute ? 1 : 0;
    if (given.positional.size() < skipped) {
        evaluation.fail(PythonError::FilterArgument, "Missing parameter for attribute name");
        return {};
    }
    ItemFunction test = [](Evaluation &, const Value &item) { return item; };
    if (given.positional.size() > skipped) {
        const std::string name = strOf(evaluation, given.positional[skipped]);
        const Function *function = asJinja(evaluation).environment().tests.find(name);
        if (!function) {
            evaluation.fail(PythonError::TemplateRuntime,
                            missingFunction("test", name, asJinja(evaluation).environment().tests));
            return {};
        }
        test = calling(*function, given, skipped + 1);
    }
    if (looks == Looks::AtItem)
        return test;
    return [path = AttributePath(given.positional.front()), test](Evaluation &running,
                                                                  const Value &item) {
        const Value member = path.of(running, item);
        return running.failed() ? Value() : test(running, member);
    };
}

enum class Takes { Chosen, Others };

Value chosen(const BoundArguments &arguments, Looks looks, Takes takes)
{
    auto next = [=, source = arguments[0], given = keptArguments(arguments),
                 choose = ItemFunction(), items = std::shared_ptr<Iterator>(),
                 isStarted = false](Evaluation &evaluation, Value &out) mutable {
        if (!isStarted) {
            isStarted = true;
            if (!isTrue(evaluation, source))
                return false;
            choose = chooser(evaluation, given, looks);
            if (!evaluation.failed())
                items = iterate(evaluation, source);
        }
        while (items && items->next(evaluation, out)) {
            const Value answer = choose(evaluation, out);
            const bool isChosen = !evaluation.failed() && isTrue(evaluation, answer);
            if (evaluation.failed())
                return false;
            if (isChosen == (takes == Takes::Chosen))
                return true;
        }
        return false;
    };
    return Generator::make("generator", std::move(next));
}

Value select(Evaluation &, const BoundArguments &arguments)
{
    return chosen(arguments, Looks::AtItem, Takes::Chosen);
}

Value reject(Evaluation &, const BoundArguments &arguments)
{
    return chosen(arguments, Looks::AtItem, Takes::Others);
}

Value selectattr(Evaluation &, const BoundArguments &arguments)
{
    return chosen(arguments, Looks::AtAttribute, Takes::Chosen);
}

Value rejectattr(Evaluation &, const BoundArguments &arguments)
{
    return chosen(arguments, Looks::AtAttribute, Takes::Others);
}

constexpr std::array entries{
    FunctionEntry{"map", "do_map(value, *args, **kwargs)", map},
    FunctionEntry{"select", "do_select(value, *args, **kwargs)", select},
    FunctionEntry{"reject", "do_reject(value, *args, **kwargs)", reject},
    FunctionEntry{"selectattr", "do_selectattr(value, *args, **kwargs)", selectattr},
    FunctionEntry{"rejectattr", "do_rejectattr(value, *args, **kwargs)", rejectattr},
};

} // namespace

std::span<const FunctionEntry> jinjaSelectionFilters()
{
    return entries;
}

} // namespace stormglass
