#include "engine/rules/rehearsal.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"

#include <QTest>

#include <random>

using namespace stormglass;

namespace {

Id idOf(int number)
{
    std::array<std::uint8_t, 12> bytes{};
    bytes[11] = static_cast<std::uint8_t>(number);
    return Id(bytes);
}

Rule ruleOf(std::string_view criteria)
{
    Rule rule;
    rule.criteria = *readJson(criteria);
    return rule;
}

RecordedEvent eventOf(int number, const char *time, std::string_view payload)
{
    return {idOf(number), *timestampFromIso(time), payload};
}

} // namespace

class TestRehearsal : public QObject
{
    Q_OBJECT

private slots:
    void marksWhatWouldFire();
    void tellsGainedFromLost();
    void findsTheBusiestMinute();
    void countsErrorsByKind();
    void countsWhatOnlyOneConditionKeptFromFiring();
    void takesTheEventsOwnTimeForNow();
    void letsABackstopFireOnlyAlone();
    void answersTemplatesFromTheWholePayload();
    void picksTheSameValuesAsReadingEverything();
    void refusesToPickFromWhatIsNoObject();
};

void TestRehearsal::marksWhatWouldFire()
{
    Rehearsal rehearsal(ruleOf(R"({"trigger.n": {"type": "gt", "pattern": 1}})"), std::nullopt,
                        nullptr);
    const std::vector<RecordedEvent> events{eventOf(1, "2024-01-01T00:00:00Z", R"({"n": 1})"),
                                            eventOf(2, "2024-01-01T00:00:01Z", R"({"n": 2})"),
                                            eventOf(3, "2024-01-01T00:00:02Z", "{}")};
    const auto marks = rehearsal.take(events);
    QCOMPARE(
        marks,
        (std::vector<RehearsalMark>{{idOf(2), events[1].occurrence, RehearsalMark::Kind::Fires}}));
    QCOMPARE(rehearsal.summary().events, 3);
    QCOMPARE(rehearsal.summary().fires, 1);
    QCOMPARE(rehearsal.summary().gained, 0);
}

void TestRehearsal::tellsGainedFromLost()
{
    Rehearsal rehearsal(ruleOf(R"({"trigger.n": {"type": "gt", "pattern": 2}})"),
                        ruleOf(R"({"trigger.m": {"type": "exists", "pattern": true}})"), nullptr);
    const auto marks = rehearsal.take(
        std::vector<RecordedEvent>{eventOf(1, "2024-01-01T00:00:00Z", R"({"n": 3, "m": 1})"),
                                   eventOf(2, "2024-01-01T00:00:00Z", R"({"n": 3})"),
                                   eventOf(3, "2024-01-01T00:00:00Z", R"({"n": 1, "m": 1})"),
                                   eventOf(4, "2024-01-01T00:00:00Z", R"({"n": 1})")});
    QCOMPARE(marks.size(), std::size_t(3));
    QCOMPARE(marks[0].kind, RehearsalMark::Kind::Fires);
    QCOMPARE(marks[1].kind, RehearsalMark::Kind::Gained);
    QCOMPARE(marks[2].kind, RehearsalMark::Kind::Lost);
    QCOMPARE(rehearsal.summary().firedBefore, 2);
    QCOMPARE(rehearsal.summary().gained, 1);
    QCOMPARE(rehearsal.summary().lost, 1);
}

void TestRehearsal::findsTheBusiestMinute()
{
    Rehearsal rehearsal(ruleOf("{}"), std::nullopt, nullptr);
    rehearsal.take(std::vector<RecordedEvent>{eventOf(1, "2024-01-01T00:00:59Z", "{}")});
    rehearsal.take(std::vector<RecordedEvent>{eventOf(2, "2024-01-01T00:01:00Z", "{}"),
                                              eventOf(3, "2024-01-01T00:01:59Z", "{}")});
    QCOMPARE(rehearsal.summary().peak, 2);
    QCOMPARE(rehearsal.summary().peakMinute, *timestampFromIso("2024-01-01T00:01:00Z"));
}

void TestRehearsal::countsErrorsByKind()
{
    Rehearsal rehearsal(ruleOf(R"({"trigger.n": {"type": "lt", "pattern": 2}})"), std::nullopt,
                        nullptr);
    const auto marks = rehearsal.take(
        std::vector<RecordedEvent>{eventOf(1, "2024-01-01T00:00:00Z", R"({"n": "x"})"),
                                   eventOf(2, "2024-01-01T00:00:00Z", R"({"m": 1})"),
                                   eventOf(3, "2024-01-01T00:00:00Z", R"({"n": 1)")});
    QCOMPARE(marks.size(), std::size_t(3));
    QCOMPARE(marks[0].kind, RehearsalMark::Kind::Error);
    const RehearsalErrors &errors = rehearsal.summary().errors.at(QStringLiteral("TypeError"));
    QCOMPARE(errors.count, 2);
    QCOMPARE(errors.triggerInstance, idOf(1));
    QVERIFY(errors.message.contains(QStringLiteral("'str' and 'int'")));
    QCOMPARE(rehearsal.summary().errors.size(), std::size_t(2));
}

