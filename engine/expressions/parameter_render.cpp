#include "engine/expressions/parameter_render.h"

#include "engine/expressions/parameter_cast.h"
#include "engine/expressions/parameter_graph.h"
#include "engine/expressions/template_render.h"

namespace stormglass {

namespace {

// Where both declare a name, the runner's schema says its type.
const Value &schemaOf(const ParameterSchemas &schemas, std::string_view name)
{
    const Value *const runner = schemas.runner.find(name);
    return runner ? *runner : schemas.action[name];
}

// The reference's words for it do not say which parameter it is about.
Result<Value> castNamed(std::string_view name, const Value &value, const Value &schema)
{
    Result<Value> result = castBySchema(value, schema);
    if (result)
        return result;
    Error error = result.error();
    if (schema["secret"].toBoolOr(false) || value.isSecret())
        error.message = QStringLiteral("its value is secret and not shown");
    error.message
        = QStringLiteral("Failed to cast the value of parameter \"%1\" to type \"%2\": %3")
              .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())),
                   schema["type"].toQStringOr({}), error.message);
    return failure(error);
}

// Parameters not given whose default is a template text: they count as given from here on.
Result<> addTemplatedDefaults(const Value &schemas, const Value &given, const ValueMap &rendered,
                              ValueMap &live)
{
    for (const ValueMap::Entry &entry : schemas.entriesOrNone()) {
        const Value &preset = entry.value["default"];
        const std::string_view name = entry.key.text();
        const Value &value = *rendered.find(name);
        const bool isLeftOut = entry.value["immutable"].toBoolOr(false) || !isTemplate(preset)
            || Value::pythonEqual(preset, value) || given.find(name);
        if (isLeftOut)
            continue;
        SG_LET(Value cast, castNamed(name, value, entry.value));
        live.set(entry.key, std::move(cast));
    }
    return {};
}

} // namespace

Result<Value> renderLiveParameters(const ParameterSchemas &schemas, const Value &given,
                                   const ParameterContext &context)
{
    ParameterGraph graph(context);
    for (const ValueMap::Entry &entry : given.entriesOrNone())
        graph.add(std::string(entry.key.text()), entry.value);
    graph.addDefaults(schemas.action);
    graph.addDefaults(schemas.runner);
    SG_LET(const ValueMap rendered, graph.render());
    ValueMap live;
    for (const ValueMap::Entry &entry : given.entriesOrNone()) {
        const std::string_view name = entry.key.text();
        SG_LET(Value cast, castNamed(name, *rendered.find(name), schemaOf(schemas, name)));
        live.set(entry.key, std::move(cast));
    }
    SG_TRY(addTemplatedDefaults(schemas.action, given, rendered, live));
    SG_TRY(addTemplatedDefaults(schemas.runner, given, rendered, live));
    return Value(std::move(live));
}

Result<FinalParameters> renderFinalParameters(const ParameterSchemas &schemas, const Value &given,
                                              const ParameterContext &context)
{
    ParameterGraph graph(context);
    for (const ValueMap::Entry &entry : given.entriesOrNone())
        graph.addValue(std::string(entry.key.text()), entry.value);
    graph.addDefaults(schemas.action);
    graph.addDefaults(schemas.runner);
    SG_LET(const ValueMap rendered, graph.render());
    FinalParameters all;
    for (const ValueMap::Entry &entry : rendered) {
        const std::string_view name = entry.key.text();
        const bool isRunners = schemas.runner.find(name) != nullptr;
        if (!isRunners && !schemas.action.find(name))
            continue;
        SG_LET(Value cast, castNamed(name, entry.value, schemaOf(schemas, name)));
        (isRunners ? all.runner : all.action).set(entry.key, std::move(cast));
    }
    return all;
}

} // namespace stormglass
