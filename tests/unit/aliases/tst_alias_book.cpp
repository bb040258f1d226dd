#include "engine/aliases/alias_book.h"
#include "engine/aliases/alias_help.h"
#include "engine/aliases/alias_messages.h"
#include "engine/aliases/alias_parameters.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

ActionAlias alias(const char *name, Value formats)
{
    ActionAlias made;
    made.ref = {u"demo"_s, QString::fromLatin1(name)};
    made.action = {u"core"_s, u"local"_s};
    made.formats = std::move(formats);
    return made;
}

Value manyFormat(const char *representation)
{
    return Value::map({{"display", "tickets"},
                       {"representation", Value::list({representation})},
                       {"match_multiple", true}});
}

QString found(const AliasBook &book, const char *text)
{
    const Result<ChatCommand> command = ChatCommand::read(text);
    const Result<AliasMatch> match = book.find(*command);
    return match ? match->alias->ref.name : match.error().message;
}

} // namespace

class TestAliasBook : public QObject
{
    Q_OBJECT

private slots:
    void findsTheOneAliasOfACommand();
    void saysWhenNoneOrManyMatch();
    void asksAliasesThatMatchManyLast();
    void leavesDisabledAliasesOut();
    void keepsAFaultyFormatFromHinderingOthers();
    void takesOnlyFormatsOfTheAlias();
    void addsImmutableParametersAndRefusesToOverrideThem();
    void castsAsTheSchemaSays();
    void tellsHelpByPackFilterAndPage();
    void acknowledgesWithTheAliasesWords();
    void tellsAResultWithTheAliasesWordsOrOurs();
};

void TestAliasBook::findsTheOneAliasOfACommand()
{
    const AliasBook book({alias("deploy", Value::list({"deploy {{app}}", "ship {{app}}"})),
                          alias("list", Value::list({"list {{what=all}}"}))});
    QCOMPARE(found(book, "ship web"), u"deploy"_s);
    QCOMPARE(found(book, "list"), u"list"_s);
    QVERIFY(book.problems().empty());
}

void TestAliasBook::saysWhenNoneOrManyMatch()
{
    const AliasBook book(
        {alias("a", Value::list({"go {{x}}"})), alias("b", Value::list({"go {{y}}"}))});
    QCOMPARE(found(book, "go 1"), u"Command 'go 1' matched more than 1 pattern"_s);
    QCOMPARE(found(book, "stop"), u"Command 'stop' matched no patterns"_s);
}

void TestAliasBook::asksAliasesThatMatchManyLast()
{
    const AliasBook book({alias("many", Value::list({manyFormat("ticket {{id}}")})),
                          alias("one", Value::list({"ticket {{id}}"})),
                          alias("also", Value::list({manyFormat("bug {{id}}")})),
                          alias("again", Value::list({manyFormat("bug {{id}}")}))});
    QCOMPARE(found(book, "ticket 5"), u"one"_s);
    QCOMPARE(found(book, "bug 5"), u"Command 'bug 5' matched more than 1 (multi) pattern"_s);
}

void TestAliasBook::leavesDisabledAliasesOut()
{
    ActionAlias off = alias("off", Value::list({"go {{x}}"}));
    off.enabled = false;
    const AliasBook book({off});
    QCOMPARE(found(book, "go 1"), u"Command 'go 1' matched no patterns"_s);
    QVERIFY(book.named(u"off"_s));
    QVERIFY(!book.named(u"on"_s));
}

void TestAliasBook::keepsAFaultyFormatFromHinderingOthers()
{
    const AliasBook book({alias("bad", Value::list({"go {{a=}}", 5, "fine {{b}}"})),
                          alias("good", Value::list({"go {{x}}"}))});
    QCOMPARE(found(book, "go 1"), u"good"_s);
    QCOMPARE(found(book, "fine 1"), u"bad"_s);
    QCOMPARE(book.problems().size(), 2U);
    QCOMPARE(book.problems()[0].representation, u"go {{a=}}"_s);
    QVERIFY(!book.problems()[0].reason.isEmpty());
}

void TestAliasBook::takesOnlyFormatsOfTheAlias()
{
    const ActionAlias one = alias("one", Value::list({"go {{x}}"}));
    const Result<ChatCommand> command = ChatCommand::read("go 1");
    const Result<ValueList> parameters = parametersFor(one, u"go {{x}}"_s, *command, false);
    QVERIFY(parameters);
    QCOMPARE(parameters->front()["x"], Value("1"));
    const Result<ValueList> other = parametersFor(one, u"go"_s, *command, false);
    QCOMPARE(other.error().message,
             u"Format string \"go\" is not available on the alias \"one\""_s);
}

