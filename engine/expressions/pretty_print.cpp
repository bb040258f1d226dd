#include "engine/expressions/pretty_print.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/text_cutting.h"

#include <algorithm>

namespace stormglass {

namespace {

class PrettyPrinter
{
public:
    explicit PrettyPrinter(Evaluation &evaluation)
        : m_evaluation(evaluation)
    {
    }

    std::string print(const Value &value)
    {
        format(sortedKeys(value), 0, 0, 1);
        return std::move(m_out);
    }

private:
    static constexpr std::int64_t columns = 80;

    // Maps with their keys in order, at every depth; where keys have no order they stay as they
    // are.
    Value sortedKeys(const Value &value)
    {
        constexpr std::int64_t cost = 8;
        const DepthGuard guard(m_evaluation);
        if (!guard || m_evaluation.failed() || !m_evaluation.step(cost))
            return value;
        if (value.isSequence()) {
            ValueList items;
            for (const Value &item : value.items())
                items.push_back(sortedKeys(item));
            return value.isTuple() ? Value::tuple(std::move(items)) : Value(std::move(items));
        }
        if (!value.isMap())
            return value;
        ValueMap sorted;
        for (const std::size_t place : placesInOrder(value.entries())) {
            const ValueMap::Entry &entry = value.entries().at(place);
            sorted.set(entry.key, sortedKeys(entry.value));
        }
        return Value(std::move(sorted));
    }

    // Keys that have no order among themselves go by the names of their types. That is no order of
    // all of them at once, so that the outcome hangs on the way of sorting: as Python does it, each
    // is put into those in front of it by halving.
    std::vector<std::size_t> placesInOrder(const ValueMap &entries)
    {
        std::vector<std::size_t> places;
        const auto isBefore = [&](std::size_t a, std::size_t b) {
            return isLess(entries.at(a).key, entries.at(b).key);
        };
        const std::size_t count = entries.size();
        std::size_t run = std::min<std::size_t>(count, 1);
        const bool isFalling = count > 1 && isBefore(1, 0);
        while (run > 0 && run < count && isBefore(run, run - 1) == isFalling)
            ++run;
        for (std::size_t i = 0; i < run; ++i)
            places.push_back(isFalling ? run - 1 - i : i);
        constexpr std::size_t few = 64;
        for (std::size_t i = run; i < count && m_evaluation.step(); ++i) {
            const auto at = count < few
                ? std::upper_bound(places.begin(), places.end(), i, isBefore)
                : places.end();
            places.insert(at, i);
        }
        if (count >= few)
            std::stable_sort(places.begin(), places.end(), isBefore);
        return places;
    }

    bool isLess(const Value &a, const Value &b)
    {
        if (m_evaluation.failed())
            return false;
        const bool isIt = less(m_evaluation, a, b);
        return m_evaluation.recover(PythonError::Type) ? typeNameOf(a) < typeNameOf(b) : isIt;
    }

    void format(const Value &value, std::int64_t indent, std::int64_t allowance, int level)
    {
        const std::string whole = reprOf(m_evaluation, value);
        const DepthGuard guard(m_evaluation);
        if (!guard || m_evaluation.failed() || !m_evaluation.affordsText(m_out.size()))
            return;
        if (utf8::length(whole) <= columns - indent - allowance)
            m_out += whole;
        else if (value.isMap())
            map(value.entries(), indent, allowance, level);
        else if (value.isSequence())
            list(value, indent, allowance, level);
        else if (value.isText())
            text(value.text(), indent, allowance, level);
        else
            m_out += whole;
    }

    void startLine(std::int64_t indent)
    {
        m_out += '\n';
        m_out.append(static_cast<std::size_t>(indent), ' ');
    }

    void map(const ValueMap &entries, std::int64_t indent, std::int64_t allowance, int level)
    {
        m_out += '{';
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const bool isLast = i + 1 == entries.size();
            const std::string key = reprOf(m_evaluation, entries.at(i).key);
            m_out += key + ": ";
            format(entries.at(i).value, indent + 1 + utf8::length(key) + 2,
                   isLast ? allowance + 1 : 1, level + 1);
            if (isLast)
                break;
            m_out += ',';
            startLine(indent + 1);
        }
        m_out += '}';
    }

    void list(const Value &value, std::int64_t indent, std::int64_t allowance, int level)
    {
        const ValueList &items = value.items();
        const std::string_view close = value.isList() ? "]" : items.size() == 1 ? ",)" : ")";
        m_out += value.isList() ? '[' : '(';
        for (std::size_t i = 0; i < items.size(); ++i) {
            const bool isLast = i + 1 == items.size();
            if (i > 0) {
                m_out += ',';
                startLine(indent + 1);
            }
            format(items[i], indent + 1,
                   isLast ? allowance + static_cast<std::int64_t>(close.size()) : 1, level + 1);
        }
        m_out += close;
    }

    std::string quoted(std::string_view part) { return reprOf(m_evaluation, Value(part)); }

    // A long text becomes several literals side by side, cut behind white space.
    void text(std::string_view whole, std::int64_t indent, std::int64_t allowance, int level)
    {
        if (level == 1) {
            ++indent;
            ++allowance;
        }
        const auto lines = splitLines(whole, LineEnds::Kept);
        std::vector<std::string> chunks;
        for (std::size_t i = 0; i < lines.size() && !m_evaluation.failed(); ++i) {
            const std::int64_t last = i + 1 == lines.size() ? allowance : 0;
            const std::string literal = quoted(lines[i]);
            if (utf8::length(literal) <= columns - indent - last)
                chunks.push_back(literal);
            else
                words(lines[i], columns - indent, last, chunks);
        }
        const bool isWrapped = level == 1 && chunks.size() > 1;
        m_out += isWrapped ? "(" : "";
        for (std::size_t i = 0; i < chunks.size(); ++i) {
            if (i > 0)
                startLine(indent);
            m_out += chunks[i];
        }
        m_out += isWrapped ? ")" : "";
    }

    void words(std::string_view line, std::int64_t width, std::int64_t allowance,
               std::vector<std::string> &chunks)
    {
        std::string current;
        while (!line.empty() && m_evaluation.step()) {
            const std::size_t size = wordAndSpace(line);
            const std::string candidate = current + std::string(line.substr(0, size));
            const bool isLast = size == line.size();
            if (utf8::length(quoted(candidate)) > width - (isLast ? allowance : 0)) {
                if (!current.empty())
                    chunks.push_back(quoted(current));
                current = line.substr(0, size);
            } else {
                current = candidate;
            }
            line.remove_prefix(size);
        }
        if (!current.empty())
            chunks.push_back(quoted(current));
    }

    // Bytes of a word at the front and the white space behind it.
    static std::size_t wordAndSpace(std::string_view line)
    {
        bool inSpace = false;
        std::size_t at = 0;
        while (at < line.size()) {
            const bool isSpace = isPythonSpace(utf8::decodeFirst(line.substr(at)));
            if (inSpace && !isSpace)
                break;
            inSpace = isSpace;
            at += utf8::sizeOfFirst(line.substr(at));
        }
        return at;
    }

    Evaluation &m_evaluation;
    std::string m_out;
};

} // namespace

std::string prettyPrinted(Evaluation &evaluation, const Value &value)
{
    return PrettyPrinter(evaluation).print(value);
}

} // namespace stormglass
