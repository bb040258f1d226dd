#include "engine/api/listing.h"
#include "engine/api/write_context.h"
#include "engine/packs/policy_types.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// One kind of content: as a request may name it, its folder and key in the answer, and the kinds
// that are registered with it (content.md 11.3).
struct Kind
{
    QString name;
    QString plural;
    int Registration::Summary::*count;
    QStringList brings;
};

const std::vector<Kind> &kinds()
{
    using Summary = Registration::Summary;
    static const std::vector<Kind> all{
        {u"trigger"_s, u"triggers"_s, &Summary::triggerTypes, {}},
        {u"sensor"_s, u"sensors"_s, &Summary::sensors, {}},
        {u"action"_s, u"actions"_s, &Summary::actions, {u"runners"_s}},
        {u"rule"_s, u"rules"_s, &Summary::rules, {u"rule_types"_s}},
        {u"alias"_s, u"aliases"_s, &Summary::aliases, {}},
        {u"policy"_s, u"policies"_s, &Summary::policies, {u"policy_types"_s}},
        {u"config"_s, u"configs"_s, &Summary::configs, {}},
        {u"runner"_s, u"runners"_s, nullptr, {}},
        {u"rule_type"_s, u"rule_types"_s, nullptr, {}},
        {u"policy_type"_s, u"policy_types"_s, nullptr, {}}};
    return all;
}

// What is asked for, in plural; all where nothing is.
Result<QSet<QString>> pluralsIn(const Value &types)
{
    QSet<QString> plurals;
    const ValueList &asked = types.itemsOrNone();
    for (const Kind &kind : kinds()) {
        const bool isAsked
            = asked.empty() || std::any_of(asked.begin(), asked.end(), [&](const Value &type) {
                  const QString text = type.toQStringOr({});
                  return text == u"all"_s || text == kind.name || text == kind.plural;
              });
        if (!isAsked)
            continue;
        plurals << kind.plural;
        for (const QString &brought : kind.brings)
            plurals << brought;
    }
    if (plurals.isEmpty())
        return failure(ErrorCode::Invalid,
                       u"'types' names no kind of content. Known are runner, action, trigger, "
                       "sensor, rule, rule_type, alias, policy_type, policy, config and all."_s);
    return plurals;
}

// What the file of a problem describes, in StackStorm's words.
QString kindOf(const PackProblem &problem)
{
    const QString folder = problem.file.section(u'/', 0, 0);
    for (const Kind &kind : kinds()) {
        if (kind.plural == folder)
            return kind.name;
    }
    if (problem.file == u"pack.yaml"_s)
        return u"pack"_s;
    return problem.file == u"config.schema.yaml"_s ? u"config schema"_s : u"config"_s;
}

// As StackStorm's first failure, with how many more there are.
std::optional<Error> firstFault(const std::vector<Registration::Summary> &summaries,
                                const QSet<QString> &plurals)
{
    const auto isAsked = [&](const PackProblem &problem) {
        const QString folder = problem.file.section(u'/', 0, 0);
        return plurals.contains(problem.file.contains(u'/') ? folder : u"configs"_s)
            || problem.file == u"pack.yaml"_s;
    };
    std::optional<Error> first;
    int more = -1;
    for (const Registration::Summary &summary : summaries) {
        for (const PackProblem &problem : summary.problems) {
            if (problem.isWarning || !isAsked(problem))
                continue;
            if (!first)
                first = Error{ErrorCode::Invalid,
                              u"Failed to register %1 \"%2\" from pack \"%3\": %4"_s.arg(
                                  kindOf(problem), problem.file, problem.pack, problem.message),
                              u"ValueError"_s};
            ++more;
        }
    }
    if (first && more > 0)
        first->message += u" (%1 more failures: GET /api/v1/packs/views/health)"_s.arg(more);
    return first;
}

Value problemsOf(const std::vector<Registration::Summary> &summaries)
{
    Value problems = Value::list();
    for (const Registration::Summary &summary : summaries) {
        for (const PackProblem &problem : summary.problems)
            problems.append(toJson(problem));
    }
    return problems;
}

Result<Value> countsOf(WriteContext &context, const QSet<QString> &plurals,
                       const std::vector<Registration::Summary> &summaries)
{
    constexpr int ruleTypes = 2;
    Value counts = Value::map();
    if (plurals.contains(u"runners"_s)) {
        SG_LET(const std::vector<RunnerType> runners, context.stores.runnerTypes.all());
        counts.set("runners", static_cast<std::int64_t>(runners.size()));
    }
    if (plurals.contains(u"rule_types"_s))
        counts.set("rule_types", ruleTypes);
    if (plurals.contains(u"policy_types"_s))
        counts.set("policy_types", static_cast<std::int64_t>(policyTypes().size()));
    for (const Kind &kind : kinds()) {
        if (!kind.count || !plurals.contains(kind.plural))
            continue;
        int count = 0;
        int overridden = 0;
        for (const Registration::Summary &summary : summaries) {
            count += summary.*kind.count;
            overridden += summary.overridden.value(kind.plural, 0);
        }
        counts.set(kind.plural, count);
        if (overridden > 0)
            counts.set(kind.plural + u"(overridden)"_s, overridden);
    }
    // Ours.
    counts.set("problems", problemsOf(summaries));
    return counts;
}

Result<Response> answerFor(WriteContext &context, const QSet<QString> &plurals, bool isStrict,
                           const Result<std::vector<Registration::Summary>> &registered)
{
    SG_LET(const std::vector<Registration::Summary> summaries, registered);
    const std::optional<Error> fault = isStrict ? firstFault(summaries, plurals) : std::nullopt;
    if (fault)
        return failure(*fault);
    SG_LET(Value counts, countsOf(context, plurals, summaries));
    return documentResponse(std::move(counts));
}

void registerAsked(WriteContext &context, const Call &call, const Endpoint::Answer &answer)
{
    const Value &body = call.request.body;
    const Result<QSet<QString>> plurals = pluralsIn(body["types"]);
    if (!plurals)
        return answer(failure(plurals.error()));
    QStringList packs;
    for (const Value &pack : body["packs"].itemsOrNone()) {
        if (!packs.contains(pack.toQStringOr({})))
            packs << pack.toQStringOr({});
    }
    // Whatever kinds were asked for, all of a pack is taken: rows follow files here, so the others
    // are as their files say already.
    context.registerPacks(
        packs,
        [&context, answer, plurals = *plurals, isStrict = body["fail_on_failure"].toBoolOr(true)](
            const Result<std::vector<Registration::Summary>> &registered) {
            answer(answerFor(context, plurals, isStrict, registered));
        });
}

} // namespace

void addRegistrationRequests(Routes &routes, WriteContext &context)
{
    routes.addLater(Verb::Post, u"/api/v1/packs/register"_s,
                    [&context](const Call &call, const Endpoint::Answer &answer) {
                        registerAsked(context, call, answer);
                    });
}

} // namespace stormglass
