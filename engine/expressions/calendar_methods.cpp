#include "engine/expressions/methods.h"

#include "engine/base/python_text.h"
#include "engine/expressions/calendar_text.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"

#include <array>

namespace stormglass {

namespace {

Value isoformat(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value &self = arguments[0];
    if (self.kind() == Value::Kind::Duration)
        return evaluation.fail(PythonError::Attribute,
                               "'datetime.timedelta' object has no attribute 'isoformat'");
    return self.kind() == Value::Kind::DateTime ? isoText(self) : pythonStr(self);
}

Value strftime(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto format = textIn(arguments[1]);
    if (!format)
        return evaluation.failType("strftime() argument 1 must be str, not "
                                   + typeNameOf(arguments[1]));
    return formattedMoment(arguments[0], *format);
}

Value totalSeconds(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (arguments[0].kind() != Value::Kind::Duration)
        return evaluation.fail(PythonError::Attribute, "no attribute 'total_seconds'");
    return static_cast<double>(arguments[0].toDuration()) / 1e6;
}

Value timestamp(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (arguments[0].kind() != Value::Kind::DateTime)
        return evaluation.fail(PythonError::Attribute, "no attribute 'timestamp'");
    const DateTimeValue time = arguments[0].toDateTime();
    return static_cast<double>(time.wallMicroseconds - std::int64_t{time.offsetSeconds} * 1'000'000)
        / 1e6;
}

Value date(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (arguments[0].kind() != Value::Kind::DateTime)
        return evaluation.fail(PythonError::Attribute, "no attribute 'date'");
    constexpr std::int64_t day = 86'400'000'000;
    const std::int64_t wall = arguments[0].toDateTime().wallMicroseconds;
    return Value::date((wall >= 0 ? wall : wall - day + 1) / day);
}

constexpr std::array entries{
    FunctionEntry{"isoformat", "isoformat(self)", isoformat},
    FunctionEntry{"strftime", "strftime(self, format)", strftime},
    FunctionEntry{"total_seconds", "total_seconds(self)", totalSeconds},
    FunctionEntry{"timestamp", "timestamp(self)", timestamp},
    FunctionEntry{"date", "date(self)", date},
};

} // namespace

std::span<const FunctionEntry> calendarMethods()
{
    return entries;
}

} // namespace stormglass
