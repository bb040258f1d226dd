#include "engine/expressions/workflow_expression.h"

#include <QTest>

using namespace stormglass;
using namespace std::chrono_literals;

namespace {

Result<Value> evaluated(std::string_view expression, const Value &data = Value::map())
{
    WorkflowContext context;
    context.data = data;
    return WorkflowExpression::compile(Value("<% " + std::string(expression) + " %>"))
        .evaluate(context);
}

Value valueOf(std::string_view expression, const Value &data = Value::map())
{
    const Result<Value> result = evaluated(expression, data);
    return result ? *result : Value(result.error().message);
}

// The class of the error inside.
QString causeOf(std::string_view expression, const Value &data = Value::map())
{
    const Result<Value> result = evaluated(expression, data);
    if (result)
        return QStringLiteral("a value");
    const QString rest = result.error().message.section(QStringLiteral("%>'. "), -1);
    return rest.section(u':', 0, 0);
}

} // namespace

class TestYaql : public QObject
{
    Q_OBJECT

private slots:
    void readsOperatorsByTheirPrecedence();
    void readsMembersAndMapsThemOverSequences();
    void takesBareWordsForNames();
    void choosesOverloadsByTheTypesOfArguments();
    void saysWhyNoOverloadFits();
    void asksForNoMoreOfASequenceThanIsNeeded();
    void ordersByExpressionsStably();
    void groupsWithAggregatorsOfBothForms();
    void bindsNamesInContexts();
    void callsFunctionsThatExpressionsDefine();
    void readsAndWritesDates();
    void refusesWhatIsNoExpression();
    void keepsSetsAndPrintsFrozenListsAsTuples();
    void marksWhatASecretWentInto();
    void marksWhateverIsMadeOfASecret_data();
    void marksWhateverIsMadeOfASecret();
    void saysWhereItFailed();
    void boundsHostileExpressions_data();
    void boundsHostileExpressions();
};

void TestYaql::readsOperatorsByTheirPrecedence()
{
    QCOMPARE(valueOf("1 + 2 * 3"), Value(7));
    QCOMPARE(valueOf("-7 / 2"), Value(-4));
    QCOMPARE(valueOf("-7 mod 3"), Value(2));
    QCOMPARE(valueOf("not 1 = 2 and 3 > 2"), Value(true));
    QCOMPARE(valueOf("0 or 5"), Value(5));
    QCOMPARE(valueOf("1 and []"), Value::list());
    QCOMPARE(valueOf("'b' in 'abc' and 2 in [1, 2]"), Value(true));
    QCOMPARE(valueOf("'abc' =~ 'b.' and 'abc' !~ '^b'"), Value(true));
    QCOMPARE(valueOf("[1, 2][1] + {a => 3}.a"), Value(5));
    QCOMPARE(valueOf("true = not 0 + 0"), Value(true));
}

void TestYaql::readsMembersAndMapsThemOverSequences()
{
    const Value data = Value::map(
        {{"rows", Value::list({Value::map({{"k", 1}}), Value::map({{"k", 2}})})}, {"n", nullptr}});
    QCOMPARE(valueOf("ctx().rows.k", data), Value::list({1, 2}));
    QCOMPARE(valueOf("ctx().n?.x", data), Value());
    QCOMPARE(causeOf("ctx().n.x", data), QStringLiteral("NoFunctionRegisteredException"));
    QVERIFY(evaluated("ctx().q", data)
                .error()
                .message.startsWith(QStringLiteral("Unable to resolve key 'q'")));
}

void TestYaql::takesBareWordsForNames()
{
    const Value data = Value::map({{"a", Value::map({{"b", 1}})}});
    QCOMPARE(valueOf("ctx(a).b", data), Value(1));
    QCOMPARE(valueOf("ctx(a).get(c, d)", data), Value("d"));
    QCOMPARE(valueOf("dict(x => 1).x"), Value(1));
    QCOMPARE(valueOf("'a b'.split(maxSplits => 0)"), Value::list({"a b"}));
    QCOMPARE(valueOf("range(0, 4,)"), valueOf("range(0, 4,)"));
}

