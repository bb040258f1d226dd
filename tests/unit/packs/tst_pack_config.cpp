#include "engine/packs/pack_config.h"

#include "engine/base/yaml.h"
#include "tests/support/result_checks.h"

#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

Value yaml(const char *text)
{
    return readYaml(text).value();
}

// A datastore whose cipher texts are what they hide, in brackets.
struct StubResolver final : Resolver
{
    Result<std::optional<Value>> keyValue(std::string_view scope,
                                          std::string_view name) const override
    {
        const auto found = keys.find(std::string(scope) + '.' + std::string(name));
        return found == keys.end() ? std::nullopt : std::optional(Value(found->second));
    }
    Result<Value> decrypt(std::string_view cipher) const override
    {
        if (!cipher.starts_with('['))
            return failure(ErrorCode::Invalid, u"no cipher text"_s);
        return Value(cipher.substr(1, cipher.size() - 2)).markedSecret();
    }
    std::map<std::string, std::string> keys;
};

const Value attributes = yaml("host: {type: string, required: true}\n"
                              "port: {type: integer, default: 22}\n"
                              "password: {type: string, secret: true}\n"
                              "hosts:\n"
                              "  type: object\n"
                              "  properties:\n"
                              "    user: {type: string, default: root}\n"
                              "    token: {type: string, secret: true}\n"
                              "list: {type: array, items: {type: object, properties: "
                              "{name: {type: string}, weight: {type: integer, default: 1}}}}\n");

} // namespace

class TestPackConfig : public QObject
{
    Q_OBJECT

private slots:
    void checksValuesAndTellsWhichIsAtFault();
    void takesWhatThereIsNoSchemaFor();
    void refusesToDecryptTwice();
    void fillsInDefaultsOnEveryLevel();
    void rendersTemplatesAndDecryptsSecrets();
    void tellsWhichTemplateFailed();
    void refusesAnotherKindThanTheSchemas();
};

void TestPackConfig::checksValuesAndTellsWhichIsAtFault()
{
    SG_VALUE(const Value checked,
             checkedConfig(u"p"_s, attributes, yaml("host: a"), u"configs/p.yaml"_s));
    QCOMPARE(checked["port"], Value(22));
    const Result<Value> wrong
        = checkedConfig(u"p"_s, attributes, yaml("{host: a, port: many}"), u"configs/p.yaml"_s);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().place, u"port"_s);
    QVERIFY(wrong.error().message.startsWith(
        u"Failed validating attribute \"port\" in config for pack \"p\" (configs/p.yaml): "));
    const Result<Value> nested
        = checkedConfig(u"p"_s, attributes, yaml("{host: a, hosts: {user: 5}}"), u"f"_s);
    QVERIFY(!nested);
    QCOMPARE(nested.error().place, u"hosts.user"_s);
    QVERIFY(!checkedConfig(u"p"_s, attributes, Value::map(), u"f"_s));
    QVERIFY(!checkedConfig(u"p"_s, attributes, Value::list(), u"f"_s));
}

void TestPackConfig::takesWhatThereIsNoSchemaFor()
{
    SG_VALUE(const Value free, checkedConfig(u"p"_s, Value(), yaml("{any: [1]}"), u"f"_s));
    QCOMPARE(free, yaml("{any: [1]}"));
    SG_VALUE(const Value nothing, checkedConfig(u"p"_s, Value(), Value(), u"f"_s));
    QCOMPARE(nothing, Value::map());
    SG_VALUE(const Value more,
             checkedConfig(u"p"_s, attributes, yaml("{host: a, unknown: 1}"), u"f"_s));
    QCOMPARE(more["unknown"], Value(1));
}

void TestPackConfig::refusesToDecryptTwice()
{
    const Result<Value> twice
        = checkedConfig(u"p"_s, attributes,
                        yaml("{host: a, password: '{{ st2kv.system.p | decrypt_kv }}'}"), u"f"_s);
    QVERIFY(!twice);
    QCOMPARE(twice.error().place, u"password"_s);
    QVERIFY(twice.error().message.contains(u"\"decrypt_kv\""));
}

void TestPackConfig::fillsInDefaultsOnEveryLevel()
{
    SG_VALUE(const Value config,
             resolvedConfig(u"p"_s, attributes, yaml("{host: a, list: [{name: x}]}"), {}));
    QCOMPARE(config["port"], Value(22));
    QCOMPARE(config["hosts"]["user"], Value("root"));
    QCOMPARE(config["list"], yaml("[{name: x, weight: 1}]"));
    SG_VALUE(const Value empty, resolvedConfig(u"p"_s, Value(), Value(), {}));
    QCOMPARE(empty, Value::map());
}

void TestPackConfig::rendersTemplatesAndDecryptsSecrets()
{
    StubResolver resolver;
    resolver.keys
        = {{"system.host", "attic"}, {"system.pw", "[hidden]"}, {"user.ann:port", "2222"}};
    const Value values = yaml("host: '{{ st2kv.system.host }}'\n"
                              "password: '{{ st2kv.system.pw }}'\n"
                              "port: '{{ st2kv.user.port }}'\n"
                              "hosts: {token: '{{ st2kv.system.pw }}'}\n");
    SG_VALUE(const Value config, resolvedConfig(u"p"_s, attributes, values, {&resolver, "ann"}));
    QCOMPARE(config["host"], Value("attic"));
    QCOMPARE(config["password"], Value("hidden"));
    QVERIFY(config["password"].isSecret());
    QCOMPARE(config["hosts"]["token"], Value("hidden"));
    // What was rendered stays text.
    QCOMPARE(config["port"], Value("2222"));
}

void TestPackConfig::tellsWhichTemplateFailed()
{
    const StubResolver resolver;
    const Result<Value> failed = resolvedConfig(
        u"p"_s, attributes, yaml("{host: a, list: [{name: '{{ nothing.there }}'}]}"),
        {&resolver, "ann"});
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, u"RuntimeError"_s);
    QCOMPARE(failed.error().place, u"list.0.name"_s);
    QVERIFY(failed.error().message.contains(u"for pack \"p\" config"));
    // A secret that is no cipher text.
    StubResolver odd;
    odd.keys = {{"system.pw", "plain"}};
    QVERIFY(!resolvedConfig(u"p"_s, attributes, yaml("password: '{{ st2kv.system.pw }}'"),
                            {&odd, "ann"}));
}

void TestPackConfig::refusesAnotherKindThanTheSchemas()
{
    const Result<Value> noObject
        = resolvedConfig(u"p"_s, attributes, yaml("{host: a, hosts: [1]}"), {});
    QVERIFY(!noObject);
    QCOMPARE(noObject.error().place, u"hosts"_s);
    const Result<Value> noList
        = resolvedConfig(u"p"_s, attributes, yaml("{host: a, list: {x: y}}"), {});
    QVERIFY(!noList);
    QCOMPARE(noList.error().place, u"list"_s);
}

QTEST_APPLESS_MAIN(TestPackConfig)
#include "tst_pack_config.moc"
