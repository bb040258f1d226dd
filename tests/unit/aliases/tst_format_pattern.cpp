#include "engine/aliases/alias_format.h"
#include "engine/aliases/format_pattern.h"

#include "engine/base/json.h"

#include <QTest>

using namespace stormglass;

namespace {

Result<Value> extract(std::string_view format, std::string_view text)
{
    SG_LET(const ChatCommand command, ChatCommand::read(text));
    SG_LET(const FormatPattern pattern, FormatPattern::compile(format));
    return pattern.extract(command);
}

QString shown(const Result<Value> &parameters)
{
    return parameters ? QString::fromStdString(writeJson(*parameters)) : parameters.error().kind;
}

} // namespace

class TestFormatPattern : public QObject
{
    Q_OBJECT

private slots:
    void extractsWhatTheSpecificationLists_data();
    void extractsWhatTheSpecificationLists();
    void acceptsFlagsInFrontOfAFormat();
    void findsEveryPlaceOfAFormatThatMatchesMany();
    void tellsWhyAFormatIsWrong();
    void boundsWhatACommandMayCost_data();
    void boundsWhatACommandMayCost();
    void refusesCommandsThatAreNoChat();
    void readsFormatsHoweverTheyAreWritten();
};

void TestFormatPattern::extractsWhatTheSpecificationLists_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row
        = [](const char *name, const char *format, const char *text, const char *expected) {
              QTest::newRow(name) << QByteArray(format) << QByteArray(text)
                                  << QString::fromUtf8(expected);
          };
    row("quotes end a value", "run {{cmd}} on {{hosts}}", "run \"ls -la\" on a,b",
        R"({"cmd":"ls -la","hosts":"a,b"})");
    row("case matters", "run {{cmd}} on {{hosts}}", "RUN ls on a", "ParseException");
    row("default", "run {{cmd}} on {{hosts=localhost}}", "run ls on",
        R"({"cmd":"ls","hosts":"localhost"})");
    row("pairs at the end", "run {{cmd}}", "run ls sudo=true timeout=5",
        R"({"cmd":"ls","sudo":"true","timeout":"5"})");
    row("a tail is a pair first", "run {{cmd}}", "run x=1", "ParseException");
    row("an apostrophe is text", "run {{cmd}}", "run it's", R"({"cmd":"it's"})");
    row("only pairs", "", "a=1 b=\"x y\"", R"({"a":"1","b":"x y"})");
    row("default template", "x {{ c = {{ k.v }} }}", "x", R"({"c":"{{ k.v }}"})");
    row("own expression", "^\\s*foo (?P<k>[A-Z]+-\\d+)", "foo AB-1", R"({"k":"AB-1"})");
    row("braces", "skip {{a}} more.", "skip {\"a\": \"b\"} more.", R"({"a":"{\"a\": \"b\"}"})");
    row("nothing given", "{{a}}", "", "{\"a\":\" \"}");
}

void TestFormatPattern::extractsWhatTheSpecificationLists()
{
    QFETCH(const QByteArray, format);
    QFETCH(const QByteArray, text);
    QFETCH(const QString, expected);
    QCOMPARE(shown(extract(format.toStdString(), text.toStdString())), expected);
}

void TestFormatPattern::acceptsFlagsInFrontOfAFormat()
{
    QCOMPARE(shown(extract("(?i)hello {{a}}", "HELLO x")), QStringLiteral(R"({"a":"x"})"));
}

void TestFormatPattern::findsEveryPlaceOfAFormatThatMatchesMany()
{
    const Result<ChatCommand> command = ChatCommand::read("see AB-1 and CD-22 please");
    // Anchors of its own keep others from being put around it.
    const Result<FormatPattern> keys
        = FormatPattern::compile(R"((?:\b|^)(?P<k>[A-Z]+-\d+)(?:\b|$))");
    const Result<FormatPattern> whole = FormatPattern::compile(R"((?P<k>[A-Z]+-\d+))");
    QVERIFY(command && keys && whole);
    QCOMPARE(shown(keys->extractAll(*command)), QStringLiteral(R"([{"k":"AB-1"},{"k":"CD-22"}])"));
    QCOMPARE(shown(whole->extractAll(*command)), QStringLiteral("[]"));
}

void TestFormatPattern::tellsWhyAFormatIsWrong()
{
    QCOMPARE(shown(extract("go {{a=}}", "go x")), QStringLiteral("error"));
    QCOMPARE(shown(extract("go {{a}} {{a}}", "go x y")), QStringLiteral("error"));
    QCOMPARE(shown(extract("go {{a=x\ny}}", "go {{a=x\ny}}")), QStringLiteral("KeyError"));
}

void TestFormatPattern::boundsWhatACommandMayCost_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("equals signs") << QByteArray("run {{a}}")
                                  << "run " + QByteArray(8'000, '=') + QByteArray(8'000, ' ');
    QTest::newRow("nested repeats") << QByteArray("(?:(?:a+)+)+b") << QByteArray(2'000, 'a');
    QTest::newRow("many parameters")
        << QByteArray("{{a}} {{b}} {{c}} {{d}} {{e}} x") << QByteArray("y ").repeated(2'000);
}

void TestFormatPattern::boundsWhatACommandMayCost()
{
    QFETCH(const QByteArray, format);
    QFETCH(const QByteArray, text);
    // Whatever it comes to, it comes to it soon.
    const Result<Value> outcome = extract(format.toStdString(), text.toStdString());
    QVERIFY(!outcome || outcome->isMap());
}

void TestFormatPattern::refusesCommandsThatAreNoChat()
{
    const Result<ChatCommand> command
        = ChatCommand::read(std::string(ChatCommand::mostBytes + 1, 'x'));
    QVERIFY(!command);
    QCOMPARE(command.error().code, ErrorCode::Invalid);
    QVERIFY(!ChatCommand::read("\xff\xfe"));
}

void TestFormatPattern::readsFormatsHoweverTheyAreWritten()
{
    const Value one = Value::map({{"display", "d"}, {"representation", "r"}});
    const Result<AliasFormat> read = readAliasFormat(one);
    QVERIFY(read);
    QCOMPARE(read->representations, ValueList{Value("r")});
    QVERIFY(!hasManyFormat(Value::list({one, "text"})));
    const Value many
        = Value::map({{"representation", Value::list({"x"})}, {"match_multiple", true}});
    QVERIFY(hasManyFormat(Value::list({one, many})));
    QCOMPARE(readAliasFormat(Value(5)).error().kind, QStringLiteral("TypeError"));
    QVERIFY(!readAliasFormat(Value::map({{"representation", Value::list({1})}})));
}

QTEST_GUILESS_MAIN(TestFormatPattern)
#include "tst_format_pattern.moc"
