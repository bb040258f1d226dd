#include "engine/packs/content_files.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr double shortestPoll = 4;

Result<TriggerType> triggerTypeFrom(const Value &content, const QString &pack,
                                    const QString &metadataFile)
{
    TriggerType type;
    if (!content["name"].isText() || content["name"] == Value(""))
        return failure(ErrorCode::Invalid, u"Invalid trigger type. Missing field \"name\""_s);
    type.ref = {pack, content["name"].toQString()};
    SG_LET(type.description, textMember(content, "description"));
    SG_LET(type.payloadSchema, mapMember(content, "payload_schema"));
    SG_LET(type.parametersSchema, mapMember(content, "parameters_schema"));
    SG_LET(type.tags, listMember(content, "tags"));
    type.metadataFile = metadataFile;
    return type;
}

} // namespace

Result<SensorFile> sensorFromFile(const MetadataFile &file, const QString &packFolder)
{
    const Value &content = file.content;
    SensorFile result;
    SensorType &sensor = result.sensor;
    SG_LET(sensor.className, requiredText(content, "class_name"));
    sensor.ref = {content["pack"].toQString(), sensor.className};
    SG_LET(sensor.description, textMember(content, "description"));
    SG_LET(sensor.enabled, flagMember(content, "enabled", true));
    const Value &entryPoint = content["entry_point"];
    if (!entryPoint.isText() || entryPoint == Value(""))
        return failure(ErrorCode::Invalid, u"Sensor definition missing entry_point"_s);
    const QString folder = QFileInfo(file.path).path();
    sensor.artifact = packFolder + u'/' + folder + u'/' + entryPoint.toQString();
    if (!QFileInfo::exists(sensor.artifact))
        return failure(
            ErrorCode::Invalid,
            u"The sensor's file %1/%2 does not exist."_s.arg(folder, entryPoint.toQString()));
    const Value &poll = content["poll_interval"];
    if (poll.isNumber()) {
        const double seconds = poll.isInt() ? static_cast<double>(poll.toInt())
            : poll.isDouble()               ? poll.toDouble()
                                            : 0;
        if (seconds != 0 && seconds < shortestPoll)
            return failure(ErrorCode::Invalid, u"Minimum possible poll_interval is 4 seconds"_s);
        if (seconds != 0)
            sensor.pollInterval = seconds;
    }
    SG_LET(const Value types, listMember(content, "trigger_types"));
    for (const Value &each : types.items()) {
        SG_LET(TriggerType type, triggerTypeFrom(each, sensor.ref.pack, file.path));
        sensor.triggerTypes << type.ref.text();
        result.triggerTypes.push_back(std::move(type));
    }
    sensor.metadataFile = file.path;
    return result;
}

Result<TriggerType> triggerTypeFromFile(const MetadataFile &file)
{
    return triggerTypeFrom(file.content, file.content["pack"].toQString(), file.path);
}

Result<Rule> ruleFromFile(const MetadataFile &file)
{
    SG_LET(Rule rule, ruleFromJson(file.content));
    rule.metadataFile = file.path;
    return rule;
}

} // namespace stormglass
