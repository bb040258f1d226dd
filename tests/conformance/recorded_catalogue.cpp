#include "tests/conformance/recorded_catalogue.h"

#include "engine/base/yaml.h"
#include "engine/packs/builtin_trigger_types.h"
#include "engine/packs/rule_registry.h"
#include "engine/runners/runner_types.h"
#include "engine/sources/trigger_check.h"
#include "engine/store/transaction.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_database.h"

namespace stormglass {

namespace {

using namespace Qt::StringLiterals;

const QString packFolder = QStringLiteral("/packs/p1");

class NoObserver final : public ContentObserver
{
public:
    void triggerTypeSaved(const TriggerType &) override {}
    void triggerTypeRemoved(const Ref &) override {}
    void triggerSaved(const Trigger &) override {}
    void triggerRemoved(const Trigger &) override {}
    void ruleSaved(const Rule &) override {}
    void ruleRemoved(const Rule &) override {}
    void sensorSaved(const SensorType &) override {}
    void sensorRemoved(const SensorType &) override {}
    void actionsChanged() override {}
};

std::vector<TriggerType> givenTypes()
{
    TriggerType withParameters;
    withParameters.ref = {u"p1"_s, u"t1"_s};
    withParameters.parametersSchema
        = *readYaml("{type: object, properties: {url: {type: string, required: true}, "
                    "n: {type: integer, default: 3}}, additionalProperties: false}");
    TriggerType plain;
    plain.ref = {u"p1"_s, u"plain"_s};
    return {withParameters, plain};
}

std::optional<RunnerType> runnerNamed(const QString &name)
{
    for (const RunnerType &type : runnerTypes()) {
        if (type.name == name)
            return type;
    }
    return std::nullopt;
}

template <typename Noun>
Result<Value> shownAsDocument(Result<Noun> noun)
{
    return noun ? Result<Value>(toJson(*noun)) : Result<Value>(failure(noun.error()));
}

// Paths of the case are relative.
Result<Value> sensor(const MetadataFile &file)
{
    SG_LET(const SensorFile content, sensorFromFile(file, packFolder));
    Value document = toJson(content.sensor);
    document.set("artifact_uri",
                 document["artifact_uri"].toQString().replace(u"/packs/"_s, QString()));
    return document;
}

} // namespace

struct RecordedCatalogue::Content
{
    FakeClock clock;
    IdGenerator ids{clock};
    NoObserver observer;
    TestDatabase database;
    TriggerStore triggers{database};
    RuleStore rules{database};
    TriggerRegistry triggerRegistry{ids, triggers, observer};
    RuleRegistry ruleRegistry{clock,           ids,      rules,
                              triggerRegistry, observer, [](const Rule &) {
                                 return Result<>(); }};
};

RecordedCatalogue::Content &RecordedCatalogue::content()
{
    static Content made;
    static const bool isFilled = [] {
        made.triggerRegistry.setCheckParameters([](const Ref &type, const Value &parameters) {
            return checkTriggerParameters(type, parameters, made.clock.now());
        });
        committed(made.database, []() -> Result<> {
            for (const auto &types : {builtinTriggerTypes(), givenTypes()}) {
                for (const TriggerType &type : types)
                    SG_TRY(made.triggerRegistry.saveType(type));
            }
            return {};
        });
        return true;
    }();
    SG_ASSERT(isFilled);
    return made;
}

Result<Value> RecordedCatalogue::registered(MetadataKind kind, const MetadataFile &file)
{
    switch (kind) {
    case MetadataKind::Action:
        return shownAsDocument(actionFromFile(file, runnerNamed));
    case MetadataKind::Sensor:
        return sensor(file);
    case MetadataKind::TriggerType:
        return shownAsDocument(triggerTypeFromFile(file));
    case MetadataKind::Rule:
        return rule(file);
    case MetadataKind::Alias:
        return shownAsDocument(aliasFromFile(file));
    case MetadataKind::Policy:
        return shownAsDocument(policyFromFile(file));
    case MetadataKind::Pack:
    case MetadataKind::Runner:
    case MetadataKind::ConfigSchema:
        break;
    }
    return failure(ErrorCode::Invalid, u"no file of a pack's content"_s);
}

Result<Value> RecordedCatalogue::pack(const MetadataFile &file)
{
    SG_LET(Pack pack, packFromFile(file, u"packdir"_s));
    pack.files = QStringList{u"pack.yaml"_s};
    pack.path = u"packdir"_s;
    return toJson(pack);
}

// Runner types are built in here; this is what the file of one comes to.
Result<Value> RecordedCatalogue::runner(const Value &content)
{
    Value known = Value::map();
    for (const ValueMap::Entry &entry : content.entriesOrNone()) {
        if (entry.key != Value("aliases") && entry.key != Value("experimental"))
            known.set(entry.key, entry.value);
    }
    SG_LET(const Value cleaned, checkedMetadata(MetadataKind::Runner, known));
    Value document = Value::map();
    for (const char *name :
         {"name", "description", "enabled", "runner_module", "query_module", "output_key"}) {
        if (const Value *member = cleaned.find(name); member && !member->isNull())
            document.set(name, *member);
    }
    const Value *package = cleaned.find("runner_package");
    document.set("runner_package", package ? *package : cleaned["runner_module"]);
    document.set("output_schema",
                 known["output_schema"].isMap() ? known["output_schema"] : Value::map());
    document.set("runner_parameters",
                 cleaned["runner_parameters"].isMap() ? cleaned["runner_parameters"]
                                                      : Value::map());
    return document;
}

Result<Value> RecordedCatalogue::rule(const MetadataFile &file)
{
    // Never committed.
    Transaction transaction(content().database);
    SG_LET(const RuleFile read, ruleFromFile(file));
    SG_LET(const Rule saved, content().ruleRegistry.create(read.rule));
    SG_LET(const std::optional<Trigger> trigger, content().triggers.find(saved.trigger));
    Value document = toJson(saved);
    const bool isNamed = trigger->parameters.entriesOrNone().isEmpty();
    Value shownTrigger = document["trigger"];
    shownTrigger.set("ref", isNamed ? trigger->ref.text() : trigger->ref.pack + u".<uuid>"_s);
    document.set("trigger", shownTrigger);
    return document;
}

} // namespace stormglass
