#include "engine/expressions/python_json.h"

#include "engine/base/json.h"
#include "engine/base/python_text.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/object.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/sorting.h"
#include "engine/expressions/text_cutting.h"

namespace stormglass {

namespace {

class JsonDumper
{
public:
    JsonDumper(Evaluation &evaluation, const PythonJsonStyle &style)
        : m_evaluation(evaluation)
        , m_style(style)
    {
    }

    std::string dump(const Value &value)
    {
        write(value, 0);
        return std::move(m_out);
    }

private:
    void write(const Value &value, int level)
    {
        m_evaluation.see(value);
        const DepthGuard guard(m_evaluation);
        if (!guard || !m_evaluation.step() || !fits())
            return;
        switch (value.kind()) {
        case Value::Kind::Null:
            m_out += "null";
            return;
        case Value::Kind::Bool:
            m_out += value.toBool() ? "true" : "false";
            return;
        case Value::Kind::Int:
        case Value::Kind::BigInt:
        case Value::Kind::Double:
            m_out += numberText(value);
            return;
        case Value::Kind::Text:
            return text(value);
        case Value::Kind::List:
        case Value::Kind::Tuple:
            return list(value.items(), level);
        case Value::Kind::Map:
            return map(value.entries(), level);
        default:
            return other(value, level);
        }
    }

    bool fits()
    {
        constexpr std::size_t seldom = 4096;
        return m_out.size() < seldom || m_evaluation.affordsText(m_out.size());
    }

    static std::string numberText(const Value &value)
    {
        if (!value.isDouble())
            return pythonStr(value);
        const std::string digits = pythonFloat(value.toDouble());
        return digits == "inf" ? "Infinity"
            : digits == "-inf" ? "-Infinity"
            : digits == "nan"  ? "NaN"
                               : digits;
    }

    void text(const Value &value)
    {
        const std::string json = writeJson(value, {.escapeNonAscii = m_style.escapesNonAscii});
        // Python counts the last control character of ASCII among what it escapes.
        if (m_style.escapesNonAscii && json.find('\x7f') != std::string::npos)
            m_out += replaced(json, "\x7f", "\\u007f", -1);
        else
            m_out += json;
    }

    void other(const Value &value, int level)
    {
        if (const auto given = textIn(value))
            return text(Value(*given));
        if (const Object *object = asObject(value)) {
            // A pair of groupby is a tuple there.
            if (object->typeName() == "_GroupTuple")
                return list(listOf(m_evaluation, value), level);
        }
        m_evaluation.failType("Object of type " + typeNameOf(value) + " is not JSON serializable");
    }

    void startLine(int level)
    {
        if (!m_style.indent)
            return;
        m_out += '\n';
        for (int i = 0; i < level; ++i)
            m_out += *m_style.indent;
    }

    void list(const ValueList &items, int level)
    {
        m_out += '[';
        for (std::size_t i = 0; i < items.size() && !m_evaluation.failed(); ++i) {
            if (i > 0)
                m_out += m_style.itemSeparator;
            startLine(level + 1);
            write(items[i], level + 1);
        }
        if (!items.empty())
            startLine(level);
        m_out += ']';
    }

    void map(const ValueMap &entries, int level)
    {
        ValueList keys;
        for (const ValueMap::Entry &entry : entries)
            keys.push_back(entry.key);
        if (m_style.sortKeys && !sortValues(m_evaluation, keys, SortOrder::Ascending))
            return;
        m_out += '{';
        for (std::size_t i = 0; i < keys.size() && !m_evaluation.failed(); ++i) {
            if (i > 0)
                m_out += m_style.itemSeparator;
            startLine(level + 1);
            key(keys[i]);
            m_out += m_style.keySeparator;
            write(*entries.find(keys[i]), level + 1);
        }
        if (!keys.empty())
            startLine(level);
        m_out += '}';
    }

    void key(const Value &key)
    {
        if (const auto given = textIn(key))
            text(Value(*given));
        else if (key.isNull())
            m_out += "\"null\"";
        else if (key.isBool())
            m_out += key.toBool() ? "\"true\"" : "\"false\"";
        else if (key.isNumber())
            m_out += '"' + numberText(key) + '"';
        else
            m_evaluation.failType("keys must be str, int, float, bool or None, not "
                                  + typeNameOf(key));
    }

    Evaluation &m_evaluation;
    const PythonJsonStyle &m_style;
    std::string m_out;
};

Value plainObject(Evaluation &evaluation, const Value &value)
{
    const Object *object = asObject(value);
    if (!object)
        return value;
    if (object->text())
        return Value(*object->text());
    if (!object->length(evaluation) && !objectAs<Generator>(value))
        return value;
    if (!object->iterate(evaluation))
        return value;
    return plainValue(evaluation, Value(listOf(evaluation, value)));
}

} // namespace

std::string pythonJson(Evaluation &evaluation, const Value &value, const PythonJsonStyle &style)
{
    return JsonDumper(evaluation, style).dump(value);
}

Value plainValue(Evaluation &evaluation, const Value &value)
{
    const DepthGuard guard(evaluation);
    if (!guard || !evaluation.step())
        return {};
    if (value.isObject())
        return plainObject(evaluation, value);
    if (value.isSequence()) {
        ValueList items;
        items.reserve(value.items().size());
        for (const Value &item : value.items())
            items.push_back(plainValue(evaluation, item));
        return value.isTuple() ? Value::tuple(std::move(items)) : Value(std::move(items));
    }
    if (value.isMap()) {
        ValueMap map;
        for (const ValueMap::Entry &entry : value.entries())
            map.set(plainValue(evaluation, entry.key), plainValue(evaluation, entry.value));
        return Value(std::move(map));
    }
    if (value.isSet()) {
        ValueSet members;
        for (std::size_t i = 0; i < value.members().size(); ++i)
            members.add(plainValue(evaluation, value.members().at(i)));
        return Value(std::move(members));
    }
    return value;
}

} // namespace stormglass
