#include "engine/base/thread_name.h"
#include "engine/host/job_desk.h"
#include "tests/support/fake_clock.h"

#include <QTest>

#include <thread>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

using Reports = std::vector<RunReport>;

// Runs a desk on a thread of its own until what is awaited was delivered.
std::vector<Reports> deliveries(std::size_t reports, const std::function<void(JobDesk &)> &work)
{
    std::vector<Reports> found;
    std::thread io([&] {
        Reactor reactor;
        std::size_t seen = 0;
        JobDesk desk(
            reactor, [](const QString &) { return nullptr; },
            [&](Reports batch) {
                seen += batch.size();
                found.push_back(std::move(batch));
                if (seen == reports)
                    reactor.stop();
            });
        reactor.post([&] { work(desk); });
        reactor.run();
    });
    io.join();
    return found;
}

} // namespace

class TestJobDesk : public QObject
{
    Q_OBJECT

private slots:
    void aShortRunIsToldAtOnce();
    void aBeginningIsToldByItselfWhenNothingFollows();
    void whatEndsInOneTurnTravelsTogether();
    void neighbouringOutputBecomesOne();
    void anUnknownRunnerFailsTheRun();

private:
    FakeClock m_clock;
    IdGenerator m_ids{m_clock};
};

void TestJobDesk::aShortRunIsToldAtOnce()
{
    const Id id = m_ids.make();
    const auto found = deliveries(2, [&](JobDesk &desk) {
        desk.started(id, 17, 4);
        desk.finished(id, {ExecutionStatus::Succeeded, {}});
    });
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(std::get<RunStarted>(found[0][0]).process, qint64(17));
    QCOMPARE(std::get<RunFinished>(found[0][1]).execution, id);
}

void TestJobDesk::aBeginningIsToldByItselfWhenNothingFollows()
{
    const Id id = m_ids.make();
    const auto found = deliveries(1, [&](JobDesk &desk) { desk.started(id, 17, 4); });
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(std::get<RunStarted>(found[0][0]).execution, id);
}

void TestJobDesk::whatEndsInOneTurnTravelsTogether()
{
    const auto found = deliveries(3, [&](JobDesk &desk) {
        for (int i = 0; i < 3; ++i)
            desk.finished(m_ids.make(), {ExecutionStatus::Succeeded, {}});
    });
    QCOMPARE(found.size(), std::size_t(1));
}

void TestJobDesk::neighbouringOutputBecomesOne()
{
    const Id id = m_ids.make();
    const auto found = deliveries(2, [&](JobDesk &desk) {
        desk.output(id, u"stdout"_s, "one ");
        desk.output(id, u"stdout"_s, "two");
        desk.output(id, u"stderr"_s, "three");
    });
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(std::get<RunOutput>(found[0][0]).data, QByteArray("one two"));
    QCOMPARE(std::get<RunOutput>(found[0][1]).stream, u"stderr"_s);
}

void TestJobDesk::anUnknownRunnerFailsTheRun()
{
    Job job;
    job.execution = m_ids.make();
    job.runnerType = u"winrm-cmd"_s;
    const auto found = deliveries(1, [&](JobDesk &desk) { desk.start({job}); });
    const Outcome &outcome = std::get<RunFinished>(found[0][0]).outcome;
    QCOMPARE(outcome.status, ExecutionStatus::Failed);
    QVERIFY(outcome.result["error"].toQString().contains(u"winrm-cmd"_s));
}

QTEST_APPLESS_MAIN(TestJobDesk)
#include "tst_job_desk.moc"
