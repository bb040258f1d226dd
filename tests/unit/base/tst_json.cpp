#include "engine/base/json.h"

#include <QTest>

#include <cmath>
#include <thread>

using namespace stormglass;

class TestJson : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryKind();
    void keepsTheOrderOfKeysAndTheLastDuplicate();
    void tellsWholeNumbersFromReals_data();
    void tellsWholeNumbersFromReals();
    void readsEscapesAndLongerSequences();
    void refuses_data();
    void refuses();
    void saysWhere();
    void boundsDepthAndSize();
    void takesNonFiniteNumbersOnlyIfAsked();
    void replacesHalfPairsOnlyIfAsked();
    void sharesEqualKeys();
    void isSafeOnManyThreads();
    void writesAsPythonDoes_data();
    void writesAsPythonDoes();
    void writesWhatJsonLacksAsText();
    void writesKeysOfAnyKind();
    void masksSecrets();
    void writesValidUtf8WhateverTheTextHolds();
    void readsBackWhatItWrote();
};

namespace {

Value read(std::string_view text)
{
    Result<Value> value = readJson(text);
    if (!value) {
        qWarning() << value.error().message;
        return Value("unreadable");
    }
    return std::move(*value);
}

} // namespace

void TestJson::readsEveryKind()
{
    const Value value
        = read(R"( {"a": [1, -2.5, "x", true, false, null, {}, []], "": {"b": [[]]}} )");
    const Value expected = Value::map(
        {{"a", Value::list({1, -2.5, "x", true, false, nullptr, Value::map({}), Value::list()})},
         {"", Value::map({{"b", Value::list({Value::list()})}})}});
    QCOMPARE(writeJson(value), writeJson(expected));
    QVERIFY(value == expected);
}

void TestJson::keepsTheOrderOfKeysAndTheLastDuplicate()
{
    const Value value = read(R"({"b": 1, "a": 2, "b": 3})");
    QCOMPARE(writeJson(value), std::string(R"({"b":3,"a":2})"));
}

void TestJson::tellsWholeNumbersFromReals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<bool>("isReal");
    const auto row = [](const char *text, const char *written, bool isReal) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(written) << isReal;
    };
    row("0", "0", false);
    row("-0", "0", false);
    row("-0.0", "-0.0", true);
    row("1.0", "1.0", true);
    row("1e2", "100.0", true);
    row("1E+2", "100.0", true);
    row("0.1", "0.1", true);
    row("1e16", "1e+16", true);
    row("123456789012345680.0", "1.2345678901234568e+17", true);
    row("0.00001", "1e-05", true);
    row("5e-324", "5e-324", true);
    row("1e-400", "0.0", true);
    row("-1e-400", "-0.0", true);
    row("9223372036854775807", "9223372036854775807", false);
    row("9223372036854775808", "9223372036854775808", false);
    row("-9223372036854775808", "-9223372036854775808", false);
    row("-123456789012345678901234567890", "-123456789012345678901234567890", false);
    row("2.2250738585072011e-308", "2.225073858507201e-308", true);
    row("1.7976931348623157e308", "1.7976931348623157e+308", true);
}

void TestJson::tellsWholeNumbersFromReals()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    QFETCH(bool, isReal);
    const Value value = read(text.toStdString());
    QCOMPARE(QByteArray::fromStdString(writeJson(value)), written);
    QCOMPARE(value.isDouble(), isReal);
    QCOMPARE(value.isInteger(), !isReal);
}

void TestJson::readsEscapesAndLongerSequences()
{
    QCOMPARE(read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"").text(), std::string_view("\"\\/\b\f\n\r\t"));
    QCOMPARE(read(R"("\u0041\u00e9\u20ac\ud83d\ude00")").text(),
             std::string_view("A\u00e9\u20ac\U0001F600"));
    QCOMPARE(read("\"0123456789abcde\u00e9f\u20ac\U0001F600, and on it goes\"").text(),
             std::string_view("0123456789abcde\u00e9f\u20ac\U0001F600, and on it goes"));
    QCOMPARE(read(R"("a\u0000b")").text(), std::string_view("a\0b", 3));
    QCOMPARE(read("{\"k\\u00e9y\": 1}")["k\u00e9y"].toInt(), 1);
    QCOMPARE(read("\"\x7f\"").text(), std::string_view("\x7f"));
}

