#include "engine/runners/noop_runner.h"
#include "engine/runners/runner_registry.h"
#include "engine/runners/runner_types.h"

#include "tests/support/recording_sink.h"

#include <QSet>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

RunnerType typeNamed(const QString &name)
{
    for (const RunnerType &type : runnerTypes()) {
        if (type.name == name)
            return type;
    }
    return {};
}

} // namespace

class RunnerTypesTest : public QObject
{
    Q_OBJECT

private slots:
    void namesEveryTypeThatPacksUse()
    {
        QStringList names;
        for (const RunnerType &type : runnerTypes())
            names += type.name;
        QCOMPARE(names,
                 (QStringList{u"action-chain"_s, u"announcement"_s, u"http-request"_s,
                              u"inquirer"_s, u"local-shell-cmd"_s, u"local-shell-script"_s,
                              u"noop"_s, u"orquesta"_s, u"orchestra"_s, u"pack-operation"_s,
                              u"python-script"_s, u"remote-shell-cmd"_s, u"remote-shell-script"_s,
                              u"winrm-cmd"_s, u"winrm-ps-cmd"_s, u"winrm-ps-script"_s}));
    }

    void declaresParametersThatAreWellFormed()
    {
        const QSet<QString> attributes{u"type"_s,     u"default"_s,    u"description"_s,
                                       u"required"_s, u"immutable"_s,  u"secret"_s,
                                       u"enum"_s,     u"minLength"_s,  u"maxLength"_s,
                                       u"items"_s,    u"uniqueItems"_s};
        for (const RunnerType &type : runnerTypes()) {
            QVERIFY(!type.description.isEmpty() && !type.module.isEmpty() && type.enabled);
            for (const ValueMap::Entry &parameter : type.parameters.entries()) {
                QVERIFY(parameter.value["type"].isText());
                QVERIFY(parameter.value["description"].isText());
                for (const ValueMap::Entry &attribute : parameter.value.entries())
                    QVERIFY2(attributes.contains(attribute.key.toQString()),
                             qPrintable(attribute.key.toQString()));
            }
        }
    }

    void tellsNoDefaultFromADefaultOfNull()
    {
        const RunnerType shell = typeNamed(u"local-shell-cmd"_s);
        QVERIFY(!shell.parameters["cmd"].find("default"));
        QVERIFY(shell.parameters["sudo_password"].find("default")->isNull());
        QCOMPARE(shell.parameters["sudo_password"]["required"], Value(false));
        QVERIFY(!shell.parameters["sudo"].find("required"));
        QCOMPARE(shell.parameters["timeout"]["default"], Value(60));
        QCOMPARE(typeNamed(u"remote-shell-cmd"_s).parameters["dir"]["immutable"], Value(true));
        QVERIFY(!typeNamed(u"remote-shell-script"_s).parameters["dir"].find("immutable"));
        QVERIFY(!typeNamed(u"remote-shell-script"_s).parameters.find("cmd"));
    }

    void saysWhichMemberOfAResultIsTheOutput()
    {
        QCOMPARE(typeNamed(u"python-script"_s).outputKey, u"result"_s);
        QCOMPARE(typeNamed(u"python-script"_s).outputSchema["properties"]["exit_code"]["required"],
                 Value(true));
        QVERIFY(typeNamed(u"local-shell-cmd"_s).outputKey.isEmpty());
        QCOMPARE(typeNamed(u"orchestra"_s).parameters, typeNamed(u"orquesta"_s).parameters);
    }

    void findsRunnersByTheirTypesInEitherSpelling()
    {
        Reactor reactor;
        Launcher launcher(reactor);
        PythonHost python(reactor, launcher, {});
        const RunnerRegistry runners = makeRunners(reactor, launcher, python, {}, {});
        for (const QString &type :
             {u"noop"_s, u"local-shell-cmd"_s, u"local_shell_cmd"_s, u"local-shell-script"_s,
              u"python-script"_s, u"http-request"_s, u"announcement"_s})
            QVERIFY(runners.find(type));
        QVERIFY(!runners.find(u"orquesta"_s));
        QVERIFY(!runners.find(QString()));
    }

    void succeedsAtNothing()
    {
        Reactor reactor;
        RecordingSink sink(reactor);
        NoopRunner runner;
        const auto &seen = sink.run(runner, Job());
        QCOMPARE(seen.outcome->status, ExecutionStatus::Succeeded);
        QCOMPARE(seen.outcome->result,
                 Value::map({{"failed", false}, {"succeeded", true}, {"return_code", 0}}));
        runner.cancel(Id(), std::chrono::milliseconds(0));
    }

    void announcesWhenTheFlagIsSet()
    {
        Reactor reactor;
        RecordingSink sink(reactor);
        QString route;
        Value content;
        AnnouncementRunner runner([&](const Job &, const QString &where, const Value &what) {
            route = where;
            content = what;
        });
        Job job;
        job.action = {u"core"_s, u"announcement"_s};
        job.actionParameters = Value::map({{"message", "hello"}});
        job.runnerParameters = Value::map({{"experimental", true}, {"route", "news"}});
        const Outcome good = *sink.run(runner, job).outcome;
        QCOMPARE(good.result, Value::map({{"output", job.actionParameters}, {"message", "hello"}}));
        QCOMPARE(route, u"news"_s);
        QCOMPARE(content, job.actionParameters);

        job.runnerParameters = Value::map({{"experimental", false}});
        const Outcome bad = *sink.run(runner, job).outcome;
        QCOMPARE(bad.status, ExecutionStatus::Failed);
        QCOMPARE(bad.result["error"],
                 Value("Experimental flag is missing for action core.announcement"));
    }
};

QTEST_GUILESS_MAIN(RunnerTypesTest)
#include "tst_runner_types.moc"
