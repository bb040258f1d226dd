#include "engine/expressions/calendar_objects.h"

#include "engine/base/python_time_text.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace stormglass {

std::string NamedTuple::repr(Evaluation &evaluation) const
{
    std::string text(m_type);
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        text += i == 0 ? "(" : ", ";
        text += std::string(m_names[i]) + '=' + reprOf(evaluation, m_tuple.items()[i]);
    }
    return text + ')';
}

std::optional<std::int64_t> NamedTuple::length(Evaluation &) const
{
    return static_cast<std::int64_t>(m_names.size());
}

std::unique_ptr<Iterator> NamedTuple::iterate(Evaluation &evaluation) const
{
    return stormglass::iterate(evaluation, m_tuple);
}

std::optional<Value> NamedTuple::attribute(Evaluation &, std::string_view name) const
{
    const auto found = std::ranges::find(m_names, name);
    return found == m_names.end()
        ? std::nullopt
        : std::optional(m_tuple.items()[static_cast<std::size_t>(found - m_names.begin())]);
}

std::optional<Value> NamedTuple::item(Evaluation &evaluation, const Value &index) const
{
    return subscript(evaluation, m_tuple, index);
}

std::optional<bool> NamedTuple::equals(Evaluation &evaluation, const Value &other) const
{
    const auto *tuple = objectAs<NamedTuple>(other);
    return equal(evaluation, m_tuple, tuple ? tuple->m_tuple : other);
}

std::string Zone::repr(Evaluation &) const
{
    if (m_offsetSeconds == 0)
        return "datetime.timezone.utc";
    return "datetime.timezone(" + durationRepr(std::int64_t{m_offsetSeconds} * 1'000'000) + ')';
}

std::optional<bool> Zone::equals(Evaluation &, const Value &other) const
{
    const auto *zone = objectAs<Zone>(other);
    return zone && zone->m_offsetSeconds == m_offsetSeconds;
}

std::string Zone::offsetText(std::int32_t offsetSeconds)
{
    const std::int32_t size = std::abs(offsetSeconds);
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%c%02d:%02d", offsetSeconds < 0 ? '-' : '+',
                  size / 3600, size / 60 % 60);
    std::string whole = text.data();
    if (size % 60 != 0) {
        std::snprintf(text.data(), text.size(), ":%02d", size % 60);
        whole += text.data();
    }
    return whole;
}

std::string Zone::nameOf(std::int32_t offsetSeconds)
{
    return offsetSeconds == 0 ? "UTC" : "UTC" + offsetText(offsetSeconds);
}

} // namespace stormglass
