#include "engine/schema/schema_walk.h"

#include "engine/base/python_text.h"
#include "engine/expressions/regex.h"

#include <QStringList>

#include <optional>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

using Found = std::vector<SchemaError>;

QString repr(const Value &value)
{
    return QString::fromStdString(pythonRepr(value));
}

void add(Found &found, QLatin1String keyword, QString message)
{
    found.push_back({std::move(message), {}, keyword, {}, false});
}

bool matchesAnyPattern(const Value &patterns, std::string_view name)
{
    for (const ValueMap::Entry &entry : patterns.entriesOrNone()) {
        const auto regex = Regex::cached(entry.key.isText() ? entry.key.text() : "");
        if (!regex)
            continue;
        const auto match = regex->search(name);
        if (match && *match)
            return true;
    }
    return false;
}

// `('a', 'b' were unexpected)`
QString unexpected(const ValueList &extras)
{
    QStringList names;
    for (const Value &extra : extras)
        names << repr(extra);
    return u"(%1 %2 unexpected)"_s.arg(names.join(u", "_s),
                                       extras.size() == 1 ? u"was"_s : u"were"_s);
}

// Draft 3's reading: a property that is not there is refused if its own schema says `required:
// true`.
void checkProperties(SchemaWalk &walk, const Value &properties, const Value &instance, Found &found)
{
    if (!instance.isMap())
        return;
    for (const ValueMap::Entry &entry : properties.entriesOrNone()) {
        const Value *member = instance.entries().find(entry.key);
        if (member) {
            walk.descend(entry.value, *member, entry.key, found);
        } else if (entry.value["required"].toBoolOr(false)) {
            found.push_back({repr(entry.key) + u" is a required property"_s,
                             {entry.key},
                             u"required"_s,
                             {},
                             false});
        }
    }
}

void checkPatternProperties(SchemaWalk &walk, const Value &patterns, const Value &instance,
                            Found &found)
{
    if (!instance.isMap())
        return;
    for (const ValueMap::Entry &pattern : patterns.entriesOrNone()) {
        for (const ValueMap::Entry &member : instance.entries()) {
            if (member.key.isText()
                && matchesAnyPattern(Value::map({{pattern.key, Value()}}), member.key.text()))
                walk.descend(pattern.value, member.value, member.key, found);
        }
    }
}

void checkAdditionalProperties(SchemaWalk &walk, const Value &argument, const Value &schema,
                               const Value &instance, Found &found)
{
    if (!instance.isMap())
        return;
    const Value &patterns = schema["patternProperties"];
    ValueList extras;
    for (const ValueMap::Entry &member : instance.entries()) {
        const bool isKnown
            = schema["properties"].isMap() && schema["properties"].entries().find(member.key);
        if (!isKnown && !(member.key.isText() && matchesAnyPattern(patterns, member.key.text())))
            extras.push_back(member.key);
    }
    if (argument.isMap()) {
        for (const Value &extra : extras)
            walk.descend(argument, *instance.entries().find(extra), extra, found);
        return;
    }
    if (argument.toBoolOr(true) || extras.empty())
        return;
    if (patterns.entriesOrNone().isEmpty()) {
        add(found, "additionalProperties"_L1,
            u"Additional properties are not allowed "_s + unexpected(extras));
        return;
    }
    QStringList names;
    for (const Value &extra : extras)
        names << repr(extra);
    names.sort();
    QStringList expressions;
    for (const ValueMap::Entry &pattern : patterns.entries())
        expressions << repr(pattern.key);
    expressions.sort();
    add(found, "additionalProperties"_L1,
        u"%1 %2 not match any of the regexes: %3"_s.arg(names.join(u", "_s),
                                                        extras.size() == 1 ? u"does"_s : u"do"_s,
                                                        expressions.join(u", "_s)));
}

void checkItems(SchemaWalk &walk, const Value &argument, const Value &instance, Found &found)
{
    if (!instance.isSequence())
        return;
    const ValueList &items = instance.items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (argument.isMap())
            walk.descend(argument, items[i], static_cast<std::int64_t>(i), found);
        else if (argument.isSequence() && i < argument.items().size())
            walk.descend(argument.items()[i], items[i], static_cast<std::int64_t>(i), found);
    }
}

void checkAdditionalItems(SchemaWalk &walk, const Value &argument, const Value &schema,
                          const Value &instance, Found &found)
{
    const Value &known = schema["items"];
    if (!instance.isSequence() || !known.isSequence())
        return;
    const ValueList &items = instance.items();
    const std::size_t from = known.items().size();
    if (argument.isMap()) {
        for (std::size_t i = from; i < items.size(); ++i)
            walk.descend(argument, items[i], static_cast<std::int64_t>(i), found);
    } else if (!argument.toBoolOr(true) && items.size() > from) {
        const ValueList extras(items.begin() + static_cast<std::ptrdiff_t>(from), items.end());
        add(found, "additionalItems"_L1,
            u"Additional items are not allowed "_s + unexpected(extras));
    }
}

