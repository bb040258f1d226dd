#include "engine/packaging/pack_actions.h"

#include "engine/base/thread_name.h"

#include <map>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QStringList textsIn(const Value &list)
{
    QStringList texts;
    for (const Value &item : list.itemsOrNone())
        texts << item.toQStringOr({});
    return texts;
}

Value listOf(const QStringList &texts)
{
    Value list = Value::list();
    for (const QString &text : texts)
        list.append(text);
    return list;
}

// What a python-script action of StackStorm ends with.
Value scriptResult(Value result, const QString &error = {})
{
    Value document = Value::map({{"result", std::move(result)},
                                 {"stdout", ""},
                                 {"stderr", error},
                                 {"exit_code", error.isEmpty() ? 0 : 1}});
    if (!error.isEmpty())
        document.set("error", error);
    return document;
}

// Those that were asked for come before those they need.
QStringList refsOf(const PackOperation &operation)
{
    QStringList refs;
    for (const PlannedPack &pack : operation.plan.packs)
        refs.prepend(pack.ref);
    return refs;
}

QStringList warningsOf(const PackOperation &operation)
{
    QStringList warnings;
    for (const PlannedPack &pack : operation.plan.packs) {
        for (const QString &warning : pack.warnings)
            warnings << warning;
        for (const QString &affected : pack.affected)
            warnings << u"%1 does not work without what %2 loses."_s.arg(affected, pack.ref);
    }
    for (const auto &[source, reason] : operation.plan.failures)
        warnings << source + u": "_s + reason;
    return warnings;
}

Value installDocument(const PackOperation &operation)
{
    const bool isDone = operation.state == OperationState::Succeeded;
    const bool isConflict = !operation.plan.conflicts.isEmpty();
    const QString message = isDone ? u"Successfully installed packs"_s
        : isConflict
        ? u"Unable to install packs due to conflicts. Review the conflict_list and check the "
          "versions of corresponding installed packs. You can also run the `st2 pack install` "
          "command with the `--skip-dependencies` flag to skip installing dependent packs."_s
        : operation.error;
    Value document = Value::map(
        {{"output",
          Value::map({{"packs_list", listOf(isDone ? refsOf(operation) : QStringList())},
                      {"message", message},
                      {"conflict_list", listOf(operation.plan.conflicts)},
                      {"warning_list", listOf(warningsOf(operation))}})}});
    if (!isDone)
        document.set("errors",
                     Value::list({Value::map({{"type", "error"}, {"message", operation.error}})}));
    return document;
}

Value downloadDocument(const PackOperation &operation)
{
    if (operation.state != OperationState::Succeeded) {
        const QString last
            = operation.request.packs.isEmpty() ? QString() : operation.request.packs.last();
        return scriptResult(Value(),
                            u"The pack has not been downloaded from \"%1\".\nErrors:\n%2"_s.arg(
                                packSourceOf(last).value_or(PackSource()).text(), operation.error));
    }
    Value states = Value::map();
    for (const QString &ref : refsOf(operation))
        states.set(ref, "Success.");
    for (const auto &[source, reason] : operation.plan.failures)
        states.set(source, reason);
    return scriptResult(states);
}

Result<Value> countsOf(const std::vector<Registration::Summary> &summaries)
{
    Registration::Summary all;
    for (const Registration::Summary &summary : summaries) {
        for (const PackProblem &problem : summary.problems) {
            if (problem.file == u"pack.yaml"_s && !problem.isWarning)
                return failure(ErrorCode::Invalid, problem.message);
        }
        all.actions += summary.actions;
        all.sensors += summary.sensors;
        all.rules += summary.rules;
        all.aliases += summary.aliases;
        all.policies += summary.policies;
        all.triggerTypes += summary.triggerTypes;
    }
    return Value::map({{"actions", all.actions},
                       {"sensors", all.sensors},
                       {"rules", all.rules},
                       {"aliases", all.aliases},
                       {"policies", all.policies},
                       {"triggers", all.triggerTypes}});
}

PackActions::Ended endedBy(OperationState state)
{
    return state == OperationState::Succeeded ? PackActions::Ended::Succeeded
        : state == OperationState::Canceled   ? PackActions::Ended::Canceled
                                              : PackActions::Ended::Failed;
}

// The step that began, or the line that came.
QString progressLine(const PackOperation &operation)
{
    return operation.line.isEmpty() ? operation.step : u"  "_s + operation.line;
}

} // namespace

PackActions::PackActions(Surroundings surroundings)
    : m_surroundings(std::move(surroundings))
{
}

QString PackActions::begin(const Order &order, Report report)
{
    SG_ON(Engine);
    static const std::map<QString, Simple> simple{
        {u"get_pack_dependencies"_s, &PackActions::dependencies},
        {u"get_pack_warnings"_s, &PackActions::warnings},
        {u"virtualenv_prerun"_s, &PackActions::prerun},
        {u"get_config"_s, &PackActions::config},
        {u"restart_component"_s, &PackActions::restartComponent}};
    const QString &name = order.operation;
    if (const auto found = simple.find(name); found != simple.end()) {
        const Result<Value> result = (this->*found->second)(order.parameters);
        report.ended(result ? Ended::Succeeded : Ended::Failed,
                     result ? scriptResult(*result)
                            : scriptResult(Value(), result.error().message));
        return {};
    }
    if (name == u"install")
        return install(order, report);
    if (name == u"download")
        return download(order, report);
    if (name == u"uninstall" || name == u"unload" || name == u"delete")
        return remove(order, report);
    if (name == u"setup_virtualenv")
        return setUpEnvironment(order, report);
    if (name == u"search" || name == u"show")
        search(order, report);
    else if (name == u"load")
        load(order, report);
    else if (name == u"get")
        get(order, report);
    else
        report.ended(Ended::Failed,
                     scriptResult(Value(), u"There is no operation \"%1\" on packs."_s.arg(name)));
    return {};
}

