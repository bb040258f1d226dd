#include "tests/conformance/corpus_kinds.h"

#include "engine/packs/content_files.h"
#include "engine/packs/metadata_models.h"
#include "engine/packs/pack_config.h"
#include "engine/secrets/datastore_cipher.h"
#include "tests/conformance/recorded_datastore.h"
#include "tests/conformance/recorded_part.h"
#include "tests/support/tagged_value.h"

namespace stormglass {

namespace {

using namespace Qt::StringLiterals;

// The list of a case as RecordedDatastore takes it: by scope and name, secret ones encrypted.
Value datastoreOf(const Value &kv)
{
    static const Value key = *DatastoreCipher::newKeyFile();
    static const DatastoreCipher cipher = *DatastoreCipher::fromKeyFile(key);
    Value scopes = Value::map({{"system", Value::map()}, {"user", Value::map()}});
    for (const Value &item : kv.itemsOrNone()) {
        const std::string scope(item["scope"].text());
        const std::string name = scope == "user"
            ? std::string(item["user"].text()) + ':' + std::string(item["name"].text())
            : std::string(item["name"].text());
        const std::string value = item["secret"].toBoolOr(false)
            ? *cipher.encrypt(item["value"].text())
            : std::string(item["value"].text());
        Value stored = scopes[scope];
        stored.set(name, value);
        scopes.set(scope, stored);
    }
    return Value::map({{"kv", scopes}, {"crypto_key", key}});
}

Result<Value> checkedSchema(const Value &schema)
{
    SG_TRY(checkedMetadata(MetadataKind::ConfigSchema, Value::map({{"attributes", schema}})));
    return Value();
}

Result<Value> resolved(const Value &recorded, const Value &schema, const Value &values)
{
    // Without a user there is nobody whose configuration it would be.
    if (recorded["user"] == Value(""))
        return Value::map();
    const RecordedDatastore keys(datastoreOf(recorded["kv"]));
    return resolvedConfig(u"p1"_s, schema, values, {&keys, std::string(recorded["user"].text())});
}

} // namespace

CaseVerdict replayPackConfig(const Value &recorded)
{
    const Value &expect = recorded["expect"];
    const Value schema = untagged(recorded["schema"]);
    const Value values = untagged(recorded["values"]);
    const Value nothing = Value::map({{"valid", true}, {"nothing", Value()}});
    std::vector<std::function<CaseVerdict()>> parts;
    if (expect.find("schema") && !schema.isNull())
        parts.push_back([&] {
            const Value &part = expect["schema"];
            return judgedPart(part["valid"] == Value(true) ? nothing : part, {"valid", "nothing"},
                              checkedSchema(schema));
        });
    if (expect.find("values"))
        parts.push_back([&] {
            return judgedPart(expect["values"], {"valid", "cleaned"},
                              checkedConfig(u"p1"_s, schema, values, u"<configs>/p1.yaml"_s));
        });
    if (expect.find("resolved"))
        parts.push_back([&] {
            return judgedPart(expect["resolved"], {"ok", "config"},
                              resolved(recorded, schema, values));
        });
    return firstFailure(parts);
}

} // namespace stormglass
