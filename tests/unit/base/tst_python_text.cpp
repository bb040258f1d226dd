#include "engine/base/json.h"
#include "engine/base/number_text.h"
#include "engine/base/python_text.h"
#include "tests/support/tagged_value.h"

#include <QFile>
#include <QTest>

using namespace stormglass;

class TestPythonText : public QObject
{
    Q_OBJECT

private slots:
    void printsAsPython_data();
    void printsAsPython();
    void readsNumbersAsPython_data();
    void readsNumbersAsPython();
    void readsIntegersOfOtherBases();
    void boundsTheDigitsOfAnInteger();
    void printsAnObjectByItsType();
    void replacesWhatIsNotUtf8();
};

namespace {

void addLines(const QString &name)
{
    QTest::addColumn<QByteArray>("line");
    QFile file(QStringLiteral(SG_SOURCE_DIR "/tests/unit/base/data/") + name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (int number = 1; !file.atEnd(); ++number)
        QTest::newRow(QByteArray::number(number).constData()) << file.readLine();
}

class Lamp : public ValueObject
{
public:
    std::string_view typeName() const override { return "Lamp"; }
};

} // namespace

void TestPythonText::printsAsPython_data()
{
    addLines(QStringLiteral("python_text_cases.jsonl"));
}

void TestPythonText::printsAsPython()
{
    QFETCH(QByteArray, line);
    const Value expected = *readJson(line.toStdString());
    const Value value = untagged(expected["value"]);
    QCOMPARE(pythonStr(value), std::string(expected["str"].text()));
    QCOMPARE(pythonRepr(value), std::string(expected["repr"].text()));
    QCOMPARE(pythonTypeName(value), expected["type"].text());
}

void TestPythonText::readsNumbersAsPython_data()
{
    addLines(QStringLiteral("number_text_cases.jsonl"));
}

void TestPythonText::readsNumbersAsPython()
{
    QFETCH(QByteArray, line);
    const Value expected = *readJson(line.toStdString());
    const auto real = pythonFloatFrom(expected["text"].text());
    QVERIFY((real ? Value(pythonFloat(*real)) : Value()) == expected["float"]);
    const auto whole = pythonIntFrom(expected["text"].text());
    QVERIFY((whole ? Value(pythonStr(*whole)) : Value()) == expected["int"]);
}

void TestPythonText::readsIntegersOfOtherBases()
{
    QVERIFY(pythonIntFrom("ff", 16) == Value(255));
    QVERIFY(pythonIntFrom("0xFF", 16) == Value(255));
    QVERIFY(pythonIntFrom("-0b101", 2) == Value(-5));
    QVERIFY(pythonIntFrom("0o17", 8) == Value(15));
    QVERIFY(pythonIntFrom("ffffffffffffffffffff", 16)
            == Value(*BigInt::fromText("1208925819614629174706175")));
    QVERIFY(!pythonIntFrom("fg", 16));
    QVERIFY(!pythonIntFrom("8", 8));
    QVERIFY(!pythonIntFrom("0x", 16));
    QVERIFY(!pythonIntFrom("0x-1", 16));
    QVERIFY(!pythonIntFrom("-"));
}

void TestPythonText::boundsTheDigitsOfAnInteger()
{
    QVERIFY(pythonIntFrom(std::string(BigInt::maxDigits, '9')));
    QVERIFY(!pythonIntFrom(std::string(BigInt::maxDigits + 1, '9')));
}

void TestPythonText::printsAnObjectByItsType()
{
    const Value lamp(std::make_shared<const Lamp>());
    QCOMPARE(pythonStr(lamp), std::string("<Lamp>"));
    QCOMPARE(pythonTypeName(lamp), std::string_view("Lamp"));
}

void TestPythonText::replacesWhatIsNotUtf8()
{
    QCOMPARE(pythonRepr(Value("a\xff")), std::string("'a\uFFFD'"));
}

QTEST_APPLESS_MAIN(TestPythonText)
#include "tst_python_text.moc"
