#include "tests/scenarios/scenario_pack_bench.h"

#include "engine/base/thread_name.h"
#include "tests/support/result_checks.h"

#include <QFile>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

Value listOf(const QStringList &texts)
{
    Value list = Value::list();
    for (const QString &text : texts)
        list.append(text);
    return list;
}

// Written with single quotes, because raw strings and moc do not go together.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

Value onlyPack(const Value &operation)
{
    const ValueList &packs = operation["plan"]["packs"].itemsOrNone();
    return packs.size() == 1 ? packs.front() : Value();
}

// Why an operation did not succeed; empty if it did.
QString failureOf(const Value &operation)
{
    if (operation["state"] == Value("succeeded"))
        return {};
    return operation["state"].toQStringOr({}) + u": "_s + operation["error"].toQStringOr({});
}

QString said(const Result<Value> &execution)
{
    return execution ? (*execution)["result"]["stdout"].toQStringOr({}) : execution.error().message;
}

} // namespace

// Packs come from real repositories, archives and wheels to a real daemon, as a user would have
// them come.
class TestPackManagement : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { nameThisThread(ThreadName::Main); }
    void plansBeforeAnythingChanges();
    void upgradesAndRollsBack();
    void installsEveryKindOfSource();
    void findsPacksInTheCatalogue();
    void refusesACatalogueThatLies();
    void followsDependencies();
    void saysWhatDoesNotFit();
    void makesAnEnvironmentForItsRequirements();
    void installsWhatStackStormHasBesidePacks();
    void itsActionsReachTheApiByTheClientTheyImport();
    void keepsTheOldVersionWhenTheNewCannotBeMade();
    void startsSensorsAnewWithTheirNewCode();
    void removesAndNamesWhatIsAffected();
    void worksAsTheActionsOfThePackPacks();
    void givesUpWhatAKillInterrupted();
    void completesMovesThatAKillInterrupted();
    void stopsWhenItIsCanceled();
};

void TestPackManagement::plansBeforeAnythingChanges()
{
    PackBench bench;
    bench.release(u"demo"_s, u"1.0.0"_s, "system: {centos: [libfoo]}\n");
    SG_OK(bench.start());

    SG_VALUE(const Value planned, bench.plan(u"install"_s, {bench.url(u"demo"_s)}));
    QCOMPARE(planned["state"], Value("planned"));
    const Value pack = onlyPack(planned);
    QCOMPARE(pack["change"], Value("install"));
    QCOMPARE(pack["to_version"], Value("1.0.0"));
    QCOMPARE(pack["content"]["actions"]["added"], listOf({u"demo.say"_s}));
    QCOMPARE(pack["revision"].toQString().size(), 40);
    QVERIFY(pack["system"].find("centos"));
    SG_FAILS(ErrorCode::NotFound, bench.send(Verb::Get, u"/api/v1/packs/demo"_s));

    SG_VALUE(const Value over, bench.carryOut(planned));
    QCOMPARE(failureOf(over), QString());
    QCOMPARE(said(bench.run(u"demo.say"_s)), u"1.0.0"_s);
    SG_FAILS(ErrorCode::Conflict, bench.carryOut(planned));
}

