#include "engine/runners/python_runner.h"

#include "engine/base/thread_name.h"
#include "engine/runners/shell_command.h"

#include <QFileInfo>

#include <csignal>

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto defaultTimeout = 600s;
// What our Python code exits with when an action's status is no truth value.
constexpr int invalidStatusCode = 220;

bool isSystemPack(const QString &pack)
{
    return pack == "core"_L1 || pack == "packs"_L1 || pack == "linux"_L1 || pack == "chatops"_L1;
}

// The last of the same name wins.
QString lookUp(const Environment &environment, QLatin1StringView name)
{
    QString found;
    for (const auto &[key, value] : environment) {
        if (key == name)
            found = value;
    }
    return found;
}

Environment pythonEnvironment(const Job &job, const RunnerSettings &settings,
                              const PackInterpreter &interpreter)
{
    Environment environment = actionEnvironment(job, settings);
    // It would pull foreign modules into the interpreter.
    std::erase_if(environment, [](const auto &variable) {
        return variable.first.compare("PYTHONPATH"_L1, Qt::CaseInsensitive) == 0;
    });
    if (!interpreter.virtualenv.isEmpty()) {
        setVariable(environment, u"PATH"_s,
                    interpreter.virtualenv + u"/bin:"_s + lookUp(environment, "PATH"_L1));
    }
    if (const QString url = lookUp(environment, "ST2_ACTION_API_URL"_L1); !job.apiUrl.isEmpty())
        setVariable(environment, u"ST2_API_URL"_s, url);
    if (!job.apiToken.isEmpty())
        setVariable(environment, u"ST2_AUTH_TOKEN"_s, job.apiToken);
    setVariable(environment, u"STORMGLASS_PACKS"_s, settings.packFolders.join(u':'));
    return environment;
}

Value requestOf(const Job &job, const RunnerSettings &settings, const QString &file,
                const QString &hint)
{
    Value request = Value::map(
        {{"file", file},
         {"pack", job.action.pack},
         {"parameters", job.actionParameters},
         {"config", job.config},
         {"log_level", job.runnerParameters["log_level"]},
         {"paths", Value::list({job.packPath + u"/lib"_s, job.packPath + u"/actions/lib"_s})}});
    if (!settings.configFolder.isEmpty())
        request.set("config_file", settings.configFolder + u'/' + job.action.pack + u".yaml"_s);
    if (!hint.isEmpty())
        request.set("hint", hint);
    return request;
}

} // namespace

PackInterpreter packInterpreter(const QString &pack, const RunnerSettings &settings)
{
    if (isSystemPack(pack) || settings.virtualenvs.isEmpty())
        return {settings.interpreter, {}, {}};
    const QString folder = settings.virtualenvs + u'/' + pack;
    // Where the link leads: another environment must not be served by an interpreter kept warm.
    const QString inUse = QFileInfo(folder).canonicalFilePath();
    const QString program = inUse + u"/bin/python"_s;
    if (!inUse.isEmpty() && QFileInfo(program).isExecutable())
        return {program, inUse, {}};
    return {settings.interpreter,
            {},
            u"The virtual environment (%1) for pack \"%2\" does not exist, so it ran with %3. "
            u"Install the pack's "
            "requirements to make one."_s.arg(folder, pack, settings.interpreter)};
}

PythonRunner::PythonRunner(PythonHost &host, RunnerSettings settings)
    : m_host(host)
    , m_settings(std::move(settings))
{
}

PythonRunner::~PythonRunner()
{
    *m_self = nullptr;
    for (const auto &[execution, run] : m_runs)
        m_host.stop(run.python, 0ms);
}

void PythonRunner::start(const Job &job, RunnerSink &sink)
{
    SG_ON(Io);
    Run &run = m_runs.emplace(job.execution, Run{job, &sink, CapturedOutput(job.execution, sink)})
                   .first->second;
    if (const Result<> launched = launch(run); !launched) {
        m_runs.erase(job.execution);
        sink.finished(job.execution, failed(launched.error()));
    }
}