void checkDependencies(SchemaWalk &walk, const Value &argument, const Value &instance, Found &found)
{
    if (!instance.isMap())
        return;
    for (const ValueMap::Entry &entry : argument.entriesOrNone()) {
        if (!instance.entries().find(entry.key))
            continue;
        if (entry.value.isMap()) {
            const Found inner = walk.errors(entry.value, instance);
            found.insert(found.end(), inner.begin(), inner.end());
            continue;
        }
        const ValueList names
            = entry.value.isText() ? ValueList{entry.value} : entry.value.itemsOrNone();
        for (const Value &name : names) {
            if (!instance.entries().find(name))
                add(found, "dependencies"_L1,
                    u"%1 is a dependency of %2"_s.arg(repr(name), repr(entry.key)));
        }
    }
}

// A branch that cannot hold, told without writing the instance into a message.
bool isOfAnotherType(const Value &branch, const Value &instance)
{
    const Value &type = branch["type"];
    return type.isText() && !branch.find("$ref") && !hasSchemaType(instance, type.text());
}

void checkAny(SchemaWalk &walk, QLatin1String keyword, const Value &argument, const Value &instance,
              Found &found)
{
    const ValueList &branches = argument.itemsOrNone();
    std::vector<std::optional<Found>> inner(branches.size());
    ValueList valid;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        if (isOfAnotherType(branches[i], instance))
            continue;
        inner[i] = walk.errors(branches[i], instance);
        if (inner[i]->empty())
            valid.push_back(branches[i]);
    }
    if (valid.empty()) {
        Found context;
        for (std::size_t i = 0; i < branches.size(); ++i) {
            const Found each = inner[i] ? *std::move(inner[i]) : walk.errors(branches[i], instance);
            context.insert(context.end(), each.begin(), each.end());
        }
        found.push_back({repr(instance) + u" is not valid under any of the given schemas"_s,
                         {},
                         keyword,
                         context,
                         false});
    } else if (keyword == "oneOf"_L1 && valid.size() > 1) {
        QStringList texts;
        for (const Value &branch : valid)
            texts << repr(branch);
        // The first that held is named last, as the reference does.
        texts.append(texts.takeFirst());
        add(found, keyword,
            u"%1 is valid under each of %2"_s.arg(repr(instance), texts.join(u", "_s)));
    }
}

const Value *resolved(const Value &root, std::string_view reference)
{
    if (reference.empty() || reference.front() != '#')
        return nullptr;
    const Value *at = &root;
    std::size_t begin = 1;
    while (at && begin < reference.size()) {
        const std::size_t end = std::min(reference.find('/', begin + 1), reference.size());
        at = at->find(reference.substr(begin + 1, end - begin - 1));
        begin = end;
    }
    return at;
}

} // namespace

std::vector<SchemaError> SchemaWalk::errors(const Value &schema, const Value &instance)
{
    Found found;
    if (!schema.isMap())
        return found;
    if (m_depth >= deepest) {
        add(found, "$ref"_L1, u"the schema nests deeper than %1 levels"_s.arg(deepest));
        return found;
    }
    ++m_depth;
    if (const Value *reference = schema.find("$ref"); reference && reference->isText()) {
        const Value *target = resolved(m_root, reference->text());
        if (target)
            found = errors(*target, instance);
        else
            add(found, "$ref"_L1, u"Unresolvable JSON pointer: %1"_s.arg(repr(*reference)));
        --m_depth;
        return found;
    }
    for (const ValueMap::Entry &entry : schema.entries()) {
        const std::string_view keyword = entry.key.isText() ? entry.key.text() : std::string_view();
        const Value &argument = entry.value;
        if (checkPlainKeyword(keyword, argument, schema, instance, found))
            continue;
        if (keyword == "properties")
            checkProperties(*this, argument, instance, found);
        else if (keyword == "patternProperties")
            checkPatternProperties(*this, argument, instance, found);
        else if (keyword == "additionalProperties")
            checkAdditionalProperties(*this, argument, schema, instance, found);
        else if (keyword == "items")
            checkItems(*this, argument, instance, found);
        else if (keyword == "additionalItems")
            checkAdditionalItems(*this, argument, schema, instance, found);
        else if (keyword == "dependencies")
            checkDependencies(*this, argument, instance, found);
        else if (keyword == "anyOf")
            checkAny(*this, "anyOf"_L1, argument, instance, found);
        else if (keyword == "oneOf")
            checkAny(*this, "oneOf"_L1, argument, instance, found);
        else if (keyword == "allOf") {
            for (const Value &branch : argument.itemsOrNone()) {
                const Found inner = errors(branch, instance);
                found.insert(found.end(), inner.begin(), inner.end());
            }
        } else if (keyword == "not" && isValid(argument, instance)) {
            add(found, "not"_L1,
                u"%1 should not be valid under %2"_s.arg(repr(instance), repr(argument)));
        }
    }
    const Value &type = schema["type"];
    for (SchemaError &error : found) {
        if (error.path.empty() && type.isText())
            error.matchesType = hasSchemaType(instance, type.text());
    }
    --m_depth;
    return found;
}

void SchemaWalk::descend(const Value &schema, const Value &instance, const Value &step,
                         std::vector<SchemaError> &found)
{
    for (SchemaError &error : errors(schema, instance)) {
        error.path.insert(error.path.begin(), step);
        found.push_back(std::move(error));
    }
}

} // namespace stormglass