void TestPackManagement::upgradesAndRollsBack()
{
    PackBench bench;
    bench.writePack(u"demo"_s, u"1.0.0"_s);
    bench.write(u"demo/actions/old.yaml"_s, "name: old\nrunner_type: noop\n");
    bench.commit(u"demo"_s, u"v1.0.0"_s);
    bench.writePack(u"demo"_s, u"2.0.0"_s);
    QFile::remove(bench.path(u"demo/actions/old.yaml"_s));
    bench.commit(u"demo"_s, u"v2.0.0"_s);
    SG_OK(bench.start());
    SG_VALUE(const Value first, bench.install({bench.url(u"demo"_s) + u"=1.0.0"_s}));
    QCOMPARE(failureOf(first), QString());
    SG_OK(bench.send(Verb::Post, u"/api/v1/rules"_s,
                     Value::map({{"name", "uses_old"},
                                 {"pack", "default"},
                                 {"enabled", false},
                                 {"trigger",
                                  Value::map({{"type", "core.st2.webhook"},
                                              {"parameters", Value::map({{"url", "x"}})}})},
                                 {"action", Value::map({{"ref", "demo.old"}})}})));

    SG_VALUE(const Value planned, bench.plan(u"install"_s, {bench.url(u"demo"_s)}));
    const Value pack = onlyPack(planned);
    QCOMPARE(pack["change"], Value("upgrade"));
    QCOMPARE(pack["from_version"], Value("1.0.0"));
    QCOMPARE(pack["content"]["actions"]["removed"], listOf({u"demo.old"_s}));
    QCOMPARE(pack["content"]["actions"]["changed"], listOf({u"demo.say"_s}));
    QCOMPARE(pack["affected"], listOf({u"rule default.uses_old (action demo.old)"_s}));
    SG_OK(bench.carryOut(planned));
    QCOMPARE(said(bench.run(u"demo.say"_s)), u"2.0.0"_s);

    SG_VALUE(const Value back, bench.done(u"roll_back"_s, {u"demo"_s}));
    QCOMPARE(failureOf(back), QString());
    QCOMPARE(said(bench.run(u"demo.say"_s)), u"1.0.0"_s);
    SG_OK(bench.send(Verb::Get, u"/api/v1/actions/demo.old"_s));
    SG_OK(bench.done(u"roll_back"_s, {u"demo"_s}));
    QCOMPARE(said(bench.run(u"demo.say"_s)), u"2.0.0"_s);
}

void TestPackManagement::installsEveryKindOfSource()
{
    PackBench bench;
    for (const char *name : {"folder", "tarred", "zipped", "bundled", "branched"})
        bench.writePack(QString::fromLatin1(name), u"1.0.0"_s);
    PackBench::program(u"tar"_s, {u"czf"_s, u"tarred.tar.gz"_s, u"tarred"_s}, bench.path({}));
    PackBench::program(u"/usr/bin/python3"_s,
                       {u"-m"_s, u"zipfile"_s, u"-c"_s, u"zipped.zip"_s, u"zipped"_s},
                       bench.path({}));
    bench.commit(u"bundled"_s, u"v1.0.0"_s);
    PackBench::program(
        u"git"_s, {u"bundle"_s, u"create"_s, u"-q"_s, u"../pack.bundle"_s, u"HEAD"_s, u"main"_s},
        bench.path(u"bundled"_s));
    bench.commit(u"branched"_s, u"v1.0.0"_s);
    PackBench::program(u"git"_s, {u"checkout"_s, u"-q"_s, u"-b"_s, u"dev"_s},
                       bench.path(u"branched"_s));
    bench.release(u"branched"_s, u"1.1.0"_s);
    PackBench::program(u"git"_s, {u"checkout"_s, u"-q"_s, u"main"_s}, bench.path(u"branched"_s));
    SG_OK(bench.start());

    SG_VALUE(const Value over,
             bench.install({bench.url(u"folder"_s), bench.url(u"tarred.tar.gz"_s),
                            bench.path(u"zipped.zip"_s), bench.url(u"pack.bundle"_s),
                            bench.url(u"branched"_s) + u"=dev"_s}));
    QCOMPARE(failureOf(over), QString());
    for (const char *name : {"folder", "tarred", "zipped", "bundled"})
        QCOMPARE(said(bench.run(QString::fromLatin1(name) + u".say"_s)), u"1.0.0"_s);
    QCOMPARE(said(bench.run(u"branched.say"_s)), u"1.1.0"_s);

    SG_VALUE(const Value unknown, bench.plan(u"install"_s, {bench.url(u"branched"_s) + u"=3"_s}));
    QCOMPARE(unknown["state"], Value("failed"));
    const QString error = unknown["error"].toQString();
    QVERIFY2(error.contains(u"\"3\" is not a valid version, hash, tag or branch"_s)
                 && error.contains(u"Available versions are: 1.0.0, 1.1.0."_s),
             qPrintable(error));
}