void TestYaql::choosesOverloadsByTheTypesOfArguments()
{
    QCOMPARE(valueOf("'ab' + 'c'"), Value("abc"));
    QCOMPARE(valueOf("[1] + [2]"), Value::list({1, 2}));
    QCOMPARE(valueOf("{a => 1} + {a => 2}"), Value::map({{"a", 2}}));
    QCOMPARE(valueOf("2 * 'ab'"), Value("abab"));
    QCOMPARE(valueOf("null < 1"), Value(true));
    QCOMPARE(valueOf("[1, 2].insert(-1, 9)"), Value::list({1, 9, 2}));
    QCOMPARE(valueOf("range(2).insert(-1, 9)"), Value::list({0, 1}));
}

void TestYaql::saysWhyNoOverloadFits()
{
    QCOMPARE(causeOf("'a' + 1"), QStringLiteral("NoMatchingFunctionException"));
    QCOMPARE(causeOf("'a'.where($)"), QStringLiteral("NoMatchingMethodException"));
    QCOMPARE(causeOf("nothing()"), QStringLiteral("NoFunctionRegisteredException"));
    QCOMPARE(causeOf("[].nothing()"), QStringLiteral("NoMethodRegisteredException"));
    QCOMPARE(causeOf("let('x' => 1) -> $x"), QStringLiteral("MappingTranslationException"));
    QCOMPARE(causeOf("concat('a', , 'c')"), QStringLiteral("NoMatchingFunctionException"));
    QCOMPARE(causeOf("true < 2"), QStringLiteral("NoMatchingFunctionException"));
}

void TestYaql::asksForNoMoreOfASequenceThanIsNeeded()
{
    QCOMPARE(valueOf("sequence().where($ mod 3 = 0).select($ * 2).limit(3)"),
             Value::list({0, 6, 12}));
    QCOMPARE(valueOf("[1, 0].select(6 / $).first()"), Value(6));
    QCOMPARE(valueOf("generate(1, true, $ * 2).takeWhile($ < 20)"), Value::list({1, 2, 4, 8, 16}));
    QCOMPARE(valueOf("sequence().memorize().limit(2)"), Value::list({0, 1}));
    QCOMPARE(valueOf("let(s => range(3).memorize()) -> $s.sum() + $s.len()"), Value(6));
    QCOMPARE(valueOf("[1, 2].cycle().skip(1).take(3)"), Value::list({2, 1, 2}));
}

void TestYaql::ordersByExpressionsStably()
{
    const Value data = Value::map({{"l", Value::list({"bb", "a", "cc", "d"})}});
    QCOMPARE(valueOf("ctx().l.orderBy($.len())", data), Value::list({"a", "d", "bb", "cc"}));
    QCOMPARE(valueOf("ctx().l.orderByDescending($.len())", data),
             Value::list({"bb", "cc", "a", "d"}));
    QCOMPARE(valueOf("ctx().l.orderBy($.len()).thenByDescending($)", data),
             Value::list({"d", "a", "cc", "bb"}));
    QCOMPARE(causeOf("[1, 'a'].orderBy($)"), QStringLiteral("NoMatchingFunctionException"));
}

void TestYaql::groupsWithAggregatorsOfBothForms()
{
    const Value expected = Value::list({Value::list({1, 4}), Value::list({0, 2})});
    QCOMPARE(valueOf("[3, 1, 2].groupBy($ mod 2, $, $.sum())"), expected);
    QCOMPARE(valueOf("[3, 1, 2].groupBy($ mod 2, $, [$[0], $[1].sum()])"), expected);
}

void TestYaql::bindsNamesInContexts()
{
    QCOMPARE(valueOf("let(x => 2, y => 3) -> $x * $y"), Value(6));
    QCOMPARE(valueOf("with(1, 2) -> $1 + $2"), Value(3));
    QCOMPARE(valueOf("let(x => 1) -> [1, 2].select($ + $x)"), Value::list({2, 3}));
    QCOMPARE(valueOf("[1, 2].unpack(a, b) -> $a - $b"), Value(-1));
    QCOMPARE(causeOf("let(x => 1)"), QStringLiteral("TypeError"));
}