void PackActions::load(const Order &order, const Report &report)
{
    QStringList packs;
    for (const Value &pack : order.parameters["packs"].itemsOrNone())
        packs << pack.toQStringOr({});
    const auto answer = [report](const Result<std::vector<Registration::Summary>> &registered) {
        const Result<Value> counts
            = registered ? countsOf(*registered) : Result<Value>(failure(registered.error()));
        report.ended(counts ? Ended::Succeeded : Ended::Failed,
                     counts ? scriptResult(*counts)
                            : scriptResult(Value(), counts.error().message));
    };
    // None is not all here, unlike in the request that registers.
    if (packs.isEmpty())
        return answer(std::vector<Registration::Summary>());
    m_surroundings.registerPacks(packs, answer);
}

QString PackActions::operate(OperationRequest request, const Report &report, Finish document)
{
    request.carryOut = true;
    const Result<PackOperation> begun = m_surroundings.operations.begin(
        std::move(request),
        [report, document, told = QString()](const PackOperation &operation) mutable {
            if (isFinished(operation.state))
                return report.ended(endedBy(operation.state), document(operation));
            const QString line = progressLine(operation);
            if (!line.isEmpty() && line != told)
                report.line(line);
            told = line;
        });
    if (begun)
        return begun->id;
    report.ended(Ended::Failed, scriptResult(Value(), begun.error().message));
    return {};
}

QString PackActions::install(const Order &order, const Report &report)
{
    const Value &given = order.parameters;
    OperationRequest request;
    request.packs = textsIn(given["packs"]);
    request.force = given["force"].toBoolOr(false);
    request.skipDependencies = given["skip_dependencies"].toBoolOr(false);
    request.timeout = std::chrono::seconds(given["timeout"].toIntOr(0));
    for (const ValueMap::Entry &entry : given["env"].entriesOrNone())
        request.variables.emplace_back(entry.key.toQStringOr({}), entry.value.toQStringOr({}));
    request.user = order.user;
    return operate(std::move(request), report, installDocument);
}

QString PackActions::download(const Order &order, const Report &report)
{
    const Value &given = order.parameters;
    OperationRequest request;
    request.packs = textsIn(given["dependency_list"]);
    if (request.packs.isEmpty())
        request.packs = textsIn(given["packs"]);
    request.force = given["force"].toBoolOr(false);
    request.skipDependencies = true;
    request.makeEnvironments = false;
    request.registerContent = false;
    request.user = order.user;
    return operate(std::move(request), report, downloadDocument);
}

QString PackActions::remove(const Order &order, const Report &report)
{
    OperationRequest request;
    request.kind = OperationKind::Remove;
    request.packs = textsIn(order.parameters["packs"]);
    request.removeFiles = order.operation != u"unload";
    request.registerContent = order.operation != u"delete";
    request.makeEnvironments = order.parameters["delete_env"].toBoolOr(true);
    request.user = order.user;
    const QString done = order.operation == u"unload" ? u"Successfully unregistered packs: %1"_s
                                                      : u"Successfully removed packs: %1"_s;
    return operate(std::move(request), report, [done](const PackOperation &operation) {
        if (operation.state != OperationState::Succeeded)
            return scriptResult(Value(), operation.error);
        Value document = scriptResult(done.arg(refsOf(operation).join(u", "_s)));
        document.set("warning_list", listOf(warningsOf(operation)));
        return document;
    });
}

QString PackActions::setUpEnvironment(const Order &order, const Report &report)
{
    const Value &given = order.parameters;
    OperationRequest request;
    request.kind = OperationKind::NewEnvironment;
    request.packs = textsIn(given["packs"]);
    request.timeout = std::chrono::seconds(given["timeout"].toIntOr(0));
    for (const ValueMap::Entry &entry : given["env"].entriesOrNone())
        request.variables.emplace_back(entry.key.toQStringOr({}), entry.value.toQStringOr({}));
    request.user = order.user;
    return operate(std::move(request), report, [](const PackOperation &operation) {
        return operation.state == OperationState::Succeeded
            ? scriptResult(u"Successfully set up virtualenv for the following packs: %1"_s.arg(
                refsOf(operation).join(u", "_s)))
            : scriptResult(Value(), operation.error);
    });
}

void PackActions::search(const Order &order, const Report &report)
{
    const bool isShow = order.operation == u"show";
    const QString text = order.parameters[isShow ? "pack" : "query"].toQStringOr({});
    m_surroundings.index.want([report, text, isShow](const PackIndex &index) {
        if (index.isEmpty())
            return report.ended(Ended::Failed, scriptResult(Value(), index.nothingFound().message));
        // This action tells upper case from lower case, as StackStorm's does.
        const Value found = isShow ? Value::map({{"pack", index.show(text).value_or(Value())}})
                                   : Value(index.search(text, PackIndex::Case::Sensitive));
        report.ended(Ended::Succeeded, scriptResult(found));
    });
}

} // namespace stormglass
