#include "engine/base/json.h"
#include "engine/expressions/regex.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <thread>

using namespace stormglass;

class TestRegex : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithPython_data();
    void agreesWithPython();
    void countsBytesAndCodePoints();
    void knowsItsGroups();
    void findsAsFindallDoes();
    void replacesByAFunction();
    void splitsAtMostSoOften();
    void escapesWhatIsSpecial();
    void keepsWhatItCompiled();
    void refusesWhatIsNotUtf8();
    void refusesWhatItCannotDo();
    void endsInTime_data();
    void endsInTime();
    void boundsMatchesAndOutput();
    void survivesDeepNesting();
    void worksOnManyThreads();
};

namespace {

RegexFlags flagsFrom(std::string_view letters)
{
    const auto has = [&](char letter) { return letters.find(letter) != std::string_view::npos; };
    return {has('i'), has('m'), has('s'), has('x'), has('a')};
}

Value spanValue(const std::optional<RegexSpan> &span)
{
    if (!span)
        return Value();
    return Value::list(
        {static_cast<std::int64_t>(span->begin), static_cast<std::int64_t>(span->end)});
}

Value matchValue(const Result<std::optional<RegexMatch>> &match)
{
    if (!match)
        return Value(match.error().message);
    if (!*match)
        return Value();
    ValueList spans;
    for (std::size_t group = 0; group <= (*match)->groupCount(); ++group)
        spans.push_back(spanValue((*match)->codePointSpan(group)));
    return Value(std::move(spans));
}

Value allSpans(const Regex &regex, std::string_view subject)
{
    const auto matches = regex.findAll(subject);
    if (!matches)
        return Value(matches.error().message);
    ValueList spans;
    for (const RegexMatch &match : *matches)
        spans.push_back(spanValue(match.codePointSpan()));
    return Value(std::move(spans));
}

Value replaced(const Regex &regex, std::string_view subject, std::string_view replacement)
{
    const auto text = regex.replace(subject, replacement);
    return text ? Value(*text) : Value::map({{"error", text.error().kind}});
}

Regex regexOf(std::string_view pattern, const RegexFlags &flags = {})
{
    return *Regex::compile(pattern, flags);
}

} // namespace

