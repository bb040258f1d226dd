#include "engine/host/sensor_arrangement.h"

#include "engine/base/yaml.h"

#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::size_t instancesAtMost = 256;
constexpr qint64 fileLimit = 1 << 20;
constexpr double shortestPoll = 4;
constexpr std::int64_t longest = 366LL * 24 * 60 * 60;

tl::unexpected<Error> wrong(const QString &name, const QString &what)
{
    return failure({ErrorCode::Invalid, u"%1 %2."_s.arg(name, what), u"ValidationError"_s, name});
}

Result<std::optional<std::chrono::seconds>> secondsIn(const Value &value, const QString &name,
                                                      std::int64_t least)
{
    if (value.isNull())
        return std::nullopt;
    if (!value.isInt() || value.toInt() < least || value.toInt() > longest)
        return wrong(name,
                     u"must be a whole number of seconds from %1 to %2"_s.arg(least).arg(longest));
    return std::chrono::seconds(value.toInt());
}

Result<bool> flagIn(const Value &value, const QString &name)
{
    if (!value.isBool())
        return wrong(name, u"must be true or false"_s);
    return value.toBool();
}

Result<> takePollInterval(SensorTuning &tuning, const Value &value)
{
    const double seconds = value.isInt() ? static_cast<double>(value.toInt())
        : value.isDouble()               ? value.toDouble()
                                         : 0;
    if (!(seconds >= shortestPoll && seconds <= static_cast<double>(longest)))
        return wrong(u"poll_interval"_s, u"must be 4 seconds or more"_s);
    tuning.pollInterval = seconds;
    return {};
}

// False for a member that is none of a tuning's.
Result<bool> takeTuning(SensorTuning &tuning, const QString &name, const Value &value)
{
    if (name == "config"_L1) {
        if (!value.isMap())
            return wrong(name, u"must be a mapping"_s);
        tuning.config = value;
    } else if (name == "poll_interval"_L1) {
        SG_TRY(takePollInterval(tuning, value));
    } else if (name == "silent_after"_L1) {
        SG_LET(tuning.silentAfter, secondsIn(value, name, 1));
    } else if (name == "hang_after"_L1) {
        SG_LET(tuning.hangAfter, secondsIn(value, name, 0));
    } else if (name == "paused"_L1) {
        SG_LET(tuning.isPaused, flagIn(value, name));
    } else if (name == "log_level"_L1) {
        static const QStringList levels{u"DEBUG"_s, u"INFO"_s, u"WARNING"_s, u"ERROR"_s,
                                        u"CRITICAL"_s};
        if (!levels.contains(value.toQStringOr({})))
            return wrong(name, u"must be one of "_s + levels.join(u", "_s));
        tuning.logLevel = value.toQString();
    } else {
        return false;
    }
    return true;
}

Result<SensorTuning> tuningFrom(const Value &json, const QString &where)
{
    if (!json.isMap())
        return wrong(where, u"must be a mapping"_s);
    SensorTuning tuning;
    for (const ValueMap::Entry &entry : json.entries()) {
        const QString name = entry.key.toQStringOr({});
        SG_LET(const bool isKnown, takeTuning(tuning, name, entry.value));
        if (!isKnown)
            return wrong(where + u'.' + name,
                         u"is not known: config, poll_interval, silent_after, hang_after, "
                         "log_level and paused are"_s);
    }
    return tuning;
}

Result<> takeInstances(SensorArrangement &arrangement, const Value &json)
{
    static const QRegularExpression namePattern(u"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"_s);
    if (!json.isMap() || json.entries().size() > qsizetype(instancesAtMost))
        return wrong(u"instances"_s,
                     u"must be a mapping of at most %1 names"_s.arg(instancesAtMost));
    for (const ValueMap::Entry &entry : json.entries()) {
        const QString name = entry.key.toQStringOr({});
        if (!namePattern.match(name).hasMatch())
            return wrong(u"instances"_s,
                         u"must have names of letters, digits and _.-, not \"%1\""_s.arg(name));
        SG_LET(
            arrangement.instances[name],
            tuningFrom(entry.value.isNull() ? Value::map() : entry.value, u"instances."_s + name));
    }
    return {};
}

Value tuningJson(const SensorTuning &tuning)
{
    Value json = Value::map();
    if (!tuning.config.entriesOrNone().isEmpty())
        json.set("config", tuning.config);
    if (tuning.pollInterval)
        json.set("poll_interval", *tuning.pollInterval);
    if (tuning.silentAfter)
        json.set("silent_after", static_cast<std::int64_t>(tuning.silentAfter->count()));
    if (tuning.hangAfter)
        json.set("hang_after", static_cast<std::int64_t>(tuning.hangAfter->count()));
    if (!tuning.logLevel.isEmpty())
        json.set("log_level", tuning.logLevel);
    if (tuning.isPaused)
        json.set("paused", true);
    return json;
}

