#include "engine/expressions/json_path.h"

#include "engine/expressions/json_path_node.h"
#include "engine/expressions/python_errors.h"
#include "engine/expressions/python_operators.h"

#include <QList>

#include <algorithm>
#include <deque>

namespace stormglass {

namespace {

using Node = JsonPath::Node;
using Kind = Node::Kind;

constexpr int maxDepth = 200;
constexpr std::size_t maxMatches = 100'000;

tl::unexpected<Error> withoutLength(const Value &value)
{
    return pythonError("TypeError",
                       QStringLiteral("object of type '%1' has no len()")
                           .arg(QString::fromStdString(typeNameOf(value))));
}

// A value with where it came from. A null value pointer is the parent of the root.
struct Datum
{
    Value value;
    const Datum *parent = nullptr;
};
using Matches = std::vector<const Datum *>;

bool isDatastoreKey(const Value &value)
{
    return value.isObject() && dynamic_cast<const DatastoreKey *>(value.object().get());
}

// One search. Every datum made lives as long as it does; `m_nothing` is what is above the root.
class Search
{
public:
    Result<Matches> find(const Node &node, const Datum *from, int depth)
    {
        if (depth > maxDepth)
            return pythonError("RecursionError",
                               QStringLiteral("maximum recursion depth exceeded"));
        if (m_data.size() > maxMatches)
            return pythonError("ValueError", QStringLiteral("the path matches too much"));
        switch (node.kind) {
        case Kind::Root:
            return Matches{wrapped(rootOf(from))};
        case Kind::This:
            return Matches{wrapped(from)};
        case Kind::Parent:
            return Matches{from->parent ? from->parent : nothing()};
        case Kind::Child:
            return children(node, from, depth);
        case Kind::Descendants:
            return descendants(node, from, depth);
        case Kind::Where:
            return where(node, from, depth);
        case Kind::Union:
            return both(node, from, depth);
        case Kind::Intersection:
            return pythonError("NotImplementedError", QString());
        case Kind::Fields:
            return fields(node, from);
        case Kind::Index:
            return index(node, from);
        case Kind::Slice:
            return slice(node, from);
        }
        return Matches();
    }

    const Datum *make(Value value, const Datum *parent)
    {
        return &m_data.emplace_back(Datum{std::move(value), parent});
    }
    const Datum *nothing() const { return &m_nothing; }

private:
    static const Datum *rootOf(const Datum *datum)
    {
        while (datum->parent)
            datum = datum->parent;
        return datum;
    }

    // What is above the root becomes a plain null where the reference wraps it.
    const Datum *wrapped(const Datum *datum)
    {
        return datum == nothing() ? make({}, nullptr) : datum;
    }

    static void append(Matches &all, const Matches &more)
    {
        all.insert(all.end(), more.begin(), more.end());
    }

    Result<Matches> children(const Node &node, const Datum *from, int depth)
    {
        SG_LET(const Matches parents, find(*node.left, from, depth + 1));
        Matches all;
        for (const Datum *parent : parents) {
            SG_LET(const Matches found, find(*node.right, parent, depth + 1));
            append(all, found);
        }
        return all;
    }

    Result<Matches> descendants(const Node &node, const Datum *from, int depth)
    {
        SG_LET(const Matches tops, find(*node.left, from, depth + 1));
        Matches all;
        for (const Datum *top : tops)
            SG_TRY(below(*node.right, top, depth + 1, all));
        return all;
    }

    Result<> below(const Node &node, const Datum *from, int depth, Matches &all)
    {
        SG_LET(const Matches here, find(node, from, depth));
        append(all, here);
        if (from == nothing())
            return pythonError("AttributeError",
                               QStringLiteral("'NoneType' object has no attribute 'value'"));
        for (const Value &item : from->value.itemsOrNone())
            SG_TRY(below(node, make(item, from), depth + 1, all));
        for (const ValueMap::Entry &entry : from->value.entriesOrNone())
            SG_TRY(below(node, make(entry.value, from), depth + 1, all));
        return {};
    }

    Result<Matches> where(const Node &node, const Datum *from, int depth)
    {
        SG_LET(const Matches candidates, find(*node.left, from, depth + 1));
        Matches all;
        for (const Datum *candidate : candidates) {
            SG_LET(const Matches proof, find(*node.right, candidate, depth + 1));
            if (!proof.empty())
                all.push_back(candidate);
        }
        return all;
    }

