#include "engine/packs/builtin_trigger_types.h"
#include "engine/packs/registrar.h"

#include "tests/support/fake_clock.h"
#include "tests/support/test_database.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

class NoObserver final : public ContentObserver
{
public:
    void triggerTypeSaved(const TriggerType &) override {}
    void triggerTypeRemoved(const Ref &) override {}
    void triggerSaved(const Trigger &) override {}
    void triggerRemoved(const Trigger &) override { ++triggersRemoved; }
    void ruleSaved(const Rule &) override { ++rulesSaved; }
    void ruleRemoved(const Rule &) override {}
    void sensorSaved(const SensorType &) override {}
    void sensorRemoved(const SensorType &) override {}
    void actionsChanged() override {}
    int rulesSaved = 0;
    int triggersRemoved = 0;
};

struct Bench
{
    TestDatabase database;
    FakeClock clock;
    IdGenerator ids{clock};
    PackStore packs{database};
    ActionStore actions{database};
    RunnerTypeStore runnerTypes{database};
    SensorTypeStore sensors{database};
    TriggerStore triggers{database};
    RuleStore rules{database};
    AliasStore aliases{database};
    PolicyStore policies{database};
    NoObserver observer;
    TriggerRegistry triggerRegistry{ids, triggers, observer};
    RuleRegistry ruleRegistry{
        clock, ids, rules, triggerRegistry, observer, [](const Rule &) -> Result<> { return {}; }};
    Registrar registrar{ids,
                        {packs, actions, runnerTypes, sensors, triggers, rules, aliases, policies},
                        triggerRegistry,
                        ruleRegistry,
                        observer};
    QTemporaryDir folder;

    Bench()
    {
        committed(database, [&]() -> Result<> {
            RunnerType noop;
            noop.id = ids.make();
            noop.name = u"noop"_s;
            SG_TRY(runnerTypes.add(noop));
            for (const TriggerType &type : builtinTriggerTypes())
                SG_TRY(triggerRegistry.saveType(type));
            return {};
        });
        write(u"pack.yaml"_s,
              "name: p\ndescription: d\nversion: 1.0.0\nauthor: a\nemail: a@example.org\n");
    }
    QString pack() const { return folder.filePath(u"p"_s); }
    void write(const QString &path, const QByteArray &text)
    {
        const QString file = pack() + u'/' + path;
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    Registrar::Summary registerIt()
    {
        return committed(database, [&] { return registrar.registerPack(pack()); });
    }
};

const QByteArray hookRule
    = "name: r\nenabled: true\ntrigger: {type: core.st2.webhook, parameters: {url: x}}\n"
      "criteria: {}\naction: {ref: p.a}\n";

} // namespace

class TestRegistrar : public QObject
{
    Q_OBJECT

private slots:
    void readsAPackAndItsContent();
    void keepsOutOnlyTheFileAtFaultAndSaysWhere();
    void removesWhatVanished();
    void keepsWhatAFileDescribedBeforeItBroke();
    void readsAliasesAndPolicies();
    void tellsOfAliasFormatsAndNamesThatCannotBeUsed();
    void followsReferencesOfAConfigSchema();
    void leavesAloneWhatDidNotChange();
    void keepsTheStateThatAPersonChoseForARule();
    void refusesAPackWithoutAVersionItCanRead();
    void rulesShareATriggerUntilTheLastIsGone();
};

void TestRegistrar::readsAPackAndItsContent()
{
    Bench b;
    b.write(u"actions/a.yaml"_s, "name: a\nrunner_type: noop\n");
    b.write(u"triggers/t.yaml"_s, "name: t\n");
    b.write(u"rules/r.yaml"_s, hookRule);
    const Registrar::Summary summary = b.registerIt();
    QVERIFY2(summary.problems.empty(),
             summary.problems.empty() ? "" : qPrintable(summary.problems[0].message));
    QCOMPARE(summary.actions, 1);
    QVERIFY(*b.actions.find(Ref{u"p"_s, u"a"_s}));
    // A type without parameters has its trigger of the same name.
    QVERIFY(*b.triggers.find(Ref{u"p"_s, u"t"_s}));
    QCOMPARE((*b.rules.find(Ref{u"p"_s, u"r"_s}))->state, RuleState::Enabled);
}

