#include "engine/packs/metadata_models.h"

#include "engine/base/yaml.h"
#include "engine/packs/metadata_file.h"
#include "engine/schema/meta_schema.h"
#include "engine/schema/schema.h"

#include <array>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::string_view packText = R"(
type: object
additionalProperties: true
properties:
  id: {type: string, default: null}
  name: {type: string, required: true}
  ref: {type: string, default: null, pattern: '^[a-z0-9_]+$'}
  uid: {type: string}
  description: {type: string, required: true}
  keywords: {type: array, items: {type: string}, default: []}
  version:
    type: string
    required: true
    pattern: '^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[\da-z\-]+(?:\.[\da-z\-]+)*)?(?:\+[\da-z\-]+(?:\.[\da-z\-]+)*)?$'
  stackstorm_version:
    type: string
    pattern: '^((>?>|>=|=|<=|<?<)\s*[0-9]+\.[0-9]+\.[0-9]+?(\s*,)?\s*)+$'
  python_versions:
    {type: array, items: {type: string, enum: ['2', '3']}, minItems: 1, maxItems: 2, uniqueItems: true}
  author: {type: string, required: true}
  email: {type: string}
  contributors: {type: array, items: {type: string, maxLength: 100}}
  files: {type: array, items: {type: string}, default: []}
  dependencies: {type: array, items: {type: string}, default: []}
  system: {type: object, default: {}}
  path: {type: string}
)";

constexpr std::string_view actionText = R"(
type: object
additionalProperties: false
properties:
  id: {type: string}
  ref: {type: string}
  uid: {type: string}
  name: {type: string, required: true}
  description: {type: string}
  enabled: {type: boolean, default: true}
  runner_type: {type: string, required: true}
  entry_point: {type: string, default: ''}
  pack: {type: string, default: default}
  parameters: {type: object, patternProperties: {'^\w+$': parameter}, additionalProperties: false, default: {}}
  output_schema: output
  tags: {type: array, items: {type: object}}
  notify:
    type: object
    additionalProperties: false
    properties: {on-complete: notification, on-failure: notification, on-success: notification}
  metadata_file: {type: string, default: ''}
)";

constexpr std::string_view notificationText = R"(
type: object
additionalProperties: false
properties: {message: {type: string}, data: {type: object}, routes: {type: array}, channels: {type: array}}
)";

constexpr std::string_view runnerText = R"(
type: object
additionalProperties: false
properties:
  id: {type: string, default: null}
  uid: {type: string}
  name: {type: string, required: true}
  description: {type: string}
  enabled: {type: boolean, default: true}
  runner_package: {type: string}
  runner_module: {type: string, required: true}
  query_module: {type: string}
  runner_parameters: {type: object, patternProperties: {'^\w+$': parameter}, additionalProperties: false}
  output_key: {type: string}
  output_schema: output
)";

constexpr std::string_view triggerTypeText = R"(
type: object
additionalProperties: false
properties:
  id: {type: string, default: null}
  ref: {type: string}
  uid: {type: string}
  name: {type: string, required: true}
  pack: {type: string}
  description: {type: string}
  payload_schema: {type: object, default: {}}
  parameters_schema: {type: object, default: {}}
  tags: {type: array, items: {type: object}}
  metadata_file: {type: string, default: ''}
)";

constexpr std::string_view sensorText = R"(
type: object
additionalProperties: false
properties:
  id: {type: string, default: null}
  ref: {type: string}
  uid: {type: string}
  class_name: {type: string, required: true}
  pack: {type: string}
  description: {type: string}
  artifact_uri: {type: string}
  entry_point: {type: string}
  enabled: {type: boolean, default: true}
  trigger_types: {type: array, items: trigger_type, default: []}
  poll_interval: {type: number}
  metadata_file: {type: string, default: ''}
)";

constexpr std::string_view ruleText = R"(
type: object
additionalProperties: false
properties:
  id: {type: string, default: null}
  ref: {type: string}
  uid: {type: string}
  name: {type: string, required: true}
  pack: {type: string, default: default}
  description: {type: string}
  type:
    type: object
    additionalProperties: false
    properties: {ref: {type: string, required: true}, parameters: {type: object}}
  trigger:
    type: object
    required: true
    additionalProperties: true
    properties:
      type: {type: string, required: true}
      description: {type: string}
      parameters: {type: object, default: {}}
      ref: {type: string, required: false}
  criteria: {type: object, default: {}}
  action:
    type: object
    required: true
    additionalProperties: false
    properties: {ref: {type: string, required: true}, description: {type: string}, parameters: {type: object}}
  enabled: {type: boolean, default: false}
  state: {type: string, enum: [disabled, observe, enabled, null]}
  context: {type: object}
  tags: {type: array, items: {type: object}}
  metadata_file: {type: string, default: ''}
)";

