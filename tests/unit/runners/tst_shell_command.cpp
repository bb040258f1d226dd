#include "engine/runners/shell_command.h"

#include "engine/runners/script_arguments.h"
#include "engine/runners/shell_quote.h"

#include <QTest>

using namespace stormglass;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Job jobWith(Value runnerParameters)
{
    Job job;
    job.execution = *Id::fromHex("0123456789abcdef01234567");
    job.action = {u"p1"_s, u"a"_s};
    job.packPath = u"/opt/packs/p1"_s;
    job.runnerParameters = std::move(runnerParameters);
    job.apiUrl = u"http://127.0.0.1:9101/"_s;
    job.apiToken = u"tok"_s;
    return job;
}

RunnerSettings settingsFor(const QString &processUser)
{
    RunnerSettings settings;
    settings.systemUser = u"stanley"_s;
    settings.processUser = processUser;
    return settings;
}

QString variable(const Environment &environment, const QString &name)
{
    for (const auto &[key, value] : environment) {
        if (key == name)
            return value;
    }
    return u"(unset)"_s;
}

} // namespace

class ShellCommandTest : public QObject
{
    Q_OBJECT

private slots:
    void quotesOnlyWhereItMust()
    {
        QCOMPARE(shellQuote(u"plain/path-1.2_a@b%c+d=e:f,g"_s), u"plain/path-1.2_a@b%c+d=e:f,g"_s);
        QCOMPARE(shellQuote(u""_s), u"''"_s);
        QCOMPARE(shellQuote(u"it's"_s), u"'it'\"'\"'s'"_s);
        QCOMPARE(shellQuote(u"ż"_s), u"'ż'"_s);
        QCOMPARE(shellQuote(u"a\nb"_s), u"'a\nb'"_s);
    }

    void ordersPositionsAsNumbers()
    {
        const Value schema = Value::map({{"a", Value::map({{"position", 10}})},
                                         {"b", Value::map({{"position", 2}})},
                                         {"c", Value::map({{"position", "3"}})},
                                         {"d", Value::map()}});
        const Value parameters = Value::map({{"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}});
        const auto arguments = scriptArguments(parameters, schema, u"--"_s);
        QCOMPARE(arguments->positional, (QStringList{u"B"_s, u"C"_s, u"A"_s}));
        QCOMPARE(arguments->commandLine(), u"--d=D B C A"_s);
    }

    void refusesAPositionalValueOfTheWrongKind()
    {
        const Value schema = Value::map({{"a", Value::map({{"position", 0}, {"type", "string"}})}});
        const auto arguments
            = scriptArguments(Value::map({{"a", Value::list({1})}}), schema, u"--"_s);
        QCOMPARE(arguments.error().code, ErrorCode::Invalid);
    }

    void refusesAnEntryPointWhereNoneBelongs()
    {
        Job job = jobWith(Value::map({{"cmd", "ls"}}));
        job.entryPoint = u"x.sh"_s;
        const auto command = shellCommand(job, settingsFor(u"stanley"_s));
        QCOMPARE(command.error().message,
                 u"entry_point is only valid for local-shell-script runner"_s);
    }

    void findsAnEntryPointInsideOfItsPackOnly()
    {
        Job job = jobWith(Value::map());
        QCOMPARE(entryPointPath(job).error().message,
                 u"Action \"a\" is missing entry_point attribute"_s);
        job.entryPoint = u"scripts/x.sh"_s;
        QCOMPARE(*entryPointPath(job), u"/opt/packs/p1/actions/scripts/x.sh"_s);
        job.entryPoint = u"/opt/packs/p1/x.sh"_s;
        QCOMPARE(*entryPointPath(job), u"/opt/packs/p1/x.sh"_s);
        for (const QString &outside :
             {u"../../p2/x.sh"_s, u"/bin/sh"_s, u"../../p1-other/x.sh"_s}) {
            job.entryPoint = outside;
            QCOMPARE(entryPointPath(job).error().code, ErrorCode::Invalid);
        }
    }

    void feedsTheSudoPasswordApart()
    {
        const auto command = shellCommand(
            jobWith(Value::map({{"cmd", "id"}, {"sudo", true}, {"sudo_password", "s'p"}})),
            settingsFor(u"stanley"_s));
        QCOMPARE(command->password, QByteArray("s'p\n"));
        QVERIFY(command->elevated);
        QVERIFY(!command->text.contains(u"s'p"_s));
    }

    void laysTheEngineVariablesOverTheUsers()
    {
        RunnerSettings settings = settingsFor(u"stanley"_s);
        settings.environment = {{u"PATH"_s, u"/bin"_s}, {u"LANG"_s, u"C"_s}};
        const Environment environment = actionEnvironment(
            jobWith(Value::map(
                {{"debug", true},
                 {"env",
                  Value::map({{"LANG", "pl"}, {"NUMBER", 5}, {"ST2_ACTION_PACK_NAME", "mine"}})}})),
            settings);
        QCOMPARE(variable(environment, u"PATH"_s), u"/bin"_s);
        QCOMPARE(variable(environment, u"LANG"_s), u"pl"_s);
        QCOMPARE(variable(environment, u"NUMBER"_s), u"5"_s);
        QCOMPARE(variable(environment, u"ST2_ACTION_PACK_NAME"_s), u"p1"_s);
        QCOMPARE(variable(environment, u"ST2_ACTION_EXECUTION_ID"_s),
                 u"0123456789abcdef01234567"_s);
        QCOMPARE(variable(environment, u"ST2_ACTION_API_URL"_s), u"http://127.0.0.1:9101/v1"_s);
        QCOMPARE(variable(environment, u"ST2_ACTION_AUTH_TOKEN"_s), u"tok"_s);
        QCOMPARE(variable(environment, u"ST2_ACTION_DEBUG"_s), u"True"_s);
    }

    void takesTheTimeLimitFromTheParameters()
    {
        Job job = jobWith(Value::map({{"timeout", 5}}));
        job.timeout = 60s;
        QCOMPARE(timeLimit(job), 5'000ms);
        QCOMPARE(timeoutMessage(job), u"Action failed to complete in 5 seconds"_s);
        job.runnerParameters.set("timeout", 1.5);
        QCOMPARE(timeLimit(job), 1'500ms);
        job.runnerParameters.set("timeout", "7");
        QCOMPARE(timeLimit(job), 7'000ms);
        job.runnerParameters.set("timeout", "soon");
        QCOMPARE(timeLimit(job), 60'000ms);
        job.runnerParameters.set("timeout", nullptr);
        QCOMPARE(timeLimit(job), 60'000ms);
        QCOMPARE(timeoutMessage(job), u"Action failed to complete in 60 seconds"_s);
        job.runnerParameters.set("timeout", -3);
        QCOMPARE(timeLimit(job), 0ms);
        job.runnerParameters.set("timeout", 1e300);
        QVERIFY(timeLimit(job) > 0ms);
    }
};

QTEST_GUILESS_MAIN(ShellCommandTest)
#include "tst_shell_command.moc"
