#include "engine/runners/http_parameters.h"
#include "engine/runners/http_runner.h"

#include "tests/support/http_peer.h"
#include "tests/support/recording_sink.h"

#include <QElapsedTimer>
#include <QTest>

using namespace stormglass;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class HttpRunnerTest : public QObject
{
    Q_OBJECT

private:
    Reactor m_reactor;
    Launcher m_launcher{m_reactor};
    HttpPeer m_peer{m_reactor, m_launcher};
    RecordingSink m_sink{m_reactor};
    RunnerSettings m_settings;
    HttpRunner m_runner{m_reactor, m_settings};
    SystemClock m_clock;
    IdGenerator m_ids{m_clock};

    Job job(const QString &path, Value runner = Value::map(), Value action = Value::map())
    {
        Job made;
        made.execution = m_ids.make();
        made.action = {u"core"_s, u"http"_s};
        runner.set("url", path.startsWith(u'/') ? m_peer.url(path) : path);
        made.runnerParameters = std::move(runner);
        made.actionParameters = std::move(action);
        return made;
    }
    Outcome run(const Job &made) { return *m_sink.run(m_runner, made).outcome; }
    QString errorOf(const Job &made) { return run(made).result["error"].toQStringOr({}); }

private slots:
    void getsByDefaultAndReadsJson()
    {
        const Outcome outcome = run(
            job(u"/echo?a=1"_s, Value::map(),
                Value::map(
                    {{"params",
                      Value::map({{"b", "x y&"}, {"c", Value::list({1, 2})}, {"d", nullptr}})}})));
        QCOMPARE(outcome.status, ExecutionStatus::Succeeded);
        QCOMPARE(outcome.result["status_code"], Value(200));
        QCOMPARE(outcome.result["parsed"], Value(true));
        const Value &body = outcome.result["body"];
        QCOMPARE(body["method"], Value("GET"));
        QCOMPARE(body["query"],
                 Value::list({Value::list({"a", "1"}), Value::list({"b", "x y&"}),
                              Value::list({"c", "1"}), Value::list({"c", "2"})}));
        QCOMPARE(body["headers"]["user-agent"], Value("st2/v3.10.0"));
        QCOMPARE(body["headers"]["x-stanley-action"], Value("http"));
        QCOMPARE(outcome.result["headers"]["Content-Type"], Value("application/json"));
    }

    void sendsMethodHeadersCookiesAndBody()
    {
        const Outcome outcome = run(job(
            u"/echo"_s,
            Value::map(
                {{"headers",
                  Value::map({{"X-One", "1"}, {"X-Empty", ""}, {"content-type", "text/plain"}})},
                 {"cookies", Value::map({{"a", "1"}, {"b", "2"}})},
                 {"username", "ann"},
                 {"password", "s:p"}}),
            Value::map({{"method", "put"}, {"body", "żółć"}})));
        const Value &body = outcome.result["body"];
        QCOMPARE(body["method"], Value("PUT"));
        QCOMPARE(body["body"], Value("żółć"));
        QCOMPARE(body["headers"]["content-length"], Value("8"));
        QCOMPARE(body["headers"]["content-type"], Value("text/plain"));
        QCOMPARE(body["headers"]["x-one"], Value("1"));
        QCOMPARE(body["headers"]["x-empty"], Value(""));
        QCOMPARE(body["headers"]["cookie"], Value("a=1; b=2"));
        QCOMPARE(body["headers"]["authorization"], Value("Basic YW5uOnM6cA=="));
        QVERIFY(!body["headers"].find("expect"));
    }

    void sendsEveryMethod()
    {
        for (const char *method : {"POST", "DELETE", "PATCH", "PURGE"}) {
            const Outcome outcome
                = run(job(u"/echo"_s, Value::map(), Value::map({{"method", method}})));
            QCOMPARE(outcome.result["body"]["method"], Value(method));
            QVERIFY(!outcome.result["body"]["headers"].find("content-type"));
        }
        QCOMPARE(
            run(job(u"/echo"_s, Value::map(), Value::map({{"method", "HEAD"}}))).result["body"],
            Value(""));
    }

    void postsWhenThereIsABody()
    {
        const Value headers = Value::map({{"Content-Type", "application/json"}});
        const Outcome json = run(job(u"/echo"_s, Value::map({{"headers", headers}}),
                                     Value::map({{"body", "{\"a\" : 1.0, \"b\": [1, 2]}"}})));
        QCOMPARE(json.result["body"]["method"], Value("POST"));
        QCOMPARE(json.result["body"]["body"], Value("{\"a\":1.0,\"b\":[1,2]}"));
        const Outcome form = run(job(u"/echo"_s, Value::map(),
                                     Value::map({{"body", Value::map({{"a", "x y"}, {"b", 2}})}})));
        QCOMPARE(form.result["body"]["body"], Value("a=x%20y&b=2"));
        QCOMPARE(form.result["body"]["headers"]["content-type"],
                 Value("application/x-www-form-urlencoded"));
    }

    void sendsAFileAsAForm()
    {
        const Outcome outcome = run(job(u"/echo"_s, Value::map(),
                                        Value::map({{"file_name", "notes.txt"},
                                                    {"file_content", "line"},
                                                    {"file_content_type", "text/x-note"}})));
        const QString body = outcome.result["body"]["body"].toQStringOr({});
        QCOMPARE(outcome.result["body"]["method"], Value("POST"));
        QVERIFY(body.contains(u"filename=\"notes.txt\""_s));
        QVERIFY(body.contains(u"Content-Type: text/x-note\r\n\r\nline\r\n"_s));
    }

    void failsByStatus()
    {
        const Outcome outcome = run(job(u"/status/404"_s));
        QCOMPARE(outcome.status, ExecutionStatus::Failed);
        QCOMPARE(outcome.result["status_code"], Value(404));
        QCOMPARE(outcome.result["body"], Value("plain"));
        QCOMPARE(outcome.result["parsed"], Value(false));
        QCOMPARE(run(job(u"/status/206"_s)).status, ExecutionStatus::Succeeded);
        QCOMPARE(run(job(u"/status/207"_s)).status, ExecutionStatus::Failed);
    }

    void readsBodiesAsTheyAreMeant()
    {
        const Outcome bad = run(job(u"/badjson"_s));
        QCOMPARE(bad.result["parsed"], Value(false));
        QCOMPARE(bad.result["body"], Value("{oops"));
        QCOMPARE(run(job(u"/latin"_s)).result["body"], Value("café"));
        QCOMPARE(run(job(u"/twice"_s)).result["headers"]["X-Twice"], Value("a, b"));
        QCOMPARE(run(job(u"/gzip"_s)).result["body"].text().size(), std::size_t(1'000'000));
    }

    void limitsTheBody()
    {
        RunnerSettings settings;
        settings.bodyLimit = 100'000;
        HttpRunner runner(m_reactor, settings);
        for (const QString &path : {u"/endless"_s, u"/gzip"_s}) {
            const Outcome outcome = *m_sink.run(runner, job(path)).outcome;
            QCOMPARE(outcome.status, ExecutionStatus::Failed);
            QVERIFY(
                outcome.result["error"].toQStringOr({}).contains(u"larger than 100000 bytes"_s));
        }
    }

    void followsRedirectsOnlyWhenAsked()
    {
        const QString path = u"/redirect?to=/echo"_s;
        const Outcome stopped = run(job(path));
        QCOMPARE(stopped.result["status_code"], Value(302));
        QCOMPARE(stopped.result["body"], Value("first"));
        const Outcome followed
            = run(job(path, Value::map({{"allow_redirects", true}}), Value::map({{"body", "x"}})));
        QCOMPARE(followed.result["status_code"], Value(200));
        QCOMPARE(followed.result["body"]["method"], Value("GET"));
        QVERIFY(!followed.result["headers"].find("X-First"));
    }

    void doesNotFollowToFiles()
    {
        QVERIFY(errorOf(job(u"/redirect?to=file:///etc/passwd"_s,
                            Value::map({{"allow_redirects", true}})))
                    .contains(u"not supported"_s));
    }

    void refusesHostsByList()
    {
        const Value own = Value::list({"127.0.0.1"});
        QCOMPARE(errorOf(job(u"/echo"_s, Value::map({{"url_hosts_blacklist", own}}))),
                 u"URL \"%1\" is blacklisted"_s.arg(m_peer.url(u"/echo"_s)));
        QCOMPARE(errorOf(job(u"/echo"_s,
                             Value::map({{"url_hosts_whitelist", Value::list({"example.org"})}}))),
                 u"URL \"%1\" is not whitelisted"_s.arg(m_peer.url(u"/echo"_s)));
        QCOMPARE(run(job(u"/echo"_s, Value::map({{"url_hosts_whitelist", own}}))).status,
                 ExecutionStatus::Succeeded);
        QVERIFY(
            errorOf(job(u"/echo"_s,
                        Value::map({{"url_hosts_whitelist", own}, {"url_hosts_blacklist", own}})))
                .contains(u"mutually exclusive"_s));
        QVERIFY(errorOf(job(u"http://[::1]:1/"_s,
                            Value::map({{"url_hosts_blacklist", Value::list({"::1"})}})))
                    .contains(u"blacklisted"_s));
    }

    void refusesHostsThatARedirectLeadsTo()
    {
        const QString path = u"/redirect?to=http://localhost:%1/echo"_s.arg(m_peer.port());
        const Value runner = Value::map(
            {{"allow_redirects", true}, {"url_hosts_blacklist", Value::list({"localhost"})}});
        QVERIFY(errorOf(job(path, runner)).contains(u"blacklisted"_s));
    }

    void timesOut()
    {
        QElapsedTimer clock;
        clock.start();
        const Outcome outcome = run(job(u"/slow"_s, Value::map(), Value::map({{"timeout", 0.2}})));
        QCOMPARE(outcome.status, ExecutionStatus::Timeout);
        QVERIFY(outcome.result["error"].isText());
        QVERIFY(clock.elapsed() < 5'000);
    }

    void canBeCancelled()
    {
        const Job made = job(u"/slow"_s);
        m_reactor.after(100ms, [&] {
            m_runner.cancel(made.execution, 0ms);
            m_runner.cancel(made.execution, 0ms);
        });
        const auto &seen = m_sink.run(m_runner, made);
        QCOMPARE(seen.outcome->status, ExecutionStatus::Canceled);
        QCOMPARE(seen.finishes, 1);
    }

    void reportsBrokenConnections()
    {
        const Outcome refused = run(job(u"http://127.0.0.1:1/"_s));
        QCOMPARE(refused.status, ExecutionStatus::Failed);
        QVERIFY(refused.result["error"].toQStringOr({}).contains(u"127.0.0.1"_s));
        QVERIFY(!errorOf(job(u"/breaks"_s)).isEmpty());
        QVERIFY(!errorOf(job(u"http://no-such-host.invalid/"_s)).isEmpty());
    }

    void refusesWhatIsNoRequest_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<Value>("runner");
        QTest::addColumn<Value>("action");
        const Value none = Value::map();
        const auto headers = [](const char *name, const char *value) {
            return Value::map({{"headers", Value::map({{name, value}})}});
        };
        QTest::newRow("file") << u"file:///etc/passwd"_s << none << none;
        QTest::newRow("no scheme at all") << u"://"_s << none << none;
        QTest::newRow("line end in the address") << u"http://127.0.0.1/\r\nX: y"_s << none << none;
        QTest::newRow("line end in a header")
            << u"/echo"_s << headers("X-One", "1\r\nX-Two: 2") << none;
        QTest::newRow("blank in a header's name") << u"/echo"_s << headers("X One", "1") << none;
        QTest::newRow("line end in a cookie")
            << u"/echo"_s << Value::map({{"cookies", Value::map({{"a", "b\r\nc"}})}}) << none;
        QTest::newRow("method") << u"/echo"_s << none
                                << Value::map({{"method", "GET /x HTTP/1.1\r\n"}});
        QTest::newRow("timeout") << u"/echo"_s << none << Value::map({{"timeout", "soon"}});
        QTest::newRow("no time") << u"/echo"_s << none << Value::map({{"timeout", 0}});
    }

    void refusesWhatIsNoRequest()
    {
        QFETCH(const QString, url);
        QFETCH(const Value, runner);
        QFETCH(const Value, action);
        const Outcome outcome = run(job(url, runner, action));
        QCOMPARE(outcome.status, ExecutionStatus::Failed);
        QVERIFY(!outcome.result["error"].toQStringOr({}).isEmpty());
    }

    void runsManyAtOnce()
    {
        std::vector<Job> jobs;
        for (int i = 0; i < 50; ++i) {
            jobs.push_back(job(u"/echo?n=%1"_s.arg(i)));
            m_sink.start(m_runner, jobs.back());
        }
        m_sink.wait();
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            const Value &body = m_sink.seen[jobs[i].execution].outcome->result["body"];
            QCOMPARE(body["query"], Value::list({Value::list({"n", std::to_string(i)})}));
        }
    }

    void breaksOffWhatIsUnderWayWhenItIsDestroyed()
    {
        HttpRunner runner(m_reactor, m_settings);
        const Job made = job(u"/slow"_s);
        runner.start(made, m_sink);
        m_reactor.after(100ms, [&] { m_reactor.stop(); });
        m_reactor.run();
    }
};

QTEST_GUILESS_MAIN(HttpRunnerTest)
#include "tst_http_runner.moc"
