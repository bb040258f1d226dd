#include "engine/store/action_store.h"
#include "engine/store/alias_store.h"
#include "engine/store/pack_store.h"
#include "engine/store/policy_store.h"
#include "engine/store/rule_store.h"
#include "engine/store/runner_type_store.h"
#include "engine/store/sensor_type_store.h"
#include "engine/store/trigger_store.h"
#include "tests/contract/store_fixture.h"

using namespace stormglass;
using namespace Qt::StringLiterals;

// What packs describe.
class TestContentStores : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { everyPlace(); }
    void keepActions();
    void keepRules();
    void keepSensorTypes();
    void keepPolicies();
    void keepAliases();
    void keepTriggerTypes();
    void keepTriggers();
    void findTriggersByTheirParameters();
    void countTheRulesOfATrigger();
    void keepRunnerTypes();
    void keepPacks();
    void keepTheProblemsOfAPack();
    void keepConfigs();
    void findRulesByTriggerAndAction();
};

namespace {

// What is the same for all content that has a pack and a name.
template <typename Store, typename Content>
void checkStore(StoreFixture &fixture, Content content)
{
    Store store(fixture.database);
    content.id = fixture.ids.make();
    content.ref = {u"weather"_s, u"b.with.dots"_s};
    Content other = content;
    other.id = fixture.ids.make();
    other.ref.name = u"a"_s;
    Content elsewhere = content;
    elsewhere.id = fixture.ids.make();
    elsewhere.ref.pack = u"attic"_s;
    SG_WRITES(fixture, store.add(content));
    SG_WRITES(fixture, store.add(other));
    SG_WRITES(fixture, store.add(elsewhere));

    SG_VALUE(const std::optional<Content> byId, store.find(content.id));
    QCOMPARE(*byId, content);
    SG_VALUE(const std::optional<Content> byRef, store.find(content.ref));
    QCOMPARE(*byRef, content);
    SG_VALUE(const std::optional<Content> none, store.find(Ref{u"weather"_s, u"c"_s}));
    QVERIFY(!none);
    SG_VALUE(const std::vector<Content> all, store.all());
    QCOMPARE(all, (std::vector<Content>{elsewhere, other, content}));
    SG_VALUE(const std::vector<Content> ofPack, store.ofPack(u"weather"_s));
    QCOMPARE(ofPack, (std::vector<Content>{other, content}));

    content.description = u"anders"_s;
    SG_WRITES(fixture, store.update(content));
    SG_VALUE(const std::optional<Content> updated, store.find(content.id));
    QCOMPARE(*updated, content);
    SG_WRITES(fixture, store.remove(other.id));
    SG_VALUE(const std::optional<Content> removed, store.find(other.id));
    QVERIFY(!removed);

    Content twin = content;
    twin.id = fixture.ids.make();
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::Conflict, store.add(twin));
    SG_FAILS(ErrorCode::NotFound, store.update(other));
    SG_FAILS(ErrorCode::NotFound, store.remove(other.id));
}

} // namespace

void TestContentStores::keepActions()
{
    StoreFixture fixture;
    checkStore<ActionStore>(
        fixture,
        Action{.description = u"Schließt"_s,
               .enabled = false,
               .runnerType = u"local-shell-cmd"_s,
               .entryPoint = u"close.sh"_s,
               .parameters = Value::map({{"z", Value::map({{"type", "string"}})}, {"a", 1.0}}),
               .outputSchema = Value::map({{"x", 1}}),
               .notify = Value::map({{"on-complete", Value::map()}}),
               .tags = Value::list({Value::map({{"name", "n"}, {"value", "v"}})}),
               .metadataFile = u"actions/close.yaml"_s});
}