void TestPackManagement::findsPacksInTheCatalogue()
{
    PackBench bench;
    bench.release(u"demo"_s, u"1.0.0"_s);
    bench.release(u"demo"_s, u"2.0.0"_s);
    bench.write(u"index.json"_s,
                json("{'packs': {'demo': {'name': 'demo', 'ref': 'demo', 'version': '1.0.0', "
                     "'repo_url': 'https://git.example/demo'}}}"));
    SG_OK(bench.start(
        "pack_indexes: ['" + bench.url(u"index.json"_s).toUtf8()
        + "', 'http://127.0.0.1:1/i.json']\npack_mirrors: ['https://git.example/=file://"
        + bench.path(u"."_s).toUtf8() + "/']\n"));
    SG_VALUE(
        const Value found,
        bench.send(Verb::Post, u"/api/v1/packs/index/search"_s, Value::map({{"query", "DEM"}})));
    QCOMPARE(found.items().size(), 1U);
    SG_VALUE(
        const Value shown,
        bench.send(Verb::Post, u"/api/v1/packs/index/search"_s, Value::map({{"pack", "gone"}})));
    QCOMPARE(shown, Value::list());
    SG_VALUE(const Value health, bench.send(Verb::Get, u"/api/v1/packs/index/health"_s));
    QCOMPARE(health["indexes"]["errors"]["unresponsive"].toInt(), 1);
    SG_VALUE(const Value index, bench.send(Verb::Get, u"/api/v1/packs/index"_s));
    QVERIFY(index["index"]["demo"].isMap());
    // The catalogue's version, not the latest.
    SG_VALUE(const Value over, bench.install({u"demo"_s}));
    QCOMPARE(failureOf(over), QString());
    QCOMPARE(said(bench.run(u"demo.say"_s)), u"1.0.0"_s);
}

void TestPackManagement::refusesACatalogueThatLies()
{
    PackBench bench;
    bench.release(u"demo"_s, u"1.0.0"_s);
    bench.write(u"index.json"_s,
                json("{'packs': {'other': {'version': '1.0.0', 'repo_url': '"
                     + bench.url(u"demo"_s).toUtf8() + "'}, 'bad': {'version': '1.0.0'}}}"));
    SG_OK(bench.start("pack_indexes: ['" + bench.url(u"index.json"_s).toUtf8() + "']\n"));
    SG_VALUE(const Value lied, bench.plan(u"install"_s, {u"other"_s}));
    QVERIFY2(lied["error"].toQStringOr({}).contains(u"The catalogue calls it \"other\""_s),
             qPrintable(lied["error"].toQStringOr({})));
    SG_VALUE(const Value missing, bench.plan(u"install"_s, {u"bad"_s}));
    QVERIFY(missing["error"].toQStringOr({}).contains(u"No record of the \"bad\" pack"_s));
    SG_VALUE(const Value index, bench.send(Verb::Get, u"/api/v1/packs/index"_s));
    QVERIFY(index["status"].items()[0]["message"].toQString().contains(u"bad has no repo_url"_s));
    SG_FAILS(ErrorCode::NotFound, bench.send(Verb::Get, u"/api/v1/packs/demo"_s));
}