    Result<Matches> both(const Node &node, const Datum *from, int depth)
    {
        SG_LET(Matches all, find(*node.left, from, depth + 1));
        SG_LET(const Matches more, find(*node.right, from, depth + 1));
        append(all, more);
        return all;
    }

    Result<Matches> fields(const Node &node, const Datum *from)
    {
        const bool wantsAll
            = std::find(node.fields.begin(), node.fields.end(), "*") != node.fields.end();
        const bool isKey = isDatastoreKey(from->value);
        if (wantsAll && isKey)
            return pythonError("TypeError",
                               QStringLiteral("'KeyValueLookup' object is not callable"));
        Matches all;
        if (wantsAll) {
            for (const ValueMap::Entry &entry : from->value.entriesOrNone())
                all.push_back(make(entry.value, from));
            return all;
        }
        for (const std::string &field : node.fields) {
            if (const Value *value = isKey ? &from->value : from->value.find(field))
                all.push_back(make(*value, from));
        }
        return all;
    }

    Result<Matches> index(const Node &node, const Datum *from)
    {
        const Value &value = from->value;
        const bool isText = value.isText();
        if (!isText && !value.isSequence() && !value.isMap())
            return withoutLength(value);
        const std::int64_t size = isText
            ? value.codePoints()
            : static_cast<std::int64_t>(value.isMap() ? value.entries().size()
                                                      : value.items().size());
        const std::int64_t at = *node.begin < 0 ? *node.begin + size : *node.begin;
        if (*node.begin >= size)
            return Matches();
        if (value.isMap())
            return pythonError("KeyError", QString::number(*node.begin));
        if (at < 0)
            return pythonError(
                "IndexError",
                QStringLiteral("%1 index out of range").arg(isText ? u"string" : u"list"));
        if (isText)
            return Matches{make(characterAt(value, at), from)};
        return Matches{make(value.items()[static_cast<std::size_t>(at)], from)};
    }

    static Value characterAt(const Value &text, std::int64_t at)
    {
        const char32_t point = text.toQString().toUcs4()[at];
        return QString::fromUcs4(&point, 1);
    }

    Result<Matches> slice(const Node &node, const Datum *from)
    {
        const Value &value = from->value;
        // What is no list counts as a list of itself.
        const bool isAlone = value.isMap() || value.isBool() || value.isInteger() || value.isText();
        if (!isAlone && !value.isSequence())
            return withoutLength(value);
        if (isAlone)
            from = make(Value::list({value}), from->parent);
        const ValueList &items = from->value.items();
        const auto size = static_cast<std::int64_t>(items.size());
        const auto bound = [size](std::int64_t at) {
            return std::clamp<std::int64_t>(at < 0 ? at + size : at, 0, size);
        };
        const std::int64_t end = bound(node.end.value_or(size));
        Matches all;
        for (std::int64_t i = bound(node.begin.value_or(0)); i < end; ++i)
            all.push_back(make(items[static_cast<std::size_t>(i)], from));
        return all;
    }

    std::deque<Datum> m_data;
    Datum m_nothing;
};

} // namespace

Result<ValueList> JsonPath::all(const Value &root) const
{
    Search search;
    SG_LET(const Matches matches, search.find(*m_root, search.make(root, nullptr), 0));
    ValueList values;
    for (const Datum *match : matches) {
        if (match == search.nothing())
            return pythonError("AttributeError",
                               QStringLiteral("'NoneType' object has no attribute 'value'"));
        values.push_back(match->value);
    }
    return values;
}

Result<Value> JsonPath::first(const Value &root) const
{
    if (!m_names.empty() && !root.isNull()) {
        if (const Value *found = followNames(root, m_names))
            return *found;
        return Value();
    }
    Search search;
    SG_LET(const Matches matches, search.find(*m_root, search.make(root, nullptr), 0));
    if (std::find(matches.begin(), matches.end(), search.nothing()) != matches.end())
        return pythonError("AttributeError",
                           QStringLiteral("'NoneType' object has no attribute 'value'"));
    return matches.empty() ? Value() : matches.front()->value;
}

const Value *followNames(const Value &from, const std::vector<std::string> &names,
                         std::size_t firstName)
{
    const Value *at = &from;
    for (std::size_t i = firstName; i < names.size() && at; ++i) {
        if (!isDatastoreKey(*at))
            at = at->find(names[i]);
    }
    return at;
}

} // namespace stormglass