void TestContentStores::keepRules()
{
    StoreFixture fixture;
    checkStore<RuleStore>(fixture,
                          Rule{.description = u"x"_s,
                               .state = RuleState::Observe,
                               .type = u"backstop"_s,
                               .typeParameters = Value::map({{"p", 1}}),
                               .triggerType = {u"core"_s, u"st2.webhook"_s},
                               .triggerParameters = Value::map({{"url", "storm"}}),
                               .trigger = fixture.ids.make(),
                               .criteria = Value::map({{"trigger.b", 1}, {"trigger.a", 2}}),
                               .action = {u"weather"_s, u"close"_s},
                               .actionParameters = Value::map({{"room", "attic"}}),
                               .tags = Value::list({"t"}),
                               .context = Value::map({{"user", "eve"}}),
                               .metadataFile = u"rules/x.yaml"_s,
                               .changed = Timestamp(std::chrono::seconds(7)),
                               .fileState = RuleState::Enabled});
    const Rule rule{.id = fixture.ids.make(), .ref = {u"p"_s, u"r"_s}};
    RuleStore store(fixture.database);
    SG_WRITES(fixture, store.add(rule));
    SG_WRITES(fixture,
              store.setState(rule.id, RuleState::Disabled, Timestamp(std::chrono::seconds(9))));
    SG_VALUE(const Rule read, store.get(rule.id));
    QCOMPARE(read.state, RuleState::Disabled);
    QCOMPARE(read.changed, Timestamp(std::chrono::seconds(9)));
    SG_FAILS(ErrorCode::NotFound, store.get(fixture.ids.make()));
}

void TestContentStores::findRulesByTriggerAndAction()
{
    StoreFixture fixture;
    RuleStore store(fixture.database);
    Rule first{.id = fixture.ids.make(),
               .ref = {u"p"_s, u"z"_s},
               .trigger = fixture.ids.make(),
               .action = {u"a"_s, u"b"_s}};
    Rule second = first;
    second.id = fixture.ids.make();
    second.ref.name = u"a"_s;
    Rule third{.id = fixture.ids.make(), .ref = {u"p"_s, u"q"_s}, .action = {u"a"_s, u"c"_s}};
    for (const Rule &rule : {first, second, third})
        SG_WRITES(fixture, store.add(rule));
    SG_VALUE(const std::vector<Rule> ofTrigger, store.ofTrigger(first.trigger));
    QCOMPARE(ofTrigger, (std::vector<Rule>{first, second}));
    SG_VALUE(const std::vector<Rule> ofAction, store.ofAction(third.action));
    QCOMPARE(ofAction, std::vector<Rule>{third});
}

void TestContentStores::keepSensorTypes()
{
    StoreFixture fixture;
    checkStore<SensorTypeStore>(
        fixture,
        SensorType{.enabled = true,
                   .artifact = u"/packs/weather/sensors/s.py"_s,
                   .className = u"Wind"_s,
                   .triggerTypes = {u"weather.reading"_s, u"weather.gust"_s},
                   .pollInterval = 7.5,
                   .metadataFile = u"sensors/s.yaml"_s});
    const SensorType type{.id = fixture.ids.make(), .ref = {u"p"_s, u"s"_s}};
    SensorTypeStore store(fixture.database);
    SG_WRITES(fixture, store.add(type));
    SG_WRITES(fixture, store.setEnabled(type.id, false));
    SG_VALUE(const auto read, store.find(type.id));
    QVERIFY(!read->enabled && !read->pollInterval);
}

void TestContentStores::keepPolicies()
{
    StoreFixture fixture;
    const Policy policy{.resource = {u"core"_s, u"local"_s},
                        .policyType = u"action.concurrency"_s,
                        .parameters = Value::map({{"threshold", 3}}),
                        .metadataFile = u"policies/p.yaml"_s};
    checkStore<PolicyStore>(fixture, policy);
    SG_VALUE(const auto ofResource, PolicyStore(fixture.database).ofResource(policy.resource));
    QCOMPARE(ofResource.size(), std::size_t(2));
}

void TestContentStores::keepAliases()
{
    StoreFixture fixture;
    checkStore<AliasStore>(fixture,
                           ActionAlias{.action = {u"core"_s, u"local"_s},
                                       .formats = Value::list({"run {{ cmd }}"}),
                                       .ack = Value::map({{"enabled", false}}),
                                       .extra = Value::map({{"x", 1}}),
                                       .metadataFile = u"aliases/a.yaml"_s});
}

void TestContentStores::keepTriggerTypes()
{
    StoreFixture fixture;
    TriggerStore store(fixture.database);
    TriggerType type{.id = fixture.ids.make(),
                     .ref = {u"weather"_s, u"reading"_s},
                     .description = u"d"_s,
                     .payloadSchema = Value::map({{"type", "object"}}),
                     .parametersSchema = Value::map({{"type", "object"}}),
                     .tags = Value::list({1}),
                     .metadataFile = u"triggers/t.yaml"_s};
    SG_WRITES(fixture, store.addType(type));
    type.description = u"e"_s;
    SG_WRITES(fixture, store.updateType(type));
    SG_VALUE(const auto byId, store.type(type.id));
    QCOMPARE(*byId, type);
    SG_VALUE(const auto byRef, store.type(type.ref));
    QCOMPARE(*byRef, type);
    SG_VALUE(const auto all, store.types());
    QCOMPARE(all, std::vector<TriggerType>{type});
    SG_VALUE(const auto ofPack, store.typesOfPack(u"other"_s));
    QVERIFY(ofPack.empty());
    SG_WRITES(fixture, store.removeType(type.id));
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::NotFound, store.removeType(type.id));
    SG_FAILS(ErrorCode::NotFound, store.updateType(type));
}

