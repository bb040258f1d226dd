#include "engine/expressions/python_printing.h"

#include "engine/base/python_text.h"
#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/object.h"
#include "engine/expressions/set_order.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace stormglass {

namespace {

class Printer
{
public:
    Printer(Evaluation &evaluation, std::string &out)
        : m_evaluation(evaluation)
        , m_out(out)
    {
    }

    void repr(const Value &value)
    {
        m_evaluation.see(value);
        if (!m_evaluation.step() || !fits())
            return;
        switch (value.kind()) {
        case Value::Kind::List:
            return items("[", value.items(), "]");
        case Value::Kind::Tuple:
            return items("(", value.items(), value.items().size() == 1 ? ",)" : ")");
        case Value::Kind::Map:
            return map(value.entries());
        case Value::Kind::Set:
            return set(value.members());
        case Value::Kind::Object:
            return object(value);
        default:
            m_out += pythonRepr(value);
        }
    }

private:
    bool fits()
    {
        constexpr std::size_t seldom = 4096;
        return m_out.size() < seldom || m_evaluation.affordsText(m_out.size());
    }

    void items(std::string_view open, const ValueList &list, std::string_view close)
    {
        const DepthGuard guard(m_evaluation);
        if (!guard)
            return;
        m_out += open;
        for (std::size_t i = 0; i < list.size() && !m_evaluation.failed(); ++i) {
            if (i > 0)
                m_out += ", ";
            repr(list[i]);
        }
        m_out += close;
    }

    void map(const ValueMap &entries)
    {
        const DepthGuard guard(m_evaluation);
        if (!guard)
            return;
        m_out += '{';
        for (std::size_t i = 0; i < entries.size() && !m_evaluation.failed(); ++i) {
            if (i > 0)
                m_out += ", ";
            repr(entries.at(i).key);
            m_out += ": ";
            repr(entries.at(i).value);
        }
        m_out += '}';
    }

    void set(const ValueSet &members)
    {
        if (members.isEmpty()) {
            m_out += "set()";
            return;
        }
        const DepthGuard guard(m_evaluation);
        if (!guard)
            return;
        m_out += '{';
        bool isFirst = true;
        for (const std::size_t place : pythonSetOrder(members)) {
            if (m_evaluation.failed())
                return;
            m_out += isFirst ? "" : ", ";
            isFirst = false;
            repr(members.at(place));
        }
        m_out += '}';
    }

    void object(const Value &value)
    {
        if (const Object *object = asObject(value))
            m_out += object->repr(m_evaluation);
        else
            m_out += "<" + std::string(value.object()->typeName()) + " object>";
    }

    Evaluation &m_evaluation;
    std::string &m_out;
};

} // namespace

void appendStr(Evaluation &evaluation, const Value &value, std::string &out)
{
    evaluation.see(value);
    switch (value.kind()) {
    case Value::Kind::Text:
        out += value.text();
        return;
    case Value::Kind::Int: {
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value.toInt());
        out.append(digits.data(), end.ptr);
        return;
    }
    case Value::Kind::Null:
        out += "None";
        return;
    case Value::Kind::Bool:
        out += value.toBool() ? "True" : "False";
        return;
    case Value::Kind::List:
    case Value::Kind::Tuple:
    case Value::Kind::Map:
    case Value::Kind::Set:
        Printer(evaluation, out).repr(value);
        return;
    case Value::Kind::Object:
        if (const Object *object = asObject(value))
            out += object->str(evaluation);
        else
            Printer(evaluation, out).repr(value);
        return;
    default:
        out += pythonStr(value);
        return;
    }
}

void appendRepr(Evaluation &evaluation, const Value &value, std::string &out)
{
    Printer(evaluation, out).repr(value);
}

std::string strOf(Evaluation &evaluation, const Value &value)
{
    std::string text;
    appendStr(evaluation, value, text);
    return text;
}

std::string reprOf(Evaluation &evaluation, const Value &value)
{
    std::string text;
    appendRepr(evaluation, value, text);
    return text;
}

std::string asciiOf(Evaluation &evaluation, const Value &value)
{
    const std::string text = reprOf(evaluation, value);
    if (utf8::isAscii(text))
        return text;
    std::string out;
    for (const char32_t c : utf8::decode(text)) {
        if (c < 0x80) {
            out += static_cast<char>(c);
            continue;
        }
        std::array<char, 12> escape{};
        const char *const form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
        std::snprintf(escape.data(), escape.size(), form, static_cast<unsigned>(c));
        out += escape.data();
    }
    return out;
}

} // namespace stormglass