void TestPackManagement::followsDependencies()
{
    PackBench bench;
    const auto needs = [&](const QString &name) {
        return "dependencies: ['" + bench.url(name).toUtf8() + "']\n";
    };
    bench.writePack(u"one"_s, u"1.0.0"_s, needs(u"two"_s));
    // Each needs the other.
    bench.writePack(u"two"_s, u"1.0.0"_s, needs(u"one"_s));
    bench.writePack(u"strict"_s, u"1.0.0"_s, "dependencies: [one=2.0.0]\n");
    bench.writePack(u"lost"_s, u"1.0.0"_s, "dependencies: [nowhere]\n");
    for (const char *name : {"one", "two", "strict", "lost"})
        bench.commit(QString::fromLatin1(name), u"v1.0.0"_s);
    SG_OK(bench.start());
    SG_VALUE(const Value planned, bench.plan(u"install"_s, {bench.url(u"one"_s)}));
    QCOMPARE(planned["plan"]["packs"].items().size(), 2U);
    QCOMPARE(planned["plan"]["packs"].items()[0]["needed_by"], Value("one"));
    SG_OK(bench.carryOut(planned));
    SG_OK(bench.send(Verb::Get, u"/api/v1/packs/two"_s));

    SG_VALUE(const Value conflict, bench.plan(u"install"_s, {bench.url(u"strict"_s)}));
    QCOMPARE(conflict["state"], Value("failed"));
    QCOMPARE(conflict["plan"]["conflicts"], listOf({u"strict needs one=2.0.0, but it is 1.0.0"_s}));
    SG_VALUE(const Value lost, bench.plan(u"install"_s, {bench.url(u"lost"_s)}));
    QVERIFY2(lost["error"].toQStringOr({}).startsWith(u"lost needs nowhere, which cannot be had"_s),
             qPrintable(lost["error"].toQStringOr({})));
    SG_VALUE(const Value skipped,
             bench.plan(u"install"_s, {bench.url(u"lost"_s)},
                        Value::map({{"skip_dependencies", true}})));
    QCOMPARE(skipped["state"], Value("planned"));
}

void TestPackManagement::saysWhatDoesNotFit()
{
    PackBench bench;
    bench.writePack(u"newer"_s, u"1.0.0"_s, "stackstorm_version: '>=99.0.0'\n");
    bench.writePack(u"old"_s, u"1.0.0"_s, "python_versions: ['2']\n");
    bench.writePack(u"core"_s, u"9.0.0"_s);
    bench.write(u"empty/README.md"_s, "no pack");
    SG_OK(bench.start());
    const auto errorOf = [&](const QString &name) {
        return bench.plan(u"install"_s, {bench.url(name)})
            .value_or(Value())["error"]
            .toQStringOr({});
    };
    QVERIFY2(errorOf(u"newer"_s).contains(u"requires StackStorm \">=99.0.0\""_s),
             qPrintable(errorOf(u"newer"_s)));
    QVERIFY(errorOf(u"old"_s).contains(u"requires Python 2.x"_s));
    QVERIFY(errorOf(u"core"_s).contains(u"not managed here"_s));
    QVERIFY(errorOf(u"empty"_s).contains(u"no pack.yaml"_s));
    SG_VALUE(const Value forced,
             bench.plan(u"install"_s, {bench.url(u"newer"_s)}, Value::map({{"force", true}})));
    QCOMPARE(forced["state"], Value("planned"));
}

