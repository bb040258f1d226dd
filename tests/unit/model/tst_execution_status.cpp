#include "engine/model/execution_status.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

class TestExecutionStatus : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryTextItWrites();
    void knowsNoOtherText();
    void completesWithFiveStatuses();
    void leavesACompletedStatusNever();
    void goesTheOrdinaryWay();
    void doesNotSucceedOnceCanceled();
    void doesNotRunWithoutBeingScheduled();
};

namespace {

using Status = ExecutionStatus;

std::vector<Status> all()
{
    std::vector<Status> statuses;
    for (int i = 0; i <= static_cast<int>(Status::Resuming); ++i)
        statuses.push_back(static_cast<Status>(i));
    return statuses;
}

} // namespace

void TestExecutionStatus::readsEveryTextItWrites()
{
    for (const Status status : all())
        QCOMPARE(executionStatusFromText(toText(status)), std::optional(status));
    QCOMPARE(toText(Status::Timeout), u"timeout"_s);
    QCOMPARE(toText(Status::Resuming), u"resuming"_s);
}

void TestExecutionStatus::knowsNoOtherText()
{
    QVERIFY(!executionStatusFromText(u"Succeeded"_s));
    QVERIFY(!executionStatusFromText({}));
}

void TestExecutionStatus::completesWithFiveStatuses()
{
    QStringList completed;
    for (const Status status : all()) {
        if (isCompleted(status))
            completed.append(toText(status));
    }
    completed.sort();
    QCOMPARE(
        completed,
        (QStringList{u"abandoned"_s, u"canceled"_s, u"failed"_s, u"succeeded"_s, u"timeout"_s}));
}

void TestExecutionStatus::leavesACompletedStatusNever()
{
    for (const Status from : all()) {
        for (const Status to : all()) {
            if (isCompleted(from))
                QVERIFY(!mayMove(from, to));
        }
        QVERIFY(!mayMove(from, from));
    }
}

void TestExecutionStatus::goesTheOrdinaryWay()
{
    const std::vector<Status> way{Status::Requested, Status::Delayed,  Status::Requested,
                                  Status::Scheduled, Status::Running,  Status::Pausing,
                                  Status::Paused,    Status::Resuming, Status::Running,
                                  Status::Succeeded};
    for (std::size_t i = 1; i < way.size(); ++i)
        QVERIFY(mayMove(way[i - 1], way[i]));
}

void TestExecutionStatus::doesNotSucceedOnceCanceled()
{
    QVERIFY(mayMove(Status::Canceling, Status::Canceled));
    QVERIFY(!mayMove(Status::Canceling, Status::Succeeded));
    QVERIFY(!mayMove(Status::Canceled, Status::Succeeded));
}

void TestExecutionStatus::doesNotRunWithoutBeingScheduled()
{
    QVERIFY(!mayMove(Status::Requested, Status::Running));
    QVERIFY(!mayMove(Status::Delayed, Status::Running));
}

QTEST_GUILESS_MAIN(TestExecutionStatus)
#include "tst_execution_status.moc"
