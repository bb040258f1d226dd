#include "engine/base/value.h"

#include <QTest>

using namespace stormglass;

class TestValue : public QObject
{
    Q_OBJECT

private slots:
    void letsGoOfWhatIsNestedWithoutEnd();
    void tellsOneFromOnePointZero();
    void findsTextKeysInSmallAndLargeMaps();
    void copiesBeforeAnEditOfSharedStorage();
    void treatsEqualNumbersAsOneKey();
    void keepsIntegersBeyond64Bits();
    void countsCodePoints();
};

void TestValue::tellsOneFromOnePointZero()
{
    QVERIFY(Value(1) != Value(1.0));
    QVERIFY(Value(true) != Value(1));
    QVERIFY(Value::pythonEqual(Value(1), Value(1.0)));
    QVERIFY(Value::pythonEqual(Value(true), Value(1)));
    QCOMPARE(Value(1).pythonHash(), Value(1.0).pythonHash());
}

void TestValue::findsTextKeysInSmallAndLargeMaps()
{
    for (const int count : {3, 8, 9, 10, 500}) {
        Value map;
        for (int i = 0; i < count; ++i)
            map.set("key" + std::to_string(i), i);
        for (int i = 0; i < count; ++i)
            QCOMPARE(map["key" + std::to_string(i)].toInt(), i);
        QVERIFY(!map.find("other"));
        QVERIFY(map.editEntries().remove("key1"));
        QVERIFY(!map.find("key1"));
        QCOMPARE(map["key2"].toInt(), 2);
    }
}

void TestValue::copiesBeforeAnEditOfSharedStorage()
{
    Value first = Value::map({{"a", 1}});
    const Value second = first;
    first.set("a", 2);
    QCOMPARE(second["a"].toInt(), 1);
    QCOMPARE(first["a"].toInt(), 2);
}

void TestValue::treatsEqualNumbersAsOneKey()
{
    ValueMap map;
    map.set(1, "int");
    map.set(1.0, "float");
    map.set(true, "bool");
    QCOMPARE(map.size(), std::size_t(1));
    QVERIFY(map.find(Value(1))->text() == "bool");
}

void TestValue::keepsIntegersBeyond64Bits()
{
    const Value big(*BigInt::fromText("18446744073709551616"));
    QCOMPARE(big.kind(), Value::Kind::BigInt);
    QCOMPARE(Value(*BigInt::fromText("-9223372036854775808")), Value(INT64_MIN));
    QVERIFY(Value::pythonEqual(big, Value(18446744073709551616.0)));
    QCOMPARE(BigInt::floorDivide(BigInt(-7), BigInt(2)).text(), std::string("-4"));
    QCOMPARE(BigInt::floorModulo(BigInt(-7), BigInt(2)).text(), std::string("1"));
}

void TestValue::countsCodePoints()
{
    QCOMPARE(Value("aé€😀").codePoints(), 4);
}

void TestValue::letsGoOfWhatIsNestedWithoutEnd()
{
    Value value(1);
    for (int i = 0; i < 1'000'000; ++i)
        value = Value::list({std::move(value)});
    value = Value();
    QVERIFY(value.isNull());
}

QTEST_APPLESS_MAIN(TestValue)
#include "tst_value.moc"