void TestYaql::callsFunctionsThatExpressionsDefine()
{
    QCOMPARE(valueOf("def(twice, $ * 2) -> twice(4)"), Value(8));
    QCOMPARE(valueOf("def(f, switch($ < 2 => 1, true => $ * f($ - 1))) -> f(5)"), Value(120));
    QCOMPARE(causeOf("def(f, f($)) -> f(1)"), QStringLiteral("RecursionError"));
}

void TestYaql::readsAndWritesDates()
{
    QCOMPARE(valueOf("datetime('03 Feb 2024 04:05', '%d %b %Y %H:%M').format('%Y-%m-%d %H:%M')"),
             Value("2024-02-03 04:05"));
    QCOMPARE(valueOf("(datetime(2024, 3, 1) - datetime(2024, 2, 28)).days"), Value(2.0));
    QCOMPARE(valueOf("datetime(2024, 2, 29).replace(year => 2023, day => 1).year"), Value(2023));
    QCOMPARE(causeOf("datetime(2023, 2, 29)"), QStringLiteral("ValueError"));
    QCOMPARE(causeOf("datetime('31', '%m')"), QStringLiteral("ValueError"));
}

void TestYaql::refusesWhatIsNoExpression()
{
    for (const char *const source : {"1 +", "f(1,)", "[1,]", "f(a => 1, 2)", "a b", "1 == 1", "(1",
                                     ".5", "f(, a => 1)", "{a => }"})
        QCOMPARE(causeOf(source), QStringLiteral("YaqlGrammarException"));
    for (const char *const source : {"1e5", "__x", "'a", "a ; b", "0x1F"})
        QCOMPARE(causeOf(source), QStringLiteral("YaqlLexicalException"));
}

void TestYaql::keepsSetsAndPrintsFrozenListsAsTuples()
{
    QVERIFY(valueOf("set(1, 2, 1)").isSet());
    QCOMPARE(valueOf("str([1, [2]])"), Value("(1, (2,))"));
    QCOMPARE(valueOf("str('a,b'.split(','))"), Value("['a', 'b']"));
    QCOMPARE(valueOf("[[1], [1]].distinct()"), Value::list({Value::list({1})}));
    QCOMPARE(causeOf("set([1])"), QStringLiteral("TypeError"));
}

void TestYaql::marksWhateverIsMadeOfASecret_data()
{
    QTest::addColumn<QString>("source");
    for (const char *const source : {"ctx().key.toUpper()",
                                     "ctx().key + 'x'",
                                     "concat('x', ctx().key)",
                                     "[ctx().key]",
                                     "{a => ctx().key}",
                                     "ctx().keys.where($ = 'k')",
                                     "ctx().keys.select($ + 'x')",
                                     "ctx().keys.join(',')",

                                     "ctx().keys.last()",
                                     "ctx().keys.toSet()",
                                     "ctx().keys.orderBy($)",
                                     "ctx().keys.groupBy($)",
                                     "ctx().keys.aggregate($1 + $2)",
                                     "ctx().box.values()",
                                     "ctx().box.get(key)",
                                     "ctx().box.get(missing, ctx().key)",
                                     "dict(a => ctx().key)",
                                     "let(x => ctx().key) -> $x",
                                     "switch(true => ctx().key)",
                                     "coalesce(null, ctx().key)",
                                     "ctx().key = 'k'",
                                     "len(ctx().key)",
                                     "str(ctx().key)",
                                     "ctx().key.split(',')",
                                     "ctx().key.replace('k', 'x')",
                                     "ctx().key =~ 'k'",
                                     "regex('.').search(ctx().key)",
                                     "regex_replace(ctx().key, 'k', 'x')",
                                     "to_json_string(ctx().box)",
                                     "ctx().keys[1]",
                                     "[1, 2].select(ctx().key)",
                                     "zip(ctx().keys, [1])",
                                     "ctx().box.mergeWith({b => 1})",
                                     "ctx().box.set(b, 1)",
                                     "ctx().keys.toDict($)",
                                     "ctx().key.toCharArray()",
                                     "max('a', ctx().key)"})
        QTest::newRow(source) << QString::fromUtf8(source);
}