void TestJson::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    const char *const texts[] = {"",
                                 " ",
                                 "[1,]",
                                 "{,}",
                                 "{\"a\":1,}",
                                 "[1 2]",
                                 "{\"a\" 1}",
                                 "{a: 1}",
                                 "'a'",
                                 "01",
                                 "-01",
                                 "1.",
                                 ".5",
                                 "1e",
                                 "1e+",
                                 "+1",
                                 "-",
                                 "tru",
                                 "nul",
                                 "truex",
                                 "1 2",
                                 "[",
                                 "{",
                                 "{\"a\"",
                                 "\"abc",
                                 "\"\\x\"",
                                 "\"\\u12",
                                 "\"\\",
                                 "\"\n\"",
                                 "\"\t\"",
                                 "]",
                                 "// c\n1",
                                 "NaN",
                                 "Infinity",
                                 "1e999",
                                 "-1e999",
                                 "[1}",
                                 "{\"a\":}",
                                 "0x10",
                                 "\xEF\xBB\xBF"
                                 "1",
                                 "\"\\ud800\"",
                                 "\"\\ud800\\u0041\"",
                                 "\"\\udc00\"",
                                 "\"\xC0\x80\"",
                                 "\"\xED\xA0\x80\"",
                                 "\"\xF4\x90\x80\x80\"",
                                 "\"\xE2\x82\"",
                                 "\"abc\\n\xFF\"",
                                 "\xFF",
                                 "\"\\uD8",
                                 "[1\v]"};
    for (const char *text : texts)
        QTest::newRow(QByteArray(text).toPercentEncoding().constData()) << QByteArray(text);
    QTest::newRow("NUL behind the value") << QByteArray("1\0", 2);
    QTest::newRow("NUL within a text") << QByteArray("\"a\0b\"", 5);
    QTest::newRow("NUL for a closing quote") << QByteArray("\"a\0", 3);
}

void TestJson::refuses()
{
    QFETCH(QByteArray, text);
    const Result<Value> value = readJson(text.toStdString());
    QVERIFY(!value);
    QCOMPARE(value.error().code, ErrorCode::Invalid);
    QCOMPARE(value.error().kind, QStringLiteral("JSONDecodeError"));
    QVERIFY(!value.error().place.isEmpty());
}

void TestJson::saysWhere()
{
    QCOMPARE(readJson("{\"a\": 1,\n  \"\u00e9\": x}").error().place, QStringLiteral("2:8"));
    QCOMPARE(readJson("[1, 2").error().message,
             QStringLiteral("Not JSON at 1:6: expected , or ] after an item."));
}

void TestJson::boundsDepthAndSize()
{
    const auto nested
        = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(readJson(nested(200)));
    QVERIFY(!readJson(nested(201)));
    QVERIFY(!readJson(std::string(10'000'000, '[')));
    JsonLimits limits;
    limits.bytes = 3;
    QVERIFY(readJson("123", limits));
    QVERIFY(!readJson("1234", limits));
    QVERIFY(!readJson(std::string(BigInt::maxDigits + 1, '9')));
}

void TestJson::takesNonFiniteNumbersOnlyIfAsked()
{
    JsonLimits limits;
    limits.allowNonFinite = true;
    const Result<Value> value = readJson("[NaN, Infinity, -Infinity, 1e999]", limits);
    QVERIFY(value);
    QVERIFY(std::isnan(value->items()[0].toDouble()));
    QCOMPARE(writeJson(*value), std::string("[NaN,Infinity,-Infinity,Infinity]"));
    QVERIFY(!readJson("[Nan]", limits));
    QVERIFY(!readJson("-Inf", limits));
}

void TestJson::replacesHalfPairsOnlyIfAsked()
{
    JsonLimits limits;
    limits.replaceHalfPairs = true;
    const auto text
        = [&](std::string_view json) { return std::string(readJson(json, limits)->text()); };
    QCOMPARE(text("\"a\\udce9b\""), std::string("a\uFFFDb"));
    QCOMPARE(text("\"\\ud83dx\""), std::string("\uFFFDx"));
    QCOMPARE(text("\"\\ud83d\\ud83d\\ude00\""), std::string("\uFFFD\U0001F600"));
    QCOMPARE(text("\"\\ud83d\\u0041\""), std::string("\uFFFDA"));
    QVERIFY(!readJson("\"\\ud83d\\u00\"", limits));
    QVERIFY(!readJson("\"\\ud83d\""));
}

void TestJson::sharesEqualKeys()
{
    const Value first = read(R"({"temperature_of_the_attic": 1})");
    const Value second = read(R"({"temperature_of_the_attic": 2})");
    QVERIFY(first.entries().at(0).key.text().data() == second.entries().at(0).key.text().data());
    const std::string longKey(100, 'k');
    QCOMPARE(read("{\"" + longKey + "\": 1}")[longKey].toInt(), 1);
}

