#include "ui/models/filter.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"

#include <QTest>

using namespace stormglass;
using namespace stormglass::ui;
using namespace std::chrono_literals;

namespace {

const Timestamp now = Timestamp(std::chrono::seconds(1'704'067'200)); // 2024-01-01T00:00:00Z

Value record()
{
    return *readJson(R"({"trigger": "linux.file_watch.line", "status": "processed",
        "occurrence_time": "2023-12-31T23:30:00.000000Z",
        "payload": {"line": "ERROR db-2 refused", "host": "db-2", "count": 5, "load": 14.2, "tags": ["a", "b"],
                    "disks": [{"mount": "/var", "used": 91}], "dotted.key": "x", "none": null, "ok": false}})");
}

bool holds(const char *text)
{
    const ParsedFilter parsed = parseFilter(QString::fromUtf8(text));
    return parsed.state == ParsedFilter::State::Right
        && parsed.filter.matches(record(), now,
                                 {{QStringLiteral("time"), QStringLiteral("occurrence_time")}});
}

} // namespace

class FilterTest : public QObject
{
    Q_OBJECT

private slots:
    void holdsWhatIsSo_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *text, bool expected) {
            QTest::newRow(text) << QByteArray(text) << expected;
        };
        row(R"(status == "processed")", true);
        row("status == processed", true);
        row("status = pending", false);
        row("status != pending", true);
        row("payload.host == db-2", true);
        row("payload.count > 4", true);
        row("payload.count >= 5 and payload.count <= 5", true);
        row("payload.count < 5", false);
        row("payload.load > 14", true);
        row("payload.count == \"5\"", false);
        row("payload.line contains error", true);
        row("payload.line matches \"^ERROR .* refused$\"", true);
        row("payload.line matches \"^refused\"", false);
        row("payload.host in (\"db-1\", \"db-2\")", true);
        row("payload.host in (db-1)", false);
        row("payload.tags == b", true);
        row("payload.tags contains a", true);
        row("payload.disks.used > 90", true);
        row("payload.disks[0].mount == \"/var\"", true);
        row("payload.disks[1].mount exists", false);
        row("payload.dotted.key == x", true);
        row("payload.host exists", true);
        row("payload.none exists", false);
        row("payload.absent exists", false);
        row("payload.absent == null", true);
        row("payload.none == null", true);
        row("payload.absent != 3", true);
        row("payload.ok == false", true);
        row("time > now-1h", true);
        row("time > now-10m", false);
        row("time < 2024-01-01", true);
        row("time >= 2023-12-31T23:30:00Z", true);
        row("refused", true);
        row("refused nothing", false);
        row("refused or nothing", true);
        row("not nothing", true);
        row("not not refused", true);
        row("status == pending or payload.count > 4 and payload.host == db-2", true);
        row("(status == pending or payload.count > 4) and payload.host == db-1", false);
        row("\"db-2 refused\"", true);
    }

    void holdsWhatIsSo()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, expected);
        QCOMPARE(holds(text.constData()), expected);
    }

    void tellsWhatIsIncompleteFromWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("column");
        const auto row = [](const char *text, ParsedFilter::State state, int column) {
            QTest::newRow(text) << QString::fromUtf8(text) << static_cast<int>(state) << column;
        };
        using State = ParsedFilter::State;
        row("", State::Empty, -1);
        row("   ", State::Empty, -1);
        row("status ==", State::Incomplete, 9);
        row("status == pending and", State::Incomplete, 21);
        row("(status == pending", State::Incomplete, 18);
        row("status == \"pend", State::Incomplete, 15);
        row("host in", State::Incomplete, 7);
        row("host in (a", State::Incomplete, 10);
        row("not", State::Incomplete, 3);
        row("status === x", State::Wrong, 9);
        row("status == pending)", State::Wrong, 17);
        row("and x", State::Wrong, 0);
        row("a <> b", State::Wrong, 2);
        row("line matches \"(\"", State::Wrong, 13);
        row("host in x", State::Wrong, 8);
        row("status == )", State::Wrong, 10);
    }

    void tellsWhatIsIncompleteFromWhatIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(int, state);
        QFETCH(int, column);
        const ParsedFilter parsed = parseFilter(text);
        QCOMPARE(static_cast<int>(parsed.state), state);
        QCOMPARE(parsed.column, column);
        QCOMPARE(parsed.message.isEmpty(), parsed.state == ParsedFilter::State::Empty);
    }

    void refusesEndlessNesting()
    {
        const ParsedFilter parsed = parseFilter(QString(5000, QLatin1Char('(')));
        QCOMPARE(parsed.state, ParsedFilter::State::Wrong);
    }

    void asksTheInstanceForWhatItCanFilter()
    {
        const ParsedFilter parsed = parseFilter(QStringLiteral(
            "status == failed and start > now-1h and payload.x == 3 and user != me"));
        const auto part
            = parsed.filter.serverPart({{QStringLiteral("status"), QStringLiteral("status")},
                                        {QStringLiteral("user"), QStringLiteral("user")},
                                        {QStringLiteral("start>"), QStringLiteral("timestamp_gt")}},
                                       now);
        QCOMPARE(part.query.size(), std::size_t(2));
        QCOMPARE(part.query[0].second, QStringLiteral("failed"));
        QCOMPARE(part.query[1].first, QStringLiteral("timestamp_gt"));
        QCOMPARE(part.query[1].second, QStringLiteral("2023-12-31T23:00:00.000000Z"));
        QVERIFY(!part.isWhole);
    }

    void asksTheInstanceForNothingOfAnAlternative()
    {
        const ParsedFilter parsed
            = parseFilter(QStringLiteral("status == failed or status == timeout"));
        const auto part
            = parsed.filter.serverPart({{QStringLiteral("status"), QStringLiteral("status")}}, now);
        QVERIFY(part.query.empty());
        QVERIFY(!part.isWhole);
    }

    void knowsWhenTheInstanceAnswersAllOfIt()
    {
        const QHash<QString, QString> names{{QStringLiteral("status"), QStringLiteral("status")},
                                            {QStringLiteral("start>"), QStringLiteral("after")}};
        const auto isWhole = [&](const char *text) {
            return parseFilter(QString::fromUtf8(text)).filter.serverPart(names, now).isWhole;
        };
        QVERIFY(isWhole("status == failed"));
        QVERIFY(isWhole("status == failed and start > now-1h"));
        QVERIFY(!isWhole("status == failed and status == timeout"));
        QVERIFY(!isWhole("not status == failed"));
        QVERIFY(!isWhole("status == failed and db-1"));
        QVERIFY(Filter().serverPart(names, now).isWhole);
    }

    void makesATermThatReadsBack()
    {
        const QString term = filterTerm(QStringLiteral("payload.line"), Value("a \"b\" \\ c"));
        const ParsedFilter parsed = parseFilter(term);
        QCOMPARE(parsed.state, ParsedFilter::State::Right);
        const Value fitting = Value::map({{"payload", Value::map({{"line", "a \"b\" \\ c"}})}});
        QVERIFY(parsed.filter.matches(fitting, now));
    }

    void suggestsFieldsOperatorsAndValues()
    {
        const QStringList fields{QStringLiteral("status"), QStringLiteral("trigger")};
        const QHash<QString, QStringList> values{
            {QStringLiteral("status"), {QStringLiteral("failed")}}};
        QCOMPARE(filterSuggestions(QStringLiteral("sta"), fields, values),
                 QStringList{QStringLiteral("status")});
        QVERIFY(filterSuggestions(QStringLiteral("status "), fields, values)
                    .contains(QStringLiteral("==")));
        QCOMPARE(filterSuggestions(QStringLiteral("status == "), fields, values),
                 QStringList{QStringLiteral("\"failed\"")});
        QVERIFY(filterSuggestions(QString(), fields, values).isEmpty());
    }
};

QTEST_GUILESS_MAIN(FilterTest)
#include "tst_filter.moc"
