#include "tests/support/engine_site.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

class Site : public EngineSite
{
public:
    void writePack(const QString &name)
    {
        EngineSite::writePack(name);
        write(u"packs/%1/actions/one.yaml"_s.arg(name), "name: one\nrunner_type: noop\n");
    }
    bool hasAction(const QString &ref) { return get(u"actions/"_s + ref).isMap(); }
    ValueList health() { return get(u"packs/views/health"_s).itemsOrNone(); }
};

} // namespace

class TestPacksFollowed : public QObject
{
    Q_OBJECT

private slots:
    void takesAnEditAtOnce();
    void takesAPackThatComesAndLetsGoOneThatVanishes();
    void tellsAnEditThatBreaksAFileAndItsRepair();
    void readsAgainOnlyWhatChangedWhileItWasDown();
    void laysOverridesOverFiles();
    void rulesFindTriggerTypesOfPacksThatComeLater();
    void namesWhatDependedOnAPackThatWent();
    void letsGoOfAPackThatIsHalfRemoved();
    void registersOnRequestAndTellsHowMuch();
    void tellsTheFirstFailureUnlessToldNotTo();
};

void TestPacksFollowed::takesAnEditAtOnce()
{
    Site site;
    site.writePack(u"p"_s);
    site.start();
    QVERIFY(site.hasAction(u"p.one"_s));
    site.write(u"packs/p/actions/two.yaml"_s, "name: two\nrunner_type: noop\n");
    QTRY_VERIFY(site.hasAction(u"p.two"_s));
    // A folder of content that was not there when the engine began.
    site.write(u"packs/p/aliases/say.yaml"_s,
               "name: say\naction_ref: p.one\nformats: ['say {{ it }}']\n");
    QTRY_VERIFY(site.get(u"actionalias/p.say"_s).isMap());
}

void TestPacksFollowed::takesAPackThatComesAndLetsGoOneThatVanishes()
{
    Site site;
    site.writePack(u"old"_s);
    site.start();
    site.writePack(u"new"_s);
    QTRY_VERIFY(site.hasAction(u"new.one"_s));
    site.remove(u"packs/old"_s);
    QTRY_VERIFY(!site.hasAction(u"old.one"_s));
    QVERIFY(!site.get(u"packs/old"_s).isMap());
}

void TestPacksFollowed::tellsAnEditThatBreaksAFileAndItsRepair()
{
    Site site;
    site.writePack(u"p"_s);
    site.start();
    QVERIFY(site.health().empty());
    site.write(u"packs/p/actions/one.yaml"_s,
               "name: one\nrunner_type: noop\nparameters:\n  x: 5\n");
    QTRY_COMPARE(site.health().size(), std::size_t(1));
    QCOMPARE(site.health()[0]["line"], Value(4));
    QVERIFY(site.hasAction(u"p.one"_s));
    site.write(u"packs/p/actions/one.yaml"_s, "name: one\nrunner_type: noop\n");
    QTRY_VERIFY(site.health().empty());
}

void TestPacksFollowed::readsAgainOnlyWhatChangedWhileItWasDown()
{
    Site site;
    site.writePack(u"p"_s);
    site.writePack(u"q"_s);
    site.start();
    site.stop();
    site.write(u"packs/p/actions/two.yaml"_s, "name: two\nrunner_type: noop\n");
    site.remove(u"packs/q"_s);
    site.start();
    QVERIFY(site.hasAction(u"p.one"_s));
    QVERIFY(site.hasAction(u"p.two"_s));
    QVERIFY(!site.hasAction(u"q.one"_s));
}

void TestPacksFollowed::laysOverridesOverFiles()
{
    Site site;
    site.writePack(u"p"_s);
    site.write(u"packs/p/actions/two.yaml"_s, "name: two\nrunner_type: noop\n");
    site.write(u"overrides/p.yaml"_s,
               "actions:\n  defaults: {enabled: false}\n  exceptions: {two: {enabled: true}}\n");
    site.start();
    QCOMPARE(site.get(u"actions/p.one"_s)["enabled"], Value(false));
    QCOMPARE(site.get(u"actions/p.two"_s)["enabled"], Value(true));
    site.write(u"overrides/p.yaml"_s, "actions: {defaults: {runner_type: x}}\n");
    QTRY_COMPARE(site.health().size(), std::size_t(2));
}

void TestPacksFollowed::rulesFindTriggerTypesOfPacksThatComeLater()
{
    Site site;
    site.writePack(u"a"_s);
    site.write(u"packs/a/rules/r.yaml"_s, "name: r\ntrigger: {type: z.t}\naction: {ref: a.one}\n");
    site.writePack(u"z"_s);
    site.write(u"packs/z/triggers/t.yaml"_s, "name: t\n");
    site.start();
    QVERIFY(site.get(u"rules/a.r"_s).isMap());
    QVERIFY(site.health().empty());
}