void TestContentStores::keepTriggers()
{
    StoreFixture fixture;
    TriggerStore store(fixture.database);
    Trigger trigger{.id = fixture.ids.make(),
                    .ref = {u"core"_s, u"x"_s},
                    .type = {u"core"_s, u"st2.IntervalTimer"_s},
                    .parameters = Value::map({{"unit", "seconds"}, {"delta", 5}}),
                    .description = u"d"_s,
                    .references = 2};
    SG_WRITES(fixture, store.add(trigger));
    SG_VALUE(const auto byId, store.find(trigger.id));
    QCOMPARE(*byId, trigger);
    trigger.description = u"e"_s;
    SG_WRITES(fixture, store.update(trigger));
    SG_VALUE(const auto byRef, store.find(trigger.ref));
    QCOMPARE(*byRef, trigger);
    SG_VALUE(const auto all, store.all());
    QCOMPARE(all, std::vector<Trigger>{trigger});
    SG_VALUE(const auto ofType, store.ofType(trigger.type));
    QCOMPARE(ofType, std::vector<Trigger>{trigger});
    SG_WRITES(fixture, store.remove(trigger.id));
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::NotFound, store.remove(trigger.id));
    SG_FAILS(ErrorCode::NotFound, store.update(trigger));
}

void TestContentStores::findTriggersByTheirParameters()
{
    StoreFixture fixture;
    TriggerStore store(fixture.database);
    const Ref type{u"core"_s, u"st2.IntervalTimer"_s};
    const Trigger trigger{.id = fixture.ids.make(),
                          .ref = {u"core"_s, u"x"_s},
                          .type = type,
                          .parameters = Value::map({{"unit", "seconds"}, {"delta", 5}})};
    SG_WRITES(fixture, store.add(trigger));
    SG_VALUE(const auto otherOrder,
             store.find(type, Value::map({{"delta", 5}, {"unit", "seconds"}})));
    QVERIFY(otherOrder && otherOrder->id == trigger.id);
    SG_VALUE(const auto otherNumber,
             store.find(type, Value::map({{"delta", 5.0}, {"unit", "seconds"}})));
    QVERIFY(!otherNumber);
    SG_VALUE(const auto otherType, store.find(Ref{u"core"_s, u"y"_s}, trigger.parameters));
    QVERIFY(!otherType);
}

void TestContentStores::countTheRulesOfATrigger()
{
    StoreFixture fixture;
    TriggerStore store(fixture.database);
    const Trigger trigger{.id = fixture.ids.make(), .ref = {u"core"_s, u"x"_s}};
    SG_WRITES(fixture, store.add(trigger));
    Transaction transaction(fixture.database);
    SG_VALUE(const int one, store.changeReferences(trigger.id, 1));
    QCOMPARE(one, 1);
    SG_VALUE(const int none, store.changeReferences(trigger.id, -1));
    QCOMPARE(none, 0);
    SG_FAILS(ErrorCode::NotFound, store.changeReferences(fixture.ids.make(), 1));
}

void TestContentStores::keepRunnerTypes()
{
    StoreFixture fixture;
    RunnerTypeStore store(fixture.database);
    RunnerType type{.id = fixture.ids.make(),
                    .name = u"local-shell-cmd"_s,
                    .description = u"d"_s,
                    .package = u"local_runner"_s,
                    .module = u"local_shell_command_runner"_s,
                    .parameters = Value::map({{"cmd", Value::map({{"type", "string"}})}}),
                    .outputKey = u"stdout"_s,
                    .outputSchema = Value::map({{"a", 1}})};
    SG_WRITES(fixture, store.add(type));
    type.enabled = false;
    SG_WRITES(fixture, store.update(type));
    SG_VALUE(const auto byId, store.find(type.id));
    QCOMPARE(*byId, type);
    SG_VALUE(const auto underscores, store.find(u"local_shell_cmd"_s));
    QCOMPARE(*underscores, type);
    SG_VALUE(const auto none, store.find(u"remote"_s));
    QVERIFY(!none);
    SG_VALUE(const auto all, store.all());
    QCOMPARE(all, std::vector<RunnerType>{type});
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::NotFound,
             store.update(RunnerType{.id = fixture.ids.make(), .name = u"x"_s}));
}

