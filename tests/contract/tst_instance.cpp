#include "tests/contract/site.h"

using namespace stormglass;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(stormglass::Site::Way)

namespace {

void addWays()
{
    QTest::addColumn<Site::Way>("way");
    QTest::newRow("in this process") << Site::Way::Local;
    QTest::newRow("through HTTP") << Site::Way::Http;
    QTest::newRow("through HTTPS") << Site::Way::Https;
}

QStringList numbersOf(const QSignalSpy &spy)
{
    QStringList names;
    for (const QList<QVariant> &arguments : spy)
        names.append(arguments.first().value<Change>().payload["n"].toQStringOr(u"reset"_s));
    return names;
}

Value numbered(const QString &name)
{
    return Value::map({{"n", Value(name)}, {"id", Value(name)}});
}

} // namespace

// What a user of the door may rely on, wherever the engine is.
class TestInstance : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qRegisterMetaType<Change>(); }

    void carriesARequestWhole_data() { addWays(); }
    void carriesARequestWhole();
    void carriesEveryVerb_data() { addWays(); }
    void carriesEveryVerb();
    void carriesPlainText_data() { addWays(); }
    void carriesPlainText();
    void carriesCredentials_data() { addWays(); }
    void carriesCredentials();
    void keepsValuesAsTheyAre_data() { addWays(); }
    void keepsValuesAsTheyAre();
    void carriesErrors_data() { addWays(); }
    void carriesErrors();
    void carriesHeadersAndStatus_data() { addWays(); }
    void carriesHeadersAndStatus();
    void carriesOtherContent_data() { addWays(); }
    void carriesOtherContent();
    void carriesNothing_data() { addWays(); }
    void carriesNothing();
    void carriesLargeAnswers_data() { addWays(); }
    void carriesLargeAnswers();
    void answersManyAtOnce_data() { addWays(); }
    void answersManyAtOnce();
    void callsNobodyWhoHasGone_data() { addWays(); }
    void callsNobodyWhoHasGone();
    void becomesReady_data() { addWays(); }
    void becomesReady();
    void tellsChangesInOrder_data() { addWays(); }
    void tellsChangesInOrder();
    void tellsOnlyWhatIsFollowed_data() { addWays(); }
    void tellsOnlyWhatIsFollowed();
    void goesOnAfterANumber_data() { addWays(); }
    void goesOnAfterANumber();
    void saysWhenANumberIsGone_data() { addWays(); }
    void saysWhenANumberIsGone();
    void followsSomethingElseInstead_data() { addWays(); }
    void followsSomethingElseInstead();
    void mayGoWhileWaiting_data() { addWays(); }
    void mayGoWhileWaiting();

private:
    // Publishes until the first one is told, so that following has begun.
    static void awaitFollowing(Site &site, QSignalSpy &spy);
};

