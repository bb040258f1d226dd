#include "engine/base/json.h"
#include "engine/model/access.h"
#include "engine/model/action.h"
#include "engine/model/action_alias.h"
#include "engine/model/enforcement.h"
#include "engine/model/execution.h"
#include "engine/model/key_value.h"
#include "engine/model/pack.h"
#include "engine/model/policy.h"
#include "engine/model/sensor_type.h"
#include "engine/model/trigger.h"
#include "engine/model/trigger_instance.h"
#include "engine/model/uid.h"
#include "engine/model/verdict.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

// What the API shows (api.md 6).
class TestDocuments : public QObject
{
    Q_OBJECT

private slots:
    void hashesParametersAsPythonDoes();
    void showsAnActionInFull();
    void leavesOutWhatAnExecutionHasNot();
    void showsAnExecutionThatHasEnded();
    void hidesNothingOfATriggerInstance();
    void showsAnEnforcementWithAndWithoutAnExecution();
    void splitsAUserFromTheNameOfItsKey();
    void namesTheModuleOfASensor();
    void listsTheFilesOfAPackThatHasNone();
    void tellsTheConditionOfAVerdict();
    void showsAnAliasWithoutTextsAsStackStormDoes();
    void readsEveryStatusItWrites();
};

namespace {

const Timestamp noon = Timestamp(std::chrono::microseconds(1'712'366'106'602'758));
const Id id = *Id::fromHex("0123456789abcdef01234567");
const Id other = *Id::fromHex("0123456789abcdef01234568");

QStringList keysOf(const Value &map)
{
    QStringList keys;
    for (const ValueMap::Entry &entry : map.entriesOrNone())
        keys.append(entry.key.toQString());
    return keys;
}

} // namespace

void TestDocuments::hashesParametersAsPythonDoes()
{
    QCOMPARE(hashOf(Value::map({{"unit", "seconds"}, {"delta", 5}})),
             u"889c1c0b04f53100997af85f35ad3979"_s);
    QCOMPARE(hashOf(Value::map()), u"99914b932bd37a50b983c5e7c90ae93b"_s);
    const Trigger trigger{.ref = {u"core"_s, u"x"_s},
                          .parameters = Value::map({{"delta", 5}, {"unit", "seconds"}})};
    QCOMPARE(uidOf(trigger), u"trigger:core:x:889c1c0b04f53100997af85f35ad3979"_s);
}

void TestDocuments::showsAnActionInFull()
{
    const Value json = toJson(
        Action{.id = id, .ref = {u"core"_s, u"local"_s}, .runnerType = u"local-shell-cmd"_s});
    const QString keys
        = u"id ref uid pack name description enabled runner_type entry_point parameters "
          "output_schema notify tags metadata_file"_s;
    QCOMPARE(keysOf(json), keys.split(u' '));
    QCOMPARE(json["uid"].toQString(), u"action:core:local"_s);
    QCOMPARE(json["runner_type"].toQString(), u"local-shell-cmd"_s);
}

void TestDocuments::leavesOutWhatAnExecutionHasNot()
{
    const Value json = toJson(Execution{.id = id,
                                        .liveAction = other,
                                        .action = {u"core"_s, u"noop"_s},
                                        .runnerType = u"noop"_s,
                                        .started = noon});
    const QString keys = u"id status action runner liveaction start_timestamp"_s;
    QCOMPARE(keysOf(json), keys.split(u' '));
    QCOMPARE(json["status"].toQString(), u"requested"_s);
    QCOMPARE(json["start_timestamp"].toQString(), u"2024-04-06T01:15:06.602758Z"_s);
    QCOMPARE(json["liveaction"]["action"].toQString(), u"core.noop"_s);
    QCOMPARE(json["liveaction"]["action_is_workflow"], Value(false));
}

void TestDocuments::showsAnExecutionThatHasEnded()
{
    Execution execution{.id = id,
                        .action = {u"p"_s, u"w"_s},
                        .runnerType = u"orquesta"_s,
                        .status = ExecutionStatus::Failed,
                        .started = noon};
    execution.ended = noon + std::chrono::milliseconds(1500);
    execution.result = Value::map({{"error", "no"}});
    execution.parent = other;
    execution.context = Value::map(
        {{"orquesta", Value::map({{"workflow_execution_id", "w"}, {"task_name", "t"}})}});
    const Value json = toJson(execution);
    QCOMPARE(json["elapsed_seconds"], Value(1.5));
    QCOMPARE(json["result"]["error"].toQString(), u"no"_s);
    QCOMPARE(json["parent"].toQString(), other.text());
    QCOMPARE(json["workflow_execution"].toQString(), u"w"_s);
    QVERIFY(!json.find("task_execution"));
    QCOMPARE(json["liveaction"]["action_is_workflow"], Value(true));
}

void TestDocuments::hidesNothingOfATriggerInstance()
{
    const Value json = toJson(TriggerInstance{.id = id,
                                              .trigger = {u"p"_s, u"t"_s},
                                              .payload = Value::map({{"wind", 3}}),
                                              .occurrence = noon,
                                              .status = TriggerInstanceStatus::ProcessingFailed});
    QCOMPARE(QString::fromStdString(writeJson(json)),
             u"{\"id\":\"0123456789abcdef01234567\",\"trigger\":\"p.t\",\"payload\":{\"wind\":3},"
             "\"occurrence_time\":\"2024-04-06T01:15:06.602758Z\",\"status\":\"processing_failed\","
             "\"candidates\":0,\"matched\":0}"_s);
}

void TestDocuments::showsAnEnforcementWithAndWithoutAnExecution()
{
    Enforcement enforcement{.id = id,
                            .triggerInstance = other,
                            .rule = id,
                            .ruleRef = {u"p"_s, u"r"_s},
                            .status = EnforcementStatus::Failed,
                            .failureReason = u"no action"_s,
                            .enforcedAt = noon};
    const Value failed = toJson(enforcement);
    QCOMPARE(failed["rule"]["uid"].toQString(), u"rule:p:r"_s);
    QCOMPARE(failed["failure_reason"].toQString(), u"no action"_s);
    QVERIFY(!failed.find("execution_id"));
    enforcement.execution = other;
    QCOMPARE(toJson(enforcement)["execution_id"].toQString(), other.text());
}

void TestDocuments::splitsAUserFromTheNameOfItsKey()
{
    const KeyValue key{.id = id, .scope = u"st2kv.user"_s, .name = u"alice:a:b"_s, .value = u"1"_s};
    const Value json = toJson(key);
    QCOMPARE(json["name"].toQString(), u"a:b"_s);
    QCOMPARE(json["user"].toQString(), u"alice"_s);
    QCOMPARE(json["uid"].toQString(), u"key_value_pair:st2kv.user:alice:a:b"_s);
    const Value ofSystem = toJson(KeyValue{.scope = u"st2kv.system"_s, .name = u"a:b"_s});
    QCOMPARE(ofSystem["name"].toQString(), u"a:b"_s);
    QVERIFY(!ofSystem.find("user"));
}

void TestDocuments::namesTheModuleOfASensor()
{
    SensorType type{.id = id,
                    .ref = {u"linux"_s, u"FileWatchSensor"_s},
                    .artifact = u"/opt/packs/linux/sensors/file_watch_sensor.py"_s,
                    .className = u"FileWatchSensor"_s,
                    .pollInterval = 5.0};
    const Value json = toJson(type);
    QCOMPARE(json["entry_point"].toQString(), u"sensors.file_watch_sensor.FileWatchSensor"_s);
    QCOMPARE(json["artifact_uri"].toQString(),
             u"file:///opt/packs/linux/sensors/file_watch_sensor.py"_s);
    QCOMPARE(json["poll_interval"], Value(5));
    type.ref.pack = u"core"_s;
    QCOMPARE(toJson(type)["entry_point"].toQString(), u"FileWatchSensor"_s);
}

void TestDocuments::listsTheFilesOfAPackThatHasNone()
{
    const Value json = toJson(Pack{.id = id, .ref = u"p"_s, .name = u"P"_s});
    QVERIFY(json["files"].isList());
    QVERIFY(json["contributors"].isList());
    QVERIFY(json["system"].isMap());
    QCOMPARE(json["uid"].toQString(), u"pack:p"_s);
}

void TestDocuments::tellsTheConditionOfAVerdict()
{
    Verdict verdict{.triggerInstance = id,
                    .rule = other,
                    .ruleRef = {u"p"_s, u"r"_s},
                    .criterion = u"trigger.x"_s,
                    .operatorName = u"equals"_s,
                    .expected = 3,
                    .time = noon};
    const Value json = toJson(verdict);
    QCOMPARE(json["verdict"].toQString(), u"not_matched"_s);
    QVERIFY(json.find("actual") && json["actual"].isNull());
    QCOMPARE(json["expected"], Value(3));
    verdict.criterion.clear();
    QVERIFY(!toJson(verdict).find("actual"));
}

void TestDocuments::showsAnAliasWithoutTextsAsStackStormDoes()
{
    const Value json
        = toJson(ActionAlias{.id = id, .ref = {u"p"_s, u"a"_s}, .action = {u"core"_s, u"noop"_s}});
    QVERIFY(!json.find("description"));
    QCOMPARE(json["ack"], Value::map());
    QCOMPARE(json["uid"].toQString(), u"action_alias:p:a"_s);
    QCOMPARE(
        toJson(Policy{.ref = {u"p"_s, u"x"_s}, .resource = {u"core"_s, u"noop"_s}})["resource_ref"]
            .toQString(),
        u"core.noop"_s);
    QCOMPARE(toJson(ApiKey{.hash = u"h"_s, .created = noon})["uid"].toQString(), u"api_key:h"_s);
}

void TestDocuments::readsEveryStatusItWrites()
{
    for (int i = 0; i <= static_cast<int>(VerdictKind::NotNeeded); ++i) {
        const auto kind = static_cast<VerdictKind>(i);
        QCOMPARE(verdictKindFromText(toText(kind)), std::optional(kind));
    }
    for (int i = 0; i <= static_cast<int>(TriggerInstanceStatus::ProcessingFailed); ++i) {
        const auto status = static_cast<TriggerInstanceStatus>(i);
        QCOMPARE(triggerInstanceStatusFromText(toText(status)), std::optional(status));
    }
    for (int i = 0; i <= static_cast<int>(EnforcementStatus::Failed); ++i) {
        const auto status = static_cast<EnforcementStatus>(i);
        QCOMPARE(enforcementStatusFromText(toText(status)), std::optional(status));
    }
    QVERIFY(!verdictKindFromText(u"maybe"_s));
}

QTEST_GUILESS_MAIN(TestDocuments)
#include "tst_documents.moc"
