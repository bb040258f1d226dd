#include "engine/sources/cron_field.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

const QStringList &weekdayNames()
{
    static const QStringList names{u"mon"_s, u"tue"_s, u"wed"_s, u"thu"_s,
                                   u"fri"_s, u"sat"_s, u"sun"_s};
    return names;
}

const QStringList &monthNames()
{
    static const QStringList names{u"jan"_s, u"feb"_s, u"mar"_s, u"apr"_s, u"may"_s, u"jun"_s,
                                   u"jul"_s, u"aug"_s, u"sep"_s, u"oct"_s, u"nov"_s, u"dec"_s};
    return names;
}

tl::unexpected<Error> bad(CronUnit unit, const QString &message)
{
    return failure({ErrorCode::Invalid, message, u"ValueError"_s, nameOf(unit)});
}

// Digits of any script count, as in Python; what does not fit is too large for every field anyway.
int numberFrom(QStringView digits)
{
    int value = 0;
    for (const QChar digit : digits)
        value = std::min(value * 10 + digit.digitValue(), 1'000'000);
    return value;
}

// `*`, `*/n`, `a`, `a-b`, `a/n`, `a-b/n`
const QRegularExpression &rangePattern()
{
    static const QRegularExpression pattern(
        u"\\A(?:(?<all>\\*)|(?<first>\\d+)(?:-(?<last>\\d+))?)(?:/(?<step>\\d+))?\\Z"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

// Names are looked for at the front alone: what follows them is ignored, which packs in the field
// live with.
const QRegularExpression &namesPattern()
{
    static const QRegularExpression pattern(u"\\A(?<first>[a-z]+)(?:-(?<last>[a-z]+))?"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return pattern;
}

const QRegularExpression &monthDayPattern()
{
    static const QRegularExpression pattern(
        u"\\A(?:(?<nth>1st|2nd|3rd|4th|5th|last) +(?<weekday>\\w+)|last)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

} // namespace

// Takes the items of a field's list one by one.
class CronField::Parser
{
public:
    explicit Parser(CronUnit unit)
        : m_unit(unit)
    {
    }

    Result<> take(const QString &item)
    {
        if (const auto range = rangePattern().match(item); range.hasMatch())
            return takeRange(item, range);
        if (m_unit == CronUnit::Month || m_unit == CronUnit::Weekday) {
            if (const auto names = namesPattern().match(item); names.hasMatch())
                return takeNames(names);
        }
        if (m_unit == CronUnit::Day) {
            if (const auto day = monthDayPattern().match(item); day.hasMatch())
                return takeMonthDay(day);
        }
        return bad(
            m_unit,
            u"“%1” is not something the field “%2” of a timer can be."_s.arg(item, nameOf(m_unit)));
    }

    CronField field;

private:
    Result<> takeRange(const QString &item, const QRegularExpressionMatch &match)
    {
        const bool hasStep = match.hasCaptured(u"step");
        const bool hasLast = match.hasCaptured(u"last");
        Range range{leastOf(m_unit), greatestOf(m_unit),
                    hasStep ? numberFrom(match.capturedView(u"step")) : 1};
        if (!match.hasCaptured(u"all")) {
            range.first = numberFrom(match.capturedView(u"first"));
            if (hasLast)
                range.last = numberFrom(match.capturedView(u"last"));
            else if (!hasStep)
                range.last = range.first;
        }
        if (const QString fault = faultOf(range, hasStep); !fault.isEmpty())
            return bad(
                m_unit,
                u"“%1” in the field “%2” of a timer: %3."_s.arg(item, nameOf(m_unit), fault));
        field.m_ranges.push_back(range);
        return {};
    }

    QString faultOf(const Range &range, bool hasStep) const
    {
        const int least = leastOf(m_unit);
        const int greatest = greatestOf(m_unit);
        if (range.step == 0)
            return u"the step must be more than 0"_s;
        // A range that would begin beyond the field's end is reported as such, not as upside down.
        if (range.first > range.last && range.last != greatest)
            return u"a range must not end before it begins"_s;
        if (range.first < least || range.first > greatest || range.last > greatest)
            return u"values go from %1 to %2"_s.arg(least).arg(greatest);
        // An end of 0 counts as no end here; so has it always been.
        const int width = (range.last == 0 ? greatest : range.last) - range.first;
        if (hasStep && range.step > width)
            return u"the step is longer than the range"_s;
        return {};
    }

    Result<> takeNames(const QRegularExpressionMatch &match)
    {
        const QStringList &names = m_unit == CronUnit::Month ? monthNames() : weekdayNames();
        SG_LET(const int first, numberOf(names, match.captured(u"first")));
        int last = first;
        if (match.hasCaptured(u"last")) {
            SG_LET(last, numberOf(names, match.captured(u"last")));
        }
        if (first > last)
            return bad(m_unit,
                       u"“%1”: a range must not end before it begins."_s.arg(match.captured()));
        field.m_ranges.push_back({first + leastOf(m_unit), last + leastOf(m_unit), 1});
        return {};
    }

    Result<> takeMonthDay(const QRegularExpressionMatch &match)
    {
        if (!match.hasCaptured(u"nth")) {
            field.m_monthDays.push_back({});
            return {};
        }
        SG_LET(const int weekday, numberOf(weekdayNames(), match.captured(u"weekday")));
        const QChar nth = match.capturedView(u"nth").front();
        field.m_monthDays.push_back({weekday, nth.isDigit() ? nth.digitValue() - 1 : 5});
        return {};
    }

    Result<int> numberOf(const QStringList &names, const QString &name) const
    {
        const qsizetype number = names.indexOf(name.toLower());
        if (number < 0) {
            return bad(m_unit, u"“%1” is not one of %2."_s.arg(name, names.join(u", ")));
        }
        return static_cast<int>(number);
    }

    CronUnit m_unit;
};

Result<CronField> CronField::parse(CronUnit unit, const QString &text)
{
    constexpr qsizetype longest = 10'000;
    if (text.size() > longest)
        return bad(unit,
                   u"The field “%1” of a timer is longer than %2 characters."_s.arg(nameOf(unit))
                       .arg(longest));

    static const QRegularExpression separator(u" *, *"_s);
    Parser parser(unit);
    for (const QString &item : text.trimmed().split(separator))
        SG_TRY(parser.take(item));
    return std::move(parser.field);
}

} // namespace stormglass
