#include "engine/pipeline/parameters.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

bool isTemplate(const Value &value)
{
    if (value.isText())
        return value.text().find("{{") != std::string_view::npos || value.text().find("{%") != std::string_view::npos;
    for (const Value &item : value.itemsOrNone()) {
        if (isTemplate(item))
            return true;
    }
    for (const ValueMap::Entry &entry : value.entriesOrNone()) {
        if (isTemplate(entry.value))
            return true;
    }
    return false;
}

Result<Value> rendered(const Value &value, const EvaluationContext &context)
{
    if (!isTemplate(value))
        return value;
    if (value.isText()) {
        SG_LET(const Expression expression, Expression::compile(value.text(), Language::Jinja));
        return expression.evaluate(context);
    }
    if (value.isMap()) {
        Value result = Value::map();
        for (const ValueMap::Entry &entry : value.entries()) {
            SG_LET(const Value inner, rendered(entry.value, context));
            result.set(entry.key, inner);
        }
        return result;
    }
    ValueList items;
    for (const Value &item : value.items()) {
        SG_LET(Value inner, rendered(item, context));
        items.push_back(std::move(inner));
    }
    return Value(std::move(items));
}

} // namespace

Parameters::Parameters(const Clock &clock, const Resolver *resolver, FindConfig config)
    : m_clock(clock)
    , m_resolver(resolver)
    , m_config(std::move(config))
{
}

Result<Value> Parameters::live(const CatalogueEntry &, const Value &given, const Value &context,
                               const Value &additional) const
{
    EvaluationContext names;
    names.clock = &m_clock;
    names.resolver = m_resolver;
    names.variables = additional;
    names.variables.set("action_context", context);
    for (const ValueMap::Entry &entry : given.entriesOrNone())
        names.variables.set(entry.key, entry.value);
    Value result = Value::map();
    for (const ValueMap::Entry &entry : given.entriesOrNone()) {
        auto value = rendered(entry.value, names);
        if (!value)
            return failure(Error{ErrorCode::Invalid,
                                 u"Failed to render parameter \"%1\": %2"_s.arg(entry.key.toQStringOr({}),
                                                                              value.error().message),
                                 u"ParamException"_s});
        result.set(entry.key, *value);
    }
    return result;
}

Result<Parameters::Final> Parameters::final(const CatalogueEntry &entry, const Value &live, const Value &context) const
{
    EvaluationContext names;
    names.clock = &m_clock;
    names.resolver = m_resolver;
    names.variables = live;
    names.variables.set("action_context", context);
    Final result;
    for (const ValueMap::Entry &each : entry.parameters.entriesOrNone()) {
        const Value *given = live.entriesOrNone().find(each.key);
        Value value = given ? *given : each.value["default"];
        if (!given) {
            SG_LET(value, rendered(value, names));
        }
        const bool isRunners = entry.runner.parameters.entriesOrNone().find(each.key);
        (isRunners ? result.runner : result.action).set(each.key, value);
    }
    return result;
}

Result<Value> Parameters::configOf(const QString &pack, const QString &user) const
{
    return m_config ? m_config(pack, user) : Result<Value>(Value::map());
}

} // namespace stormglass
