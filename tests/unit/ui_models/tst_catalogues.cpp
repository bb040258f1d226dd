#include "ui/models/fuzzy.h"
#include "ui/models/parameters.h"
#include "ui/models/rule_draft.h"
#include "ui/models/session.h"
#include "ui/models/summary.h"
#include "ui/models/times.h"

#include "engine/base/json.h"
#include "tests/support/fake_clock.h"
#include "tests/support/sample_catalogue.h"
#include "tests/support/sample_instance.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace stormglass;
using namespace stormglass::ui;
using namespace std::chrono_literals;

namespace {

ParameterField fieldOfKind(ParameterField::Kind kind)
{
    ParameterField field;
    field.kind = kind;
    return field;
}

} // namespace

class CataloguesTest : public QObject
{
    Q_OBJECT

private slots:
    void aComplaintNamesItsParameter_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("name");
        QTest::newRow("missing") << QStringLiteral("'cmd' is a required property") << QString()
                                 << QStringLiteral("cmd");
        QTest::newRow("by place") << QStringLiteral("'FOO' is not one of ['GET']")
                                  << QStringLiteral("method") << QStringLiteral("method");
        QTest::newRow("within a value")
            << QStringLiteral("5 is not of type 'string'") << QStringLiteral("headers.accept")
            << QStringLiteral("headers");
        QTest::newRow("nowhere") << QStringLiteral("Additional properties are not allowed ('nope' "
                                                   "was unexpected)")
                                 << QString() << QString();
    }

    void aComplaintNamesItsParameter()
    {
        QFETCH(QString, message);
        QFETCH(QString, place);
        QFETCH(QString, name);
        QCOMPARE(faultyParameter({ErrorCode::Invalid, message, {}, place}), name);
    }

    void aRuleThatWasStoredIsMadeAnew()
    {
        const Value stored
            = Value::map({{"id", "6b06424c3330055fb2999fb6"},
                          {"ref", "ops.a"},
                          {"uid", "rule:ops:a"},
                          {"pack", "ops"},
                          {"name", "a"},
                          {"tags", Value::list({"x"})},
                          {"trigger",
                           Value::map({{"type", "core.st2.webhook"},
                                       {"ref", "core.123"},
                                       {"parameters", Value::map({{"url", "log"}})}})}});
        QCOMPARE(ruleAsNew(stored),
                 Value::map({{"pack", "ops"},
                             {"name", "a"},
                             {"tags", Value::list({"x"})},
                             {"trigger",
                              Value::map({{"type", "core.st2.webhook"},
                                          {"parameters", Value::map({{"url", "log"}})}})}}));
    }

    void sortsFiltersAndFollowsChanges()
    {
        FakeClock clock;
        SampleInstance instance(clock);
        Session session(instance, QStringLiteral("local"), InstanceKind::Local, {}, clock);
        QAbstractItemModelTester tester(&session.rules);
        session.start();
        QTRY_COMPARE(session.rules.loading(), Loading::Ready);
        QCOMPARE(session.rules.rowCount(), 12);
        session.rules.sort(RulesModel::Ref, Qt::DescendingOrder);
        QCOMPARE(session.rules.refAt(0), QStringLiteral("welcome.webhook"));
        session.rules.setFilter(parseFilter(QStringLiteral("state == observe")).filter);
        QCOMPARE(session.rules.rowCount(), 1);
        Value rule = *session.rules.find(QStringLiteral("ops.archive_errors"));
        rule.set("state", "observe");
        session.rules.take(rule);
        QCOMPARE(session.rules.rowCount(), 2);
    }

    void ordersParametersAsTheyAreFilledIn()
    {
        const Value schema
            = *readJson(R"({"locked": {"type": "string", "immutable": true, "default": "x"},
            "late": {"type": "integer"}, "needed": {"type": "string", "required": true, "position": 1},
            "first": {"type": "boolean", "required": true, "position": 0}})");
        const std::vector<ParameterField> fields = parameterFields(schema);
        QCOMPARE(fields.size(), std::size_t(4));
        QCOMPARE(fields[0].name, QStringLiteral("first"));
        QCOMPARE(fields[1].name, QStringLiteral("needed"));
        QCOMPARE(fields[3].name, QStringLiteral("locked"));
        QVERIFY(fields[3].isImmutable);
    }

    void readsASchemaWithProperties()
    {
        const Value schema = *readJson(R"({"type": "object", "required": ["url"],
            "properties": {"url": {"type": ["string", "null"]}, "delta": {"type": "integer"}}})");
        const std::vector<ParameterField> fields = parameterFields(schema);
        QCOMPARE(fields.size(), std::size_t(2));
        QVERIFY(fields[0].isRequired);
        QCOMPARE(fields[1].kind, ParameterField::Kind::Integer);
    }

    void readsInputByItsKind()
    {
        using Kind = ParameterField::Kind;
        QCOMPARE(*readInput(fieldOfKind(Kind::Integer), QStringLiteral(" 42 ")).value, Value(42));
        QVERIFY(!readInput(fieldOfKind(Kind::Integer), QStringLiteral("4.5")).error.isEmpty());
        QCOMPARE(*readInput(fieldOfKind(Kind::Number), QStringLiteral("4.5")).value, Value(4.5));
        QCOMPARE(*readInput(fieldOfKind(Kind::Boolean), QStringLiteral("yes")).value, Value(true));
        QVERIFY(!readInput(fieldOfKind(Kind::Boolean), QStringLiteral("perhaps")).error.isEmpty());
        QCOMPARE(*readInput(fieldOfKind(Kind::Array), QStringLiteral("a, b")).value,
                 Value::list({"a", "b"}));
        QCOMPARE(*readInput(fieldOfKind(Kind::Array), QStringLiteral("[1]")).value,
                 Value::list({1}));
        QVERIFY(!readInput(fieldOfKind(Kind::Object), QStringLiteral("[1]")).error.isEmpty());
        QCOMPARE(*readInput(fieldOfKind(Kind::Integer), QStringLiteral("{{ trigger.n }}")).value,
                 Value("{{ trigger.n }}"));
        QVERIFY(!readInput(fieldOfKind(Kind::Text), QString()).value);
    }

    void saysThatSomethingRequiredIsMissing()
    {
        ParameterField field = fieldOfKind(ParameterField::Kind::Text);
        field.isRequired = true;
        QVERIFY(!readInput(field, QString()).error.isEmpty());
        field.hasDefault = true;
        QVERIFY(readInput(field, QString()).error.isEmpty());
    }

    void aRuleSurvivesItsForm()
    {
        const Value rules = sample::rules();
        for (const Value &rule : rules.items()) {
            const Value back = ruleJson(draftOf(rule));
            for (const char *member : {"id", "pack", "name", "state", "criteria", "tags", "type"})
                QCOMPARE(back[member], rule[member]);
            QCOMPARE(back["action"]["ref"], rule["action"]["ref"]);
            QVERIFY(problemsOf(draftOf(rule)).isEmpty());
        }
    }

    void twoConditionsOnOnePathStayTwo()
    {
        RuleDraft draft;
        draft.criteria = {{QStringLiteral("trigger.x"), QStringLiteral("greaterthan"), Value(1)},
                          {QStringLiteral("trigger.x"), QStringLiteral("lessthan"), Value(9)}};
        const Value json = ruleJson(draft);
        QCOMPARE(json["criteria"].entries().size(), std::size_t(2));
        QCOMPARE(json["criteria"]["trigger.x#1"]["pattern"], Value(9));
    }

    void tellsWhatKeepsARuleFromBeingSaved()
    {
        RuleDraft draft;
        draft.criteria = {{QString(), QStringLiteral("equals"), Value()}};
        const DraftProblems problems = problemsOf(draft);
        QVERIFY(!problems.name.isEmpty());
        QVERIFY(!problems.trigger.isEmpty());
        QVERIFY(!problems.action.isEmpty());
        QVERIFY(!problems.criteria.front().isEmpty());
        QVERIFY(!problems.isEmpty());
    }

    void patternsKeepTheirTypes_data()
    {
        QTest::addColumn<Value>("pattern");
        QTest::newRow("text") << Value("ERROR");
        QTest::newRow("number") << Value(3);
        QTest::newRow("text of digits") << Value("3");
        QTest::newRow("real") << Value(1.5);
        QTest::newRow("word") << Value(true);
        QTest::newRow("list") << Value::list({"a", 1});
        QTest::newRow("template") << Value("{{ trigger.x }}");
        QTest::newRow("expression") << Value("^db-");
    }

    void patternsKeepTheirTypes()
    {
        QFETCH(Value, pattern);
        QCOMPARE(patternFromText(patternText(pattern)), pattern);
    }

    void durationsAreSaidAsPeopleSayThem()
    {
        const auto plain = [](QString text) { return text.replace(QChar(0xa0), QLatin1Char(' ')); };
        QCOMPARE(plain(durationText(340us)), QStringLiteral("340 µs"));
        QCOMPARE(plain(durationText(340ms)), QStringLiteral("340 ms"));
        QCOMPARE(plain(durationText(1900ms)), QStringLiteral("1.9 s"));
        QCOMPARE(plain(durationText(130s)), QStringLiteral("2 min 10 s"));
        QCOMPARE(plain(durationText(3h + 4min)), QStringLiteral("3 h 4 min"));
        QCOMPARE(plain(durationText(50h)), QStringLiteral("2 d 2 h"));
        QCOMPARE(plain(sizeText(4'100'000)), QStringLiteral("4.1 MB"));
        QCOMPARE(plain(relativeText(Timestamp(0s), Timestamp(18s))), QStringLiteral("18 s ago"));
        QCOMPARE(plain(relativeText(Timestamp(7200s), Timestamp(0s))), QStringLiteral("in 2 h"));
    }

    void summariesTellWhatHappenedFirst()
    {
        const Value payload = Value::map({{"file", "/a"}, {"line", "ERROR  x"}, {"n", 3}});
        QCOMPARE(summaryOf(payload), QStringLiteral("ERROR x  file=/a  n=3"));
        QVERIFY(summaryOf(Value(std::string(1'000'000, 'x'))).size() <= 160);
        QCOMPARE(summaryOf(Value("secret").markedSecret()), QStringLiteral("********"));
    }

    void fewLettersFindAName()
    {
        QVERIFY(fuzzyScore(u"rgw", u"ops.restart_gateway") < 0
                || fuzzyScore(u"rg", u"ops.restart_gateway") > 0);
        QVERIFY(fuzzyScore(u"rg", u"ops.restart_gateway") > fuzzyScore(u"rg", u"github.merge"));
        QVERIFY(fuzzyScore(u"xyz", u"ops.restart_gateway") < 0);
        QVERIFY(fuzzyScore(u"deploy", u"ops.deploy") > fuzzyScore(u"deploy", u"dead.employees"));
    }
};

QTEST_GUILESS_MAIN(CataloguesTest)
#include "tst_catalogues.moc"
