#include "engine/sources/timer_parameters.h"

#include "engine/sources/timer.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QString quoted(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

tl::unexpected<Error> wrong(const QString &name, const QString &message)
{
    return failure({ErrorCode::Invalid, u"The timer's parameter “%1” %2."_s.arg(name, message),
                    u"ValidationError"_s, name});
}

std::optional<CronUnit> cronUnitOf(const QString &name)
{
    for (int i = 0; i < cronUnitCount; ++i) {
        if (nameOf(static_cast<CronUnit>(i)) == name)
            return static_cast<CronUnit>(i);
    }
    return std::nullopt;
}

Result<> checkCron(const QString &name, const Value &value)
{
    const std::optional<CronUnit> unit = cronUnitOf(name);
    if (!unit)
        return wrong(name, u"is not known"_s);
    if (value.isNull() || value.isText())
        return {};
    if (!value.isInteger())
        return wrong(name, u"must be text or a whole number"_s);
    // A year out of range is found by the reader of fields, as the reference has it.
    if (*unit == CronUnit::Year)
        return {};
    const int least = leastOf(*unit);
    const int greatest = greatestOf(*unit);
    if (!value.isInt() || value.toInt() < least || value.toInt() > greatest)
        return wrong(name, u"must be from %1 to %2"_s.arg(least).arg(greatest));
    return {};
}

Result<> checkInterval(const QString &name, const Value &value)
{
    static constexpr std::array<std::string_view, 5> units{"weeks", "days", "hours", "minutes",
                                                           "seconds"};
    if (name == "delta"_L1)
        return value.isInteger() ? Result<>() : wrong(name, u"must be a whole number"_s);
    if (name != "unit"_L1)
        return wrong(name, u"is not known"_s);
    if (!value.isText() || std::find(units.begin(), units.end(), value.text()) == units.end())
        return wrong(name, u"must be weeks, days, hours, minutes or seconds"_s);
    return {};
}

Result<> checkDate(const QString &name, const Value &value)
{
    if (name != "date"_L1)
        return wrong(name, u"is not known"_s);
    return value.isText() ? Result<>() : wrong(name, u"must be text"_s);
}

// What becomes of missed firings (ours).
Result<> checkPolicy(const QString &name, const Value &value)
{
    if (name == "catch_up"_L1) {
        return value.isText() && catchUpFromText(value.toQString())
            ? Result<>()
            : wrong(name, u"must be skip, once or all"_s);
    }
    const std::int64_t seconds = value.toIntOr(0);
    if (seconds < 1 || seconds > longestTimerGrace)
        return wrong(name,
                     u"must be a whole number of seconds from 1 to %1"_s.arg(longestTimerGrace));
    return {};
}

Result<> checkOne(TimerKind kind, const QString &name, const Value &value)
{
    if (name == "timezone"_L1) {
        return value.isNull() || value.isText() ? Result<>()
                                                : wrong(name, u"must be the name of a time zone"_s);
    }
    if (name == "catch_up"_L1 || name == "misfire_grace_time"_L1)
        return checkPolicy(name, value);
    switch (kind) {
    case TimerKind::Interval:
        return checkInterval(name, value);
    case TimerKind::Date:
        return checkDate(name, value);
    case TimerKind::Cron:
        break;
    }
    return checkCron(name, value);
}

Result<> checkPresent(const Value &parameters, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (!parameters.find(name))
            return wrong(QString::fromLatin1(name), u"is missing"_s);
    }
    return {};
}

} // namespace

Result<> checkTimerParameters(TimerKind kind, const Value &parameters)
{
    if (!parameters.isMap())
        return failure({ErrorCode::Invalid, u"A timer's parameters must be a mapping."_s,
                        u"ValidationError"_s});
    if (kind == TimerKind::Interval)
        SG_TRY(checkPresent(parameters, {"unit", "delta"}));
    if (kind == TimerKind::Date)
        SG_TRY(checkPresent(parameters, {"date"}));
    for (const auto &[key, value, hash] : parameters.entries()) {
        if (!key.isText())
            return wrong(u"?"_s, u"must have a name that is text"_s);
        SG_TRY(checkOne(kind, quoted(key.text()), value));
    }
    return {};
}

} // namespace stormglass
