#include "engine/expressions/orquesta_tasks.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/near_names.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

constexpr std::string_view unset = "null";

const Value &currentTask(Evaluation &evaluation)
{
    return evaluation.variables()["__current_task"];
}

// Fails where no task is current.
const Value *taskToAsk(Evaluation &evaluation)
{
    const Value &task = currentTask(evaluation);
    if (isTrue(evaluation, task))
        return &task;
    failExpression(evaluation, "The current task is not set in the context.");
    return nullptr;
}

// A member that must be there.
Value memberOf(Evaluation &evaluation, const Value &map, std::string_view name)
{
    if (const Value *const member = map.find(name)) {
        evaluation.see(*member);
        return *member;
    }
    return evaluation.fail(PythonError::Key, '\'' + std::string(name) + '\'');
}

bool isCovered(const Value &route, const Value &by)
{
    return std::ranges::all_of(route.itemsOrNone(), [&](const Value &step) {
        const ValueList &steps = by.itemsOrNone();
        return std::ranges::find(steps, step) != steps.end();
    });
}

// Where in the sequence a task stands on a route, or on the nearest earlier route that this one
// came from.
struct Place
{
    std::int64_t route = 0;
    const Value *entry = nullptr;
};

Place failIndex(Evaluation &evaluation)
{
    evaluation.fail(PythonError::Index, "list index out of range");
    return {};
}

// The nearest route in front of one that has come to no step which this one has not.
std::optional<std::int64_t> routeBefore(Evaluation &evaluation, std::int64_t route)
{
    const Value *const routes = evaluation.variables()["__state"].find("routes");
    if (!routes) {
        evaluation.fail(PythonError::Key, "'routes'");
        return std::nullopt;
    }
    const ValueList &all = routes->itemsOrNone();
    if (route >= static_cast<std::int64_t>(all.size())) {
        failIndex(evaluation);
        return std::nullopt;
    }
    const Value &details = all[static_cast<std::size_t>(route)];
    for (std::int64_t at = route - 1; at >= 0; --at) {
        if (isCovered(all[static_cast<std::size_t>(at)], details))
            return at;
    }
    return std::nullopt;
}

Place placeOf(Evaluation &evaluation, const Value &task, const Value &route)
{
    const Value &state = evaluation.variables()["__state"];
    const std::string name = strOf(evaluation, task);
    const auto number = indexIn(route);
    std::string routeText = strOf(evaluation, route);
    std::int64_t at = number.value_or(0);
    while (!evaluation.failed() && evaluation.step()) {
        const Value *const place = state["tasks"].find(name + "__r" + routeText);
        if (place && !place->isNull()) {
            const ValueList &sequence = state["sequence"].itemsOrNone();
            const std::int64_t index = place->toIntOr(-1);
            if (index < 0 || index >= static_cast<std::int64_t>(sequence.size()))
                return failIndex(evaluation);
            return {at, &sequence[static_cast<std::size_t>(index)]};
        }
        const auto before = at > 0 ? routeBefore(evaluation, at) : std::nullopt;
        if (!before)
            return {};
        at = *before;
        routeText = std::to_string(at);
    }
    return {};
}

Value routeOrCurrent(Evaluation &evaluation, const Value &route)
{
    if (!route.isNull())
        return route;
    const Value *const current = currentTask(evaluation).find("route");
    return current ? *current : Value(0);
}

Value statusOf(Evaluation &evaluation, const Value &task, const Value &route)
{
    const Place place = placeOf(evaluation, task, route);
    const bool isNumber = indexIn(route) || route.isDouble();
    if (!place.entry && !isNumber && !evaluation.failed())
        return evaluation.failType("'>' not supported between instances of '" + typeNameOf(route)
                                   + "' and 'int'");
    const Value *const status = place.entry ? place.entry->find("status") : nullptr;
    return status ? *status : Value(unset);
}

Value currentStatus(Evaluation &evaluation)
{
    const Value *const task = taskToAsk(evaluation);
    if (!task)
        return {};
    const Value id = memberOf(evaluation, *task, "id");
    const Value route = memberOf(evaluation, *task, "route");
    return evaluation.failed() ? Value() : statusOf(evaluation, id, route);
}

Value recordOf(Evaluation &evaluation, const Value &task, const Place &place)
{
    const Value route = memberOf(evaluation, *place.entry, "route");
    const Value st2 = memberOf(evaluation, evaluation.variables()["__vars"], "st2");
    const Value workflow = memberOf(evaluation, st2, "workflow_execution_id");
    const Resolver *const resolver = evaluation.context().resolver;
    if (evaluation.failed() || !resolver)
        return {};
    const Result<std::optional<Value>> found = resolver->taskExecution(
        strOf(evaluation, workflow), strOf(evaluation, task), route.toIntOr(0));
    if (!found)
        return evaluation.fail(found.error());
    if (!*found)
        return {};
    Value record = Value::map({{"task_execution_id", (**found)["id"]},
                               {"workflow_execution_id", workflow},
                               {"task_name", task},
                               {"task_id", task},
                               {"route", route}});
    for (const char *const member : {"result", "status", "start_timestamp", "end_timestamp"}) {
        record.set(member, (**found)[member]);
        evaluation.see((**found)[member]);
    }
    return record;
}

std::string nearTask(const Evaluation &evaluation, const Value &task)
{
    std::vector<std::string_view> known;
    for (const std::string_view place :
         namesIn(evaluation.variables()["__state"]["tasks"].entriesOrNone()))
        known.push_back(place.substr(0, place.rfind("__r")));
    return task.isText() ? didYouMean(known, task.text()) : std::string();
}

} // namespace

Value failExpression(Evaluation &evaluation, std::string message)
{
    return evaluation.fail("ExpressionEvaluationException", std::move(message));
}

Value currentResult(Evaluation &evaluation, const BoundArguments &)
{
    const Value *const task = taskToAsk(evaluation);
    const Value *const result = task ? task->find("result") : nullptr;
    if (!result)
        return {};
    evaluation.see(*result);
    return *result;
}

Value hasSucceeded(Evaluation &evaluation, const BoundArguments &)
{
    return currentStatus(evaluation) == Value("succeeded");
}

Value hasFailed(Evaluation &evaluation, const BoundArguments &)
{
    return currentStatus(evaluation) == Value("failed");
}

Value hasCompleted(Evaluation &evaluation, const BoundArguments &)
{
    constexpr std::array<std::string_view, 6> completed{"succeeded", "failed",    "timeout",
                                                        "expired",   "abandoned", "canceled"};
    const Value status = currentStatus(evaluation);
    return status.isText() && std::ranges::find(completed, status.text()) != completed.end();
}

Value taskStatus(Evaluation &evaluation, const BoundArguments &arguments)
{
    return statusOf(evaluation, arguments[0], routeOrCurrent(evaluation, arguments[1]));
}

Value taskRecord(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value task = arguments[0].isNull() ? memberOf(evaluation, currentTask(evaluation), "id")
                                             : arguments[0];
    if (evaluation.failed())
        return {};
    const Place place = placeOf(evaluation, task, routeOrCurrent(evaluation, arguments[1]));
    const Value record = place.entry ? recordOf(evaluation, task, place) : Value();
    if (!record.isNull() || evaluation.failed())
        return record;
    return failExpression(evaluation,
                          "Unable to find task execution for \"" + strOf(evaluation, task) + "\"."
                              + nearTask(evaluation, task));
}

} // namespace stormglass
