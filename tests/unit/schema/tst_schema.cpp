#include "engine/schema/masking.h"
#include "engine/schema/schema.h"

#include "engine/base/yaml.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

class TestSchema : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatTheReferenceSays_data();
    void saysWhatTheReferenceSays();
    void assignsDefaultsWhereAValueIsMissingOrNull();
    void takesAnUntypedOptionalPropertyForText();
    void laysActionParametersOverTheRunners();
    void masksSecretsAtEveryDepth();
    void boundsASchemaThatRefersToItself();
    void tellsWhatEachBranchLacksInTheirOrder();
    void takesWhatOneBranchAllows();
};

namespace {

Value yaml(const char *text)
{
    return *readYaml(text);
}

} // namespace

void TestSchema::saysWhatTheReferenceSays_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("instance");
    QTest::addColumn<QString>("message");
    QTest::newRow("type") << u"{type: string}"_s << u"5"_s << u"5 is not of type 'string'"_s;
    QTest::newRow("types") << u"{type: [string, integer]}"_s << u"true"_s
                           << u"True is not of type 'string', 'integer'"_s;
    QTest::newRow("integral float")
        << u"{type: integer}"_s << u"5.0"_s << u"5.0 is not of type 'integer'"_s;
    QTest::newRow("required")
        << u"{type: object, properties: {a: {type: string, required: true}}}"_s << u"{}"_s
        << u"'a' is a required property"_s;
    QTest::newRow("additional")
        << u"{type: object, properties: {a: {type: string}}, additionalProperties: false}"_s
        << u"{a: x, b: 1, c: 2}"_s
        << u"Additional properties are not allowed ('b', 'c' were unexpected)"_s;
    QTest::newRow("enum") << u"{enum: [a, b]}"_s << u"c"_s << u"'c' is not one of ['a', 'b']"_s;
    QTest::newRow("minimum") << u"{minimum: 3}"_s << u"2"_s << u"2 is less than the minimum of 3"_s;
    QTest::newRow("exclusive") << u"{maximum: 3, exclusiveMaximum: true}"_s << u"3"_s
                               << u"3 is greater than or equal to the maximum of 3"_s;
    QTest::newRow("pattern") << u"{pattern: '^a'}"_s << u"b"_s << u"'b' does not match '^a'"_s;
    QTest::newRow("empty") << u"{minLength: 1}"_s << u"''"_s << u"'' should be non-empty"_s;
    QTest::newRow("unique") << u"{uniqueItems: true}"_s << u"[1, 1]"_s
                            << u"[1, 1] has non-unique elements"_s;
    QTest::newRow("nested")
        << u"{type: object, properties: {a: {type: object, properties: {b: {type: integer}}}}}"_s
        << u"{a: {b: x}}"_s << u"'x' is not of type 'integer', 'null'"_s;
}

void TestSchema::saysWhatTheReferenceSays()
{
    QFETCH(QString, schema);
    QFETCH(QString, instance);
    QFETCH(QString, message);
    const Result<Value> result = validate(yaml(qPrintable(schema)), yaml(qPrintable(instance)));
    QVERIFY(!result);
    QCOMPARE(result.error().message, message);
    QCOMPARE(result.error().code, ErrorCode::Invalid);
}

void TestSchema::assignsDefaultsWhereAValueIsMissingOrNull()
{
    const Value schema = yaml("{type: object, properties: {a: {type: integer, default: 3}, b: "
                              "{type: string, default: x}}}");
    QCOMPARE(*validate(schema, yaml("{a: null}")), yaml("{a: 3, b: x}"));
    QCOMPARE(*validate(schema, yaml("{a: 4}")), yaml("{a: 4, b: x}"));
}

void TestSchema::takesAnUntypedOptionalPropertyForText()
{
    const Value schema = yaml("{type: object, properties: {a: {}}}");
    QVERIFY(validate(schema, yaml("{a: text}")));
    QVERIFY(!validate(schema, yaml("{a: 5}")));
    QVERIFY(validate(yaml("{type: object, properties: {a: {required: true}}}"), yaml("{a: 5}")));
}

void TestSchema::laysActionParametersOverTheRunners()
{
    const Value merged = mergedParameters(
        yaml("{cmd: {type: string, description: d}, sudo: {type: boolean, default: false}}"),
        yaml("{cmd: {required: true}, own: {type: integer}}"));
    QCOMPARE(merged,
             yaml("{cmd: {type: string, description: d, required: true}, sudo: {type: boolean, "
                  "default: false}, "
                  "own: {type: integer}}"));
    QVERIFY(!validate(parametersSchema(merged), yaml("{cmd: x, foo: 1}")));
    QVERIFY(validate(parametersSchema(Value::map()), yaml("{anything: 1}")));
}

void TestSchema::masksSecretsAtEveryDepth()
{
    const Value parameters
        = yaml("{token: {type: string, secret: true}, "
               "deep: {type: object, properties: {key: {type: string, secret: true}}}, "
               "list: {type: array, items: {type: string, secret: true}}}");
    QVERIFY(hasSecrets(parameters));
    QCOMPARE(
        withSecretsMasked(parameters,
                          yaml("{token: t, deep: {key: k, open: o}, list: [a], other: x}")),
        yaml(
            "{token: '********', deep: {key: '********', open: o}, list: ['********'], other: x}"));
}

void TestSchema::boundsASchemaThatRefersToItself()
{
    QVERIFY(!validate(yaml("{type: object, $ref: '#'}"), yaml("{a: 1}")));
}

void TestSchema::tellsWhatEachBranchLacksInTheirOrder()
{
    const auto errors = schemaErrors(
        yaml("{anyOf: [{type: string}, {type: integer, minimum: 9}, {type: [array, 'null']}]}"),
        Value(5));
    QCOMPARE(errors.size(), std::size_t(1));
    QCOMPARE(errors[0].message, u"5 is not valid under any of the given schemas"_s);
    QStringList inner;
    for (const SchemaError &each : errors[0].context)
        inner << each.message;
    QCOMPARE(inner,
             QStringList({u"5 is not of type 'string'"_s, u"5 is less than the minimum of 9"_s,
                          u"5 is not of type 'array', 'null'"_s}));
}

void TestSchema::takesWhatOneBranchAllows()
{
    for (const char *keyword : {"anyOf", "oneOf"}) {
        const Value schema
            = Value::map({{keyword, yaml("[{type: string}, {type: object}, {type: array}]")}});
        QVERIFY(schemaErrors(schema, Value::map()).empty());
        QVERIFY(schemaErrors(schema, Value::list()).empty());
        QVERIFY(!schemaErrors(schema, Value(1)).empty());
    }
}

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
