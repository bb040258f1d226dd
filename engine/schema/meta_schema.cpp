#include "engine/schema/meta_schema.h"

#include "engine/base/assert.h"
#include "engine/base/yaml.h"

namespace stormglass {

namespace {

constexpr std::string_view definitionsText = R"(
count: {type: integer, minimum: 0}
countFromZero: {allOf: [{$ref: '#/definitions/count'}, {default: 0}]}
typeName: {enum: [array, boolean, integer, 'null', number, object, string]}
schemas: {type: array, minItems: 1, items: {$ref: '#/definitions/schema'}}
names: {type: array, minItems: 1, uniqueItems: true, items: {type: string}}
)";

// Every keyword but `type` and `format`, which depend on where a schema stands.
constexpr std::string_view keywordsText = R"(
id: {type: string}
$schema: {type: string}
title: {type: string}
description: {type: string}
default: {}
multipleOf: {type: number, minimum: 0, exclusiveMinimum: true}
maximum: {type: number}
exclusiveMaximum: {type: boolean, default: false}
minimum: {type: number}
exclusiveMinimum: {type: boolean, default: false}
maxLength: {$ref: '#/definitions/count'}
minLength: {$ref: '#/definitions/countFromZero'}
pattern: {type: string}
additionalItems: {anyOf: [{type: boolean}, {$ref: '#/definitions/schema'}], default: {}}
items: {anyOf: [{$ref: '#/definitions/schema'}, {$ref: '#/definitions/schemas'}], default: {}}
maxItems: {$ref: '#/definitions/count'}
minItems: {$ref: '#/definitions/countFromZero'}
uniqueItems: {type: boolean, default: false}
maxProperties: {$ref: '#/definitions/count'}
minProperties: {$ref: '#/definitions/countFromZero'}
required: {type: boolean, default: false}
secret: {type: boolean, default: false}
additionalProperties: {anyOf: [{type: boolean}, {$ref: '#/definitions/schema'}], default: {}}
definitions: {type: object, additionalProperties: {$ref: '#/definitions/schema'}, default: {}}
properties: {type: object, additionalProperties: {$ref: '#/definitions/schema'}, default: {}}
patternProperties: {type: object, additionalProperties: {$ref: '#/definitions/schema'}, default: {}}
dependencies:
  type: object
  additionalProperties: {anyOf: [{$ref: '#/definitions/schema'}, {$ref: '#/definitions/names'}]}
enum: {type: array, minItems: 1, uniqueItems: true}
position: {type: number, minimum: 0}
immutable: {type: boolean, default: false}
allOf: {$ref: '#/definitions/schemas'}
anyOf: {$ref: '#/definitions/schemas'}
oneOf: {$ref: '#/definitions/schemas'}
not: {$ref: '#/definitions/schema'}
)";

Value parsed(std::string_view yaml)
{
    Result<Value> value = readYaml(yaml);
    SG_ASSERT(value);
    return std::move(*value);
}

Value typeName()
{
    return Value::map({{"$ref", "#/definitions/typeName"}});
}

Value oneType()
{
    return Value::map({{"anyOf", Value::list({typeName()})}});
}

Value oneOrMoreTypes()
{
    return Value::map({{"anyOf",
                        Value::list({typeName(),
                                     Value::map({{"type", "array"},
                                                 {"minItems", 1},
                                                 {"uniqueItems", true},
                                                 {"items", typeName()}})})}});
}

Value schemaOfSchema(Value keywords)
{
    return Value::map({{"type", "object"},
                       {"properties", std::move(keywords)},
                       {"dependencies",
                        Value::map({{"exclusiveMaximum", Value::list({"maximum"})},
                                    {"exclusiveMinimum", Value::list({"minimum"})}})},
                       {"additionalProperties", false}});
}

Value nestedMetaSchema()
{
    Value keywords = parsed(keywordsText);
    keywords.set("type", oneOrMoreTypes());
    keywords.set("format", Value::map({{"type", "string"}}));
    // StackStorm 3.10 refuses references, former versions did not; some dozen packs have them.
    keywords.set("$ref", Value::map({{"type", "string"}}));
    return schemaOfSchema(std::move(keywords));
}

Value singleTypeMetaSchema()
{
    Value keywords = parsed(keywordsText);
    keywords.set("type", oneType());
    return schemaOfSchema(std::move(keywords));
}

// Where there is none an empty one is taken.
Value tolerant(Value schema)
{
    schema.set("additionalProperties", true);
    schema.set("default", Value::map());
    return schema;
}

Value definitions()
{
    Value all = parsed(definitionsText);
    all.set("schema", nestedMetaSchema());
    return all;
}

} // namespace

const Value &parameterMetaSchema()
{
    static const Value schema = singleTypeMetaSchema();
    return schema;
}

const Value &outputMetaSchema()
{
    static const Value schema = tolerant(singleTypeMetaSchema());
    return schema;
}

const Value &metaSchemaDefinitions()
{
    static const Value all = definitions();
    return all;
}

} // namespace stormglass
