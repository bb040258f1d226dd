#include "engine/instance/request.h"
#include "engine/instance/stream.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

Request asking(std::vector<std::pair<QString, QString>> query, const QString &lastId = {})
{
    Request request{.path = u"/stream/v1/stream"_s, .query = std::move(query)};
    if (!lastId.isEmpty())
        request.headers.emplace_back(u"last-event-id"_s, lastId);
    return request;
}

Change change(const QString &event, Value payload)
{
    return {1, event, std::move(payload)};
}

Value execution(const char *id, const char *status)
{
    return Value::map({{"id", Value(id)},
                       {"status", Value(status)},
                       {"action", Value::map({{"ref", Value("core.local")}})}});
}

} // namespace

class TestStream : public QObject
{
    Q_OBJECT

private slots:
    void followsTheUsualEventsUnlessAsked();
    void readsWhatIsAsked();
    void refusesANumberThatIsNone();
    void endsWithACompletedExecution();
    void endsWithAnyOfTheNamedStatuses();
    void takesByEvent();
    void takesByActionOfAnyKindOfPayload();
    void takesByExecution();
    void takesByOutputType();
    void takesAReset();
};

void TestStream::followsTheUsualEventsUnlessAsked()
{
    const auto stream = streamAskedFor(asking({}));
    QVERIFY(stream);
    QVERIFY(!stream->after);
    QVERIFY(stream->filter.takes(change(u"st2.execution__create"_s, {})));
    QVERIFY(stream->filter.takes(change(u"st2.liveaction__delete"_s, {})));
    QVERIFY(stream->filter.takes(change(u"st2.announcement__chatops"_s, {})));
    QVERIFY(!stream->filter.takes(change(u"st2.execution.output__create"_s, {})));
    QVERIFY(!stream->filter.takes(change(u"st2.actionalias__create"_s, {})));
    QVERIFY(!stream->filter.takes(change(u"stormglass.verdict__create"_s, {})));
}

void TestStream::readsWhatIsAsked()
{
    const auto stream = streamAskedFor(asking({{u"events"_s, u"a, b*,,"_s},
                                               {u"action_refs"_s, u"core.local"_s},
                                               {u"execution_ids"_s, u"1,2"_s},
                                               {u"end_event"_s, u"st2.execution__update"_s},
                                               {u"end_execution_id"_s, u"2"_s}},
                                              u"17"_s));
    QVERIFY(stream);
    QCOMPARE(stream->filter.events, QStringList({u"a"_s, u"b*"_s}));
    QCOMPARE(stream->filter.actionRefs, QStringList(u"core.local"_s));
    QCOMPARE(stream->filter.executionIds, QStringList({u"1"_s, u"2"_s}));
    QCOMPARE(stream->after, std::optional<ChangeNumber>(17));
    QVERIFY(stream->end == (StreamEnd{u"2"_s, u"st2.execution__update"_s}));
}

void TestStream::refusesANumberThatIsNone()
{
    for (const QString &number : {u"x"_s, u"-1"_s, u"1.5"_s, u"99999999999999999999"_s})
        QCOMPARE(streamAskedFor(asking({}, number)).error().code, ErrorCode::Invalid);
}

void TestStream::endsWithACompletedExecution()
{
    const StreamEnd end{u"a"_s, u"st2.execution__update"_s};
    for (const char *status : {"succeeded", "failed", "timeout", "canceled", "abandoned"})
        QVERIFY(end.reachedBy(change(u"st2.execution__update"_s, execution("a", status))));
    QVERIFY(!end.reachedBy(change(u"st2.execution__update"_s, execution("a", "running"))));
    QVERIFY(!end.reachedBy(change(u"st2.execution__update"_s, execution("b", "failed"))));
    QVERIFY(!end.reachedBy(change(u"st2.execution__create"_s, execution("a", "failed"))));
    QVERIFY(!StreamEnd().reachedBy(change(u"st2.execution__update"_s, execution("", "failed"))));
}

void TestStream::endsWithAnyOfTheNamedStatuses()
{
    const StreamEnd end{u"a"_s, {}, {u"pausing"_s}};
    QVERIFY(end.reachedBy(change(u"st2.execution__update"_s, execution("a", "pausing"))));
    QVERIFY(!end.reachedBy(change(u"st2.execution__update"_s, execution("a", "failed"))));
    QVERIFY(!end.reachedBy(change(u"st2.liveaction__update"_s, execution("a", "pausing"))));
}

void TestStream::takesByEvent()
{
    const ChangeFilter filter{.events = {u"a__*"_s, u"b"_s}};
    QVERIFY(filter.takes(change(u"a__create"_s, {})));
    QVERIFY(filter.takes(change(u"b"_s, {})));
    QVERIFY(!filter.takes(change(u"bb"_s, {})));
    QVERIFY(!filter.takes(change(u"a"_s, {})));
    QVERIFY((ChangeFilter{.events = {u"*"_s}}).takes(change(u"anything"_s, {})));
}

void TestStream::takesByActionOfAnyKindOfPayload()
{
    const ChangeFilter filter{.actionRefs = {u"core.local"_s}};
    QVERIFY(filter.takes(change(u"x"_s, execution("a", "running"))));
    QVERIFY(filter.takes(change(u"x"_s, Value::map({{"action", Value("core.local")}}))));
    QVERIFY(filter.takes(change(u"x"_s, Value::map({{"action_ref", Value("core.local")}}))));
    QVERIFY(!filter.takes(change(u"x"_s, Value::map({{"action", Value("core.remote")}}))));
    QVERIFY(!filter.takes(change(u"x"_s, {})));
}

void TestStream::takesByExecution()
{
    const ChangeFilter filter{.executionIds = {u"a"_s}};
    QVERIFY(filter.takes(change(u"x"_s, execution("a", "running"))));
    QVERIFY(filter.takes(
        change(u"x"_s, Value::map({{"id", Value("c")}, {"execution_id", Value("a")}}))));
    QVERIFY(!filter.takes(change(u"x"_s, execution("b", "running"))));
}

void TestStream::takesByOutputType()
{
    const ChangeFilter filter{.outputTypes = {u"stderr"_s}};
    QVERIFY(filter.takes(change(u"x"_s, Value::map({{"output_type", Value("stderr")}}))));
    QVERIFY(!filter.takes(change(u"x"_s, Value::map({{"output_type", Value("stdout")}}))));
}

void TestStream::takesAReset()
{
    const ChangeFilter filter{.events = {u"b"_s}, .actionRefs = {u"c"_s}, .executionIds = {u"d"_s}};
    QVERIFY(filter.takes(change(u"stormglass.reset"_s, {})));
}

QTEST_GUILESS_MAIN(TestStream)
#include "tst_stream.moc"
