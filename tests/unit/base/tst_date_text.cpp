#include "engine/base/date_text.h"
#include "engine/base/timestamp.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

// On the 31st of January 2024: what was read on its own wall clock, and its offset in seconds if it
// has one.
QString shown(const char *text)
{
    using namespace std::chrono;
    const Result<DateTimeValue> date = readDateText(text, local_days(year(2024) / 1 / 31));
    if (!date)
        return date.error().kind;
    const QString wall
        = QString::fromStdString(toIsoText(fromMicroseconds(date->wallMicroseconds))).chopped(1);
    return date->hasOffset ? u"%1 %2"_s.arg(wall).arg(date->offsetSeconds) : wall;
}

} // namespace

class TestDateText : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatPeopleWrite_data();
    void readsWhatPeopleWrite();
    void refusesTextWithoutEnd();
};

void TestDateText::readsWhatPeopleWrite_data()
{
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromLatin1(expected);
    };
    row("2024-06-01T12:00:00.5Z", "2024-06-01T12:00:00.500000 0");
    row("2024-06-01 12:00 +05:30", "2024-06-01T12:00:00.000000 19800");
    row("2024-06-01 12:00:00 EST", "2024-06-01T12:00:00.000000");
    row("20240601T120000", "2024-06-01T12:00:00.000000");
    row("20240601120000", "2024-06-01T12:00:00.000000");
    row("June 1, 2024 7pm", "2024-06-01T19:00:00.000000");
    row("1 Jun 24 12 am", "2024-06-01T00:00:00.000000");
    row("01/06/2024", "2024-01-06T00:00:00.000000");
    row("13/06/2024", "2024-06-13T00:00:00.000000");
    row("13.06.2024", "2024-06-13T00:00:00.000000");
    row("99-06-01", "1999-06-01T00:00:00.000000");
    row("Sat, 01 Jun 2024 12:00:00 GMT", "2024-06-01T12:00:00.000000 0");
    row("10h36", "2024-01-31T10:36:00.000000");
    row("10h 1.5m", "2024-01-31T10:01:30.000000");
    row("12:00 GMT+3", "2024-01-31T12:00:00.000000 -10800");
    row("Friday", "2024-02-02T00:00:00.000000");
    row("Feb 2023", "2023-02-28T00:00:00.000000");
    row("Feb 30", "ParserError");
    row("2024-13-01", "ParserError");
    row("24:00", "ParserError");
    row("2024-06-01 12:00 +25:00", "ParserError");
    row("Jan Feb", "ParserError");
    row("1 2 3 4", "ParserError");
    row("garbage", "ParserError");
    row(" , ", "ParserError");
    row("", "ParserError");
    row("\xff\xfe", "ParserError");
}

void TestDateText::readsWhatPeopleWrite()
{
    QFETCH(const QString, expected);
    QCOMPARE(shown(QTest::currentDataTag()), expected);
}

void TestDateText::refusesTextWithoutEnd()
{
    QCOMPARE(shown(std::string(1'000'000, '1').c_str()), u"ParserError"_s);
}

QTEST_APPLESS_MAIN(TestDateText)
#include "tst_date_text.moc"
