#include "engine/store/enforcement_store.h"
#include "engine/store/execution_store.h"
#include "engine/store/output_store.h"
#include "engine/store/trace_store.h"
#include "engine/store/trigger_instance_store.h"
#include "engine/store/verdict_store.h"
#include "tests/support/test_database.h"

#include <QRegularExpression>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

// Tables that grow with events are never read through to answer a question.
class TestPlans : public QObject
{
    Q_OBJECT

private slots:
    void everyQuestionOfThePathHasAnIndex();
};

namespace {

const Id id = *Id::fromHex("0123456789abcdef01234567");
const Ref ref{u"p"_s, u"n"_s};
const Timestamp moment{};
using Order = SliceRequest::Order;

void askOfExecutions(Database &database)
{
    ExecutionStore store(database);
    for (const Order order : {Order::NewestFirst, Order::OldestFirst}) {
        for (const ExecutionFilter &filter :
             {ExecutionFilter{}, ExecutionFilter{.status = ExecutionStatus::Failed},
              ExecutionFilter{.action = ref}, ExecutionFilter{.rule = ref},
              ExecutionFilter{.liveAction = id}, ExecutionFilter{.parent = id},
              ExecutionFilter{.triggerInstance = id}, ExecutionFilter{.trace = id}}) {
            (void)store.list(filter, {.order = order});
        }
    }
    (void)store.get(id);
    (void)store.claim(id, ExecutionStatus::Requested);
    (void)store.waiting(ExecutionStatus::Requested, 1);
    (void)store.due(moment, 1);
    (void)store.nextDue();
    (void)store.unnoticed(1);
    (void)store.unfollowed(1);
    (void)store.countActive(ref);
    (void)store.active(ref);
    (void)store.childrenOf(id);
    Transaction transaction(database);
    (void)store.move({.id = id, .status = ExecutionStatus::Requested},
                     {.to = ExecutionStatus::Scheduled, .time = moment});
    (void)store.setResult(id, {});
    (void)store.setNoticed(id);
    (void)store.setFollowed(id);
    (void)store.countTry(id);
    (void)store.removeBefore(moment, 1);
}

void askOfTheRest(Database &database)
{
    TriggerInstanceStore instances(database);
    EnforcementStore enforcements(database);
    VerdictStore verdicts(database);
    TraceStore traces(database);
    OutputStore output(database);
    for (const Order order : {Order::NewestFirst, Order::OldestFirst}) {
        const SliceRequest request{.order = order};
        (void)instances.list({}, request);
        (void)instances.list({.triggers = {id}}, request);
        (void)instances.list({.status = TriggerInstanceStatus::Pending}, request);
        (void)enforcements.list({}, request);
        (void)enforcements.list({.rule = ref}, request);
        (void)enforcements.list({.execution = id}, request);
        (void)enforcements.list({.triggerInstance = id}, request);
        (void)verdicts.ofRule(id, id, request);
        (void)traces.list({}, request);
        (void)traces.list({.tag = u"x"_s}, request);
        (void)traces.list({.object = id}, request);
    }
    (void)instances.claim(id);
    (void)instances.waiting(TriggerInstanceStatus::Pending, 1);
    (void)enforcements.claim(id);
    (void)enforcements.waiting(1);
    (void)enforcements.ofTriggerInstance(id);
    (void)verdicts.of(id);
    (void)traces.find(id);
    (void)traces.links(id);
    (void)output.of(id, 0, 1);
    (void)output.lastNumber(id);
    Transaction transaction(database);
    (void)instances.move({.id = id}, TriggerInstanceStatus::Pending);
    (void)instances.countTry(id);
    (void)instances.removeBefore(moment, 1);
    (void)enforcements.succeed({.id = id}, id);
    (void)enforcements.countTry(id);
    (void)enforcements.removeBefore(moment, 1);
    (void)verdicts.add(id, moment, {});
    (void)verdicts.removeBefore(moment, 1);
    (void)traces.removeBefore(moment, 1);
    (void)output.removeBefore(moment, 1);
}

} // namespace

void TestPlans::everyQuestionOfThePathHasAnIndex()
{
    TestDatabase database;
    askOfExecutions(database);
    askOfTheRest(database);
    const QStringList plans = database->plans();
    QVERIFY(plans.size() > 60);
    const QRegularExpression readsThrough(
        u"\\n    SCAN (trigger_instance|t|enforcement|execution|output|trace)\\n"_s);
    const QRegularExpression sorts(u"USE TEMP B-TREE FOR (ORDER BY|RIGHT PART)"_s);
    for (const QString &plan : plans) {
        if (qEnvironmentVariableIsSet("SHOW"))
            qDebug("%s", qPrintable(plan));
        // What belongs to one parent, trace, trigger instance or object is little, and may be
        // sorted.
        const bool isLittle = plan.contains(u"execution_parent"_s)
            || plan.contains(u"_trace (trace=?)"_s)
            || plan.contains(u"enforcement_trigger_instance"_s) || plan.contains(u"live_action=?"_s)
            || plan.contains(u"(id=?)"_s);
        // The oldest of all are the first rows there are.
        if (plan.contains(u"AS oldest"_s))
            continue;
        QVERIFY2(!readsThrough.match(plan + u'\n').hasMatch(), qPrintable(plan));
        QVERIFY2(isLittle || !sorts.match(plan).hasMatch(), qPrintable(plan));
    }
}

QTEST_GUILESS_MAIN(TestPlans)
#include "tst_plans.moc"
