#include "engine/rules/python_errors.h"

#include "engine/base/python_text.h"

namespace stormglass {

tl::unexpected<Error> typeError(const QString &message)
{
    return pythonError("TypeError", message);
}

tl::unexpected<Error> noAttribute(const Value &value, const char *name)
{
    return pythonError("AttributeError",
                       QStringLiteral("'%1' object has no attribute '%2'")
                           .arg(pythonTypeOf(value), QLatin1String(name)));
}

QString pythonTypeOf(const Value &value)
{
    const std::string_view type = pythonTypeName(value);
    return QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size()));
}

} // namespace stormglass
