#include "engine/rules/date_reading.h"

#include "engine/base/python_text.h"
#include "engine/base/timestamp.h"

namespace stormglass {

Result<Timestamp> dateFromValue(const Value &value, Timestamp)
{
    const std::string text = value.isText() ? std::string(value.text()) : pythonStr(value);
    const Result<Timestamp> moment = timestampFromIso(text);
    if (moment)
        return *moment;
    return failure(
        Error{ErrorCode::Invalid,
              QStringLiteral("Unknown string format: %1").arg(QString::fromStdString(text)),
              QStringLiteral("ParserError")});
}

} // namespace stormglass
