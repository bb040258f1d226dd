#include "engine/packs/overrides.h"

#include "engine/packs/metadata_file.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// Only whether something is enabled can be overridden.
Result<> takeOver(const Value &said, Value &content, const char *part, const QString &pack)
{
    for (const ValueMap::Entry &entry : said.entriesOrNone()) {
        if (entry.key != Value("enabled"))
            return failure(Error{ErrorCode::Invalid,
                                 u"Override attempted with invalid %1 key %2 in pack %3"_s.arg(
                                     QLatin1String(part), entry.key.toQStringOr(u"?"_s), pack),
                                 u"ValueError"_s,
                                 {}});
        content.set("enabled", entry.value);
    }
    return {};
}

} // namespace

Overrides Overrides::read(const QString &folder, const QString &pack)
{
    Overrides overrides;
    overrides.m_pack = pack;
    if (folder.isEmpty())
        return overrides;
    overrides.take(folder, u"_global.yaml"_s, overrides.m_global);
    overrides.take(folder, pack + u".yaml"_s, overrides.m_own);
    return overrides;
}

void Overrides::take(const QString &folder, const QString &name, Value &said)
{
    if (!QFileInfo::exists(folder + u'/' + name))
        return;
    Result<MetadataFile> file = readMapping(folder, name);
    if (file)
        said = std::move(file->content);
    else
        m_faults << u"%1/%2 says nothing, because it cannot be understood: %3"_s.arg(
            folder, name, file.error().message);
}

Result<> Overrides::apply(const QString &kind, Value &content) const
{
    const std::string section = kind.toStdString();
    SG_TRY(takeOver(m_global[section]["defaults"], content, "default", u"_global"_s));
    SG_TRY(takeOver(m_own[section]["defaults"], content, "default", m_pack));
    const Value &name = content[kind == u"sensors" ? "class_name" : "name"];
    if (!name.isText())
        return {};
    return takeOver(m_own[section]["exceptions"][name.text()], content, "exceptions", m_pack);
}

} // namespace stormglass
