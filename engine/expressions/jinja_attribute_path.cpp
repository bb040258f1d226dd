#include "engine/expressions/jinja_attribute_path.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/integer_text.h"
#include "engine/expressions/members.h"
#include "engine/expressions/text_case.h"
#include "engine/expressions/text_cutting.h"
#include "engine/expressions/undefined.h"

#include <algorithm>

namespace stormglass {

namespace {

bool isDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

AttributePath::AttributePath(const Value &attribute)
{
    if (attribute.isNull())
        return;
    const auto text = textIn(attribute);
    if (!text) {
        m_parts.push_back(attribute);
        return;
    }
    for (const std::string_view part : splitAt(*text, ".", -1)) {
        const auto number = isDigits(part) ? integerFromText(part, 10) : std::nullopt;
        m_parts.push_back(number ? *number : Value(part));
    }
}

Value AttributePath::of(Evaluation &evaluation, const Value &item, const Value &preset) const
{
    Value member = item;
    for (const Value &part : m_parts) {
        if (evaluation.failed())
            return {};
        member = memberAt(evaluation, member, part);
        if (!preset.isNull() && isUndefined(member))
            member = preset;
    }
    return member;
}

Value withoutCase(const Value &value)
{
    const auto text = textIn(value);
    return text ? Value(lowerCase(*text)) : value;
}

SortKey::SortKey(const Value &attribute, bool mindsCase)
    : m_mindsCase(mindsCase)
{
    const auto text = textIn(attribute);
    if (!text) {
        m_paths.emplace_back(attribute);
        return;
    }
    for (const std::string_view part : splitAt(*text, ",", -1))
        m_paths.emplace_back(Value(part));
}

Value SortKey::of(Evaluation &evaluation, const Value &item) const
{
    ValueList keys;
    for (const AttributePath &path : m_paths) {
        const Value key = path.of(evaluation, item);
        keys.push_back(m_mindsCase ? key : withoutCase(key));
    }
    return Value(std::move(keys));
}

} // namespace stormglass
