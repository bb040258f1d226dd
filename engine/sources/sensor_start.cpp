#include "engine/sources/sensor_start.h"

#include <QFileInfo>

#include <cstring>

using namespace Qt::StringLiterals;

namespace stormglass {

Result<ProcessSpec> sensorProcess(const SensorSpec &spec, const SensorSettings &settings,
                                  const std::vector<Trigger> &triggers, SensorStart start)
{
    const SensorType &type = spec.type;
    if (!QFileInfo(type.artifact).isFile())
        return failure(ErrorCode::NotFound, u"%1 is not there"_s.arg(type.artifact));
    ProcessSpec process;
    if (type.artifact.endsWith(".py"_L1)) {
        if (spec.interpreter.isEmpty())
            return failure(ErrorCode::NotFound, u"there is no Python for its pack"_s);
        process.program = spec.interpreter;
        process.arguments = pythonArguments(settings.pythonLibrary + u"/stormglass_sensor.py"_s);
    } else {
        process.program = type.artifact;
    }
    process.environment = spec.environment;
    process.workingDirectory = spec.workingDirectory;
    process.input = startLine(spec, settings, triggers, start);
    process.keepInputOpen = true;
    process.channel = true;
    return process;
}

QString endOf(const ProcessExit &exit, const QString &said)
{
    QString reason;
    switch (exit.cause) {
    case ProcessExit::Cause::Exited:
        reason = u"exit code %1"_s.arg(exit.code);
        break;
    case ProcessExit::Cause::Signaled:
        reason = u"ended by signal %1 (%2)"_s.arg(exit.code).arg(
            QString::fromLatin1(strsignal(exit.code)));
        break;
    case ProcessExit::Cause::TimedOut:
    case ProcessExit::Cause::Killed:
        reason = u"killed"_s;
    }
    return said.isEmpty() ? reason : reason + u": "_s + said;
}

} // namespace stormglass
