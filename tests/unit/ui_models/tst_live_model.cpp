#include "ui/models/session.h"

#include "tests/support/fake_clock.h"
#include "tests/support/sample_instance.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace stormglass;
using namespace stormglass::ui;
using namespace std::chrono_literals;

namespace {

struct Fixture
{
    FakeClock clock;
    SampleInstance instance{clock};
    Session session{instance, QStringLiteral("local"), InstanceKind::Local,
                    Credential::localOwner(), clock};

    void start()
    {
        session.start();
        QTRY_COMPARE(session.events.loading(), Loading::Ready);
        QTRY_COMPARE(session.executions.loading(), Loading::Ready);
    }
};

Filter filterOf(const char *text)
{
    return parseFilter(QString::fromUtf8(text)).filter;
}

} // namespace

class LiveModelTest : public QObject
{
    Q_OBJECT

private slots:
    void readsTheNewestPageFirst()
    {
        Fixture f;
        f.start();
        QCOMPARE(f.session.events.rowCount(), 100);
        QCOMPARE(f.session.events.total(), 260);
        QCOMPARE(f.session.events.idAt(f.session.events.index(0, 0)),
                 f.instance.history().events.front()["id"].toQString());
        QCOMPARE(f.instance.requests().front().credential, Credential::localOwner());
    }

    void readsOlderPagesUntilThereAreNone()
    {
        Fixture f;
        f.start();
        for (int expected : {200, 260}) {
            f.session.events.loadOlder();
            QTRY_COMPARE(f.session.events.rowCount(), expected);
        }
        QVERIFY(f.session.events.hasAll());
    }

    void putsNewEventsOnTopInBatches()
    {
        Fixture f;
        QAbstractItemModelTester tester(&f.session.events);
        f.start();
        QSignalSpy inserted(&f.session.events, &QAbstractItemModel::rowsInserted);
        f.instance.flood(50);
        QCOMPARE(inserted.size(), 0);
        f.session.feed.flush();
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(f.session.events.rowCount(), 150);
    }

