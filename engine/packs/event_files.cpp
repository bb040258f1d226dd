#include "engine/packs/content_files.h"

#include "engine/base/python_text.h"
#include "engine/model/json_members.h"
#include "engine/packs/metadata_models.h"
#include "engine/rules/rule_problems.h"

#include <QFileInfo>

#include <cmath>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr double shortestPoll = 4;

tl::unexpected<Error> refused(const QString &message, const QString &place)
{
    return failure(Error{ErrorCode::Invalid, message, u"ValueError"_s, place});
}

// Only what StackStorm picks up is looked at, wherever a trigger type is described (content.md
// 7.2).
Value pickedUp(const Value &written)
{
    Value content = Value::map();
    for (const char *name :
         {"name", "description", "payload_schema", "parameters_schema", "tags"}) {
        if (const Value *member = written.find(name))
            content.set(name, *member);
    }
    return content;
}

Result<TriggerType> triggerTypeFrom(const Value &written, const QString &pack,
                                    const QString &metadataFile)
{
    if (!written.isMap())
        return refused(u"A trigger type must be a mapping."_s, u"trigger_types"_s);
    if (!written.find("name"))
        return failure(Error{ErrorCode::Invalid, u"Invalid trigger type. Missing field \"name\""_s,
                             u"ValidationError"_s, u"name"_s});
    SG_LET(const Value content, checkedMetadata(MetadataKind::TriggerType, pickedUp(written)));
    TriggerType type;
    type.ref = {pack, content["name"].toQString()};
    SG_TRY(expectName(pack, type.ref.name));
    type.description = content["description"].toQStringOr({});
    type.payloadSchema = content["payload_schema"];
    type.parametersSchema = content["parameters_schema"];
    SG_LET(type.tags, tagsOf(content));
    type.metadataFile = metadataFile;
    return type;
}

// StackStorm stores whole seconds and says nothing of the rest.
Result<std::optional<double>> pollIntervalFrom(const Value &written)
{
    if (isFalsy(written))
        return std::optional<double>();
    const double seconds = written.isInt() ? static_cast<double>(written.toInt())
        : written.isDouble()               ? written.toDouble()
        : written.isBool()                 ? 1
                                           : std::nan("");
    if (!std::isfinite(seconds))
        return refused(u"poll_interval must be a number of seconds, not %1"_s.arg(
                           QString::fromStdString(pythonRepr(written))),
                       u"poll_interval"_s);
    if (seconds < shortestPoll)
        return refused(u"Minimum possible poll_interval is 4 seconds"_s, u"poll_interval"_s);
    return std::optional<double>(std::trunc(seconds));
}

Result<> readTriggerTypes(const MetadataFile &file, SensorFile &result)
{
    const Value &written = file.content["trigger_types"];
    if (!written.isNull() && !written.isList())
        return refused(u"trigger_types must be a list."_s, u"trigger_types"_s);
    for (const Value &each : written.itemsOrNone()) {
        SG_LET(TriggerType type, triggerTypeFrom(each, result.sensor.ref.pack, file.path));
        result.sensor.triggerTypes << type.ref.text();
        result.triggerTypes.push_back(std::move(type));
    }
    return {};
}

// What StackStorm lets pass although its own schema of sensors forbids it.
QStringList sensorWarnings(const MetadataFile &file, const SensorType &sensor)
{
    QStringList warnings;
    if (const Result<Value> strict = checkedMetadata(MetadataKind::Sensor, file.content); !strict)
        warnings << strict.error().message;
    if (!QFileInfo::exists(sensor.artifact))
        warnings << u"The sensor's file %1 does not exist."_s.arg(
            QFileInfo(file.path).path() + u'/' + file.content["entry_point"].toQString());
    return warnings;
}

Result<QString> textOrNothing(const Value &content, const char *name)
{
    const Value &value = content[name];
    if (value.isNull() || value.isText())
        return value.toQStringOr({});
    return failure(Error{ErrorCode::Invalid,
                         u"\"%1\" must be a text, not %2."_s.arg(
                             QLatin1String(name), QString::fromStdString(pythonRepr(value))),
                         u"StorageValidationError"_s, QLatin1String(name)});
}

} // namespace

Result<SensorFile> sensorFromFile(const MetadataFile &file, const QString &packFolder)
{
    const Value &content = file.content;
    SensorFile result;
    SensorType &sensor = result.sensor;
    const Value &entryPoint = content["entry_point"];
    if (!entryPoint.isText() || entryPoint == Value(""))
        return refused(u"Sensor definition missing entry_point"_s, u"entry_point"_s);
    SG_LET(sensor.pollInterval, pollIntervalFrom(content["poll_interval"]));
    SG_LET(sensor.className, textOrNothing(content, "class_name"));
    sensor.ref = {content["pack"].toQString(), sensor.className};
    SG_TRY(expectName(sensor.ref.pack, sensor.className));
    SG_LET(sensor.description, textOrNothing(content, "description"));
    // Any value will do, as in Python; null is "not said".
    sensor.enabled = content["enabled"].isNull() || !isFalsy(content["enabled"]);
    sensor.artifact
        = packFolder + u'/' + QFileInfo(file.path).path() + u'/' + entryPoint.toQString();
    SG_TRY(readTriggerTypes(file, result));
    sensor.metadataFile = file.path;
    result.warnings = sensorWarnings(file, sensor);
    return result;
}

Result<TriggerType> triggerTypeFromFile(const MetadataFile &file)
{
    return triggerTypeFrom(file.content, file.content["pack"].toQString(), file.path);
}

Result<RuleFile> ruleFromFile(const MetadataFile &file)
{
    SG_LET(Value content, checkedMetadata(MetadataKind::Rule, file.content));
    for (const char *name : {"type", "criteria"}) {
        const Value *member = file.content.find(name);
        if (member && member->isNull())
            return refused(u"\"%1\" must be a mapping, or left out."_s.arg(QLatin1String(name)),
                           QLatin1String(name));
    }
    // Null leaves a rule on, though its absence leaves it off.
    if (const Value *enabled = file.content.find("enabled"); enabled && enabled->isNull())
        content.set("enabled", true);
    SG_TRY(expectName(content["pack"].toQString(), content["name"].toQString()));
    RuleFile result;
    SG_LET(result.rule, ruleFromJson(content));
    Rule &rule = result.rule;
    if (rule.triggerType.pack.isEmpty() || rule.triggerType.name.isEmpty())
        return refused(u"Invalid resource reference: %1"_s.arg(rule.triggerType.text()),
                       u"trigger.type"_s);
    const std::vector<RuleProblem> problems = ruleProblems(rule);
    if (const std::optional<Error> refusal = refusalFrom(problems))
        return failure(*refusal);
    for (const RuleProblem &problem : problems)
        result.warnings << problem.place + u": "_s + problem.message;
    SG_LET(rule.tags, tagsOf(content));
    rule.metadataFile = file.path;
    return result;
}

} // namespace stormglass