void TestInstance::awaitFollowing(Site &site, QSignalSpy &spy)
{
    QVERIFY(QTest::qWaitFor(
        [&] {
            site.feed().publish(u"begun"_s, numbered(u"begun"_s));
            return spy.wait(20);
        },
        10'000));
    // Whatever else of these is under way comes before what is published from here on.
    site.feed().publish(u"begun"_s, numbered(u"last"_s));
    QVERIFY(QTest::qWaitFor([&] { return numbersOf(spy).contains(u"last"_s); }, 10'000));
    spy.clear();
}

void TestInstance::carriesARequestWhole()
{
    QFETCH(Site::Way, way);
    Site site(way);
    const Request request = {
        .verb = Verb::Post,
        .path = u"/api/v1/keys/a b+c%20%2F;ä€😀&=?#"_s,
        .query = {{u"a b"_s, u"c+d&e=f %41"_s},
                  {u"empty"_s, {}},
                  {u"ü"_s, u"😀"_s},
                  {u"a b"_s, u"again"_s}},
        .headers = {{u"st2-context"_s, u"{\"user\": \"me\"}"_s}, {u"st2-trace-tag"_s, u"tag 1"_s}},
        .body = Value::map(
            {{"name", Value("wind")}, {"list", Value::list({Value(1), Value(), Value("x")})}}),
    };
    const auto answer = answerFrom(site.instance(), request);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    const Value expected = echoOf(request);
    for (const char *part : {"verb", "path", "query", "body", "raw"})
        QVERIFY2(answer->body[part] == expected[part], part);
    for (const Value &header : expected["headers"].items())
        QVERIFY(std::ranges::find(answer->body["headers"].items(), header)
                != answer->body["headers"].items().end());
}

void TestInstance::carriesEveryVerb()
{
    QFETCH(Site::Way, way);
    Site site(way);
    for (const Verb verb : {Verb::Get, Verb::Post, Verb::Put, Verb::Delete}) {
        const Request request = {.verb = verb, .path = u"/api/v1/rules/a.b"_s};
        const auto answer = answerFrom(site.instance(), request);
        QVERIFY(answer);
        QCOMPARE(answer->body["verb"].toQString(), echoOf(request)["verb"].toQString());
        QVERIFY(answer->body["body"].isNull());
    }
}

void TestInstance::carriesPlainText()
{
    QFETCH(Site::Way, way);
    Site site(way);
    const auto answer = answerFrom(site.instance(),
                                   {.verb = Verb::Post,
                                    .path = u"/api/v1/workflows/inspect"_s,
                                    .rawBody = "version: 1.0\n\ttasks: ä\n"});
    QVERIFY(answer);
    QCOMPARE(answer->body["raw"].toQString(), u"version: 1.0\n\ttasks: ä\n"_s);
    QVERIFY(answer->body["body"].isNull());
}

void TestInstance::carriesCredentials()
{
    QFETCH(Site::Way, way);
    Site site(way);
    for (const Credential &credential :
         {Credential{Credential::Kind::Token, u"0123456789abcdef0123456789abcdef"_s},
          Credential{Credential::Kind::ApiKey, u"a key"_s}}) {
        const Request request = {.path = u"/api/v1/user"_s, .credential = credential};
        const auto answer = answerFrom(site.instance(), request);
        QVERIFY(answer);
        QVERIFY(answer->body["credential"] == echoOf(request)["credential"]);
    }
}

void TestInstance::keepsValuesAsTheyAre()
{
    QFETCH(Site::Way, way);
    Site site(way);
    Value deep = Value(1.0);
    for (int level = 0; level < 100; ++level)
        deep = Value::list({deep});
    const Value body = Value::map({
        {"z", Value(1)},
        {"a", Value(1.0)},
        {"big", Value(std::numeric_limits<unsigned long>::max())},
        {"small", Value(std::numeric_limits<std::int64_t>::min())},
        {"tiny", Value(5e-324)},
        {"text", Value("\t\"\\/\x01 ä € 😀")},
        {"flag", Value(false)},
        {"none", Value()},
        {"empty", Value::map()},
        {"nothing", Value::list()},
        {"deep", deep},
        {"", Value("no name")},
    });
    const auto answer = answerFrom(site.instance(),
                                   {.verb = Verb::Put, .path = u"/api/v1/rules/x"_s, .body = body});
    QVERIFY(answer);
    QVERIFY(answer->body["body"] == body);
    QStringList keys;
    for (const auto &entry : answer->body["body"].entries())
        keys.append(entry.key.toQString());
    QCOMPARE(keys.first(), u"z"_s);
    QCOMPARE(keys.last(), QString());
}

void TestInstance::carriesErrors()
{
    QFETCH(Site::Way, way);
    Site site(way);
    for (const char *name : {"invalid", "unauthenticated", "denied", "notfound", "conflict",
                             "timeout", "unavailable", "internal"}) {
        const Request request = {.path = u"/api/v1/fail/"_s + QString::fromLatin1(name)};
        std::optional<Result<Response>> expected;
        site.endpoint().handle(request,
                               [&](Result<Response> result) { expected = std::move(result); });
        const auto answer = answerFrom(site.instance(), request);
        QVERIFY(!answer);
        QVERIFY2(answer.error() == expected->error(), name);
    }
}

void TestInstance::carriesHeadersAndStatus()
{
    QFETCH(Site::Way, way);
    Site site(way);
    const auto answer = answerFrom(site.instance(), {.path = u"/api/v1/headers"_s});
    QVERIFY(answer);
    QCOMPARE(answer->status, 201);
    QVERIFY(answer->body == Value::list());
    QVERIFY(std::ranges::find(answer->headers, std::pair(u"X-Total-Count"_s, u"17"_s))
            != answer->headers.end());
}

void TestInstance::carriesOtherContent()
{
    QFETCH(Site::Way, way);
    Site site(way);
    const auto answer = answerFrom(site.instance(), {.path = u"/api/v1/text"_s});
    QVERIFY(answer);
    QCOMPARE(answer->contentType, u"text/plain"_s);
    QCOMPARE(answer->raw, QByteArray("plain\ntext"));
    QVERIFY(answer->body.isNull());
}

void TestInstance::carriesNothing()
{
    QFETCH(Site::Way, way);
    Site site(way);
    const auto answer
        = answerFrom(site.instance(), {.verb = Verb::Delete, .path = u"/api/v1/empty"_s});
    QVERIFY(answer);
    QCOMPARE(answer->status, 204);
    QVERIFY(answer->body.isNull());
    QVERIFY(answer->raw.isEmpty());
}

void TestInstance::carriesLargeAnswers()
{
    QFETCH(Site::Way, way);
    Site site(way);
    const auto answer = answerFrom(site.instance(), {.path = u"/api/v1/large"_s});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->body.text().size(), std::size_t(8 * 1024 * 1024));
}

void TestInstance::answersManyAtOnce()
{
    QFETCH(Site::Way, way);
    Site site(way);
    QStringList paths;
    for (int number = 0; number < 100; ++number) {
        const QString path = u"/api/v1/executions/%1"_s.arg(number);
        site.instance().call({.path = path},
                             Reply<Response>(this, [&paths, path](Result<Response> answer) {
                                 QCOMPARE(answer->body["path"].toQString(), path);
                                 paths.append(path);
                             }));
    }
    QTRY_COMPARE_WITH_TIMEOUT(paths.size(), 100, 20'000);
    QCOMPARE(paths.removeDuplicates(), 0);
}

void TestInstance::callsNobodyWhoHasGone()
{
    QFETCH(Site::Way, way);
    Site site(way);
    bool isCalled = false;
    {
        QObject gone;
        site.instance().call(
            {.path = u"/api/v1/wait"_s},
            Reply<Response>(&gone, [&](const Result<Response> &) { isCalled = true; }));
        QTRY_COMPARE(site.endpoint().waiting(), std::size_t(1));
    }
    site.endpoint().answerWaiting();
    QVERIFY(answerFrom(site.instance(), {.path = u"/api/v1/x"_s}));
    QVERIFY(!isCalled);
}

void TestInstance::becomesReady()
{
    QFETCH(Site::Way, way);
    Site site(way);
    QTRY_COMPARE(site.instance().state().kind, InstanceState::Kind::Ready);
    QVERIFY(site.instance().state().message.isEmpty());
}

void TestInstance::tellsChangesInOrder()
{
    QFETCH(Site::Way, way);
    Site site(way);
    QSignalSpy spy(&site.instance(), &Instance::changed);
    site.instance().follow({}, 0);
    awaitFollowing(site, spy);
    QStringList expected;
    ChangeNumber last = 0;
    for (int number = 0; number < 300; ++number) {
        expected.append(QString::number(number));
        last = site.feed().publish(u"st2.execution__update"_s, numbered(expected.last()));
    }
    QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 300, 10'000);
    QCOMPARE(numbersOf(spy), expected);
    QCOMPARE(spy.last().first().value<Change>().number, last);
    QCOMPARE(spy.last().first().value<Change>().event, u"st2.execution__update"_s);
}

void TestInstance::tellsOnlyWhatIsFollowed()
{
    QFETCH(Site::Way, way);
    Site site(way);
    QSignalSpy spy(&site.instance(), &Instance::changed);
    site.instance().follow({.events = {u"begun"_s, u"st2.execution__*"_s}}, 0);
    awaitFollowing(site, spy);
    site.feed().publish(u"st2.liveaction__create"_s, numbered(u"1"_s));
    site.feed().publish(u"st2.execution__create"_s, numbered(u"2"_s));
    site.feed().publish(u"stormglass.verdict__create"_s, numbered(u"3"_s));
    site.feed().publish(u"st2.execution__delete"_s, numbered(u"4"_s));
    QTRY_COMPARE(spy.size(), 2);
    QCOMPARE(numbersOf(spy), QStringList({u"2"_s, u"4"_s}));
}

void TestInstance::goesOnAfterANumber()
{
    QFETCH(Site::Way, way);
    Site site(way);
    QSignalSpy spy(&site.instance(), &Instance::changed);
    site.feed().publish(u"x"_s, numbered(u"1"_s));
    const ChangeNumber second = site.feed().publish(u"x"_s, numbered(u"2"_s));
    site.feed().publish(u"x"_s, numbered(u"3"_s));
    site.feed().publish(u"x"_s, numbered(u"4"_s));
    site.instance().follow({}, second);
    QTRY_COMPARE(spy.size(), 2);
    site.feed().publish(u"x"_s, numbered(u"5"_s));
    QTRY_COMPARE(spy.size(), 3);
    QCOMPARE(numbersOf(spy), QStringList({u"3"_s, u"4"_s, u"5"_s}));
}

void TestInstance::saysWhenANumberIsGone()
{
    QFETCH(Site::Way, way);
    Site site(way);
    QSignalSpy spy(&site.instance(), &Instance::changed);
    site.feed().publish(u"x"_s, numbered(u"1"_s));
    site.instance().follow({.events = {u"x"_s}}, 3);
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(spy.last().first().value<Change>().event, u"stormglass.reset"_s);
    QCOMPARE(spy.last().first().value<Change>().number, site.feed().latest());
    site.feed().publish(u"x"_s, numbered(u"2"_s));
    QTRY_COMPARE(spy.size(), 2);
    QCOMPARE(numbersOf(spy), QStringList({u"reset"_s, u"2"_s}));
}

void TestInstance::followsSomethingElseInstead()
{
    QFETCH(Site::Way, way);
    Site site(way);
    QSignalSpy spy(&site.instance(), &Instance::changed);
    site.instance().follow({.events = {u"begun"_s, u"a"_s}}, 0);
    awaitFollowing(site, spy);
    site.instance().follow({.events = {u"begun"_s, u"b"_s}}, 0);
    awaitFollowing(site, spy);
    site.feed().publish(u"a"_s, numbered(u"1"_s));
    site.feed().publish(u"b"_s, numbered(u"2"_s));
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(numbersOf(spy), QStringList({u"2"_s}));
}

void TestInstance::mayGoWhileWaiting()
{
    QFETCH(Site::Way, way);
    bool isCalled = false;
    {
        Site site(way);
        site.instance().follow({}, 0);
        site.instance().call(
            {.path = u"/api/v1/wait"_s},
            Reply<Response>(this, [&](const Result<Response> &) { isCalled = true; }));
        QTRY_COMPARE(site.endpoint().waiting(), std::size_t(1));
    }
    QCoreApplication::processEvents();
    QVERIFY(!isCalled);
}

QTEST_GUILESS_MAIN(TestInstance)
#include "tst_instance.moc"