void TestPackManagement::makesAnEnvironmentForItsRequirements()
{
    PackBench bench;
    bench.writeWheel(u"1.0"_s);
    bench.writeWheel(u"2.0"_s);
    bench.writePack(u"py"_s, u"1.0.0"_s);
    bench.write(u"py/requirements.txt"_s, "tiny==1.0\n");
    bench.write(u"py/actions/tell.yaml"_s,
                "name: tell\nrunner_type: python-script\nentry_point: tell.py\n");
    bench.write(
        u"py/actions/tell.py"_s,
        "import sys\nimport tiny\nfrom st2common.runners.base_action import Action\n\n\n"
        "class Tell(Action):\n    def run(self):\n        return [tiny.value, sys.prefix]\n");
    bench.commit(u"py"_s, u"v1.0.0"_s);
    SG_OK(bench.start());
    SG_VALUE(const Value planned, bench.plan(u"install"_s, {bench.url(u"py"_s)}));
    QCOMPARE(onlyPack(planned)["requirements"]["added"], listOf({u"tiny==1.0"_s}));
    SG_VALUE(const Value over, bench.carryOut(planned));
    QCOMPARE(failureOf(over), QString());
    SG_VALUE(const Value told, bench.run(u"py.tell"_s));
    QCOMPARE(told["result"]["result"].itemsOrNone().size(), 2U);
    QCOMPARE(told["result"]["result"].items()[0], Value("1.0"));
    QVERIFY(told["result"]["result"].items()[1].toQString().startsWith(bench.daemon().path({})));

    bench.write(u"py/requirements.txt"_s, "tiny==2.0\n");
    bench.commit(u"py"_s, u"two"_s);
    SG_OK(bench.install({bench.url(u"py"_s)}));
    // The interpreter that was kept warm is the old environment's.
    SG_VALUE(const Value after, bench.run(u"py.tell"_s));
    QCOMPARE(after["result"]["result"].itemsOrNone().front(), Value("2.0"));
}

void TestPackManagement::installsWhatStackStormHasBesidePacks()
{
    PackBench bench;
    bench.writePack(u"py"_s, u"1.0.0"_s);
    bench.write(u"py/actions/tell.py"_s, "import eventlet\nimport tools\n");
    bench.write(u"py/actions/lib/tools.py"_s, "");
    SG_OK(bench.start());
    SG_VALUE(const Value over, bench.install({bench.url(u"py"_s)}));
    QCOMPARE(failureOf(over), QString());
    QCOMPARE(onlyPack(over)["provided"], listOf({u"eventlet"_s}));
    // No wheel of it is there: the pack is installed all the same, and says what is missing.
    const QString warning = onlyPack(over)["warnings"].items().front().toQString();
    QVERIFY2(warning.startsWith(u"Installing eventlet, which py expects beside it failed"_s),
             qPrintable(warning));
}

void TestPackManagement::itsActionsReachTheApiByTheClientTheyImport()
{
    PackBench bench;
    bench.writePack(u"demo"_s, u"1.0.0"_s);
    bench.write(u"demo/actions/ask.yaml"_s,
                "name: ask\nrunner_type: python-script\nentry_point: ask.py\n");
    bench.write(
        u"demo/actions/ask.py"_s,
        "import os\nfrom st2client.client import Client\n"
        "from st2client.commands.resource import ResourceNotFoundError\n"
        "from st2client.models.action import Execution\n"
        "from st2common.runners.base_action import Action\n\n\n"
        "class Ask(Action):\n    def run(self):\n"
        "        client = Client(api_url=os.environ['ST2_ACTION_API_URL'],\n"
        "                        token=os.environ['ST2_ACTION_AUTH_TOKEN'])\n"
        "        pack = client.packs.get_all(ref='demo')[0]\n"
        "        if not pack:\n            raise ResourceNotFoundError('demo')\n"
        "        wanted = Execution(action='core.noop', parameters={})\n"
        "        made = client.executions.create(instance=wanted)\n"
        "        return {'pack': pack.to_dict(exclude_attributes=['files']),\n"
        "                'canceled': client.executions.delete_by_id(instance_id=made.id)}\n");
    SG_OK(bench.start());
    SG_OK(bench.install({bench.url(u"demo"_s)}));
    SG_VALUE(const Value asked, bench.run(u"demo.ask"_s));
    const Value result = asked["result"]["result"];
    QVERIFY2(result.isMap(), qPrintable(asked["result"]["stderr"].toQStringOr({})));
    QCOMPARE(result["pack"]["ref"], Value("demo"));
    QVERIFY(!result["pack"].find("files"));
    QVERIFY(result["canceled"].isMap());
}

