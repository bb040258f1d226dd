#include "engine/aliases/alias_format.h"

#include "engine/base/python_text.h"

#include <algorithm>

namespace stormglass {

namespace {

Error typeError(const QString &message)
{
    return {ErrorCode::Invalid, message, QStringLiteral("TypeError")};
}

// What pack authors write for one representation counts as a list of it.
Result<ValueList> representationsOf(const Value &written)
{
    if (written.isText() && !written.text().empty())
        return ValueList{written};
    if (!written.isList())
        return ValueList();
    const ValueList &items = written.items();
    const bool areTexts = std::ranges::all_of(items, &Value::isText);
    if (!areTexts)
        return failure(typeError(QStringLiteral("A representation of an alias must be text.")));
    return items;
}

} // namespace

Result<AliasFormat> readAliasFormat(const Value &format)
{
    if (format.isText())
        return AliasFormat{format, {format}, false};
    if (!format.isMap())
        return failure(
            typeError(QStringLiteral("alias_format '%1' is neither a dictionary or string type.")
                          .arg(QString::fromStdString(pythonRepr(format)))));
    SG_LET(ValueList representations, representationsOf(format["representation"]));
    return AliasFormat{format["display"], std::move(representations),
                       format["match_multiple"].toBoolOr(false)};
}

bool hasManyFormat(const Value &formats)
{
    return std::ranges::any_of(formats.itemsOrNone(), [](const Value &format) {
        return format["match_multiple"].toBoolOr(false);
    });
}

} // namespace stormglass
