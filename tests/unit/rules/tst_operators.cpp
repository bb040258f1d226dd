#include "engine/rules/operators.h"

#include "engine/base/timestamp.h"

#include "tests/support/fake_clock.h"

#include <QTest>

using namespace stormglass;

namespace {

QString kindOf(const Result<bool> &result)
{
    return result ? QString() : result.error().kind;
}

} // namespace

class TestOperators : public QObject
{
    Q_OBJECT

private slots:
    void knowsEveryNameWithoutRegardToCase();
    void comparesNumbersAsPythonDoes();
    void neverComparesTextWithNumbers();
    void looksForPartsMembersAndKeys();
    void lowersByUnicode();
    void matchesShellPatterns_data();
    void matchesShellPatterns();
    void anchorsMatchregexAtTheStartOnly();
    void reportsABadRegexBeforeABadValue();
    void measuresTheTimeSinceADate();
    void answersFalseForANullPattern();

private:
    Result<bool> ask(const char *name, const Value &actual, const Value &pattern) const
    {
        return operatorHolds(name, actual, pattern, m_clock);
    }
    bool isTrue(const char *name, const Value &actual, const Value &pattern) const
    {
        const Result<bool> result = ask(name, actual, pattern);
        return result && *result;
    }
    bool isFalse(const char *name, const Value &actual, const Value &pattern) const
    {
        const Result<bool> result = ask(name, actual, pattern);
        return result && !*result;
    }

    FakeClock m_clock;
};

void TestOperators::knowsEveryNameWithoutRegardToCase()
{
    QCOMPARE(operatorNames().size(), 33);
    QVERIFY(findOperator("matchRegex"));
    QVERIFY(findOperator("SEARCH"));
    QVERIFY(!findOperator("=="));
    QCOMPARE(kindOf(ask("nope", 1, 1)), QStringLiteral("Exception"));
}

void TestOperators::comparesNumbersAsPythonDoes()
{
    QVERIFY(isTrue("equals", 1, 1.0));
    QVERIFY(isTrue("equals", true, 1));
    QVERIFY(isTrue("lessthan", Value(9007199254740992.0), Value(std::int64_t{9007199254740993})));
    QVERIFY(isTrue("gt", Value(*BigInt::fromText("1000000000000000000000000000000")), 1e29));
    QVERIFY(isFalse("lt", Value::list({1, 2}), Value::list({1, 2})));
    QVERIFY(isTrue("lt", Value::list({1, 2}), Value::list({1, 2, 0})));
}

void TestOperators::neverComparesTextWithNumbers()
{
    QVERIFY(isFalse("equals", "1", 1));
    const Result<bool> order = ask("greaterthan", "5", 4);
    QCOMPARE(kindOf(order), QStringLiteral("TypeError"));
    QCOMPARE(order.error().message,
             QStringLiteral("'>' not supported between instances of 'str' and 'int'"));
}

void TestOperators::looksForPartsMembersAndKeys()
{
    QVERIFY(isTrue("contains", "web01.example.com", "example"));
    QVERIFY(isTrue("contains", Value::list({1, 2}), 2.0));
    QVERIFY(isTrue("contains", Value::map({{"a", 1}}), "a"));
    QVERIFY(isTrue("nin", "c", Value::list({"a", "b"})));
    QCOMPARE(kindOf(ask("contains", Value::map({{"a", 1}}), Value::list({}))),
             QStringLiteral("TypeError"));
    QCOMPARE(kindOf(ask("contains", "text", 1)), QStringLiteral("TypeError"));
    QCOMPARE(kindOf(ask("inside", Value(), "text")), QStringLiteral("TypeError"));
    QVERIFY(isFalse("inside", Value(), Value::list({"a"})));
}

void TestOperators::lowersByUnicode()
{
    QVERIFY(isTrue("iequals", "ÉCOLE", "école"));
    QVERIFY(isTrue("iequals", "ΟΔΟΣ", "οδος"));
    QVERIFY(isTrue("iendswith", "ΟΔΟΣ", "ς"));
    QVERIFY(isTrue("icontains", "a Σ b", "σ"));
    QCOMPARE(kindOf(ask("icontains", Value::list({"a"}), "A")), QStringLiteral("AttributeError"));
}

void TestOperators::matchesShellPatterns_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *text, const char *pattern, bool matches) {
        QTest::addRow("%s ~ %s", text, pattern)
            << QString::fromUtf8(text) << QString::fromUtf8(pattern) << matches;
    };
    row("web01.example.com", "web*.com", true);
    row("web01", "web?", false);
    row("a/b", "a*", true);
    row("é", "?", true);
    row("b", "[a-c]", true);
    row("d", "[!a-c]", true);
    row("]", "[]]", true);
    row("-", "[a-]", true);
    row("[x", "[x", true);
    row("b", "[c-a]", false);
    row("b", "[!c-a]", true);
    row("aaaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*a*a*c", false);
}

void TestOperators::matchesShellPatterns()
{
    QFETCH(const QString, text);
    QFETCH(const QString, pattern);
    QFETCH(const bool, matches);
    QCOMPARE(*ask("matchwildcard", text, pattern), matches);
}

void TestOperators::anchorsMatchregexAtTheStartOnly()
{
    QVERIFY(isFalse("matchregex", "Hello", "ello"));
    QVERIFY(isTrue("matchregex", "Hello", "Hell"));
    QVERIFY(isTrue("matchregex", "a\nb", "a.b"));
    QVERIFY(isFalse("regex", "a\nb", "a.b"));
    QVERIFY(isTrue("iregex", "Hello", "ELLO"));
}

void TestOperators::reportsABadRegexBeforeABadValue()
{
    QCOMPARE(kindOf(ask("regex", 5, "(")), QStringLiteral("error"));
    QCOMPARE(kindOf(ask("regex", 5, "a")), QStringLiteral("TypeError"));
    QCOMPARE(kindOf(ask("regex", "a", 5)), QStringLiteral("TypeError"));
}

void TestOperators::measuresTheTimeSinceADate()
{
    const Value tenSecondsAgo(
        QString::fromStdString(toIsoText(m_clock.now() - std::chrono::seconds(10))));
    QVERIFY(isTrue("timediff_lt", tenSecondsAgo, 11));
    QVERIFY(isFalse("timediff_lt", tenSecondsAgo, "10"));
    QVERIFY(isTrue("td_gt", tenSecondsAgo, 9.5));
    QCOMPARE(kindOf(ask("td_gt", "garbage", "x")), QStringLiteral("ParserError"));
    QCOMPARE(kindOf(ask("td_gt", tenSecondsAgo, "x")), QStringLiteral("ValueError"));
}

void TestOperators::answersFalseForANullPattern()
{
    for (const QString &name : operatorNames()) {
        if (name == QLatin1String("search") || name.contains(QLatin1String("exists"))
            || name.startsWith(QLatin1String("neq")) || name == QLatin1String("nequals"))
            continue;
        QVERIFY2(isFalse(qPrintable(name), "x", Value()), qPrintable(name));
    }
    QVERIFY(isTrue("nequals", "x", Value()));
    QVERIFY(isTrue("exists", 0, Value()));
}

QTEST_APPLESS_MAIN(TestOperators)
#include "tst_operators.moc"
