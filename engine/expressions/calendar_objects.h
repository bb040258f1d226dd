#pragma once

#include "engine/expressions/object.h"

#include <string>
#include <vector>

namespace stormglass {

// What Python has as a tuple with names: `struct_time`, `IsoCalendarDate`.
class NamedTuple final : public Object
{
public:
    NamedTuple(std::string_view type, std::vector<std::string_view> names, ValueList values)
        : m_type(type)
        , m_names(std::move(names))
        , m_tuple(Value::tuple(std::move(values)))
    {
    }
    std::string_view typeName() const override { return m_type; }
    std::string repr(Evaluation &evaluation) const override;
    std::optional<std::int64_t> length(Evaluation &) const override;
    std::unique_ptr<Iterator> iterate(Evaluation &evaluation) const override;
    std::optional<Value> attribute(Evaluation &evaluation, std::string_view name) const override;
    std::optional<Value> item(Evaluation &evaluation, const Value &index) const override;
    std::optional<bool> equals(Evaluation &evaluation, const Value &other) const override;

private:
    const std::string_view m_type;
    const std::vector<std::string_view> m_names;
    const Value m_tuple;
};

// The time zone of a date-time: a fixed offset.
class Zone final : public Object
{
public:
    explicit Zone(std::int32_t offsetSeconds)
        : m_offsetSeconds(offsetSeconds)
    {
    }
    std::string_view typeName() const override { return "datetime.timezone"; }
    std::string repr(Evaluation &evaluation) const override;
    std::string str(Evaluation &) const override { return nameOf(m_offsetSeconds); }
    std::optional<bool> equals(Evaluation &evaluation, const Value &other) const override;

    std::int32_t offsetSeconds() const { return m_offsetSeconds; }
    // `UTC`, `UTC+05:30`.
    static std::string nameOf(std::int32_t offsetSeconds);
    // `+05:30`.
    static std::string offsetText(std::int32_t offsetSeconds);

private:
    const std::int32_t m_offsetSeconds;
};

} // namespace stormglass