void TestRegex::agreesWithPython_data()
{
    QTest::addColumn<QByteArray>("line");
    QFile file(QStringLiteral(SG_SOURCE_DIR "/tests/unit/expressions/data/regex_cases.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (int number = 1; !file.atEnd(); ++number)
        QTest::newRow(QByteArray::number(number).constData()) << file.readLine();
}

void TestRegex::agreesWithPython()
{
    QFETCH(QByteArray, line);
    const Value expected = *readJson(line.toStdString());
    const auto regex
        = Regex::compile(expected["pattern"].text(), flagsFrom(expected["flags"].text()));
    if (const Value *const error = expected.find("error")) {
        QVERIFY2(!regex, line.constData());
        QCOMPARE(regex.error().kind, error->toQString());
        return;
    }
    QVERIFY2(regex, line.constData());
    QCOMPARE(static_cast<std::int64_t>(regex->groupCount()), expected["groups"].toInt());
    for (const Value &result : expected["results"].items()) {
        const std::string_view subject = result["subject"].text();
        const auto parts = regex->split(subject);
        QVERIFY(parts);
        Value actual
            = Value::map({{"subject", result["subject"]},
                          {"search", matchValue(regex->search(subject))},
                          {"match", matchValue(regex->match(subject))},
                          {"fullmatch", matchValue(regex->fullMatch(subject))},
                          {"all", allSpans(*regex, subject)},
                          {"split", Value(*parts)},
                          {"sub", replaced(*regex, subject, expected["replacement"].text())}});
        QVERIFY2(actual == result, (writeJson(actual) + "\n" + line.toStdString()).c_str());
    }
}

void TestRegex::countsBytesAndCodePoints()
{
    const auto match = *regexOf("(b+)|(c)").search("\u00e9\U0001F600bbc");
    QCOMPARE(*match->span(1), (RegexSpan{6, 8}));
    QCOMPARE(*match->codePointSpan(1), (RegexSpan{2, 4}));
    QCOMPARE(*match->text(), std::string_view("bb"));
    QVERIFY(!match->span(2));
    QVERIFY(match->value(2).isNull());
    QVERIFY(!match->text(2));
}

void TestRegex::knowsItsGroups()
{
    const Regex regex = regexOf("(a)(?P<second>b)(?:c)(?P<third>d)");
    QCOMPARE(regex.groupCount(), std::size_t(3));
    QCOMPARE(*regex.groupNumber("third"), std::size_t(3));
    QVERIFY(!regex.groupNumber("first"));
    QCOMPARE(regex.groupNames()[0].first, std::string("second"));
    QCOMPARE(regex.pattern(), std::string_view("(a)(?P<second>b)(?:c)(?P<third>d)"));
}

void TestRegex::findsAsFindallDoes()
{
    const auto found = [](std::string_view pattern) {
        const auto matches = regexOf(pattern).findAll("a1 b2");
        ValueList items;
        for (const RegexMatch &match : *matches)
            items.push_back(match.found());
        return Value(items);
    };
    QVERIFY(found("[a-z]\\d") == Value::list({"a1", "b2"}));
    QVERIFY(found("([a-z])\\d") == Value::list({"a", "b"}));
    QVERIFY(found("(a)?(\\d)") == Value::list({Value::tuple({"a", "1"}), Value::tuple({"", "2"})}));
}

void TestRegex::replacesByAFunction()
{
    const auto twice = [](const RegexMatch &match) -> Result<std::string> {
        return std::string(*match.text()) + std::string(*match.text());
    };
    QCOMPARE(*regexOf("\\d").replaceBy("a1b2c3", twice, 2), std::string("a11b22c3"));
    const auto refuse = [](const RegexMatch &) -> Result<std::string> {
        return failure(ErrorCode::Invalid, QStringLiteral("no"));
    };
    QCOMPARE(regexOf("\\d").replaceBy("a1", refuse).error().message, QStringLiteral("no"));
}

void TestRegex::splitsAtMostSoOften()
{
    QVERIFY(Value(*regexOf(",").split("a,b,c", 1)) == Value::list({"a", "b,c"}));
    QVERIFY(Value(*regexOf("(,)|(;)").split("a,b")) == Value::list({"a", ",", nullptr, "b"}));
}

void TestRegex::escapesWhatIsSpecial()
{
    const std::string text = "a.b*c [d]\n\u00e9-#&~";
    QCOMPARE(Regex::escape("a.b-c d"), std::string("a\\.b\\-c\\ d"));
    QVERIFY(*regexOf(Regex::escape(text)).fullMatch(text));
}

void TestRegex::keepsWhatItCompiled()
{
    const Regex first = *Regex::cached("a+b");
    const Regex second = *Regex::cached("a+b");
    QVERIFY(first.pattern().data() == second.pattern().data());
    RegexFlags flags;
    flags.ignoreCase = true;
    QVERIFY(!*first.search("AB"));
    QVERIFY(*Regex::cached("a+b", flags)->search("AB"));
    for (int i = 0; i < 1'000; ++i)
        QVERIFY(Regex::cached("x" + std::to_string(i)));
    QVERIFY(!Regex::cached("("));
}

void TestRegex::refusesWhatIsNotUtf8()
{
    QCOMPARE(Regex::compile("a\xff").error().kind, QStringLiteral("error"));
    const auto match = regexOf("a").search("xa\xff");
    QVERIFY(!match);
    QCOMPARE(match.error().code, ErrorCode::Invalid);
    QVERIFY(!regexOf("a").replace("a", "\\n\xff"));
}

void TestRegex::refusesWhatItCannotDo()
{
    QCOMPARE(Regex::compile("a{70000}").error().kind, QStringLiteral("error"));
    QCOMPARE(Regex::compile("a{4294967295}").error().kind, QStringLiteral("OverflowError"));
    QVERIFY(Regex::compile("\\N{EM DASH}").error().message.contains(QStringLiteral("\\uXXXX")));
    QVERIFY(!Regex::compile(std::string(300'000, 'a')));
    QCOMPARE(Regex::compile("ab(c").error().place, QStringLiteral("2"));
    QCOMPARE(Regex::compile("ab(c").error().message,
             QStringLiteral("The regular expression is wrong at position 2: a ( without its )."));
}

void TestRegex::endsInTime_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("subject");
    const QByteArray as(200'000, 'a');
    const auto row = [](const char *name, const QByteArray &pattern, const QByteArray &subject) {
        QTest::newRow(name) << pattern << subject;
    };
    // They end in a class, lest PCRE2 looks for a letter first and is done.
    row("nested repeats", "(a*)*[bc]", as.left(40));
    row("nested groups", "(?:a|a)+[bc]", as.left(60));
    row("alternatives in a row", QByteArray("(a|a)(a|a)").repeated(20) + "[bc]", as.left(60));
    row("counted alternatives", "(?:a|a){40}[bc]", as.left(39));
    row("counted groups", "(?:(?:a|a){8}){8}[bc]", as.left(63));
    row("optional parts", QByteArray("a?").repeated(40) + QByteArray("a").repeated(40) + "[bc]",
        as.left(60));
    row("many starts", "a*[bc]", as);
    row("many starts, three repeats", "a*a*a*[bc]", as);
    row("many starts, nothing left behind", "[^b]{60000}[bc]", as);
    row("many starts, counted", "[^b]{60000}",
        QByteArray(QByteArray(59'999, 'a') + 'b').repeated(10));
    row("look-ahead", "(?=.*[xy])a*[bc]", as);
    row("back reference", "(a*)(a*)\\1\\2[bc]", as.left(5'000));
    row("words", "^(\\w+\\s?)*$", as.left(100) + '!');
    row("without case", "(?i)(?:\\W|[^x])*?[yz]", as);
}

void TestRegex::endsInTime()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, subject);
    const Regex regex = regexOf(pattern.toStdString());
    QElapsedTimer timer;
    timer.start();
    const std::string text = subject.toStdString();
    RegexLimits limits;
    limits.time = std::chrono::milliseconds(100);
    const auto match = regex.search(text, 0, limits);
    QVERIFY(!match || !*match);
    QVERIFY2(timer.elapsed() < 5'000, QByteArray::number(timer.elapsed()).constData());
    QVERIFY(match || match.error().code == ErrorCode::Invalid);
}

void TestRegex::boundsMatchesAndOutput()
{
    RegexLimits limits;
    limits.matches = 3;
    QVERIFY(regexOf("a").findAll("aaa", limits));
    QVERIFY(!regexOf("a").findAll("aaaa", limits));
    QVERIFY(!regexOf("a").split("aaaa", 0, limits));
    limits = {};
    limits.outputBytes = 10;
    QVERIFY(regexOf("a").replace("aaaa", "bb", 0, limits));
    QVERIFY(!regexOf("a").replace("aaaa", "bbb", 0, limits));
    limits = {};
    limits.steps = 5;
    QVERIFY(!regexOf("a+").findAll("a b a b a b a b", limits));
}

void TestRegex::survivesDeepNesting()
{
    const auto nested
        = [](std::size_t depth) { return std::string(depth, '(') + "a" + std::string(depth, ')'); };
    QVERIFY(*regexOf(nested(90)).search("a"));
    QVERIFY(!Regex::compile(nested(100'000)));
    // More than the stack of the compiled code holds.
    const std::string text(200'000, 'a');
    const auto match = regexOf("^(?:(a)|b)*$").search(text);
    QVERIFY(!match || (*match && (*match)->span()->end == text.size()));
}

void TestRegex::worksOnManyThreads()
{
    const Regex regex = regexOf("(\\w+)@(\\w+)");
    std::vector<std::thread> threads;
    std::vector<int> found(4);
    for (int &count : found) {
        threads.emplace_back([&count, regex] {
            for (int i = 0; i < 500; ++i)
                count += *regex.search("to: someone@somewhere") ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(found, std::vector<int>(4, 500));
}

QTEST_APPLESS_MAIN(TestRegex)
#include "tst_regex.moc"