Result<> PythonRunner::launch(Run &run)
{
    SG_LET(PythonJob python, pythonJob(run.job));
    SG_LET(run.python, m_host.start(std::move(python), eventsOf(run.job.execution)));
    return {};
}

Result<PythonJob> PythonRunner::pythonJob(const Job &job) const
{
    if (job.runnerParameters["content_version"].isText()) {
        return failure(ErrorCode::Invalid,
                       u"content_version is not supported: the pack runs as it is installed"_s);
    }
    SG_LET(const QString file, entryPointPath(job));
    const PackInterpreter interpreter = packInterpreter(job.action.pack, m_settings);
    PythonJob python;
    python.interpreter = interpreter.program;
    python.request = requestOf(job, m_settings, file, interpreter.hint);
    python.environment = pythonEnvironment(job, m_settings, interpreter);
    python.timeout = job.runnerParameters.find("timeout") || job.timeout > 0ms ? timeLimit(job)
                                                                               : defaultTimeout;
    python.outputLimit = m_settings.outputLimit;
    python.fresh = QFileInfo::exists(job.packPath + u"/.fresh-interpreter"_s);
    return python;
}

PythonEvents PythonRunner::eventsOf(const Id &execution)
{
    const auto find = [self = m_self, execution]() -> Run * {
        return *self ? &(*self)->m_runs.at(execution) : nullptr;
    };
    return {[find, execution](qint64 process, std::uint64_t startTicks) {
                if (Run *const run = find())
                    run->sink->started(execution, process, startTicks);
            },
            [find](OutputStream stream, const QByteArray &data) {
                if (Run *const run = find())
                    run->output.take(stream, data);
            },
            [find](Result<Value> answer) {
                if (Run *const run = find())
                    run->answer = std::move(answer);
            },
            [self = m_self, execution](ProcessExit exit) {
                if (*self)
                    (*self)->finish(execution, exit);
            },
            [self = m_self, execution](const Error &error) {
                if (!*self)
                    return;
                const auto node = (*self)->m_runs.extract(execution);
                node.mapped().sink->finished(execution, failed(error));
            }};
}

void PythonRunner::cancel(const Id &execution, std::chrono::milliseconds grace)
{
    SG_ON(Io);
    const auto found = m_runs.find(execution);
    if (found != m_runs.end())
        m_host.stop(found->second.python, grace);
}

void PythonRunner::finish(const Id &execution, const ProcessExit &exit)
{
    // Out of the map before the report, so that whoever hears it may start the next.
    auto node = m_runs.extract(execution);
    Run &run = node.mapped();
    run.output.finish();
    run.sink->finished(execution, outcomeOf(run, exit));
}

Outcome PythonRunner::outcomeOf(const Run &run, const ProcessExit &exit) const
{
    const bool timedOut = exit.cause == ProcessExit::Cause::TimedOut;
    const int code = timedOut ? -SIGKILL : exit.bySignal ? -exit.code : exit.code;
    if (code == invalidStatusCode)
        return failed(Error{ErrorCode::Invalid, QString::fromUtf8(run.output.errors())});

    // Without an answer run() did not return; clients know that case by this text.
    const bool answered = run.answer && *run.answer;
    Value result = Value::map({{"stdout", textOf(run.output.output())},
                               {"stderr", textOf(run.output.errors())},
                               {"exit_code", code},
                               {"result", answered ? (**run.answer)["result"] : Value("None")}});
    if (timedOut)
        result.set("error", timeoutMessage(run.job));
    else if (run.answer && !*run.answer)
        result.set("error", run.answer->error().message);
    if (exit.droppedOutput > 0)
        result.set("note", droppedMessage(exit.droppedOutput, m_settings.outputLimit));

    if (timedOut)
        return {ExecutionStatus::Timeout, result};
    if (exit.cause == ProcessExit::Cause::Killed)
        return {ExecutionStatus::Canceled, result};
    const bool failedByItself = answered && (**run.answer)["status"] == Value(false);
    const bool refused = run.answer && !*run.answer;
    const bool good = code == 0 && !failedByItself && !refused;
    return {good ? ExecutionStatus::Succeeded : ExecutionStatus::Failed, result};
}

} // namespace stormglass