void TestAliasBook::addsImmutableParametersAndRefusesToOverrideThem()
{
    EvaluationContext context;
    context.variables = Value::map({{"user", "joe"}});
    const Value immutable = Value::map({{"who", "{{ user }}"}, {"n", 5}});
    const Result<ValueList> with = withImmutable({Value::map({{"a", "1"}})}, immutable, context);
    QVERIFY(with);
    QCOMPARE(with->front(), Value::map({{"a", "1"}, {"who", "joe"}, {"n", 5}}));
    const Result<ValueList> refused
        = withImmutable({Value::map({{"who", "me"}, {"n", "1"}})}, immutable, context);
    QCOMPARE(refused.error().message, u"Immutable arguments cannot be overriden: who,n"_s);
}

void TestAliasBook::castsAsTheSchemaSays()
{
    const Value schemas = Value::map({{"list", Value::map({{"type", "array"}})},
                                      {"n", Value::map({{"type", "integer"}})},
                                      {"free", Value::map()}});
    const Result<Value> cast = castAliasParameters(
        Value::map({{"list", "a, b ,c"}, {"n", "5"}, {"free", "x"}}), schemas);
    QVERIFY(cast);
    QCOMPARE((*cast)["list"], Value::list({"a", "b", "c"}));
    QCOMPARE((*cast)["n"], Value(5));
    const Result<Value> wrong = castAliasParameters(Value::map({{"n", "five"}}), schemas);
    QVERIFY(wrong.error().message.startsWith(
        u"Failed to cast value \"five\" (type: str) for parameter \"n\" of type \"integer\": "_s));
    QVERIFY(!castAliasParameters(Value::map({{"n", Value()}}), schemas));
}

void TestAliasBook::tellsHelpByPackFilterAndPage()
{
    ActionAlias off = alias("off", Value::list({"never"}));
    off.enabled = false;
    ActionAlias other = alias("other", Value::list({"ship {{a}}"}));
    other.ref.pack = u"sea"_s;
    const std::vector<ActionAlias> aliases{
        off, alias("one", Value::list({"Run {{a}}", Value::map({{"representation", "x"}})})),
        other};
    const Result<Value> all = helpStrings(aliases, {});
    QVERIFY(all);
    QCOMPARE((*all)["available"], Value(2));
    const Result<Value> filtered = helpStrings(aliases, {.filter = u"^run"_s});
    QCOMPARE((*filtered)["helpstrings"].items().size(), 1U);
    const Result<Value> page = helpStrings(aliases, {.limit = 1, .offset = 1});
    QCOMPARE((*page)["available"], Value(2));
    QCOMPARE((*page)["helpstrings"].items()[0]["pack"], Value("sea"));
    QVERIFY(!helpStrings(aliases, {.filter = u"("_s}));
}

void TestAliasBook::acknowledgesWithTheAliasesWords()
{
    ActionAlias one = alias("one", Value::list({"go"}));
    const Value execution = Value::map({{"id", "17"}});
    QCOMPARE(acknowledgement(one, execution, Value()), Value::map());
    one.ack = Value::map({{"format", "On it: {{ execution.id }}"},
                          {"extra", Value::map({{"color", "{{ execution.color }}"}})}});
    const Value told = acknowledgement(one, execution, Value());
    QCOMPARE(told["message"], Value("On it: 17"));
    QVERIFY(told["extra"].toQString().startsWith(
        u"Cannot render \"extra\" in field \"ack\" for alias. "_s));
}

void TestAliasBook::tellsAResultWithTheAliasesWordsOrOurs()
{
    const Value execution
        = Value::map({{"id", "17"},
                      {"status", "succeeded"},
                      {"elapsed_seconds", 61},
                      {"action", Value::map({{"ref", "core.local"}})},
                      {"result", Value::map({{"stdout", "fine"}, {"stderr", ""}, {"code", 0}})}});
    const Result<Value> plain = resultMessage(nullptr, execution, Value());
    QVERIFY2(plain, plain ? "" : qPrintable(plain.error().message));
    QCOMPARE((*plain)["message"].toQString(),
             u"core.local: succeeded\nExecution 17, took 1m1s\nstdout: fine\ncode: 0"_s);
    ActionAlias one = alias("one", Value::list({"go"}));
    one.result
        = Value::map({{"format", "{{ alias.name }}: {{ execution.result.stdout }}{{ nope }}"},
                      {"extra", Value::map({{"c", "{{ execution.status }}"}})}});
    const Result<Value> own = resultMessage(&one, execution, Value::map({{"name", "one"}}));
    QVERIFY(own);
    QCOMPARE((*own)["message"], Value("one: fine"));
    QCOMPARE((*own)["extra"]["c"], Value("succeeded"));
    one.result = Value::map({{"enabled", false}});
    QCOMPARE((*resultMessage(&one, execution, Value()))["enabled"], Value(false));
    one.result = Value::map({{"format", "{{ nope"}});
    QVERIFY(!resultMessage(&one, execution, Value()));
}

QTEST_GUILESS_MAIN(TestAliasBook)
#include "tst_alias_book.moc"
