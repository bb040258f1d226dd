#include "engine/base/json.h"
#include "engine/base/python_text.h"
#include "engine/base/yaml.h"
#include "tests/support/tagged_value.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <array>

using namespace stormglass;

class TestYaml : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithPyYaml_data();
    void agreesWithPyYaml();
    void agreesButForFewCases();
    void warnsOfKeysSetTwice();
    void saysWhere();
    void countsColumnsInCharacters();
    void namesATabForWhatItIs();
    void readsQuestionMarksInFlow();
    void refusesWhatTheParserLetsPass();
    void readsLinesBehindATagInAList();
    void readsTextThatLooksLikeTaggedEntries();
    void boundsDepth();
    void boundsWhatAliasesMultiply();
    void boundsSize();
    void boundsWhatTheParserKeeps();
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

// PyYAML tells them apart by when it notices; the parser is one step.
bool isSyntax(const QString &kind)
{
    return kind == QLatin1String("ScannerError") || kind == QLatin1String("ParserError");
}

// How reading and writing differ from what PyYAML made of a case; empty if they do not.
std::string differenceFrom(const Value &expected)
{
    const Result<Value> value = readYaml(expected["yaml"].text());
    if (const Value *const error = expected.find("error")) {
        if (value)
            return "accepted";
        const QString kind = value.error().kind;
        const QString wanted = error->toQString();
        const bool isSame = kind == wanted || (isSyntax(kind) && isSyntax(wanted));
        return isSame ? "" : kind.toStdString();
    }
    if (!value)
        return "refused: " + value.error().message.toStdString();
    if (pythonRepr(*value) != pythonRepr(untagged(expected["value"])))
        return pythonRepr(*value);
    const Value *const written = expected.find("written");
    return written && writeYaml(*value) != written->text() ? writeYaml(*value) : "";
}

struct Known
{
    const char *reason;
    bool (*holds)(const QString &text);
};

const std::array<Known, 4> knownDifferences{{
    {"U+2028 and U+2029 end a line for YAML 1.1, but not for the parser",
     [](const QString &text) {
         return text.contains(QChar(0x2028)) || text.contains(QChar(0x2029));
     }},
    {"a key behind ? without a blank in a flow collection is refused",
     [](const QString &text) {
         return text.contains(QRegularExpression(QStringLiteral("[\\[{,]\\s*\\?\\S")));
     }},
    {"a block scalar at the column of its list is refused",
     [](const QString &text) {
         return text.contains(QRegularExpression(QStringLiteral("- *[\n\r\u0085]+[|>]")));
     }},
    {"of several faults the parser tells one that PyYAML does not come to, or not yet",
     [](const QString &text) {
         return !readYaml(text.toStdString())
             && text.contains(QRegularExpression(QStringLiteral("[&*]")));
     }},
}};

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
    const QString text = expected["yaml"].toQString();
    const std::string difference = differenceFrom(expected);
    if (difference.empty())
        return;
    const auto known = std::find_if(knownDifferences.begin(), knownDifferences.end(),
                                    [&](const Known &each) { return each.holds(text); });
    QVERIFY2(known != knownDifferences.end(), (difference + " in " + line.toStdString()).c_str());
    qInfo("%s", known->reason);
}

void TestYaml::agreesButForFewCases()
{
    QFile file(QStringLiteral(SG_SOURCE_DIR "/tests/unit/base/data/yaml_cases.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    int differing = 0;
    while (!file.atEnd()) {
        if (!differenceFrom(*readJson(file.readLine().toStdString())).empty())
            ++differing;
    }
    QVERIFY2(differing <= 10, QByteArray::number(differing).constData());
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

void TestYaml::countsColumnsInCharacters()
{
    QCOMPARE(refusal("a: 1\n\u00e9\U0001F600: c: d\n").place, QStringLiteral("2:6"));
    QCOMPARE(refusal("a: 1\r\n\u00e9: !!int x\r\n").place, QStringLiteral("2:4"));
    QCOMPARE(refusal("\ufeffa: !!int x\n").place, QStringLiteral("1:4"));
}

void TestYaml::readsQuestionMarksInFlow()
{
    const Result<Value> value = readYaml("[http://a/b?c=d, \"?\", {e?: f?}]");
    QVERIFY(value);
    QCOMPARE(*value, Value::list({"http://a/b?c=d", "?", Value::map({{"e?", "f?"}})}));
}

void TestYaml::refusesWhatTheParserLetsPass()
{
    for (const char *text :
         {"a: \"open\n", "a: 'open\n", "[a,, b]", "[,]", ": x", "[: x]", "a:\nb\n", "a: b\nc\n",
          "&a! x", "!x!y z", "[!!str]", "a: 1\n%b\n", "%A\n---\na\n", "%YAML 1.1\na\n", "...\n",
          "&a x: &a y", "a: |\n   \tb\n", "[a] b", "a: \x07"})
        QVERIFY2(!readYaml(text), text);
}

void TestYaml::readsLinesBehindATagInAList()
{
    const Result<Value> value
        = readYaml("- !!str |\n  a\n- &x b\n  c\n- &y\n  k: 1\n- !!str k: 2\n- - &z >-\n    d\n");
    QVERIFY(value);
    QCOMPARE(*value,
             Value::list({"a\n", "b c", Value::map({{"k", 1}}), Value::map({{"k", 2}}),
                          Value::list({"d"})}));
}

void TestYaml::namesATabForWhatItIs()
{
    QCOMPARE(refusal("a:\n\tb: 1\n").message,
             QStringLiteral("Not YAML at 2:1: a tab cannot indent; use spaces."));
    QCOMPARE(refusal("a:\n  \tb: 1\n").place, QStringLiteral("2:3"));
}

void TestYaml::readsTextThatLooksLikeTaggedEntries()
{
    QCOMPARE(*readYaml("a b\n  - !!binary c\n  - &d e"), Value("a b - !!binary c - &d e"));
    QCOMPARE(*readYaml("a b\n  -  !c"), Value("a b -  !c"));
    QCOMPARE(*readYaml("a: |\n  - !Ref b\n  - &c d\n"), Value::map({{"a", "- !Ref b\n- &c d\n"}}));
    QCOMPARE(*readYaml("- a: |\n    cd /x\n    && make\n    !last\n- >-\n  b\n  !c\n- !!str\n  d"),
             Value::list({Value::map({{"a", "cd /x\n&& make\n!last\n"}}), "b !c", "d"}));
    QCOMPARE(*readYaml("|\n  !a\n  &b c\n"), Value("!a\n&b c\n"));
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

void TestYaml::boundsWhatTheParserKeeps()
{
    for (const char *part : {"[", "{", "!", "&a ", "*", "\"\"", ":", "[]", "!a,", "? a,", "[],"}) {
        std::string text = "[";
        while (text.size() < 1'000'000)
            text += part;
        QVERIFY2(!readYaml(text), part);
    }
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
    for (const char *end : {"\n", "\r", "\u0085"}) {
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
