#include "engine/packs/sealed_values.h"

#include "engine/base/json.h"
#include "engine/base/yaml.h"
#include "tests/support/result_checks.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

Value yaml(const char *text)
{
    return readYaml(text).value();
}

// Backwards, so that what is hidden cannot be found.
std::string turned(std::string_view text)
{
    return {text.rbegin(), text.rend()};
}
Result<std::string> encrypt(std::string_view text)
{
    return turned(text);
}
Result<Value> decrypt(std::string_view cipher)
{
    return Value(turned(cipher)).markedSecret();
}

const Value attributes = yaml("room: {type: string}\n"
                              "password: {type: string, secret: true}\n"
                              "keys: {type: object, secret: true}\n"
                              "hosts:\n"
                              "  type: array\n"
                              "  items: {type: object, properties: {token: {type: string, secret: "
                              "true}}}\n");

bool holds(const Value &values, std::string_view text)
{
    return writeJson(values).find(text) != std::string::npos;
}

} // namespace

class TestSealedValues : public QObject
{
    Q_OBJECT

private slots:
    void hidesWhatTheSchemaCallsSecret();
    void givesBackWhatWasGiven();
    void leavesTemplatesAndNothingAsTheyAre();
    void sealsNothingWithoutASchema();
    void tellsWhatCannotBeSealedOrOpened();
};

void TestSealedValues::hidesWhatTheSchemaCallsSecret()
{
    SG_VALUE(const Value sealed,
             withSecretsSealed(attributes,
                               yaml("{room: attic, password: hunter2, keys: {a: hunter3}, "
                                    "hosts: [{token: hunter4, name: north}]}"),
                               encrypt));
    for (const char *secret : {"hunter2", "hunter3", "hunter4"})
        QVERIFY2(!holds(sealed, secret), secret);
    QCOMPARE(sealed["room"], Value("attic"));
    QCOMPARE(sealed["hosts"].items()[0]["name"], Value("north"));
    QVERIFY(hasSealed(sealed));
    QVERIFY(hasSealed(sealed["hosts"]));
    QVERIFY(!hasSealed(yaml("{room: attic, list: [1, {a: b}]}")));
}

void TestSealedValues::givesBackWhatWasGiven()
{
    const Value values = yaml("{room: attic, password: hunter2, keys: {a: [1, 2.5]}, "
                              "hosts: [{token: t}, {name: north}]}");
    SG_VALUE(const Value sealed, withSecretsSealed(attributes, values, encrypt));
    SG_VALUE(const Value opened, withSecretsOpened(sealed, decrypt));
    QCOMPARE(opened, values);
}

void TestSealedValues::leavesTemplatesAndNothingAsTheyAre()
{
    const Value values = yaml("{password: '{{ st2kv.system.pw }}', keys: null}");
    SG_VALUE(const Value sealed, withSecretsSealed(attributes, values, encrypt));
    QCOMPARE(sealed, values);
}

void TestSealedValues::sealsNothingWithoutASchema()
{
    const Value values = yaml("{password: hunter2}");
    SG_VALUE(const Value free, withSecretsSealed(Value(), values, encrypt));
    QCOMPARE(free, values);
    SG_VALUE(const Value harmless,
             withSecretsSealed(yaml("password: {type: string}"), values, encrypt));
    QCOMPARE(harmless, values);
}

void TestSealedValues::tellsWhatCannotBeSealedOrOpened()
{
    const auto noKey = [](std::string_view) -> Result<std::string> {
        return failure(ErrorCode::Unavailable, u"no key"_s);
    };
    const Result<Value> sealed
        = withSecretsSealed(attributes, yaml("{hosts: [{token: t}]}"), noKey);
    QVERIFY(!sealed);
    QCOMPARE(sealed.error().message, u"no key"_s);
    QVERIFY(!withSecretsOpened(yaml("{a: {$stormglass-sealed: 'rubbish'}}"), decrypt));
    QVERIFY(!withSecretsOpened(yaml("{a: {$stormglass-sealed: 5}}"), decrypt));
}

QTEST_APPLESS_MAIN(TestSealedValues)
#include "tst_sealed_values.moc"