void TestPackManagement::keepsTheOldVersionWhenTheNewCannotBeMade()
{
    PackBench bench;
    bench.release(u"demo"_s, u"1.0.0"_s);
    SG_OK(bench.start());
    SG_OK(bench.install({bench.url(u"demo"_s)}));
    bench.writePack(u"demo"_s, u"2.0.0"_s);
    bench.write(u"demo/requirements.txt"_s, "no-such-thing==1.0\n");
    bench.commit(u"demo"_s, u"v2.0.0"_s);
    SG_VALUE(const Value over, bench.install({bench.url(u"demo"_s)}));
    QCOMPARE(over["state"], Value("failed"));
    const QString error = over["error"].toQString();
    QVERIFY2(error.startsWith(u"Installing the requirements of demo failed"_s)
                 && error.contains(u"no-such-thing"_s),
             qPrintable(error));
    QCOMPARE(over["step"], Value("Installing the requirements of demo"));
    QCOMPARE(said(bench.run(u"demo.say"_s)), u"1.0.0"_s);
    QTRY_VERIFY(QDir(bench.daemon().path(u"environments"_s)).isEmpty());
}

void TestPackManagement::startsSensorsAnewWithTheirNewCode()
{
    PackBench bench;
    const auto writeSensor = [&](const QByteArray &version) {
        bench.write(u"watch/sensors/s.py"_s,
                    "import time\nfrom st2reactor.sensor.base import Sensor\n\n\nclass S(Sensor):\n"
                    "    def setup(self):\n        with open('"
                        + bench.path(u"seen"_s).toUtf8()
                        + "', 'a') as file:\n            file.write('" + version
                        + "\\n')\n\n    def run(self):\n        while True:\n            "
                          "time.sleep(0.2)\n\n    def cleanup(self):\n        pass\n\n"
                          "    add_trigger = update_trigger = remove_trigger = lambda self, "
                          "trigger: None\n");
    };
    const auto seen = [&] {
        QFile file(bench.path(u"seen"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    bench.writePack(u"watch"_s, u"1.0.0"_s);
    bench.write(u"watch/sensors/s.yaml"_s, "class_name: S\nentry_point: s.py\ntrigger_types: []\n");
    writeSensor("one");
    SG_OK(bench.start());
    SG_OK(bench.install({bench.url(u"watch"_s)}));
    QTRY_COMPARE_WITH_TIMEOUT(seen(), QByteArray("one\n"), 60'000);
    writeSensor("two");
    SG_OK(bench.install({bench.url(u"watch"_s)}));
    QTRY_COMPARE_WITH_TIMEOUT(seen(), QByteArray("one\ntwo\n"), 60'000);
    SG_OK(bench.done(u"remove"_s, {u"watch"_s}));
    SG_FAILS(ErrorCode::NotFound, bench.send(Verb::Get, u"/api/v1/sensortypes/watch.S"_s));
}

void TestPackManagement::removesAndNamesWhatIsAffected()
{
    PackBench bench;
    bench.writePack(u"base"_s, u"1.0.0"_s);
    bench.writePack(u"user"_s, u"1.0.0"_s, "dependencies: [base]\n");
    bench.write(u"user/rules/r.yaml"_s,
                "name: r\nenabled: false\ntrigger: {type: core.st2.webhook, parameters: {url: u}}\n"
                "action: {ref: base.say}\n");
    SG_OK(bench.start());
    SG_OK(bench.install({bench.url(u"base"_s)}));
    SG_OK(bench.install({bench.url(u"user"_s)}));
    SG_VALUE(const Value planned, bench.plan(u"remove"_s, {u"base"_s}));
    QCOMPARE(onlyPack(planned)["affected"],
             listOf({u"rule user.r (action base.say)"_s, u"pack user (depends on it)"_s}));
    SG_OK(bench.carryOut(planned));
    SG_FAILS(ErrorCode::NotFound, bench.send(Verb::Get, u"/api/v1/packs/base"_s));
    SG_FAILS(ErrorCode::NotFound, bench.send(Verb::Get, u"/api/v1/actions/base.say"_s));
    QVERIFY(!QFile::exists(bench.daemon().path(u"packs/base"_s)));
    for (const QString &ref : {u"core"_s, u"base"_s}) {
        SG_VALUE(const Value refused, bench.plan(u"remove"_s, {ref}));
        QCOMPARE(refused["state"], Value("failed"));
    }
}

void TestPackManagement::worksAsTheActionsOfThePackPacks()
{
    PackBench bench;
    bench.release(u"demo"_s, u"1.0.0"_s, "python_versions: ['2', '3']\n");
    SG_OK(bench.start());
    SG_VALUE(const Value asked,
             bench.send(Verb::Post, u"/api/v1/packs/install"_s,
                        Value::map({{"packs", listOf({bench.url(u"demo"_s)})}})));
    SG_VALUE(const Value installed, bench.waitForExecution(asked["execution_id"].toQStringOr({})));
    QCOMPARE(installed["status"], Value("succeeded"));
    QCOMPARE(installed["result"]["output"]["packs_list"], listOf({u"demo"_s}));
    QVERIFY(installed["result"]["output"]["warning_list"].isList());
    SG_VALUE(const Value got, bench.run(u"packs.get"_s, Value::map({{"pack", "demo"}})));
    QCOMPARE(got["result"]["result"]["pack"]["version"], Value("1.0.0"));
    QVERIFY(got["result"]["result"]["git_status"].toQStringOr({}).contains(u"v1.0.0"_s));
    SG_VALUE(const Value unloaded,
             bench.run(u"packs.unload"_s, Value::map({{"packs", listOf({u"demo"_s})}})));
    QCOMPARE(unloaded["status"], Value("succeeded"));
    SG_FAILS(ErrorCode::NotFound, bench.send(Verb::Get, u"/api/v1/packs/demo"_s));
    SG_VALUE(const Value loaded,
             bench.run(u"packs.load"_s, Value::map({{"packs", listOf({u"demo"_s})}})));
    QCOMPARE(loaded["result"]["result"]["actions"].toIntOr(0), 1);
    SG_VALUE(const Value made,
             bench.run(u"packs.setup_virtualenv"_s, Value::map({{"packs", listOf({u"demo"_s})}})));
    QCOMPARE(made["result"]["result"],
             Value("Successfully set up virtualenv for the following packs: demo"));
    SG_VALUE(const Value gone,
             bench.send(Verb::Post, u"/api/v1/packs/uninstall"_s,
                        Value::map({{"packs", listOf({u"demo"_s})}})));
    SG_VALUE(const Value removed, bench.waitForExecution(gone["execution_id"].toQStringOr({})));
    QCOMPARE(removed["status"], Value("succeeded"));
    SG_FAILS(ErrorCode::NotFound, bench.send(Verb::Get, u"/api/v1/packs/demo"_s));
    SG_FAILS(ErrorCode::Invalid, bench.send(Verb::Post, u"/api/v1/packs/install"_s));
}

void TestPackManagement::givesUpWhatAKillInterrupted()
{
    PackBench bench;
    bench.release(u"demo"_s, u"1.0.0"_s);
    SG_OK(bench.start());
    SG_OK(bench.install({bench.url(u"demo"_s)}));
    bench.writePack(u"demo"_s, u"2.0.0"_s);
    bench.write(u"demo/requirements.txt"_s, "six\n");
    bench.commit(u"demo"_s, u"v2.0.0"_s);
    SG_VALUE(const Value planned, bench.plan(u"install"_s, {bench.url(u"demo"_s)}));
    const QString id = planned["id"].toQString();
    SG_OK(bench.send(Verb::Post, u"/api/v1/packs/operations/"_s + id + u"/carry_out"_s));
    SG_OK(bench.waitForOperation(id, {u"running"_s}));

    bench.daemon().kill();
    SG_OK(bench.daemon().start());
    SG_VALUE(const Value after, bench.waitForOperation(id, {u"planned"_s, u"failed"_s}));
    // It had been written down as planned, and still can be carried out.
    QCOMPARE(said(bench.run(u"demo.say"_s)), u"1.0.0"_s);
    QCOMPARE(after["state"], Value("planned"));
    SG_OK(bench.send(Verb::Delete, u"/api/v1/packs/operations/"_s + id));
    QTRY_VERIFY(QDir(bench.daemon().path(u"environments"_s)).isEmpty());
    QTRY_VERIFY(!QFile::exists(bench.daemon().path(u"packaging/operations/"_s + id + u"/packs"_s)));
}

void TestPackManagement::completesMovesThatAKillInterrupted()
{
    PackBench bench;
    bench.writePack(u"demo"_s, u"1.0.0"_s);
    bench.writePack(u"other"_s, u"1.0.0"_s);
    SG_OK(bench.start());
    SG_OK(bench.install({bench.url(u"demo"_s)}));
    bench.writePack(u"demo"_s, u"2.0.0"_s);
    SG_VALUE(const Value upgrade, bench.plan(u"install"_s, {bench.url(u"demo"_s)}));
    SG_VALUE(const Value removal, bench.plan(u"remove"_s, {u"demo"_s}));
    bench.daemon().kill();
    // As if it had been killed right after it began to move folders: the upgrade here …
    const auto interrupt = [&](const Value &operation) {
        const QString journal
            = u"packaging/operations/"_s + operation["id"].toQString() + u"/operation.json"_s;
        const QByteArray text = bench.daemon().linesOf(journal).join(u'\n').toUtf8();
        return bench.daemon().write(journal,
                                    QByteArray(text).replace("\"planned\"", "\"committing\""));
    };
    SG_OK(interrupt(upgrade));
    SG_OK(bench.daemon().start());
    SG_VALUE(const Value completed,
             bench.waitForOperation(upgrade["id"].toQString(), {u"succeeded"_s, u"failed"_s}));
    QCOMPARE(failureOf(completed), QString());
    QCOMPARE(said(bench.run(u"demo.say"_s)), u"2.0.0"_s);
    // … and here a removal.
    bench.daemon().kill();
    SG_OK(interrupt(removal));
    SG_OK(bench.daemon().start());
    SG_OK(bench.waitForOperation(removal["id"].toQString(), {u"succeeded"_s}));
    SG_FAILS(ErrorCode::NotFound, bench.send(Verb::Get, u"/api/v1/packs/demo"_s));
    QVERIFY(!QFile::exists(bench.daemon().path(u"packs/demo"_s)));
}

void TestPackManagement::stopsWhenItIsCanceled()
{
    PackBench bench;
    bench.writePack(u"demo"_s, u"1.0.0"_s);
    bench.write(u"demo/requirements.txt"_s, "six\n");
    SG_OK(bench.start());
    SG_VALUE(const Value planned, bench.plan(u"install"_s, {bench.url(u"demo"_s)}));
    const QString id = planned["id"].toQString();
    SG_OK(bench.send(Verb::Post, u"/api/v1/packs/operations/"_s + id + u"/carry_out"_s));
    SG_OK(bench.waitForOperation(id, {u"running"_s}));
    SG_OK(bench.send(Verb::Delete, u"/api/v1/packs/operations/"_s + id));
    SG_VALUE(const Value over, bench.waitForOperation(id, {u"canceled"_s, u"failed"_s}));
    QCOMPARE(over["state"], Value("canceled"));
    SG_FAILS(ErrorCode::NotFound, bench.send(Verb::Get, u"/api/v1/packs/demo"_s));
    SG_FAILS(ErrorCode::Conflict, bench.send(Verb::Delete, u"/api/v1/packs/operations/"_s + id));
}

QTEST_GUILESS_MAIN(TestPackManagement)
#include "tst_pack_management.moc"
