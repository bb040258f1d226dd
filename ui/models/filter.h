#pragma once

#include "engine/base/clock.h"
#include "engine/base/value.h"

#include <QHash>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace stormglass::ui {

enum class FilterOp {
    Equals,
    NotEquals,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    Matches,
    In,
    Exists
};

// A moment as a filter names it: fixed, or a distance from now.
struct FilterTime
{
    bool isRelative = false;
    Timestamp fixed;
    std::chrono::microseconds offset{0};

    Timestamp at(Timestamp now) const { return isRelative ? now + offset : fixed; }
};

// A node of the tree a filter is parsed into; `Word` searches the whole text.
struct FilterNode
{
    enum class Kind { And, Or, Not, Compare, Word };
    Kind kind = Kind::And;
    std::vector<FilterNode> parts = {};
    QString field = {};
    FilterOp op = FilterOp::Equals;
    // What to compare with; a list for `in`.
    Value value = {};
    std::optional<FilterTime> time = {};
    QRegularExpression pattern = {};
};

// `field op value`, joined by and, or, not, parentheses; bare words search the text (CONSOLE
// section 5). Shared and never changed, so cheap to copy.
class Filter
{
public:
    Filter() = default;
    explicit Filter(FilterNode root)
        : m_root(std::make_shared<const FilterNode>(std::move(root)))
    {
    }

    bool isEmpty() const { return !m_root; }
    const FilterNode *root() const { return m_root.get(); }

    // `names` says where in the record a short field name stands; others are paths of their own.
    bool matches(const Value &record, Timestamp now,
                 const QHash<QString, QString> &names = {}) const;

    // What an instance can answer of it by itself.
    struct ServerPart
    {
        std::vector<std::pair<QString, QString>> query;
        // All of it, so that whatever the instance answers fits.
        bool isWhole = true;
    };
    // `query` names the parameter for a field, and `field>` and `field<` for its bounds.
    ServerPart serverPart(const QHash<QString, QString> &query, Timestamp now) const;

private:
    std::shared_ptr<const FilterNode> m_root;
};

struct ParsedFilter
{
    enum class State { Empty, Incomplete, Wrong, Right };
    State state = State::Empty;
    Filter filter;
    // What is wrong or missing, and where.
    QString message;
    int column = -1;
};

ParsedFilter parseFilter(const QString &text);

// `field == "value"`, quoted where it must be.
QString filterTerm(const QString &field, const Value &value);

// What may stand at the end of `before`, whose last word is replaced by it: fields, operators,
// joints, and the values `values` has for the field in question.
QStringList filterSuggestions(const QString &before, const QStringList &fields,
                              const QHash<QString, QStringList> &values);

} // namespace stormglass::ui
