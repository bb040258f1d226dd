#include "engine/expressions/json_path.h"

#include "engine/base/json.h"

#include <QTest>

using namespace stormglass;

class TestJsonPath : public QObject
{
    Q_OBJECT

private slots:
    void findsTheFirstMatch_data();
    void findsTheFirstMatch();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void tellsPlainPathsFromOthers();
    void goesThroughDatastoreKeysWhateverTheirName();
    void refusesPathsWithoutEnd();
};

namespace {

Value payload()
{
    return *readJson(
        R"({"trigger": {"a": {"b": [1, 2, {"c": "x"}]}, "a b": "blank", "X-Event": "push", "text": "héy",
        "where": 1, "nums": [1, 2, 3], "none": null, "half": 0.5}})");
}

} // namespace

void TestJsonPath::findsTheFirstMatch_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("json");
    const auto row = [](const char *path, const char *json) {
        QTest::newRow(path) << QString::fromUtf8(path) << QString::fromUtf8(json);
    };
    row("trigger.a.b[2].c", "\"x\"");
    row("$.trigger.a.b[0]", "1");
    row(" trigger .X-Event ", "\"push\"");
    row("trigger.'a b'", "\"blank\"");
    row("trigger['a b']", "\"blank\"");
    row("trigger.\"a b\"", "\"blank\"");
    row("trigger.'where'", "1");
    row("trigger.nums[-1]", "3");
    row("trigger.nums[1:]", "2");
    row("trigger.nums[9]", "null");
    row("trigger.nums[*]", "1");
    row("trigger.text[1]", "\"é\"");
    row("trigger..c", "\"x\"");
    row("trigger.missing", "null");
    row("trigger.text.more", "null");
    row("trigger.a.*[1]", "2");
    row("trigger.missing,none", "null");
    // A union binds tighter than a step down.
    row("trigger.missing|a.b[1]", "2");
    row("trigger.nums where missing", "null");
    row("trigger.a.b.`parent`.b[0]", "1");
}

void TestJsonPath::findsTheFirstMatch()
{
    QFETCH(const QString, path);
    QFETCH(const QString, json);
    const Result<JsonPath> compiled = JsonPath::compile(path.toStdString());
    QVERIFY2(compiled, compiled ? "" : qPrintable(compiled.error().message));
    const Result<Value> found = compiled->first(payload());
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(QString::fromStdString(writeJson(*found)), json);
}

void TestJsonPath::namesWhatIsWrong_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char *path, const char *kind) {
        QTest::newRow(path) << QString::fromUtf8(path) << QString::fromUtf8(kind);
    };
    row("", "AttributeError");
    row("trigger.", "AttributeError");
    row("trigger.a[", "AttributeError");
    row(".trigger", "Exception");
    row("trigger.a b", "Exception");
    row("trigger.nums[0,1]", "Exception");
    row("`unknown`", "Exception");
    row("trigger.é", "JsonPathLexerError");
    row("trigger.'open", "JsonPathLexerError");
    row("trigger.a[?(@.n)]", "JsonPathLexerError");
    row("trigger.half[0]", "TypeError");
    row("trigger.none[*]", "TypeError");
    row("trigger.nums[-9]", "IndexError");
    row("trigger.a[0]", "KeyError");
    row("$.`parent`", "AttributeError");
    row("trigger & nums", "NotImplementedError");
}

void TestJsonPath::namesWhatIsWrong()
{
    QFETCH(const QString, path);
    QFETCH(const QString, kind);
    const Result<JsonPath> compiled = JsonPath::compile(path.toStdString());
    const Result<Value> found = compiled ? compiled->first(payload()) : failure(compiled.error());
    QVERIFY(!found);
    QCOMPARE(found.error().kind, kind);
}

void TestJsonPath::tellsPlainPathsFromOthers()
{
    const std::vector<std::string> expected{"trigger", "a", "b c"};
    QCOMPARE(JsonPath::compile("trigger.a.'b c'")->names(), expected);
    QCOMPARE(JsonPath::compile("$.trigger.(a.'b c')")->names(), expected);
    QVERIFY(JsonPath::compile("trigger.*")->names().empty());
    QVERIFY(JsonPath::compile("trigger.a[0]")->names().empty());
    QVERIFY(JsonPath::compile("trigger.a,b")->names().empty());
}

void TestJsonPath::goesThroughDatastoreKeysWhateverTheirName()
{
    const Value key{std::shared_ptr<const ValueObject>(std::make_shared<DatastoreKey>())};
    const Value root = Value::map({{"system", key}});
    QVERIFY(JsonPath::compile("system.some.key")->first(root)->isObject());
    QVERIFY(JsonPath::compile("$..anything")->first(root)->isObject());
    QCOMPARE(JsonPath::compile("system.*")->first(root).error().kind, QStringLiteral("TypeError"));
}

void TestJsonPath::refusesPathsWithoutEnd()
{
    QVERIFY(!JsonPath::compile(std::string(1'000'000, 'a')));
    QVERIFY(!JsonPath::compile(std::string(2'000, '(')));
    std::string steps = "a";
    for (int i = 0; i < 1'000; ++i)
        steps += ".a";
    QVERIFY(!JsonPath::compile(steps));

    Value deep = 1;
    for (int i = 0; i < 150; ++i)
        deep = Value::list({deep, deep});
    QVERIFY(!JsonPath::compile("$..*..*..*..*")->first(Value::map({{"trigger", deep}})));
}

QTEST_APPLESS_MAIN(TestJsonPath)
#include "tst_json_path.moc"
