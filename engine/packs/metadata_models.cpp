#include "engine/packs/metadata_models.h"

#include "engine/base/yaml.h"
#include "engine/packs/metadata_file.h"
#include "engine/schema/meta_schema.h"
#include "engine/schema/schema.h"

#include <vector>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// The members of each kind, with what they may be: a word of the second table, or a schema.
constexpr std::string_view membersText = R"(
pack:
  id: text or null
  name: needed text
  ref: {type: string, default: null, pattern: '^[a-z0-9_]+$'}
  uid: text
  description: needed text
  keywords: texts
  version:
    type: string
    required: true
    pattern: '^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[\da-z\-]+(?:\.[\da-z\-]+)*)?(?:\+[\da-z\-]+(?:\.[\da-z\-]+)*)?$'
  stackstorm_version:
    type: string
    pattern: '^((>?>|>=|=|<=|<?<)\s*[0-9]+\.[0-9]+\.[0-9]+?(\s*,)?\s*)+$'
  python_versions:
    {type: array, items: {type: string, enum: ['2', '3']}, minItems: 1, maxItems: 2, uniqueItems: true}
  author: needed text
  email: text
  contributors: {type: array, items: {type: string, maxLength: 100}}
  files: texts
  dependencies: texts
  system: an object or none
  path: text
action:
  id: text
  ref: text
  uid: text
  name: needed text
  description: text
  enabled: on unless said
  runner_type: needed text
  entry_point: text or empty
  pack: default pack
  parameters: {type: object, patternProperties: {'^\w+$': parameter}, additionalProperties: false, default: {}}
  output_schema: output
  tags: tags
  notify:
    type: object
    additionalProperties: false
    properties: {on-complete: notification, on-failure: notification, on-success: notification}
  metadata_file: text or empty
runner:
  id: text or null
  uid: text
  name: needed text
  description: text
  enabled: on unless said
  runner_package: text
  runner_module: needed text
  query_module: text
  runner_parameters: {type: object, patternProperties: {'^\w+$': parameter}, additionalProperties: false}
  output_key: text
  output_schema: output
sensor:
  id: text or null
  ref: text
  uid: text
  class_name: needed text
  pack: text
  description: text
  artifact_uri: text
  entry_point: text
  enabled: on unless said
  trigger_types: {type: array, items: trigger type, default: []}
  poll_interval: {type: number}
  metadata_file: text or empty
trigger type:
  id: text or null
  ref: text
  uid: text
  name: needed text
  pack: text
  description: text
  payload_schema: an object or none
  parameters_schema: an object or none
  tags: tags
  metadata_file: text or empty
rule:
  id: text or null
  ref: text
  uid: text
  name: needed text
  pack: default pack
  description: text
  type:
    type: object
    additionalProperties: false
    properties: {ref: needed text, parameters: an object}
  trigger:
    type: object
    required: true
    additionalProperties: true
    properties:
      type: needed text
      description: text
      parameters: an object or none
      ref: {type: string, required: false}
  criteria: an object or none
  action:
    type: object
    required: true
    additionalProperties: false
    properties: {ref: needed text, description: text, parameters: an object}
  enabled: {type: boolean, default: false}
  state: {type: string, enum: [disabled, observe, enabled, null]}
  context: an object
  tags: tags
  metadata_file: text or empty
alias:
  id: text
  ref: text
  uid: text
  name: needed text
  pack: needed text
  description: text or null
  enabled: on unless said
  action_ref: needed text
  formats:
    type: array
    items:
      anyOf:
      - {type: string}
      - type: object
        properties: {display: {type: string}, representation: {type: array, items: {type: string}}}
  ack:
    type: object
    properties: {enabled: flag, format: text, extra: an object, append_url: flag}
  result:
    type: object
    properties: {enabled: flag, format: text, extra: an object}
  extra: an object
  immutable_parameters: an object
  metadata_file: text or empty
policy:
  id: text or null
  uid: text
  name: needed text
  pack: text
  ref: text
  description: text
  enabled: on unless said
  resource_ref: needed text
  policy_type: needed text
  parameters:
    type: object
    patternProperties:
      '^\w+$':
        anyOf: [{type: array}, {type: boolean}, {type: integer}, {type: number}, {type: object}, {type: string}]
    additionalProperties: false
  metadata_file: text or empty
config schema:
  id: text
  pack: text
  attributes: {type: object, patternProperties: {'^\w+$': parameter}, additionalProperties: false, default: {}}
)";

constexpr std::string_view wordsText = R"(
text: {type: string}
text or null: {type: string, default: null}
text or empty: {type: string, default: ''}
default pack: {type: string, default: default}
needed text: {type: string, required: true}
texts: {type: array, items: {type: string}, default: []}
flag: {type: boolean}
on unless said: {type: boolean, default: true}
an object: {type: object}
an object or none: {type: object, default: {}}
tags: {type: array, items: {type: object}}
notification:
  type: object
  additionalProperties: false
  properties: {message: {type: string}, data: {type: object}, routes: {type: array}, channels: {type: array}}
)";

Value parsed(std::string_view yaml)
{
    Result<Value> value = readYaml(yaml);
    SG_ASSERT(value);
    return std::move(*value);
}

// Where a word stands in the place of a schema, its schema does. None is a name that schemas give
// to kinds.
Value withWords(const Value &model, const Value &words)
{
    if (model.isText() && words.find(model.text()))
        return words[model.text()];
    if (!model.isMap())
        return model;
    Value result = Value::map();
    for (const ValueMap::Entry &entry : model.entries())
        result.set(entry.key, withWords(entry.value, words));
    return result;
}

// Packs alone may have members that nobody knows.
Value objectOf(const Value &members, const Value &words, Additional additional)
{
    return Value::map({{"type", "object"},
                       {"additionalProperties", additional == Additional::Allowed},
                       {"properties", withWords(members, words)}});
}

std::vector<Value> allModels()
{
    const Value members = parsed(membersText);
    Value words = parsed(wordsText);
    words.set("parameter", parameterMetaSchema());
    words.set("output", outputMetaSchema());
    words.set("trigger type", objectOf(members["trigger type"], words, Additional::Refused));
    std::vector<Value> models;
    // In the order of MetadataKind.
    for (const char *kind : {"pack", "action", "runner", "sensor", "trigger type", "rule", "alias",
                             "policy", "config schema"}) {
        const bool isPack = kind == std::string_view("pack");
        Value model = withNullAllowed(
            objectOf(members[kind], words, isPack ? Additional::Allowed : Additional::Refused));
        model.set("definitions", metaSchemaDefinitions());
        models.push_back(std::move(model));
    }
    return models;
}

const Value &modelOf(MetadataKind kind)
{
    static const std::vector<Value> models = allModels();
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