void TestPacksFollowed::namesWhatDependedOnAPackThatWent()
{
    Site site;
    site.writePack(u"a"_s);
    site.write(u"packs/a/triggers/t.yaml"_s, "name: t\n");
    site.writePack(u"b"_s);
    site.write(u"packs/b/rules/r.yaml"_s, "name: r\ntrigger: {type: a.t}\naction: {ref: a.one}\n");
    site.start();
    QVERIFY(site.health().empty());
    site.remove(u"packs/a"_s);
    QTRY_COMPARE(site.health().size(), std::size_t(2));
    QCOMPARE(site.health()[0]["pack"], Value("b"));
    QCOMPARE(site.health()[0]["file"], Value("rules/r.yaml"));
    QCOMPARE(site.health()[0]["level"], Value("warning"));
    QVERIFY(site.health()[0]["message"].text().find("\"a.one\"") != std::string_view::npos);
    QVERIFY(site.health()[1]["message"].text().find("\"a.t\"") != std::string_view::npos);
    site.writePack(u"a"_s);
    site.write(u"packs/a/triggers/t.yaml"_s, "name: t\n");
    QTRY_VERIFY(site.health().empty());
}

void TestPacksFollowed::letsGoOfAPackThatIsHalfRemoved()
{
    Site site;
    site.writePack(u"p"_s);
    site.write(u"packs/p/triggers/t.yaml"_s, "name: t\n");
    site.write(u"packs/p/rules/r.yaml"_s, "name: r\ntrigger: {type: p.t}\naction: {ref: p.one}\n");
    site.start();
    // Somebody removes it by hand, folder by folder, and stops in the middle.
    site.remove(u"packs/p/actions"_s);
    QTRY_VERIFY(!site.hasAction(u"p.one"_s));
    QVERIFY(site.get(u"rules/p.r"_s).isMap());
    QCOMPARE(site.health().size(), std::size_t(1));
    // Then goes on: without its manifest it is a pack no more, whatever else still lies there.
    QVERIFY(site.removeFile(u"packs/p/pack.yaml"_s));
    QTRY_VERIFY(!site.get(u"packs/p"_s).isMap());
    QVERIFY(!site.get(u"rules/p.r"_s).isMap());
    QVERIFY(!site.get(u"triggertypes/p.t"_s).isMap());
    QVERIFY(site.health().empty());
}

void TestPacksFollowed::registersOnRequestAndTellsHowMuch()
{
    Site site;
    site.writePack(u"p"_s);
    site.writePack(u"q"_s);
    site.write(u"packs/q/triggers/t.yaml"_s, "name: t\n");
    site.write(u"overrides/q.yaml"_s, "actions: {exceptions: {one: {enabled: false}}}\n");
    site.start();
    const QString path = u"packs/register"_s;
    const Value all = site.post(path);
    QCOMPARE(all["actions"], Value(2));
    QCOMPARE(all["actions(overridden)"], Value(1));
    QCOMPARE(all["triggers"], Value(1));
    QCOMPARE(all["rule_types"], Value(2));
    QCOMPARE(all["policy_types"], Value(3));
    QVERIFY(all["runners"].toIntOr(0) > 5);
    const Value some = site.post(
        path,
        Value::map({{"packs", Value::list({"p"})}, {"types", Value::list({"action", "aliases"})}}));
    QCOMPARE(some["actions"], Value(1));
    QCOMPARE(some["aliases"], Value(0));
    QVERIFY(some.find("runners") && !some.find("triggers") && !some.find("rule_types"));
    const Value unknown = site.post(path, Value::map({{"packs", Value::list({"nobody"})}}));
    QVERIFY(unknown.text().starts_with("Pack \"nobody\" not found on disk"));
    QVERIFY(site.post(path, Value::map({{"types", Value::list({"x"})}})).isText());
}

void TestPacksFollowed::tellsTheFirstFailureUnlessToldNotTo()
{
    Site site;
    site.writePack(u"p"_s);
    site.write(u"packs/p/actions/two.yaml"_s, "name: two\nrunner_type: nothing\n");
    site.start();
    const QString path = u"packs/register"_s;
    const Value refused = site.post(path, Value::map({{"types", Value::list({"all"})}}));
    QVERIFY(refused.text().starts_with(
        "Failed to register action \"actions/two.yaml\" from pack \"p\": RunnerType nothing"));
    const Value counts = site.post(path, Value::map({{"fail_on_failure", false}}));
    QCOMPARE(counts["actions"], Value(1));
    QCOMPARE(counts["problems"].items().size(), std::size_t(1));
    // Of kinds that were not asked for nothing is told.
    QVERIFY(site.post(path, Value::map({{"types", Value::list({"rules"})}})).isMap());
}

QTEST_GUILESS_MAIN(TestPacksFollowed)
#include "tst_packs_followed.moc"
