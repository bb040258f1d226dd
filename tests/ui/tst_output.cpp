#include "engine/base/timestamp.h"
#include "tests/support/fake_clock.h"
#include "ui/models/session.h"
#include "ui/pages/output_tail.h"
#include "ui/widgets/log_view.h"

#include <QTest>

using namespace stormglass;
using namespace stormglass::ui;

namespace {

const QString id = QStringLiteral("6b065201ef013e9d293fa93c");

// Answers for the output of one execution alone.
class PrintingInstance final : public Instance
{
public:
    void call(const Request &request, Reply<Response> reply) override
    {
        Response response;
        response.body = Value::list();
        if (request.path.endsWith(QLatin1String("/output"))) {
            response.contentType = QStringLiteral("text/plain");
            response.raw = texts.value(request.queryValue(QStringLiteral("output_type")));
        }
        QMetaObject::invokeMethod(
            this, [reply, response] { reply(response); }, Qt::QueuedConnection);
    }
    void follow(const ChangeFilter &, ChangeNumber) override {}
    InstanceState state() const override { return {InstanceState::Kind::Ready, {}}; }

    void print(const QString &stream, const QByteArray &text, int number)
    {
        texts[stream] += text;
        tell(stream, text, number);
    }
    void tell(const QString &stream, const QByteArray &text, int number)
    {
        emit changed({++m_changes, QStringLiteral("st2.execution.output__create"),
                      Value::map({{"execution_id", id},
                                  {"number", number},
                                  {"output_type", stream},
                                  {"data", QString::fromUtf8(text)}})});
    }

    QHash<QString, QByteArray> texts;

private:
    ChangeNumber m_changes = 0;
};

struct Bench
{
    Bench()
        : session(instance, QStringLiteral("local"), InstanceKind::Local, Credential::localOwner(),
                  clock)
        , tail(session)
        , log(tail.findChild<LogView *>())
    {
        tail.resize(600, 400);
        static_cast<QWidget &>(tail).show();
    }

    void setStatus(const char *status) { tail.show(Value::map({{"id", id}, {"status", status}})); }
    void settle()
    {
        session.feed.flush();
        QVERIFY(QTest::qWaitFor([this] { return tail.isSettled(); }));
    }
    QString shown() const { return log->allText().trimmed(); }

    FakeClock clock{*timestampFromIso("2024-05-14T14:02:59.300000Z")};
    PrintingInstance instance;
    Session session;
    OutputTail tail;
    LogView *log;
};

const QString out = QStringLiteral("stdout");
const QString err = QStringLiteral("stderr");

} // namespace

class OutputTest : public QObject
{
    Q_OBJECT

private slots:
    void streamsStayInTheirOrderWhenItHasEnded()
    {
        Bench bench;
        bench.setStatus("running");
        bench.settle();
        bench.instance.print(out, "a\n", 1);
        bench.instance.print(err, "b\n", 2);
        bench.instance.print(out, "c\n", 3);
        bench.settle();
        QCOMPARE(bench.shown(), QStringLiteral("a\nb\nc"));
        // The last piece and the end may come in one batch, the end seen first.
        bench.setStatus("succeeded");
        bench.instance.print(err, "d\n", 4);
        bench.settle();
        QCOMPARE(bench.shown(), QStringLiteral("a\nb\nc\nd"));
    }

    void whatIsToldTwiceIsShownOnce()
    {
        Bench bench;
        bench.setStatus("running");
        bench.instance.print(out, "a\n", 1);
        bench.settle();
        bench.instance.tell(out, "a\n", 1);
        bench.instance.print(out, "b\n", 2);
        bench.instance.tell(out, "b\n", 2);
        bench.settle();
        QCOMPARE(bench.shown(), QStringLiteral("a\nb"));
    }

    void whatWasMissedIsReadWhenItHasEnded()
    {
        Bench bench;
        bench.setStatus("running");
        bench.settle();
        bench.instance.print(out, "a\n", 1);
        bench.instance.texts[out] += "b\n"; // while the stream was away
        bench.instance.print(err, "c\n", 3);
        bench.settle();
        bench.setStatus("failed");
        bench.settle();
        QCOMPARE(bench.shown(), QStringLiteral("a\nb\nc"));
    }

    void whatHasEndedLongAgoIsRead()
    {
        Bench bench;
        bench.instance.texts[out] = "a\nb\n";
        bench.setStatus("succeeded");
        bench.settle();
        QCOMPARE(bench.shown(), QStringLiteral("a\nb"));
    }
};

QTEST_MAIN(OutputTest)
#include "tst_output.moc"
