#include "engine/rules/python_float.h"

#include "engine/base/number_text.h"
#include "engine/base/python_text.h"
#include "engine/rules/python_errors.h"

#include <cmath>

namespace stormglass {

Result<double> pythonFloatOf(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Bool:
        return value.toBool() ? 1.0 : 0.0;
    case Value::Kind::Int:
        return static_cast<double>(value.toInt());
    case Value::Kind::Double:
        return value.toDouble();
    case Value::Kind::BigInt:
        if (const double number = value.toBigInt().toDouble(); std::isfinite(number))
            return number;
        return pythonError("OverflowError", QStringLiteral("int too large to convert to float"));
    case Value::Kind::Text:
        if (const auto number = pythonFloatFrom(value.text()))
            return *number;
        return pythonError("ValueError",
                           QStringLiteral("could not convert string to float: %1")
                               .arg(value.isSecret() ? QStringLiteral("********")
                                                     : QString::fromStdString(pythonRepr(value))));
    default:
        break;
    }
    return typeError(QStringLiteral("float() argument must be a string or a real number, not '%1'")
                         .arg(pythonTypeOf(value)));
}

} // namespace stormglass
