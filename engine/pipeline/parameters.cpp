#include "engine/pipeline/parameters.h"

#include "engine/base/python_text.h"
#include "engine/schema/schema.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// `Override of immutable parameter(s) ['a', 'b'] is unsupported.`
Result<> refuseImmutable(const CatalogueEntry &entry, const Value &given)
{
    ValueList overridden;
    for (const ValueMap::Entry &each : given.entriesOrNone()) {
        const Value *schema = entry.parameters.entriesOrNone().find(each.key);
        if (schema && (*schema)["immutable"].toBoolOr(false))
            overridden.push_back(each.key);
    }
    if (overridden.empty())
        return {};
    return failure(Error{ErrorCode::Invalid,
                         u"Override of immutable parameter(s) %1 is unsupported."_s.arg(
                             QString::fromStdString(pythonRepr(Value(overridden)))),
                         u"ValueError"_s});
}

} // namespace

Parameters::Parameters(const Resolver *resolver, QString systemUser, FindConfig config)
    : m_resolver(resolver)
    , m_systemUser(std::move(systemUser))
    , m_config(std::move(config))
{
}

Result<Value> Parameters::live(const CatalogueEntry &entry, const Value &given,
                               const Value &context, const Value &additional) const
{
    ParameterContext names = contextFor(entry, context);
    names.additional = additional;
    return renderLiveParameters({entry.action.parameters, entry.runner.parameters}, given, names);
}

Result<Value> Parameters::requested(const CatalogueEntry &entry, const Value &given,
                                    const Value &context, const Value &additional) const
{
    SG_LET(Value parameters, live(entry, given, context, additional));
    SG_TRY(validate(entry.schema, parameters, {.allowNull = false}));
    SG_TRY(refuseImmutable(entry, given));
    return parameters;
}

Result<FinalParameters> Parameters::final(const CatalogueEntry &entry, const Value &live,
                                          const Value &context) const
{
    return renderFinalParameters({entry.action.parameters, entry.runner.parameters}, live,
                                 contextFor(entry, context));
}

Result<Value> Parameters::configOf(const QString &pack, const QString &user) const
{
    return m_config ? m_config(pack, user) : Result<Value>(Value::map());
}

ParameterContext Parameters::contextFor(const CatalogueEntry &entry, const Value &context) const
{
    ParameterContext names;
    names.actionContext = context;
    // A configuration that cannot be read is an empty one here (execution.md 4.4).
    names.config = configOf(entry.action.ref.pack, context["user"].toQStringOr(m_systemUser))
                       .value_or(Value::map());
    names.resolver = m_resolver;
    names.systemUser = m_systemUser.toStdString();
    return names;
}

} // namespace stormglass
