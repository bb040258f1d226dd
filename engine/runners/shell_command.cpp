#include "engine/runners/shell_command.h"

#include "engine/base/python_text.h"
#include "engine/runners/script_arguments.h"
#include "engine/runners/shell_quote.h"

#include <QDir>

#include <algorithm>
#include <optional>

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QString textOf(const Value &value)
{
    return value.isNull() ? QString() : QString::fromStdString(pythonStr(value));
}

// A number, also one that nobody cast.
std::optional<double> secondsOf(const Value &given)
{
    if (given.isInt())
        return double(given.toInt());
    if (given.isDouble())
        return given.toDouble();
    bool isNumber = false;
    const double seconds = given.toQStringOr({}).toDouble(&isNumber);
    return isNumber ? std::optional(seconds) : std::nullopt;
}

// Puts sudo before a command where it must run as another user.
ShellCommand elevate(const Job &job, const RunnerSettings &settings, const QString &plain,
                     const QString &quotable)
{
    const Value &parameters = job.runnerParameters;
    ShellCommand command;
    command.workingDirectory = textOf(parameters["cwd"]);
    const bool sudo = parameters["sudo"].toBoolOr(false);
    const bool otherUser
        = !settings.systemUser.isEmpty() && settings.systemUser != settings.processUser;
    if (!sudo && !otherUser) {
        command.text = plain;
        return command;
    }
    command.elevated = true;
    const QString password = textOf(parameters["sudo_password"]);
    if (!password.isEmpty())
        command.password = password.toUtf8() + '\n';
    const QString asking = password.isEmpty() ? QString() : u"-S "_s;
    const QString user = sudo ? QString() : u"-H -u %1 "_s.arg(shellQuote(settings.systemUser));
    command.text = u"sudo %1-E %2-- bash -c %3"_s.arg(asking, user, shellQuote(quotable));
    return command;
}

} // namespace

Result<ShellCommand> shellCommand(const Job &job, const RunnerSettings &settings)
{
    if (!job.entryPoint.isEmpty())
        return failure(ErrorCode::Invalid,
                       u"entry_point is only valid for local-shell-script runner"_s);
    const QString command = textOf(job.runnerParameters["cmd"]);
    return elevate(job, settings, command, command);
}

Result<ShellCommand> scriptCommand(const Job &job, const QString &path,
                                   const RunnerSettings &settings)
{
    const Value *const given = job.runnerParameters.find("kwarg_op");
    if (given && !given->isText())
        return failure(ErrorCode::Invalid, u"kwarg_op must be a string"_s);
    SG_LET(const ScriptArguments arguments,
           scriptArguments(job.actionParameters, job.actionSchema,
                           given ? given->toQString() : u"--"_s));
    QString words = arguments.commandLine();
    // An old way to give a script its positional arguments.
    if (const Value &positional = job.runnerParameters["cmd"]; positional.isText())
        words = (words + u' ' + positional.toQString()).trimmed();
    const QString tail = words.isEmpty() ? QString() : u' ' + words;
    return elevate(job, settings, shellQuote(path) + tail, path + tail);
}

Result<QString> entryPointPath(const Job &job)
{
    if (job.entryPoint.isEmpty()) {
        return failure(ErrorCode::Invalid,
                       u"Action \"%1\" is missing entry_point attribute"_s.arg(job.action.name));
    }
    const QString folder = QDir::cleanPath(job.packPath);
    const QString path
        = QDir::cleanPath(QDir(folder + u"/actions"_s).absoluteFilePath(job.entryPoint));
    if (folder.isEmpty() || !path.startsWith(folder + u'/')) {
        return failure(ErrorCode::Invalid,
                       u"The entry point \"%1\" of action \"%2\" lies outside of its pack"_s.arg(
                           job.entryPoint, job.action.text()));
    }
    return path;
}

Environment actionEnvironment(const Job &job, const RunnerSettings &settings)
{
    Environment environment = settings.environment;
    for (const ValueMap::Entry &entry : job.runnerParameters["env"].entriesOrNone())
        setVariable(environment, textOf(entry.key), textOf(entry.value));
    QString api = job.apiUrl;
    while (api.endsWith(u'/'))
        api.chop(1);
    setVariable(environment, u"ST2_ACTION_PACK_NAME"_s, job.action.pack);
    setVariable(environment, u"ST2_ACTION_EXECUTION_ID"_s, job.execution.text());
    if (!api.isEmpty())
        setVariable(environment, u"ST2_ACTION_API_URL"_s, api + u"/v1"_s);
    if (!job.apiToken.isEmpty())
        setVariable(environment, u"ST2_ACTION_AUTH_TOKEN"_s, job.apiToken);
    const bool debug = job.runnerParameters["debug"].toBoolOr(false);
    setVariable(environment, u"ST2_ACTION_DEBUG"_s, debug ? u"True"_s : u"False"_s);
    return environment;
}

std::chrono::milliseconds timeLimit(const Job &job)
{
    const std::optional<double> seconds = secondsOf(job.runnerParameters["timeout"]);
    if (!seconds)
        return job.timeout;
    return std::chrono::milliseconds(std::int64_t(std::clamp(*seconds, 0.0, 1e9) * 1000));
}

QString timeoutMessage(const Job &job)
{
    const Value &given = job.runnerParameters["timeout"];
    const QString seconds = secondsOf(given)
        ? textOf(given)
        : QString::number(std::chrono::duration_cast<std::chrono::seconds>(job.timeout).count());
    return u"Action failed to complete in %1 seconds"_s.arg(seconds);
}

} // namespace stormglass
