#include "engine/expressions/workflow_expression.h"

#include "engine/expressions/workflow_text.h"

#include <vector>

namespace stormglass {

// A value with the expressions in its texts prepared.
class WorkflowValue
{
public:
    explicit WorkflowValue(const Value &value)
        : m_value(value)
    {
        if (value.isText())
            m_text = WorkflowText::read(value.text());
        for (const Value &item : value.isList() ? value.items() : ValueList())
            m_items.emplace_back(item);
        for (const ValueMap::Entry &entry : value.entriesOrNone()) {
            m_items.emplace_back(entry.key);
            m_items.emplace_back(entry.value);
        }
        m_isTemplate = m_text.has_value();
        for (const WorkflowValue &item : m_items)
            m_isTemplate = m_isTemplate || item.m_isTemplate;
    }

    bool isTemplate() const { return m_isTemplate; }

    Result<Value> evaluate(const WorkflowContext &context) const
    {
        if (!m_isTemplate)
            return m_value;
        if (m_text)
            return m_text->evaluate(context);
        return m_value.isMap() ? evaluateMap(context) : evaluateList(context);
    }

private:
    Result<Value> evaluateList(const WorkflowContext &context) const
    {
        ValueList items;
        for (const WorkflowValue &item : m_items) {
            SG_LET(Value value, item.evaluate(context));
            items.push_back(std::move(value));
        }
        return Value(std::move(items));
    }

    // Keys and values take turns.
    Result<Value> evaluateMap(const WorkflowContext &context) const
    {
        ValueMap map;
        for (std::size_t i = 0; i < m_items.size(); i += 2) {
            SG_LET(Value key, m_items[i].evaluate(context));
            SG_LET(Value value, m_items[i + 1].evaluate(context));
            if (key.isList() || key.isMap() || key.isSet())
                return failure(Error{ErrorCode::Invalid,
                                     QStringLiteral("a list or a map cannot be a key"),
                                     QStringLiteral("TypeError")});
            map.set(std::move(key), std::move(value));
        }
        return Value(std::move(map));
    }

    const Value m_value;
    std::optional<WorkflowText> m_text;
    std::vector<WorkflowValue> m_items;
    bool m_isTemplate = false;
};

WorkflowExpression::WorkflowExpression(std::shared_ptr<const WorkflowValue> value)
    : m_value(std::move(value))
{
}

WorkflowExpression WorkflowExpression::compile(const Value &value)
{
    return WorkflowExpression(std::make_shared<const WorkflowValue>(value));
}

Result<Value> WorkflowExpression::evaluate(const WorkflowContext &context) const
{
    return m_value->evaluate(context);
}

bool WorkflowExpression::isTemplate() const
{
    return m_value->isTemplate();
}

} // namespace stormglass