void TestContentStores::keepPacks()
{
    StoreFixture fixture;
    PackStore store(fixture.database);
    Pack pack{.id = fixture.ids.make(),
              .ref = u"weather"_s,
              .name = u"Weather"_s,
              .description = u"d"_s,
              .version = u"1.2.3"_s,
              .stackstormVersion = u">=3.0"_s,
              .pythonVersions = {u"3"_s},
              .author = u"a"_s,
              .email = u"a@example.org"_s,
              .contributors = {u"b"_s},
              .keywords = {u"wind"_s, u"rain"_s},
              .dependencies = {u"core"_s},
              .files = {u"pack.yaml"_s},
              .path = u"/packs/weather"_s,
              .metadata = Value::map({{"system", Value::map({{"centos", Value::map()}})}})};
    SG_WRITES(fixture, store.add(pack));
    pack.version = u"1.3.0"_s;
    SG_WRITES(fixture, store.update(pack));
    SG_VALUE(const auto byRef, store.find(u"weather"_s));
    QCOMPARE(*byRef, pack);
    SG_VALUE(const auto byId, store.find(pack.id));
    QCOMPARE(*byId, pack);
    SG_VALUE(const auto all, store.all());
    QCOMPARE(all, std::vector<Pack>{pack});
    SG_WRITES(fixture, store.setConfigSchema({.id = fixture.ids.make(), .pack = pack.ref}));
    SG_WRITES(
        fixture,
        store.setConfig({.id = fixture.ids.make(), .pack = pack.ref, .values = Value::map()}));
    SG_WRITES(fixture, store.setProblems(pack.ref, {{.pack = pack.ref, .message = u"x"_s}}));
    SG_WRITES(fixture, store.remove(pack.ref));
    SG_VALUE(const auto problems, store.problems());
    QVERIFY(problems.empty());
    SG_VALUE(const auto config, store.config(pack.ref));
    QVERIFY(!config);
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::NotFound, store.remove(pack.ref));
}

void TestContentStores::keepTheProblemsOfAPack()
{
    StoreFixture fixture;
    PackStore store(fixture.database);
    const PackProblem first{
        .pack = u"p"_s, .file = u"rules/a.yaml"_s, .line = 7, .message = u"m"_s, .isWarning = true};
    const PackProblem second{.pack = u"p"_s, .file = u"rules/b.yaml"_s, .message = u"n"_s};
    SG_WRITES(fixture, store.setProblems(u"p"_s, {first, second}));
    SG_WRITES(fixture, store.setProblems(u"q"_s, {{.pack = u"q"_s}}));
    SG_VALUE(const auto both, store.problems(u"p"_s));
    QCOMPARE(both, (std::vector<PackProblem>{first, second}));
    SG_WRITES(fixture, store.setProblems(u"p"_s, {second}));
    SG_VALUE(const auto one, store.problems(u"p"_s));
    QCOMPARE(one, std::vector<PackProblem>{second});
}

void TestContentStores::keepConfigs()
{
    StoreFixture fixture;
    PackStore store(fixture.database);
    const Id id = fixture.ids.make();
    SG_WRITES(fixture,
              store.setConfig({.id = id, .pack = u"p"_s, .values = Value::map({{"a", 1}})}));
    SG_WRITES(fixture,
              store.setConfig(
                  {.id = fixture.ids.make(), .pack = u"p"_s, .values = Value::map({{"a", 2}})}));
    SG_VALUE(const auto config, store.config(u"p"_s));
    QCOMPARE(*config, (PackConfig{.id = id, .pack = u"p"_s, .values = Value::map({{"a", 2}})}));
    SG_WRITES(
        fixture,
        store.setConfigSchema({.id = id, .pack = u"p"_s, .attributes = Value::map({{"a", 1}})}));
    SG_VALUE(const auto schemas, store.configSchemas());
    QCOMPARE(schemas.size(), std::size_t(1));
    SG_VALUE(const auto schema, store.configSchema(u"p"_s));
    QCOMPARE(schema->attributes["a"], Value(1));
    SG_VALUE(const auto configs, store.configs());
    QCOMPARE(configs.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestContentStores)
#include "tst_content_stores.moc"