    void keepsNoMoreThanItsLimit()
    {
        Fixture f;
        f.start();
        for (int i = 0; i < 12; ++i) {
            f.instance.flood(2'000);
            f.session.feed.flush();
        }
        QCOMPARE(f.session.events.rowCount(), 20'000);
        QCOMPARE(f.session.feed.events(), std::uint64_t(24'000));
    }

    void tenThousandEventsASecondDoNotStallIt()
    {
        Fixture f;
        f.start();
        qint64 longest = 0;
        for (int batch = 0; batch < 30; ++batch) {
            QElapsedTimer timer;
            timer.start();
            f.instance.flood(333);
            f.session.feed.flush();
            longest = qMax(longest, timer.elapsed());
        }
        // Far below what a person notices; a plain list of this size would need seconds.
        QVERIFY2(longest < 250, qPrintable(QString::number(longest)));
    }

    void showsOnlyWhatTheFilterTakes()
    {
        Fixture f;
        f.start();
        f.session.events.setFilter(filterOf("payload.host == db-2"));
        const int before = f.session.events.rowCount();
        QVERIFY(before > 0 && before < 100);
        f.instance.flood(11); // one of each kind
        f.session.feed.flush();
        QCOMPARE(f.session.events.rowCount(), before + 1);
        f.session.events.setFilter({});
        QCOMPARE(f.session.events.rowCount(), 111);
    }

    void asksAgainWhereTheInstanceCanFilter()
    {
        Fixture f;
        f.start();
        f.session.executions.setFilter(filterOf("status == failed"));
        QTRY_COMPARE(f.session.executions.loading(), Loading::Ready);
        QVERIFY(f.session.executions.rowCount() > 3);
        for (int row = 0; row < f.session.executions.rowCount(); ++row)
            QCOMPARE(f.session.executions.valueAt(f.session.executions.index(row, 0))["status"]
                         .toQString(),
                     QStringLiteral("failed"));
    }

    void holdsWhatComesWhilePaused()
    {
        Fixture f;
        f.start();
        f.session.events.setPaused(true);
        f.instance.flood(5);
        f.session.feed.flush();
        QCOMPARE(f.session.events.rowCount(), 100);
        QCOMPARE(f.session.events.held(), std::size_t(5));
        f.session.events.setPaused(false);
        QCOMPARE(f.session.events.rowCount(), 105);
    }

    void takesVerdictsOfARowThatCameInTheSameBatch()
    {
        Fixture f;
        f.start();
        f.instance.happen();
        f.session.feed.flush();
        const QString id = f.session.events.idAt(f.session.events.index(0, 0));
        const Value &value = f.session.events.valueAt(f.session.events.index(0, 0));
        if (value["candidates"].toInt() > 0)
            QVERIFY(f.session.events.verdicts(id));
    }

    void asksForVerdictsOfOlderRows()
    {
        Fixture f;
        f.start();
        const QString id = f.session.events.idAt(f.session.events.index(0, 0));
        QVERIFY(!f.session.events.verdicts(id));
        f.session.events.wantVerdicts(id);
        QTRY_VERIFY(f.session.events.verdicts(id));
        QCOMPARE(f.session.events.verdicts(id)->size(), std::size_t(3));
    }

    void saysWhyAListIsMissing()
    {
        FakeClock clock;
        SampleInstance instance(clock, SampleInstance::Mood::Failing);
        Session session(instance, QStringLiteral("local"), InstanceKind::Local, {}, clock);
        session.start();
        QTRY_COMPARE(session.events.loading(), Loading::Failed);
        QVERIFY(session.events.error().message.contains(QStringLiteral("locked")));
        instance.setMood(SampleInstance::Mood::Filled);
        session.events.load();
        QTRY_COMPARE(session.events.loading(), Loading::Ready);
    }

    void readsEverythingAgainAfterAReset()
    {
        Fixture f;
        f.start();
        QSignalSpy reset(&f.session.events, &QAbstractItemModel::modelReset);
        emit f.instance.changed({1, QStringLiteral("stormglass.reset"), {}});
        f.session.feed.flush();
        QTRY_COMPARE(reset.size(), 1);
    }

    void losesNothingThatCameWhileAPageWasOnItsWay()
    {
        Fixture f;
        f.session.start();
        f.instance.flood(3);
        f.session.feed.flush();
        QTRY_COMPARE(f.session.events.loading(), Loading::Ready);
        QCOMPARE(f.session.events.rowCount(), 103);
    }

    void showsTasksBelowTheirWorkflow()
    {
        Fixture f;
        QAbstractItemModelTester tester(&f.session.executions);
        f.start();
        const QModelIndex deploy = f.session.executions.index(0, 0);
        QVERIFY(f.session.executions.hasChildren(deploy));
        f.session.executions.fetchMore(deploy);
        QTRY_COMPARE(f.session.executions.rowCount(deploy), 4);
        QVERIFY(f.session.executions.index(0, 0, deploy)
                    .data()
                    .toString()
                    .startsWith(QStringLiteral("build")));
        QCOMPARE(f.session.executions.parent(f.session.executions.index(2, 1, deploy)), deploy);
    }

    void followsAnExecutionToItsEnd()
    {
        Fixture f;
        f.start();
        const QString id = f.session.executions.idAt(f.session.executions.index(0, 0));
        f.instance.finish(id, QStringLiteral("succeeded"));
        f.session.feed.flush();
        QCOMPARE(f.session.executions.index(0, ExecutionsModel::Status).data().toString(),
                 QStringLiteral("succeeded"));
    }

    void aFilteredRowLeavesWhenItNoLongerFits()
    {
        Fixture f;
        QAbstractItemModelTester tester(&f.session.executions);
        f.start();
        f.session.executions.setFilter(filterOf("status != succeeded"));
        const int before = f.session.executions.rowCount();
        const QString id = f.session.executions.idAt(f.session.executions.index(0, 0));
        f.instance.finish(id, QStringLiteral("succeeded"));
        f.session.feed.flush();
        QCOMPARE(f.session.executions.rowCount(), before - 1);
    }

    void aFilterOfTheInstanceIsCountedByIt()
    {
        Fixture f;
        f.start();
        f.session.executions.setFilter(filterOf("status == failed"));
        QTRY_COMPARE(f.session.executions.loading(), Loading::Ready);
        QVERIFY(f.session.executions.isCounted());
        QVERIFY(!f.session.executions.isSearching());
        QCOMPARE(f.session.executions.total(), f.session.executions.rowCount());
    }

    void whatTheInstanceCannotFilterIsLookedForInOlderPages()
    {
        Fixture f;
        QAbstractItemModelTester tester(&f.session.events);
        f.start();
        // The oldest of all, far below the first page.
        const QString oldest = f.instance.history().events.back()["id"].toQString();
        QVERIFY(!f.session.events.indexOf(oldest).isValid());
        f.session.events.setFilter(
            filterOf(qPrintable(QStringLiteral("id == \"%1\"").arg(oldest))));
        QVERIFY(f.session.events.isSearching());
        QTRY_COMPARE(f.session.events.rowCount(), 1);
        QVERIFY(f.session.events.indexOf(oldest).isValid());
        QTRY_VERIFY(!f.session.events.isSearching());
        QVERIFY(f.session.events.hasAll());
        QCOMPARE(f.session.events.looked(), std::size_t(260));
    }

    void anotherFilterEndsTheSearch()
    {
        Fixture f;
        f.start();
        f.session.events.setFilter(filterOf("nothing_is_called_so"));
        QVERIFY(f.session.events.isSearching());
        f.session.events.setFilter({});
        QVERIFY(!f.session.events.isSearching());
        QCOMPARE(f.session.events.rowCount(), 100);
        QTest::qWait(20);
        QCOMPARE(f.session.events.rowCount(), 100);
    }

    void rowsThatCannotBeReadAgainStay()
    {
        Fixture f;
        f.start();
        f.instance.setMood(SampleInstance::Mood::Failing);
        f.session.events.load();
        QTRY_COMPARE(f.session.events.loading(), Loading::Ready);
        QVERIFY(f.session.events.isStale());
        QCOMPARE(f.session.events.rowCount(), 100);
        f.instance.setMood(SampleInstance::Mood::Filled);
        f.session.events.load();
        QTRY_VERIFY(!f.session.events.isStale());
    }
};

QTEST_GUILESS_MAIN(LiveModelTest)
#include "tst_live_model.moc"