void TestJson::isSafeOnManyThreads()
{
    std::vector<std::thread> threads;
    std::vector<Value> values(4);
    for (Value &value : values) {
        threads.emplace_back([&value] {
            for (int i = 0; i < 500; ++i)
                value.append(*readJson(R"({"a": 1, "b": {"c": "d"}})"));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(values[0] == values[3]);
}

void TestJson::writesAsPythonDoes_data()
{
    QTest::addColumn<int>("indent");
    QTest::addColumn<bool>("pythonSpacing");
    QTest::addColumn<bool>("sortKeys");
    QTest::addColumn<bool>("escapeNonAscii");
    QTest::addColumn<QString>("written");
    QTest::newRow("tight")
        << -1 << false << false << false
        << QStringLiteral("{\"b\":[1,2.0,\"\u00e9\U0001F600\\u0001\\n\x7f\"],\"a\":{},\"c\":[]}");
    QTest::newRow("dumps")
        << -1 << true << false << true
        << QStringLiteral(
               "{\"b\": [1, 2.0, \"\\u00e9\\ud83d\\ude00\\u0001\\n\x7f\"], \"a\": {}, \"c\": []}");
    QTest::newRow("sorted")
        << -1 << true << true << false
        << QStringLiteral(
               "{\"a\": {}, \"b\": [1, 2.0, \"\u00e9\U0001F600\\u0001\\n\x7f\"], \"c\": []}");
    QTest::newRow("indented")
        << 2 << false << false << false
        << QStringLiteral(
               "{\n  \"b\": [\n    1,\n    2.0,\n    \"\u00e9\U0001F600\\u0001\\n\x7f\"\n  ],\n"
               "  \"a\": {},\n  \"c\": []\n}");
    QTest::newRow("indented by nothing")
        << 0 << true << false << false
        << QStringLiteral("{\n\"b\": [\n1,\n2.0,\n\"\u00e9\U0001F600\\u0001\\n\x7f\"\n],\n"
                          "\"a\": {},\n\"c\": []\n}");
}

void TestJson::writesAsPythonDoes()
{
    QFETCH(int, indent);
    QFETCH(bool, pythonSpacing);
    QFETCH(bool, sortKeys);
    QFETCH(bool, escapeNonAscii);
    QFETCH(QString, written);
    const Value value = Value::map({{"b", Value::list({1, 2.0, "\u00e9\U0001F600\x01\n\x7f"})},
                                    {"a", Value::map({})},
                                    {"c", Value::list()}});
    JsonStyle style;
    style.indent = indent;
    style.pythonSpacing = pythonSpacing;
    style.sortKeys = sortKeys;
    style.escapeNonAscii = escapeNonAscii;
    QCOMPARE(QString::fromStdString(writeJson(value, style)), written);
}

void TestJson::writesWhatJsonLacksAsText()
{
    ValueSet set;
    set.add(1);
    DateTimeValue time;
    time.wallMicroseconds = 1'500'000;
    time.hasOffset = true;
    time.offsetSeconds = -5400;
    const Value value = Value::list(
        {Value::tuple({1, 2}), Value(set), Value::bytes("a\xff"), Value::dateTime(time),
         Value::date(19'000), Value::duration(90'000'000), Value::time({3'600'000'000, 0, false})});
    QCOMPARE(writeJson(value),
             std::string("[[1,2],[1],\"a\uFFFD\",\"1970-01-01T00:00:01.500000-01:30\","
                         "\"2022-01-08\",\"0:01:30\",\"01:00:00\"]"));
}

void TestJson::writesKeysOfAnyKind()
{
    const Value value
        = Value::map({{true, 1}, {nullptr, 2}, {3, 4}, {2.5, 5}, {Value::tuple({1}), 6}});
    QCOMPARE(writeJson(value), std::string("{\"true\":1,\"null\":2,\"3\":4,\"2.5\":5,\"(1,)\":6}"));
}

void TestJson::masksSecrets()
{
    const Value value = Value::map(
        {{"password", Value("hunter2").markedSecret()}, {"n", Value::list({1}).markedSecret()}});
    JsonStyle style;
    QCOMPARE(writeJson(value, style), std::string(R"({"password":"hunter2","n":[1]})"));
    style.maskSecrets = true;
    QCOMPARE(writeJson(value, style), std::string(R"({"password":"********","n":"********"})"));
}

void TestJson::writesValidUtf8WhateverTheTextHolds()
{
    const std::string written = writeJson(Value("a\xff\xe2\x82z"));
    QCOMPARE(written, std::string("\"a\uFFFD\uFFFD\uFFFDz\""));
    QVERIFY(readJson(written));
}

void TestJson::readsBackWhatItWrote()
{
    Value value
        = Value::map({{"text", "q\"b\\s/\b\f\n\r\t\x1f\u00e9\U0001F600"}, {"n", Value::list()}});
    for (int i = -400; i < 400; i += 7)
        value.set("x" + std::to_string(i), std::ldexp(1.0 + i / 1000.0, i));
    for (const int indent : {-1, 3}) {
        JsonStyle style;
        style.indent = indent;
        QVERIFY(read(writeJson(value, style)) == value);
    }
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
