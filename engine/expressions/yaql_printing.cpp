#include "engine/expressions/yaql_printing.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_printing.h"

namespace stormglass {

namespace {

class Printer
{
public:
    explicit Printer(Evaluation &evaluation)
        : m_evaluation(evaluation)
    {
    }

    void print(const Value &value)
    {
        const DepthGuard depth(m_evaluation);
        if (!depth || !m_evaluation.step() || !m_evaluation.affordsText(out.size()))
            return;
        m_evaluation.see(value);
        if (value.isList())
            printItems(value.items(), "(", value.items().size() == 1 ? ",)" : ")");
        else if (value.isTuple())
            printItems(value.items(), "[", "]");
        else if (value.isMap())
            printMap(value.entries());
        else if (value.isSet())
            printSet(value.members());
        else
            appendRepr(m_evaluation, value, out);
    }

    std::string out;

private:
    void printItems(const ValueList &items, std::string_view open, std::string_view close)
    {
        out += open;
        for (std::size_t i = 0; i < items.size() && !m_evaluation.failed(); ++i) {
            out += i > 0 ? ", " : "";
            print(items[i]);
        }
        out += close;
    }

    void printMap(const ValueMap &entries)
    {
        out += '{';
        bool isFirst = true;
        for (const ValueMap::Entry &entry : entries) {
            if (m_evaluation.failed())
                return;
            out += isFirst ? "" : ", ";
            isFirst = false;
            print(entry.key);
            out += ": ";
            print(entry.value);
        }
        out += '}';
    }

    void printSet(const ValueSet &members)
    {
        out += "frozenset(";
        for (std::size_t i = 0; i < members.size() && !m_evaluation.failed(); ++i) {
            out += i > 0 ? ", " : "{";
            print(members.at(i));
        }
        out += members.isEmpty() ? ")" : "})";
    }

    Evaluation &m_evaluation;
};

} // namespace

std::string yaqlRepr(Evaluation &evaluation, const Value &value)
{
    Printer printer(evaluation);
    printer.print(value);
    return std::move(printer.out);
}

std::string yaqlStr(Evaluation &evaluation, const Value &value)
{
    const bool isNested = value.isSequence() || value.isMap() || value.isSet();
    return isNested ? yaqlRepr(evaluation, value) : strOf(evaluation, value);
}

} // namespace stormglass
