#pragma once

#include "engine/base/id.h"
#include "engine/base/timestamp.h"
#include "engine/base/value.h"

#include <QStringList>

#include <optional>

namespace stormglass {

// How members of the API's documents are written.
inline Value shown(const Id &id)
{
    return Value(std::string_view(id.hex()));
}

inline Value shown(Timestamp time)
{
    return Value(std::string_view(toIsoText(time)));
}

inline Value shown(const QStringList &texts)
{
    ValueList list;
    list.reserve(static_cast<std::size_t>(texts.size()));
    for (const QString &text : texts)
        list.emplace_back(text);
    return list;
}

// Leaves the member out where there is nothing to show.
inline void setIfAny(Value &document, std::string_view key, const QString &text)
{
    if (!text.isEmpty())
        document.set(key, text);
}

inline void setIfAny(Value &document, std::string_view key, const Id &id)
{
    if (!id.isNull())
        document.set(key, shown(id));
}

inline void setIfAny(Value &document, std::string_view key, const std::optional<Timestamp> &time)
{
    if (time)
        document.set(key, shown(*time));
}

// Null, empty text, list or map, zero and false are nothing to show.
inline bool isFalsy(const Value &value)
{
    return value.isNull() || value == Value(false) || value == Value(0) || value == Value(0.0)
        || (value.isText() && value.text().empty()) || (value.isSequence() && value.items().empty())
        || (value.isMap() && value.entries().isEmpty());
}

inline void setIfAny(Value &document, std::string_view key, const Value &value)
{
    if (!isFalsy(value))
        document.set(key, value);
}

} // namespace stormglass
