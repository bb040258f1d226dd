#include "ui/models/filter.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"
#include "ui/models/times.h"

namespace stormglass::ui {

namespace {

constexpr qsizetype searchedText = 8192;
constexpr int searchedDepth = 12;

using Take = std::function<bool(const Value &)>;

// Whether anything at the path satisfies `take`. A list stands for each of its items, unless an
// index is named.
bool anyAt(const Value &value, QStringView path, const Take &take, int depth = 0)
{
    if (depth > searchedDepth)
        return false;
    if (path.isEmpty())
        return take(value);
    // A key may have dots of its own, so the whole rest is tried first.
    if (value.isMap()) {
        if (const Value *whole = value.find(path.toString().toStdString()))
            return take(*whole);
        for (qsizetype dot = path.indexOf(QLatin1Char('.')); dot >= 0;
             dot = path.indexOf(QLatin1Char('.'), dot + 1)) {
            const Value *member = value.find(path.left(dot).toString().toStdString());
            if (member && anyAt(*member, path.mid(dot + 1), take, depth + 1))
                return true;
        }
        const qsizetype bracket = path.indexOf(QLatin1Char('['));
        if (bracket <= 0)
            return false;
        const Value *member = value.find(path.left(bracket).toString().toStdString());
        return member && anyAt(*member, path.mid(bracket), take, depth + 1);
    }
    if (!value.isSequence())
        return false;
    if (path.startsWith(QLatin1Char('['))) {
        const qsizetype end = path.indexOf(QLatin1Char(']'));
        const auto index = static_cast<std::size_t>(path.mid(1, end - 1).toUInt());
        QStringView rest = end < 0 ? QStringView() : path.mid(end + 1);
        if (rest.startsWith(QLatin1Char('.')))
            rest = rest.mid(1);
        return end > 0 && index < value.items().size()
            && anyAt(value.items()[index], rest, take, depth + 1);
    }
    for (const Value &item : value.items()) {
        if (anyAt(item, path, take, depth + 1))
            return true;
    }
    return false;
}

std::optional<double> numberOf(const Value &value)
{
    if (value.isInt())
        return static_cast<double>(value.toInt());
    if (value.isDouble())
        return value.toDouble();
    if (!value.isText())
        return std::nullopt;
    bool isNumber = false;
    const double number = value.toQString().toDouble(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

QString textOf(const Value &value)
{
    const QString text
        = value.isText() ? value.toQString() : QString::fromStdString(writeJson(value));
    return text.left(searchedText);
}

bool same(const Value &found, const Value &wanted)
{
    if (found.isText() && wanted.isText())
        return found.text() == wanted.text();
    if (found.isSequence()) {
        return std::any_of(found.items().begin(), found.items().end(),
                           [&wanted](const Value &item) { return same(item, wanted); });
    }
    if (found.isText() && wanted.isNumber())
        return numberOf(found) == numberOf(wanted);
    return Value::pythonEqual(found, wanted);
}

// Negative, zero, positive; none where the two cannot be ordered.
std::optional<int> order(const Value &found, const FilterNode &node, Timestamp now)
{
    if (node.time) {
        const std::optional<Timestamp> moment = timeOf(found);
        if (!moment)
            return std::nullopt;
        const Timestamp wanted = node.time->at(now);
        return *moment < wanted ? -1 : *moment > wanted ? 1 : 0;
    }
    const std::optional<double> a = numberOf(found);
    const std::optional<double> b = numberOf(node.value);
    if (a && b)
        return *a < *b ? -1 : *a > *b ? 1 : 0;
    if (found.isText() && node.value.isText())
        return QString::compare(found.toQString(), node.value.toQString());
    return std::nullopt;
}

bool holds(const Value &found, const FilterNode &node, Timestamp now)
{
    switch (node.op) {
    case FilterOp::Equals:
    case FilterOp::NotEquals:
        return node.time ? order(found, node, now) == 0 : same(found, node.value);
    case FilterOp::Less:
        return order(found, node, now).value_or(0) < 0;
    case FilterOp::Greater:
        return order(found, node, now).value_or(0) > 0;
    case FilterOp::LessOrEqual:
        return order(found, node, now).value_or(1) <= 0;
    case FilterOp::GreaterOrEqual:
        return order(found, node, now).value_or(-1) >= 0;
    case FilterOp::Contains:
        return textOf(found).contains(textOf(node.value), Qt::CaseInsensitive);
    case FilterOp::Matches:
        return node.pattern.match(textOf(found)).hasMatch();
    case FilterOp::In: {
        const ValueList &wanted = node.value.itemsOrNone();
        return std::any_of(wanted.begin(), wanted.end(),
                           [&found](const Value &item) { return same(found, item); });
    }
    case FilterOp::Exists:
        return !found.isNull();
    }
    return false;
}

bool hasText(const Value &value, const QString &word, int depth = 0)
{
    if (value.isText())
        return value.toQString().left(searchedText).contains(word, Qt::CaseInsensitive);
    if (depth > searchedDepth)
        return false;
    if (value.isMap()) {
        for (const ValueMap::Entry &entry : value.entries()) {
            if (hasText(entry.value, word, depth + 1))
                return true;
        }
        return false;
    }
    if (value.isSequence()) {
        return std::any_of(value.items().begin(), value.items().end(),
                           [&](const Value &item) { return hasText(item, word, depth + 1); });
    }
    return value.isNumber() && textOf(value) == word;
}

struct Matching
{
    const Value &record;
    Timestamp now;
    const QHash<QString, QString> &names;

    bool operator()(const FilterNode &node) const
    {
        switch (node.kind) {
        case FilterNode::Kind::And:
            return std::all_of(node.parts.begin(), node.parts.end(), std::ref(*this));
        case FilterNode::Kind::Or:
            return std::any_of(node.parts.begin(), node.parts.end(), std::ref(*this));
        case FilterNode::Kind::Not:
            return !(*this)(node.parts.front());
        case FilterNode::Kind::Word:
            return hasText(record, node.field);
        case FilterNode::Kind::Compare:
            return compare(node);
        }
        return false;
    }

    bool compare(const FilterNode &node) const
    {
        const QString path = names.value(node.field, node.field);
        const bool found
            = anyAt(record, path, [&](const Value &value) { return holds(value, node, now); });
        if (node.op == FilterOp::NotEquals)
            return !found;
        // What is not there is null.
        const bool isForNull = node.op == FilterOp::Equals && node.value.isNull() && !node.time;
        return found || (isForNull && !anyAt(record, path, [](const Value &value) {
                             return !value.isNull();
                         }));
    }
};

} // namespace

bool Filter::matches(const Value &record, Timestamp now, const QHash<QString, QString> &names) const
{
    return !m_root || Matching{record, now, names}(*m_root);
}

namespace {

// The parameter that asks for one comparison, where there is one.
std::optional<std::pair<QString, QString>>
parameterFor(const FilterNode &node, const QHash<QString, QString> &query, Timestamp now)
{
    if (node.kind != FilterNode::Kind::Compare)
        return std::nullopt;
    if (node.op == FilterOp::Equals && node.value.isText() && query.contains(node.field))
        return std::pair(query.value(node.field), node.value.toQString());
    const bool isBound = node.op == FilterOp::Greater || node.op == FilterOp::Less;
    if (!node.time || !isBound)
        return std::nullopt;
    const QChar sign = QLatin1Char(node.op == FilterOp::Greater ? '>' : '<');
    const QString name = query.value(node.field + sign);
    if (name.isEmpty())
        return std::nullopt;
    return std::pair(name, QString::fromStdString(toIsoText(node.time->at(now))));
}

} // namespace

Filter::ServerPart Filter::serverPart(const QHash<QString, QString> &query, Timestamp now) const
{
    ServerPart part;
    if (!m_root)
        return part;
    const auto add = [&](const FilterNode &node) {
        const auto parameter = parameterFor(node, query, now);
        // Of the same parameter given twice an instance takes one.
        const bool isFree = parameter
            && std::none_of(part.query.begin(), part.query.end(),
                            [&](const auto &known) { return known.first == parameter->first; });
        if (isFree)
            part.query.push_back(*parameter);
        else
            part.isWhole = false;
    };
    if (m_root->kind == FilterNode::Kind::And)
        std::for_each(m_root->parts.begin(), m_root->parts.end(), add);
    else
        add(*m_root);
    return part;
}

} // namespace stormglass::ui
