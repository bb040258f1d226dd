#include "engine/base/json.h"
#include "engine/expressions/expression.h"
#include "tests/support/tagged_value.h"

#include <QFile>
#include <QTest>

using namespace stormglass;

namespace {

QString rendered(std::string_view source, const Value &variables)
{
    const Result<Expression> expression = Expression::compile(source, Language::Jinja);
    if (!expression)
        return expression.error().kind;
    EvaluationContext context;
    context.variables = variables;
    const Result<Value> text = expression->evaluate(context);
    return text ? text->toQString() : text.error().kind;
}

} // namespace

// data/make_jinja_cases.py says what the cases are.
class TestJinjaCases : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithJinja2_data();
    void agreesWithJinja2();
};

void TestJinjaCases::agreesWithJinja2_data()
{
    QTest::addColumn<QByteArray>("line");
    QFile file(QStringLiteral(SG_SOURCE_DIR "/tests/unit/expressions/data/jinja_cases.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (int number = 1; !file.atEnd(); ++number)
        QTest::newRow(QByteArray::number(number).constData()) << file.readLine();
}

void TestJinjaCases::agreesWithJinja2()
{
    QFETCH(const QByteArray, line);
    const Value recorded = *readJson(line.toStdString());
    const Value *const text = recorded.find("text");
    const QString expected = (text ? *text : recorded["error"]).toQString();
    const QString actual = rendered(recorded["template"].text(), untagged(recorded["context"]));
    QVERIFY2(actual == expected, (actual + QStringLiteral(" for ")).toUtf8() + line);
}

QTEST_GUILESS_MAIN(TestJinjaCases)
#include "tst_jinja_cases.moc"