void apply(SensorSpec &spec, const SensorTuning &tuning)
{
    for (const ValueMap::Entry &entry : tuning.config.entriesOrNone())
        spec.config.set(entry.key.toQStringOr({}), entry.value);
    if (tuning.pollInterval && spec.type.pollInterval)
        spec.type.pollInterval = tuning.pollInterval;
    if (tuning.silentAfter)
        spec.silentAfter = tuning.silentAfter;
    if (tuning.hangAfter)
        spec.hangAfter = tuning.hangAfter;
    if (!tuning.logLevel.isEmpty())
        spec.logLevel = tuning.logLevel;
    // Each for itself: pausing the plain one pauses no instance.
    spec.isPaused = tuning.isPaused;
}

} // namespace

Result<SensorArrangement> sensorArrangementFrom(const Value &json)
{
    SensorArrangement arrangement;
    if (!json.isMap())
        return wrong(u"The arrangement of a sensor"_s, u"must be a mapping"_s);
    for (const ValueMap::Entry &entry : json.entries()) {
        const QString name = entry.key.toQStringOr({});
        SG_LET(const bool isTaken, takeTuning(arrangement.tuning, name, entry.value));
        if (isTaken)
            continue;
        if (name == "enabled"_L1) {
            SG_LET(arrangement.enabled, flagIn(entry.value, name));
        } else if (name == "plain"_L1) {
            SG_LET(arrangement.runsPlain, flagIn(entry.value, name));
        } else if (name == "instances"_L1) {
            SG_TRY(takeInstances(arrangement, entry.value));
        } else {
            return wrong(name,
                         u"is not known: enabled, plain, instances, config, poll_interval, "
                         "silent_after, hang_after and log_level are"_s);
        }
    }
    return arrangement;
}

Value toJson(const SensorArrangement &arrangement)
{
    Value json = tuningJson(arrangement.tuning);
    if (arrangement.enabled)
        json.set("enabled", *arrangement.enabled);
    if (!arrangement.runsPlain)
        json.set("plain", false);
    Value instances = Value::map();
    for (const auto &[name, tuning] : arrangement.instances)
        instances.set(name, tuningJson(tuning));
    if (!arrangement.instances.empty())
        json.set("instances", instances);
    return json;
}

Result<SensorArrangements> readSensorArrangements(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return SensorArrangements();
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unavailable,
                       u"%1 cannot be read: %2"_s.arg(path, file.errorString()));
    if (file.size() > fileLimit)
        return failure(ErrorCode::Invalid, u"%1 is larger than 1 MiB."_s.arg(path));
    const QByteArray text = file.read(fileLimit);
    const Result<Value> document
        = readYaml(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!document)
        return failure(ErrorCode::Invalid, u"%1: %2"_s.arg(path, document.error().message));
    if (!document->isMap() && !document->isNull())
        return failure(ErrorCode::Invalid,
                       u"%1 must map refs of sensors to how they run."_s.arg(path));
    SensorArrangements arrangements;
    for (const ValueMap::Entry &entry : document->entriesOrNone()) {
        const QString ref = entry.key.toQStringOr({});
        Result<SensorArrangement> arrangement = sensorArrangementFrom(entry.value);
        if (!arrangement)
            return failure(ErrorCode::Invalid,
                           u"%1: %2: %3"_s.arg(path, ref, arrangement.error().message));
        arrangements[ref] = std::move(*arrangement);
    }
    return arrangements;
}

Result<> writeSensorArrangements(const QString &path, const SensorArrangements &arrangements)
{
    Value document = Value::map();
    for (const auto &[ref, arrangement] : arrangements) {
        if (!arrangement.isEmpty())
            document.set(ref, toJson(arrangement));
    }
    QSaveFile file(path);
    // Configurations may hold what is nobody else's business.
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        return failure(ErrorCode::Unavailable,
                       u"%1 cannot be written: %2"_s.arg(path, file.errorString()));
    file.write("# How sensors run here, beside what their packs say.\n");
    file.write(QByteArray::fromStdString(writeYaml(document)));
    if (!file.commit())
        return failure(ErrorCode::Unavailable,
                       u"%1 cannot be written: %2"_s.arg(path, file.errorString()));
    return {};
}

std::vector<SensorSpec> arranged(const SensorSpec &plain, const SensorArrangement &arrangement)
{
    SensorSpec first = plain;
    first.type.enabled = arrangement.enabled.value_or(plain.type.enabled);
    apply(first, arrangement.tuning);
    std::vector<SensorSpec> specs;
    if (arrangement.runsPlain)
        specs.push_back(first);
    for (const auto &[name, tuning] : arrangement.instances) {
        SensorSpec spec = first;
        spec.instance = name;
        apply(spec, tuning);
        specs.push_back(std::move(spec));
    }
    return specs;
}

} // namespace stormglass
