#pragma once

#include "engine/expressions/object.h"

namespace stormglass {

// A text that is HTML already, as MarkupSafe has it: what joins it is escaped, escaping leaves it
// alone.
class Markup final : public Object
{
public:
    explicit Markup(std::string text)
        : m_text(std::move(text))
    {
    }
    static Value make(std::string text)
    {
        return Value(std::make_shared<const Markup>(std::move(text)));
    }

    std::string_view typeName() const override { return "Markup"; }
    std::optional<std::string_view> text() const override { return m_text; }
    std::string str(Evaluation &) const override { return m_text; }
    std::string repr(Evaluation &evaluation) const override;
    std::optional<Value> attribute(Evaluation &evaluation, std::string_view name) const override;
    std::optional<Value> arithmetic(Evaluation &evaluation, Arithmetic operation,
                                    const Value &other, Side side) const override;

private:
    const std::string m_text;
};

// & < > " ' as HTML entities.
std::string escapedHtml(std::string_view text);
// markupsafe.escape(value): escaped unless it is Markup.
std::string escapedMarkup(Evaluation &evaluation, const Value &value);

} // namespace stormglass