void TestRehearsal::countsWhatOnlyOneConditionKeptFromFiring()
{
    const char *two = R"({"trigger.a": {"type": "eq", "pattern": 1},
                          "trigger.b": {"type": "eq", "pattern": 1}})";
    const char *indexed = R"({"trigger.a": {"type": "eq", "pattern": 1},
                              "trigger.c[0]": {"type": "eq", "pattern": 1}})";
    Rehearsal quick(ruleOf(two), std::nullopt, nullptr);
    Rehearsal close(ruleOf(indexed), std::nullopt, nullptr);
    const std::vector<RecordedEvent> events{
        eventOf(1, "2024-01-01T00:00:00Z", R"({"a": 1, "b": 2, "c": [2]})"),
        eventOf(2, "2024-01-01T00:00:00Z", R"({"a": 2, "b": 1, "c": [1]})"),
        eventOf(3, "2024-01-01T00:00:00Z", R"({"a": 2, "b": 2, "c": [2]})"),
        eventOf(4, "2024-01-01T00:00:00Z", R"({"a": 1, "b": 1, "c": [1]})"),
        eventOf(5, "2024-01-01T00:00:00Z", "{}")};
    quick.take(events);
    close.take(events);
    QCOMPARE(quick.summary().nearMisses, 2);
    QCOMPARE(quick.summary().heldBackBy.at(QStringLiteral("trigger.a")), 1);
    QCOMPARE(quick.summary().heldBackBy.at(QStringLiteral("trigger.b")), 1);
    QCOMPARE(close.summary().nearMisses, 2);
    QCOMPARE(close.summary().heldBackBy.at(QStringLiteral("trigger.c[0]")), 1);
}

void TestRehearsal::takesTheEventsOwnTimeForNow()
{
    Rehearsal rehearsal(ruleOf(R"({"trigger.t": {"type": "timediff_lt", "pattern": 60}})"),
                        std::nullopt, nullptr);
    const char *payload = R"({"t": "2024-01-01T00:00:00Z"})";
    rehearsal.take(std::vector<RecordedEvent>{eventOf(1, "2024-01-01T00:00:59Z", payload),
                                              eventOf(2, "2024-01-01T00:01:01Z", payload)});
    QCOMPARE(rehearsal.summary().fires, 1);
}

void TestRehearsal::letsABackstopFireOnlyAlone()
{
    Rule draft = ruleOf("{}");
    draft.type = QStringLiteral("backstop");
    Rehearsal rehearsal(draft, std::nullopt, nullptr);
    RecordedEvent event = eventOf(1, "2024-01-01T00:00:00Z", "{}");
    rehearsal.take({&event, 1});
    event.othersMatched = true;
    rehearsal.take({&event, 1});
    QCOMPARE(rehearsal.summary().fires, 1);
}

void TestRehearsal::answersTemplatesFromTheWholePayload()
{
    Rehearsal rehearsal(ruleOf(R"({"trigger.a[0]": {"type": "eq", "pattern": 1}})"), std::nullopt,
                        nullptr);
    rehearsal.take(std::vector<RecordedEvent>{eventOf(1, "2024-01-01T00:00:00Z", R"({"a": [1]})"),
                                              eventOf(2, "2024-01-01T00:00:00Z", R"({"a": [2]})")});
    QCOMPARE(rehearsal.summary().fires, 1);
}

void TestRehearsal::picksTheSameValuesAsReadingEverything()
{
    const std::vector<std::vector<std::string>> paths{{"a"},   {"a", "b"},      {"b", "a"},
                                                      {"\"é"}, {"c", "c", "c"}, {}};
    const JsonPicker picker(paths);
    std::mt19937 random(11);
    const std::function<std::string(int)> value = [&](int depth) -> std::string {
        const auto kind = random() % (depth > 3 ? 6 : 9);
        if (kind < 6)
            return std::array<const char *, 6>{"1",    "-2.5e3", "\"x\\\"}\\\\\"",
                                               "null", "true",   "\"\\u00e9 ]{\""}[kind];
        std::string text = kind == 6 ? "[" : "{ ";
        const auto count = random() % 4;
        for (unsigned i = 0; i < count; ++i) {
            text += i ? " , " : "";
            if (kind != 6)
                text += std::array<const char *, 6>{"\"a\"",
                                                    "\"b\"",
                                                    "\"c\"",
                                                    "\"\\u0061\"",
                                                    "\"\\\"\xc3\xa9\"",
                                                    "\"z\""}[random() % 6]
                    + std::string(" :\n");
            text += value(depth + 1);
        }
        return text + (kind == 6 ? "]" : "}");
    };
    for (int i = 0; i < 20'000; ++i) {
        const std::string json = "{\"a\": " + value(0) + ",\"b\":" + value(0)
            + ", \"\\\"\\u00e9\": " + value(0) + ",\"c\":" + value(0) + "}";
        const Value whole = *readJson(json);
        const Result<JsonPicker::Picked> picked = picker.pick(json);
        QVERIFY2(picked, json.c_str());
        QVERIFY(!picked->isEmpty);
        for (std::size_t p = 0; p < paths.size(); ++p) {
            const Value *found = followNames(whole, paths[p]);
            QVERIFY2(picked->values[p] == (found ? *found : Value()), json.c_str());
        }
    }
}

void TestRehearsal::refusesToPickFromWhatIsNoObject()
{
    const JsonPicker picker({{"a"}});
    for (const char *json :
         {"", "null", "[1]", "{", "{\"a\"", "{\"a\":", "{\"a\":}", "{\"a\":1", "{\"a\":1]",
          "{\"a\":1,}", "{\"a\":1} 2", "{\"a\":{\"b\":1}", "{\"a", "{\"\\", "{a:1}", "{\"a\":\"\\"})
        QVERIFY2(!picker.pick(json), json);
    QVERIFY(picker.pick(" { } ")->isEmpty);
}

QTEST_APPLESS_MAIN(TestRehearsal)
#include "tst_rehearsal.moc"
