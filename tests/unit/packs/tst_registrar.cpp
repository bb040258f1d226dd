#include "engine/packs/builtin_trigger_types.h"
#include "engine/packs/missing_content.h"
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
    void rename(const QString &from, const QString &to) { QVERIFY(QDir(pack()).rename(from, to)); }
    // As if it had been made through the API: no file's going takes it along.
    void makeUnfiled(const Ref &ref)
    {
        committed(database, [&] {
            Rule rule = **rules.find(ref);
            rule.metadataFile.clear();
            return rules.update(rule);
        });
    }
    std::vector<PackProblem> missing()
    {
        return missingContent({actions, triggers, rules, aliases, policies}).value();
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
    void rulesWaitAgainForATriggerTypeThatComesBack();
    void namesWhatDependedOnContentThatVanished();
    void tellsOfARuleWhoseTriggerTypeTakesItsParametersNoMore();
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

void TestRegistrar::rulesWaitAgainForATriggerTypeThatComesBack()
{
    Bench b;
    const auto trigger = [&](const char *rule) {
        return (*b.rules.find({u"p"_s, QLatin1String(rule)}))->trigger;
    };
    b.write(u"triggers/plain.yaml"_s, "name: plain\n");
    b.write(u"triggers/filled.yaml"_s,
            "name: filled\nparameters_schema: {type: object, properties: {x: {type: string}}}\n");
    b.write(u"rules/plain.yaml"_s, "name: plain\ntrigger: {type: p.plain}\naction: {ref: p.a}\n");
    b.write(u"rules/filled.yaml"_s,
            "name: filled\ntrigger: {type: p.filled, parameters: {x: y}}\naction: {ref: p.a}\n");
    QVERIFY(b.registerIt().problems.empty());
    b.makeUnfiled({u"p"_s, u"plain"_s});
    b.rename(u"rules/plain.yaml"_s, u"rules/plain.off"_s);
    b.rename(u"triggers/plain.yaml"_s, u"triggers/plain.off"_s);
    b.rename(u"triggers/filled.yaml"_s, u"triggers/filled.off"_s);
    b.registerIt();
    QVERIFY(!*b.triggers.find(trigger("plain")));

    b.rename(u"triggers/plain.off"_s, u"triggers/plain.yaml"_s);
    b.rename(u"triggers/filled.off"_s, u"triggers/filled.yaml"_s);
    b.registerIt();
    QVERIFY(*b.triggers.find(trigger("plain")));
    const auto filled = *b.triggers.find(trigger("filled"));
    QVERIFY(filled);
    QCOMPARE(filled->references, 1);
}

void TestRegistrar::namesWhatDependedOnContentThatVanished()
{
    Bench b;
    b.write(u"actions/a.yaml"_s, "name: a\nrunner_type: noop\n");
    b.write(u"triggers/t.yaml"_s, "name: t\n");
    b.write(u"rules/r.yaml"_s, "name: r\ntrigger: {type: p.t}\naction: {ref: p.a}\n");
    b.write(u"aliases/l.yaml"_s, "name: l\naction_ref: p.a\nformats: [go]\n");
    b.write(u"policies/o.yaml"_s,
            "name: o\nresource_ref: p.a\npolicy_type: action.retry\n"
            "parameters: {retry_on: failure}\n");
    b.registerIt();
    QVERIFY(b.missing().empty());

    b.rename(u"actions/a.yaml"_s, u"actions/a.off"_s);
    b.rename(u"triggers/t.yaml"_s, u"triggers/t.off"_s);
    b.makeUnfiled({u"p"_s, u"r"_s});
    b.registerIt();
    const std::vector<PackProblem> missing = b.missing();
    QCOMPARE(missing.size(), std::size_t(4));
    QVERIFY(missing[0].isWarning);
    QVERIFY(missing[0].message.contains(u"\"p.r\" runs the action \"p.a\""));
    QVERIFY(missing[1].message.contains(u"trigger type \"p.t\", which does not exist"));
    QCOMPARE(missing[2].file, u"aliases/l.yaml"_s);
    QCOMPARE(missing[3].file, u"policies/o.yaml"_s);

    b.rename(u"actions/a.off"_s, u"actions/a.yaml"_s);
    b.rename(u"triggers/t.off"_s, u"triggers/t.yaml"_s);
    b.registerIt();
    QVERIFY(b.missing().empty());
}

void TestRegistrar::tellsOfARuleWhoseTriggerTypeTakesItsParametersNoMore()
{
    Bench b;
    const QByteArray head = "name: t\nparameters_schema: {type: object, properties: {x: ";
    b.write(u"triggers/t.yaml"_s, head + "{type: string}}}\n");
    b.write(u"rules/r.yaml"_s,
            "name: r\ntrigger: {type: p.t, parameters: {x: y}}\naction: {ref: p.a}\n");
    b.registerIt();
    b.makeUnfiled({u"p"_s, u"r"_s});
    b.rename(u"rules/r.yaml"_s, u"rules/r.off"_s);
    b.rename(u"triggers/t.yaml"_s, u"triggers/t.off"_s);
    b.registerIt();
    b.write(u"triggers/t.yaml"_s, head + "{type: integer}}}\n");
    b.registerIt();
    const std::vector<PackProblem> missing = b.missing();
    QVERIFY(std::any_of(missing.begin(), missing.end(), [](const PackProblem &problem) {
        return problem.message.contains(u"does not take the rule's parameters any more");
    }));
}

QTEST_APPLESS_MAIN(TestRegistrar)
#include "tst_registrar.moc"
