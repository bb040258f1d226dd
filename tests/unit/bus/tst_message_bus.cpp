#include "engine/bus/message_bus.h"

#include "tests/support/fake_clock.h"

#include <QTest>

using namespace stormglass;

class TestMessageBus : public QObject
{
    Q_OBJECT

private slots:
    void servesWhatIsRungWhileServing();
    void stopsAtTheBoundAndGoesOnThere();
    void forgetsRingsOfWhatWasUndone();
};

void TestMessageBus::servesWhatIsRungWhileServing()
{
    LocalBus bus;
    bus.ring(Topic::TriggerInstancePending, {});
    std::vector<Topic> served;
    bus.serve(10, [&](Topic topic, const Id &id) {
        served.push_back(topic);
        if (topic == Topic::TriggerInstancePending)
            bus.ring(Topic::EnforcementPending, id);
    });
    QCOMPARE(served, (std::vector{Topic::TriggerInstancePending, Topic::EnforcementPending}));
    QVERIFY(bus.isQuiet());
}

void TestMessageBus::stopsAtTheBoundAndGoesOnThere()
{
    LocalBus bus;
    for (int i = 0; i < 3; ++i)
        bus.ring(Topic::ExecutionRequested, {});
    int count = 0;
    const auto take = [&](Topic, const Id &) { ++count; };
    QCOMPARE(bus.serve(2, take), std::size_t(2));
    QVERIFY(!bus.isQuiet());
    QCOMPARE(bus.serve(2, take), std::size_t(1));
    QCOMPARE(count, 3);
}

void TestMessageBus::forgetsRingsOfWhatWasUndone()
{
    LocalBus bus;
    bus.ring(Topic::ExecutionRequested, {});
    bus.serve(10, [](Topic, const Id &) {});
    bus.ring(Topic::ExecutionRequested, {});
    const std::size_t mark = bus.mark();
    bus.ring(Topic::ExecutionScheduled, {});
    bus.dropSince(mark);
    std::vector<Topic> served;
    bus.serve(10, [&](Topic topic, const Id &) { served.push_back(topic); });
    QCOMPARE(served, std::vector{Topic::ExecutionRequested});
}

QTEST_APPLESS_MAIN(TestMessageBus)
#include "tst_message_bus.moc"