void TestRegistrar::keepsOutOnlyTheFileAtFaultAndSaysWhere()
{
    Bench b;
    b.write(u"actions/a.yaml"_s, "name: a\nrunner_type: noop\n");
    b.write(u"actions/broken.yaml"_s, "name: b\n\trunner_type: noop\n");
    b.write(u"actions/odd.yaml"_s, "name: c\nrunner_type: noop\nenabeld: true\n");
    b.write(u"actions/nobody.yaml"_s, "name: d\nrunner_type: no-such-runner\n");
    const Registrar::Summary summary = b.registerIt();
    QCOMPARE(summary.actions, 1);
    QCOMPARE(summary.problems.size(), std::size_t(3));
    QCOMPARE(summary.problems[0].file, u"actions/broken.yaml"_s);
    QCOMPARE(summary.problems[0].line, 2);
    QVERIFY(summary.problems[1].message.contains(u"no-such-runner"));
    QVERIFY(summary.problems[2].message.contains(u"Did you mean \"enabled\"?"));
    QCOMPARE(b.packs.problems(u"p"_s)->size(), std::size_t(3));
}

void TestRegistrar::removesWhatVanished()
{
    Bench b;
    b.write(u"actions/a.yaml"_s, "name: a\nrunner_type: noop\n");
    b.write(u"rules/r.yaml"_s, hookRule);
    b.registerIt();
    QFile::remove(b.pack() + u"/actions/a.yaml"_s);
    QFile::remove(b.pack() + u"/rules/r.yaml"_s);
    b.registerIt();
    QVERIFY(!*b.actions.find(Ref{u"p"_s, u"a"_s}));
    QVERIFY(!*b.rules.find(Ref{u"p"_s, u"r"_s}));
    QCOMPARE(b.observer.triggersRemoved, 1);
}

void TestRegistrar::keepsWhatAFileDescribedBeforeItBroke()
{
    Bench b;
    b.write(u"actions/a.yaml"_s, "name: a\nrunner_type: noop\n");
    b.write(u"rules/r.yaml"_s, hookRule);
    b.registerIt();
    b.write(u"actions/a.yaml"_s, "name: a\nrunner_type: noop\nparameters:\n  x: {type: text}\n");
    b.write(u"rules/r.yaml"_s, hookRule + "criteria: {trigger.x: {type: like, pattern: y}}\n");
    const Registrar::Summary summary = b.registerIt();
    QVERIFY(*b.actions.find(Ref{u"p"_s, u"a"_s}));
    QVERIFY(*b.rules.find(Ref{u"p"_s, u"r"_s}));
    QCOMPARE(summary.problems.size(), std::size_t(3));
    QCOMPARE(summary.problems[0].line, 4);
    QCOMPARE(summary.problems[2].file, u"rules/r.yaml"_s);
    QVERIFY(!summary.problems[2].isWarning);
}

void TestRegistrar::readsAliasesAndPolicies()
{
    Bench b;
    b.write(u"aliases/a.yaml"_s, "name: a\naction_ref: p.a\nformats: ['do {{ x }}']\n");
    b.write(u"policies/p.yaml"_s,
            "name: one\nresource_ref: p.a\npolicy_type: action.retry\n"
            "parameters: {retry_on: failure}\n");
    QCOMPARE(b.registerIt().problems.size(), std::size_t(0));
    const auto alias = *b.aliases.find(Ref{u"p"_s, u"a"_s});
    QVERIFY(alias && alias->enabled);
    QCOMPARE(alias->formats, Value::list({"do {{ x }}"}));
    const auto policy = *b.policies.find(Ref{u"p"_s, u"one"_s});
    QVERIFY(policy);
    QCOMPARE(policy->parameters["max_retry_count"], Value(2));
    QFile::remove(b.pack() + u"/aliases/a.yaml"_s);
    b.registerIt();
    QVERIFY(!*b.aliases.find(Ref{u"p"_s, u"a"_s}));
}

void TestRegistrar::followsReferencesOfAConfigSchema()
{
    Bench b;
    b.write(u"config.schema.yaml"_s,
            "one: {type: object, properties: {key: {type: string, secret: true}}}\n"
            "all: {type: object, patternProperties: {'^a': {$ref: '#/properties/one'}}}\n");
    QVERIFY(b.registerIt().problems.empty());
    const auto schema = *b.packs.configSchema(u"p"_s);
    QCOMPARE(schema->attributes["all"]["patternProperties"]["^a"], schema->attributes["one"]);
    for (const char *reference : {"#/properties/none", "#/properties/all"}) {
        b.write(u"config.schema.yaml"_s,
                QByteArray("all: {type: object, additionalProperties: {$ref: '") + reference
                    + "'}}\n");
        const Registrar::Summary summary = b.registerIt();
        QCOMPARE(summary.problems.size(), std::size_t(1));
        QCOMPARE(summary.problems[0].file, u"config.schema.yaml"_s);
    }
}

