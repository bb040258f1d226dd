#include "engine/packs/content_files.h"

#include "engine/packs/metadata_models.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Value mapOrEmpty(const Value &value)
{
    return value.isMap() ? value : Value::map();
}

} // namespace

Result<ActionAlias> aliasFromFile(const MetadataFile &file)
{
    SG_LET(const Value content, checkedMetadata(MetadataKind::Alias, file.content));
    if (!file.content.find("formats"))
        return failure(Error{ErrorCode::Invalid, u"'formats' is a required property"_s,
                             u"ValidationError"_s, u"formats"_s});
    ActionAlias alias;
    alias.ref = {content["pack"].toQString(), content["name"].toQString()};
    SG_TRY(expectName(alias.ref.pack, alias.ref.name));
    alias.description = content["description"].toQStringOr({});
    alias.enabled = content["enabled"].toBoolOr(true);
    alias.action = Ref::fromText(content["action_ref"].toQString());
    alias.formats = content["formats"].isList() ? content["formats"] : Value::list();
    alias.ack = mapOrEmpty(content["ack"]);
    alias.result = mapOrEmpty(content["result"]);
    alias.extra = mapOrEmpty(content["extra"]);
    alias.immutableParameters = mapOrEmpty(content["immutable_parameters"]);
    alias.metadataFile = file.path;
    return alias;
}

} // namespace stormglass
