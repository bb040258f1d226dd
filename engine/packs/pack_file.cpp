#include "engine/base/python_text.h"
#include "engine/model/json_members.h"
#include "engine/packs/content_files.h"
#include "engine/packs/metadata_models.h"
#include "engine/packs/pack_versions.h"
#include "engine/schema/subschema.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QStringList textsOf(const Value &metadata, const char *name)
{
    QStringList texts;
    for (const Value &item : metadata[name].itemsOrNone())
        texts << item.toQStringOr({});
    return texts;
}

// As the reference's store has it: a part before the `@` without spaces, a domain with a dot.
bool isMailAddress(const QString &text)
{
    static const QRegularExpression user(
        u"^(?:[-!#$%&'*+/=?^_`{}|~0-9A-Z]+(?:\\.[-!#$%&'*+/=?^_`{}|~0-9A-Z]+)*|\"[^\"\\r\\n]*\")\\z"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression domain(
        u"^(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\\.)+[A-Z0-9-]{2,63}(?<!-)\\z"_s,
        QRegularExpression::CaseInsensitiveOption);
    const qsizetype at = text.lastIndexOf(u'@');
    const auto isDomain = [](const QString &part) { return domain.match(part).hasMatch(); };
    return at > 0 && user.match(text.left(at)).hasMatch()
        && (isDomain(text.mid(at + 1))
            || isDomain(QString::fromLatin1(QUrl::toAce(text.mid(at + 1)))));
}

// Numbers that YAML made of versions without quotes.
Value withVersionAsText(Value metadata)
{
    const Value version = metadata["version"];
    if (!isFalsy(version))
        metadata.set("version", Value(pythonStr(version)));
    return metadata;
}

Error inWords(Error error, const Value &metadata)
{
    if (error.place == u"version" && error.message.contains(u"does not match"))
        error.message
            = u"Pack version \"%1\" doesn't follow a valid semver format. Valid versions and formats include: 0.1.0, 0.2.1, 1.1.0, etc."_s
                  .arg(metadata["version"].toQStringOr({}));
    if (error.place == u"ref" && error.message.contains(u"does not match"))
        error.message
            = u"Pack ref / name can only contain valid word characters (a-z, 0-9 and _), dashes are not allowed."_s;
    return error;
}

} // namespace

Result<Value> checkedPackMetadata(const Value &content)
{
    const Value metadata = withVersionAsText(content);
    Result<Value> cleaned = checkedMetadata(MetadataKind::Pack, metadata);
    if (!cleaned)
        return failure(inWords(std::move(cleaned).error(), metadata));
    return cleaned;
}

Result<Pack> packFromFile(const MetadataFile &file, const QString &directory)
{
    Value content = file.content;
    content.set("files", Value::list());
    content.set("path", "");
    SG_LET(const QString ref, packRefOf(content, directory));
    if (isFalsy(content["ref"]))
        content.set("ref", ref);
    SG_LET(const Value metadata, checkedPackMetadata(content));
    Pack pack;
    pack.ref = ref;
    pack.name = metadata["name"].toQString();
    pack.description = metadata["description"].toQString();
    pack.version = metadata["version"].toQString();
    pack.author = metadata["author"].toQString();
    // StackStorm trips over a missing one; there is no harm in it (content.md 15, 1).
    pack.email = metadata["email"].toQStringOr({});
    if (metadata["email"].isText() && !isMailAddress(pack.email))
        return failure(Error{ErrorCode::Invalid, u"Invalid email address: %1"_s.arg(pack.email),
                             u"StorageValidationError"_s, u"email"_s});
    pack.stackstormVersion = metadata["stackstorm_version"].toQStringOr({});
    pack.pythonVersions = textsOf(metadata, "python_versions");
    pack.keywords = textsOf(metadata, "keywords");
    pack.contributors = textsOf(metadata, "contributors");
    pack.dependencies = textsOf(metadata, "dependencies");
    pack.metadata = file.content;
    return pack;
}

Result<ConfigSchema> configSchemaFromFile(const MetadataFile &file, const QString &pack)
{
    const Value document = Value::map({{"pack", pack}, {"attributes", file.content}});
    Result<Value> checked = checkedMetadata(MetadataKind::ConfigSchema, document);
    if (!checked) {
        Error error = std::move(checked).error();
        // The file holds the attributes alone.
        if (error.place.startsWith(u"attributes."))
            error.place.remove(0, 11);
        return failure(std::move(error));
    }
    SG_LET(Value attributes, withReferencesFollowed(file.content));
    return ConfigSchema{{}, pack, std::move(attributes)};
}

} // namespace stormglass
