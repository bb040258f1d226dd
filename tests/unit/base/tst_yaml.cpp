#include "engine/base/json.h"
#include "engine/base/python_text.h"
#include "engine/base/yaml.h"
#include "tests/support/tagged_value.h"

#include <QFile>
#include <QTest>

using namespace stormglass;

class TestYaml : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithPyYaml_data();
    void agreesWithPyYaml();
    void warnsOfKeysSetTwice();
    void saysWhere();
    void namesATabForWhatItIs();
    void boundsDepth();
    void boundsWhatAliasesMultiply();
    void boundsSize();
    void refusesALoop();
    void refusesWhatIsNotUtf8();
    void refusesManyTagDirectives();
    void sharesWhatAnAliasNames();
    void readsBackWhatItWrote();
    void writesSortedIndentedAndEscaped();
    void writesWhatYamlLacksAsText();
};

namespace {

Error refusal(std::string_view text, const YamlLimits &limits = {})
{
    const Result<Value> value = readYaml(text, limits);
    return value ? Error{} : value.error();
}

} // namespace

void TestYaml::agreesWithPyYaml_data()
{
    QTest::addColumn<QByteArray>("line");
    QFile file(QStringLiteral(SG_SOURCE_DIR "/tests/unit/base/data/yaml_cases.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (int number = 1; !file.atEnd(); ++number)
        QTest::newRow(QByteArray::number(number).constData()) << file.readLine();
}

void TestYaml::agreesWithPyYaml()
{
    QFETCH(QByteArray, line);
    const Value expected = *readJson(line.toStdString());
    const Result<Value> value = readYaml(expected["yaml"].text());
    if (const Value *const error = expected.find("error")) {
        QVERIFY2(!value, line.constData());
        QCOMPARE(value.error().kind, error->toQString());
        return;
    }
    QVERIFY2(value, line.constData());
    const Value wanted = untagged(expected["value"]);
    QCOMPARE(pythonRepr(*value), pythonRepr(wanted));
    if (const Value *const written = expected.find("written"))
        QCOMPARE(writeYaml(*value), std::string(written->text()));
}

void TestYaml::warnsOfKeysSetTwice()
{
    const Result<YamlDocument> document
        = readYamlDocument("a: 1\nb: {x: 1, x: 2}\na: 3\n<<: {a: 4}\n1: x\n1.0: y\n");
    QVERIFY(document);
    QCOMPARE(document->warnings,
             (QStringList{QStringLiteral("line 3: the key \"a\" is set twice"),
                          QStringLiteral("line 6: the key \"1.0\" is set twice"),
                          QStringLiteral("line 2: the key \"x\" is set twice")}));
    QCOMPARE(writeJson(document->value), std::string(R"({"a":3,"b":{"x":2},"1":"y"})"));
}

void TestYaml::saysWhere()
{
    const Error error = refusal("a: 1\nb: c: d\n");
    QCOMPARE(error.place, QStringLiteral("2:5"));
    QCOMPARE(error.code, ErrorCode::Invalid);
    QCOMPARE(error.message,
             QStringLiteral("Not YAML at 2:5: mapping values are not allowed in this context."));
    QCOMPARE(refusal("a:\n  - !!int x\n").place, QStringLiteral("2:5"));
}

void TestYaml::namesATabForWhatItIs()
{
    QCOMPARE(refusal("a:\n\tb: 1\n").message,
             QStringLiteral("Not YAML at 2:1: a tab cannot indent; use spaces."));
    QCOMPARE(refusal("a:\n  \tb: 1\n").place, QStringLiteral("2:3"));
}

void TestYaml::boundsDepth()
{
    const auto nested
        = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(readYaml(nested(100)));
    QCOMPARE(refusal(nested(101)).kind, QStringLiteral("ComposerError"));
    QVERIFY(!readYaml(std::string(1'000'000, '[')));
    std::string chain = "- &a0 [x]\n";
    for (int i = 1; i < 300; ++i)
        chain += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
    QVERIFY(!readYaml(chain));
}

void TestYaml::boundsWhatAliasesMultiply()
{
    std::string bomb = "a0: &a0 [x, x]\n";
    for (int i = 1; i < 40; ++i) {
        const std::string below = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + below + ", " + below
            + "]\n";
    }
    QVERIFY(refusal(bomb).message.contains(QStringLiteral("aliases followed")));
}

void TestYaml::boundsSize()
{
    YamlLimits limits;
    limits.bytes = 4;
    QVERIFY(readYaml("abcd", limits));
    QVERIFY(!readYaml("abcde", limits));
    limits = {};
    limits.nodes = 3;
    QVERIFY(readYaml("[a, b]", limits));
    QVERIFY(!readYaml("[a, b, c]", limits));
    QVERIFY(!readYaml("0x" + std::string(100'000, 'f')));
    QCOMPARE(refusal(std::string(50'000, '9')).kind, QStringLiteral("ValueError"));
    std::string sixties = "1";
    for (int i = 0; i < 5'000; ++i)
        sixties += ":1";
    QCOMPARE(refusal(sixties).kind, QStringLiteral("ValueError"));
}

void TestYaml::refusesALoop()
{
    QCOMPARE(refusal("&a [*a]").kind, QStringLiteral("ConstructorError"));
    QCOMPARE(refusal("&a {b: {c: *a}}").kind, QStringLiteral("ConstructorError"));
}

void TestYaml::refusesWhatIsNotUtf8()
{
    QCOMPARE(refusal("a: 1\nb: \xff\n").kind, QStringLiteral("ReaderError"));
    QCOMPARE(refusal("a: 1\nb: \xff\n").place, QStringLiteral("2:4"));
}

void TestYaml::refusesManyTagDirectives()
{
    for (const char *end : {"\n", "\r", "\u2028"}) {
        std::string text;
        for (int i = 0; i < 100; ++i)
            text += "%TAG !t" + std::to_string(i) + "! tag:x," + end;
        QVERIFY(refusal(text + "---\na\n").message.contains(QStringLiteral("%TAG")));
    }
}

void TestYaml::sharesWhatAnAliasNames()
{
    const Result<Value> value = readYaml("- &a some text that is long\n- *a\n");
    QVERIFY(value);
    QVERIFY(value->items()[0].text().data() == value->items()[1].text().data());
}

void TestYaml::readsBackWhatItWrote()
{
    Value value = Value::map(
        {{"list",
          Value::list({1, 1.0, 1e300, -0.0, true, nullptr, "", Value::list(), Value::map({})})},
         {"bytes", Value::bytes(std::string(200, '\xfe'))},
         {1, Value::map({{true, "x"}, {nullptr, "y"}, {2.5, "z"}})}});
    for (const char *text :
         {"yes", "1",    "1.5", "~",      "null",       "2024-01-02", "0x1",  "<<",     "=",
          "- a", "a: b", "#c",  " lead",  "trail ",     "a\nb",       "\n",   "a\n\n",  "\t",
          "'",   "\"",   "\\",  "\u00e9", "\U0001F600", "\x01",       "\x7f", "\u2028", "\ufeff",
          "%",   "@",    "|",   "&x",     "*x",         "!x",         "?",    ":",      "-",
          "---", "...",  "{}",  "[]",     "{{ x }}",    "1_000",      "1:30", ".inf",   "On"})
        value.set(text, text);
    value.set("long", std::string(500, 'x') + " " + std::string(300, 'y') + "  z");
    for (const int width : {80, 20, -1}) {
        YamlStyle style;
        style.width = width;
        const Result<Value> again = readYaml(writeYaml(value, style));
        QVERIFY2(again, again ? "" : qPrintable(again.error().message));
        QVERIFY(*again == value);
    }
}

void TestYaml::writesSortedIndentedAndEscaped()
{
    const Value value
        = Value::map({{"b", Value::list({"\u00e9"})}, {"a", Value::map({{"d", 1}, {"c", 2}})}});
    YamlStyle style;
    style.sortKeys = true;
    style.indent = 4;
    style.allowUnicode = false;
    QCOMPARE(writeYaml(value, style), std::string("a:\n    c: 2\n    d: 1\nb:\n- \"\\xE9\"\n"));
}

void TestYaml::writesWhatYamlLacksAsText()
{
    const Value value = Value::list(
        {Value::time({3'600'000'000, 0, false}), Value::duration(90'000'000), Value::tuple({1})});
    QCOMPARE(writeYaml(value), std::string("- 01:00:00\n- 0:01:30\n- - 1\n"));
    QCOMPARE(writeYaml(Value("a\xffz")), std::string("a\uFFFDz\n"));
}

QTEST_APPLESS_MAIN(TestYaml)
#include "tst_yaml.moc"
