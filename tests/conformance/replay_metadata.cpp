#include "tests/conformance/corpus_kinds.h"

#include "engine/base/yaml.h"
#include "engine/packs/content_files.h"
#include "engine/packs/metadata_models.h"
#include "tests/conformance/recorded_catalogue.h"
#include "tests/conformance/recorded_part.h"

#include <algorithm>

namespace stormglass {

namespace {

using namespace Qt::StringLiterals;

constexpr const char *packName = "p1";

struct KindOfFile
{
    const char *name;
    MetadataKind kind;
    const char *folder;
};

constexpr KindOfFile kinds[] = {
    {"pack", MetadataKind::Pack, ""},
    {"action", MetadataKind::Action, "actions/"},
    {"rule", MetadataKind::Rule, "rules/"},
    {"sensor", MetadataKind::Sensor, "sensors/"},
    {"alias", MetadataKind::Alias, "aliases/"},
    {"trigger", MetadataKind::TriggerType, "triggers/"},
    {"policy", MetadataKind::Policy, "policies/"},
    {"runner", MetadataKind::Runner, ""},
};

const KindOfFile &kindOf(const Value &recorded)
{
    const auto found = std::ranges::find_if(
        kinds, [&](const KindOfFile &each) { return recorded["kind"] == Value(each.name); });
    SG_ASSERT(found != std::end(kinds));
    return *found;
}

Value without(const Value &document, std::initializer_list<std::string_view> names)
{
    Value rest = Value::map();
    for (const ValueMap::Entry &entry : document.entriesOrNone()) {
        if (std::ranges::find(names, entry.key.text()) == names.end())
            rest.set(entry.key, entry.value);
    }
    return rest;
}

// An absent text and an empty one are the same to us.
Value withoutEmpty(const Value &document, std::initializer_list<std::string_view> names)
{
    Value rest = document;
    for (const std::string_view name : names) {
        if (rest[name] == Value(""))
            rest = without(rest, {name});
    }
    return rest;
}

// What the reference reads a file as, before any check of its own.
Result<Value> contentOf(const Value &recorded, MetadataKind kind)
{
    const std::string_view text = recorded["yaml"].text();
    if (kind == MetadataKind::Pack || kind == MetadataKind::Runner) {
        SG_LET(const Value content, readYaml(text));
        return content;
    }
    // A pack of its own in the file is refused only where it is registered.
    Result<MetadataFile> file = metadataFileFrom(text, {}, QLatin1String(packName));
    if (!file && file.error().place == u"pack")
        return readYaml(text);
    return file ? Result<Value>(file->content) : Result<Value>(failure(file.error()));
}

Result<Value> heldAgainstModel(const Value &recorded, const KindOfFile &kind)
{
    SG_LET(Value content, contentOf(recorded, kind.kind));
    // The reference's model makes them up before it looks.
    if (kind.kind == MetadataKind::Runner && content.isMap() && !content.find("runner_parameters"))
        content.set("runner_parameters", Value::map());
    Result<Value> cleaned = kind.kind == MetadataKind::Pack ? checkedPackMetadata(content)
        : kind.kind == MetadataKind::Policy                 ? checkedPolicyMetadata(content)
                                                            : checkedMetadata(kind.kind, content);
    if (!cleaned)
        return cleaned;
    // The model of packs keeps what was written.
    Value document = *cleaned;
    if (kind.kind == MetadataKind::Pack) {
        document = content;
        document.set("version", (*cleaned)["version"]);
    }
    return without(document, {"id", "uid", "state"});
}

Result<Value> registered(const Value &recorded, const KindOfFile &kind)
{
    const std::string_view text = recorded["yaml"].text();
    if (kind.kind == MetadataKind::Runner) {
        SG_LET(const Value content, readYaml(text));
        return RecordedCatalogue::runner(content);
    }
    if (kind.kind == MetadataKind::Pack) {
        SG_LET(Value content, readYaml(text));
        return RecordedCatalogue::pack({u"pack.yaml"_s, std::move(content), {}});
    }
    const QString path = QLatin1String(kind.folder) + u"f.yaml"_s;
    Result<MetadataFile> file = metadataFileFrom(text, path, QLatin1String(packName));
    Result<Value> document = file ? RecordedCatalogue::registered(kind.kind, *file)
                                  : Result<Value>(failure(file.error()));
    // The registration of rules tells every refusal under one name.
    if (!document && kind.kind == MetadataKind::Rule) {
        Error error = document.error();
        error.kind = u"ValueError"_s;
        return failure(std::move(error));
    }
    return document;
}

CaseVerdict judgedRegistration(const Value &recorded, const KindOfFile &kind)
{
    Value expect = recorded["expect"]["registered"];
    const Result<Value> got = registered(recorded, kind);
    // Where the reference's store refuses a sensor, it says so in its log alone.
    if (expect["model"].find("stored"))
        return {!got, "nothing is stored", got ? "something is" : ""};
    expect.set("model", withoutEmpty(expect["model"], {"description"}));
    return judgedPart(
        expect, {"ok", "model"},
        got ? Result<Value>(withoutEmpty(without(*got, {"id", "uid", "state", "class_name"}),
                                         {"description", "email"}))
            : got);
}

} // namespace

CaseVerdict replayMetadata(const Value &recorded)
{
    const KindOfFile &kind = kindOf(recorded);
    const Value &expect = recorded["expect"];
    if (expect.find("load")) {
        const Result<Value> content = readYaml(recorded["yaml"].text());
        return {!content, "an error of YAML", content ? "a document" : ""};
    }
    return firstFailure(
        {[&] {
             return judgedPart(expect["api"], {"valid", "model"}, heldAgainstModel(recorded, kind));
         },
         [&] { return judgedRegistration(recorded, kind); }});
}

} // namespace stormglass