constexpr std::string_view aliasText = R"(
type: object
additionalProperties: false
properties:
  id: {type: string}
  ref: {type: string}
  uid: {type: string}
  name: {type: string, required: true}
  pack: {type: string, required: true}
  description: {type: string, default: null}
  enabled: {type: boolean, default: true}
  action_ref: {type: string, required: true}
  formats:
    type: array
    items:
      anyOf:
      - {type: string}
      - type: object
        properties: {display: {type: string}, representation: {type: array, items: {type: string}}}
  ack:
    type: object
    properties:
      {enabled: {type: boolean}, format: {type: string}, extra: {type: object}, append_url: {type: boolean}}
  result:
    type: object
    properties: {enabled: {type: boolean}, format: {type: string}, extra: {type: object}}
  extra: {type: object}
  immutable_parameters: {type: object}
  metadata_file: {type: string, default: ''}
)";

constexpr std::string_view policyText = R"(
type: object
additionalProperties: false
properties:
  id: {type: string, default: null}
  uid: {type: string}
  name: {type: string, required: true}
  pack: {type: string}
  ref: {type: string}
  description: {type: string}
  enabled: {type: boolean, default: true}
  resource_ref: {type: string, required: true}
  policy_type: {type: string, required: true}
  parameters:
    type: object
    patternProperties:
      '^\w+$':
        anyOf: [{type: array}, {type: boolean}, {type: integer}, {type: number}, {type: object}, {type: string}]
    additionalProperties: false
  metadata_file: {type: string, default: ''}
)";

constexpr std::string_view configSchemaText = R"(
type: object
additionalProperties: false
properties:
  id: {type: string}
  pack: {type: string}
  attributes: {type: object, patternProperties: {'^\w+$': parameter}, additionalProperties: false, default: {}}
)";

Value parsed(std::string_view yaml)
{
    Result<Value> value = readYaml(yaml);
    SG_ASSERT(value);
    return std::move(*value);
}

// Where a model says `parameter`, `output`, … in the place of a schema, that schema stands.
Value withNamedSchemas(const Value &model, const Value &named)
{
    if (model.isText() && named.find(model.text()))
        return named[model.text()];
    if (!model.isMap())
        return model;
    Value result = Value::map();
    for (const ValueMap::Entry &entry : model.entries()) {
        const bool isSchema = entry.key != Value("type") && entry.key != Value("default");
        result.set(entry.key, isSchema ? withNamedSchemas(entry.value, named) : entry.value);
    }
    return result;
}

Value model(std::string_view yaml)
{
    static const Value named = Value::map({{"parameter", parameterMetaSchema()},
                                           {"output", outputMetaSchema()},
                                           {"notification", parsed(notificationText)},
                                           {"trigger_type", parsed(triggerTypeText)}});
    Value prepared = withNullAllowed(withNamedSchemas(parsed(yaml), named));
    prepared.set("definitions", metaSchemaDefinitions());
    return prepared;
}

const Value &modelOf(MetadataKind kind)
{
    static const std::array models{
        model(packText),   model(actionText),      model(runnerText),
        model(sensorText), model(triggerTypeText), model(ruleText),
        model(aliasText),  model(policyText),      model(configSchemaText)};
    return models[static_cast<std::size_t>(kind)];
}

QString withHint(const QString &message, const Value &content, const Value &model)
{
    for (const ValueMap::Entry &entry : content.entriesOrNone()) {
        if (model["properties"].entriesOrNone().find(entry.key))
            continue;
        QStringList known;
        for (const ValueMap::Entry &property : model["properties"].entriesOrNone())
            known << property.key.toQString();
        const QString near = nearestName(entry.key.toQStringOr({}), known);
        return near.isEmpty() ? message : message + u". Did you mean \"%1\"?"_s.arg(near);
    }
    return message;
}

} // namespace

Result<Value> checkedMetadata(MetadataKind kind, const Value &content)
{
    const Value &model = modelOf(kind);
    Result<Value> cleaned = validate(model, content, {.useDefaults = true, .allowNull = false});
    if (cleaned)
        return cleaned;
    Error error = std::move(cleaned).error();
    if (error.place.isEmpty() && error.message.startsWith(u"Additional properties"))
        error.message = withHint(error.message, content, model);
    return failure(std::move(error));
}

} // namespace stormglass