void TestRegistrar::leavesAloneWhatDidNotChange()
{
    Bench b;
    b.write(u"rules/r.yaml"_s, hookRule);
    b.registerIt();
    b.registerIt();
    QCOMPARE(b.observer.rulesSaved, 1);
    QCOMPARE(b.observer.triggersRemoved, 0);
}

void TestRegistrar::keepsTheStateThatAPersonChoseForARule()
{
    Bench b;
    const auto stateNow = [&] { return (*b.rules.find({u"p"_s, u"r"_s}))->state; };
    b.write(u"rules/r.yaml"_s, hookRule);
    b.registerIt();
    const Id id = (*b.rules.find({u"p"_s, u"r"_s}))->id;
    committed(b.database, [&] { return b.ruleRegistry.setState(id, RuleState::Observe); });

    b.write(u"rules/r.yaml"_s, "description: other\n" + hookRule);
    b.registerIt();
    QCOMPARE(stateNow(), RuleState::Observe);

    QByteArray off = hookRule;
    b.write(u"rules/r.yaml"_s, off.replace("enabled: true", "enabled: false"));
    b.registerIt();
    QCOMPARE(stateNow(), RuleState::Disabled);

    b.write(u"rules/r.yaml"_s, off.replace("enabled: false", "state: observe"));
    b.registerIt();
    QCOMPARE(stateNow(), RuleState::Observe);
}

void TestRegistrar::refusesAPackWithoutAVersionItCanRead()
{
    Bench b;
    b.write(u"pack.yaml"_s,
            "name: p\ndescription: d\nversion: one\nauthor: a\nemail: a@example.org\n");
    Transaction transaction(b.database);
    const auto summary = b.registrar.registerPack(b.pack());
    QVERIFY(!summary);
    QVERIFY(summary.error().message.startsWith(
        u"Pack version \"one\" doesn't follow a valid semver format."));
    QVERIFY(transaction.commit());
    QCOMPARE(b.packs.problems(u"p"_s)->size(), std::size_t(1));
}

void TestRegistrar::rulesShareATriggerUntilTheLastIsGone()
{
    Bench b;
    const auto make = [&](const QString &name) {
        Rule rule;
        rule.ref = {u"default"_s, name};
        rule.triggerType = Ref::fromText(u"core.st2.webhook"_s);
        rule.triggerParameters = Value::map({{"url", "x"}});
        rule.action = Ref::fromText(u"core.noop"_s);
        return committed(b.database, [&] { return b.ruleRegistry.create(rule); });
    };
    const Rule one = make(u"one"_s);
    const Rule two = make(u"two"_s);
    QCOMPARE(one.trigger, two.trigger);
    committed(b.database, [&] { return b.ruleRegistry.remove(one); });
    QVERIFY(*b.triggers.find(two.trigger));
    committed(b.database, [&] { return b.ruleRegistry.remove(two); });
    QVERIFY(!*b.triggers.find(two.trigger));
}

void TestRegistrar::tellsOfAliasFormatsAndNamesThatCannotBeUsed()
{
    Bench b;
    committed(b.database, [&] {
        return b.aliases.add({.id = b.ids.make(), .ref = {u"other"_s, u"a"_s}});
    });
    b.write(u"aliases/a.yaml"_s,
            "name: a\naction_ref: p.a\nformats: ['go {{x=}}', 'do {{ x }}']\n");
    const Registrar::Summary summary = b.registerIt();
    QCOMPARE(summary.problems.size(), 2U);
    QVERIFY(summary.problems[0].message.contains(u"go {{x=}}"));
    QVERIFY(summary.problems[1].message.contains(u"other.a"));
    // It is there all the same, and what can be matched is.
    QVERIFY(*b.aliases.find(Ref{u"p"_s, u"a"_s}));
}

QTEST_APPLESS_MAIN(TestRegistrar)
#include "tst_registrar.moc"
