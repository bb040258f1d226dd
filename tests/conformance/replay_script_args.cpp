#include "tests/conformance/corpus_kinds.h"

#include "engine/base/json.h"
#include "engine/base/python_text.h"
#include "engine/runners/script_arguments.h"
#include "engine/runners/shell_command.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

Value mapOf(const Value &pairs)
{
    Value map = Value::map();
    for (const Value &pair : pairs.itemsOrNone())
        map.set(pair.items()[0], pair.items()[1]);
    return map;
}

Job jobOf(const Value &recorded)
{
    Job job;
    job.action = {recorded["context"]["pack"].toQStringOr(u"p1"_s), u"a"_s};
    job.runnerParameters = recorded["runner_parameters"];
    job.actionParameters = mapOf(recorded["parameters"]);
    job.actionSchema = mapOf(recorded["parameters_schema"]);
    job.apiUrl = u"http://127.0.0.1:9101"_s;
    job.apiToken = u"tok"_s;
    job.timeout = std::chrono::seconds(60);
    return job;
}

// What the variables of the case came to; the execution's id is not ours to choose.
Value environmentOf(const Job &job, const Value &expected)
{
    Value seen = Value::map();
    for (const auto &[name, value] : actionEnvironment(job, {}))
        seen.set(name, value);
    seen.set("ST2_ACTION_EXECUTION_ID", expected["ST2_ACTION_EXECUTION_ID"]);
    if (const Value *const pack = expected.find("ST2_ACTION_PACK_NAME"); pack && pack->isNull())
        seen.set("ST2_ACTION_PACK_NAME", Value());
    return seen;
}

// The reference hands variables on as they are given, and fails later where they are no text.
Value asText(const Value &environment)
{
    Value texts = Value::map();
    for (const ValueMap::Entry &entry : environment.entriesOrNone())
        texts.set(entry.key, entry.value.isNull() ? Value("") : Value(pythonStr(entry.value)));
    return texts;
}

Value seconds(const Value &given)
{
    return given.isText() ? Value(given.toQString().toDouble())
        : given.isInt()   ? Value(double(given.toInt()))
                          : given;
}

Result<Value> built(const Value &recorded)
{
    const Value &expect = recorded["expect"];
    const Job job = jobOf(recorded);
    RunnerSettings settings;
    settings.systemUser = recorded["system_user"].toQStringOr({});
    settings.processUser = recorded["process_user"].toQStringOr({});
    const QString path = recorded["entry_point"].toQStringOr({});
    SG_LET(const ShellCommand command,
           path.isEmpty() ? shellCommand(job, settings) : scriptCommand(job, path, settings));
    // The reference makes a script executable in the shell; here it is a system call.
    const QString before = path.isEmpty() ? QString() : u"chmod +x "_s + path + u" ; "_s;
    return Value::map({{"command", before + command.text},
                       {"cwd", command.workingDirectory},
                       {"env", asText(environmentOf(job, expect["env"]))},
                       {"timeout", double(timeLimit(job).count()) / 1000}});
}

} // namespace

CaseVerdict replayScriptArgs(const Value &recorded)
{
    const Value &expect = recorded["expect"];
    if (!recorded["runner"].toQStringOr({}).startsWith("local"_L1))
        return {false, "a command for another host", "there is no such runner yet"};
    const Result<Value> got = built(recorded);
    if (expect.find("raises"))
        return {!got, "an error", got ? writeJson(*got) : got.error().message.toStdString()};
    const Value expected = Value::map({{"command", expect["command"]},
                                       {"cwd", expect["cwd"].isNull() ? Value("") : expect["cwd"]},
                                       {"env", asText(expect["env"])},
                                       {"timeout", seconds(expect["timeout"])}});
    return judged(Value::map({{"value", expected}}), got);
}

} // namespace stormglass