void TestYaql::marksWhateverIsMadeOfASecret()
{
    QFETCH(const QString, source);
    const Value key = Value("k").markedSecret();
    const Value data = Value::map(
        {{"key", key}, {"keys", Value::list({"a", key})}, {"box", Value::map({{"key", key}})}});
    QVERIFY(valueOf(source.toStdString(), data).isSecret());
}

void TestYaql::marksWhatASecretWentInto()
{
    const Value data
        = Value::map({{"open", "a"}, {"box", Value::map({{"key", Value("k").markedSecret()}})}});
    QVERIFY(!valueOf("ctx().open", data).isSecret());
    QVERIFY(valueOf("ctx().box.key", data).isSecret());
    QVERIFY(valueOf("ctx().box.values().join('-')", data).isSecret());
    QVERIFY(valueOf("ctx().box", data).isSecret());
}

void TestYaql::saysWhereItFailed()
{
    const Result<Value> result = evaluated("1 + foo()");
    QVERIFY(!result);
    QCOMPARE(result.error().kind, QStringLiteral("YaqlEvaluationException"));
    QCOMPARE(result.error().place, QStringLiteral("1:8"));
}

void TestYaql::boundsHostileExpressions_data()
{
    QTest::addColumn<QString>("expression");
    const auto deep = [](const char *open, const char *close) {
        return QString::fromLatin1(open).repeated(20'000) + u'1'
            + QString::fromLatin1(close).repeated(20'000);
    };
    const auto row
        = [](const char *name, const QString &expression) { QTest::newRow(name) << expression; };
    row("endless counting", QStringLiteral("sequence()"));
    row("endless repeating", QStringLiteral("1.repeat()"));
    row("endless cycle", QStringLiteral("[1].cycle().len()"));
    row("endless filter", QStringLiteral("sequence().where(false).first()"));
    row("endless in a set", QStringLiteral("set(sequence())"));
    row("endless generation", QStringLiteral("generate(1, true, $ + 1).len()"));
    row("endless walk", QStringLiteral("generateMany(1, [$, $])"));
    row("huge text", QStringLiteral("'ab' * 1000000000"));
    row("huge list", QStringLiteral("[1, 2] * 1000000000"));
    row("doubling text", QStringLiteral("range(60).aggregate($1 + $1, 'aaaaaaaa')"));
    row("doubling list", QStringLiteral("range(60).aggregate($1 + $1, [1])"));
    row("huge power", QStringLiteral("pow(10, 1000000)"));
    row("huge shift", QStringLiteral("shiftBitsLeft(1, 1000000000)"));
    row("huge range", QStringLiteral("range(1000000000000).toList()"));
    row("deep parentheses", deep("(", ")"));
    row("deep lists", deep("[", "]"));
    row("deep calls", deep("abs(", ")"));
    row("deep signs", deep("-", ""));
    row("long sum", deep("", " + 1"));
    row("long chain", deep("", ".a"));
    row("nested lazy sequences", QStringLiteral("range(100000).aggregate($1.append($2), [])"));
    row("nested contexts",
        QStringLiteral("range(100000).aggregate($1 -> let(x => 1), let(x => 0))"));
    row("nested lists", QStringLiteral("range(100000).aggregate([$1], 0)"));
    row("catastrophic regex", QStringLiteral("('a' * 60 + '!') =~ '^(a|aa|a?)+$'"));
    row("recursion", QStringLiteral("def(f, f(f($))) -> f(1)"));
}

void TestYaql::boundsHostileExpressions()
{
    QFETCH(const QString, expression);
    const auto begin = std::chrono::steady_clock::now();
    const Result<Value> result = evaluated(expression.toStdString());
    const auto spent = std::chrono::steady_clock::now() - begin;
    QVERIFY(!result);
    QVERIFY(spent < 10s);
}

QTEST_GUILESS_MAIN(TestYaql)
#include "tst_yaql.moc"
