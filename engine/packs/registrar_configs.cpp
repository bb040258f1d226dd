#include "engine/packs/registrar.h"

#include "engine/base/yaml.h"
#include "engine/packs/pack_config.h"

#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

// The rest of Registrar: configurations and their schemas.

namespace stormglass {

namespace {

// Readable by its owner alone: there may be secrets in it.
Result<> writeWhole(const QString &path, const std::string &text)
{
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(text.data(), static_cast<qint64>(text.size())) >= 0 && file.commit();
    if (isWritten)
        return {};
    return failure(
        ErrorCode::Unavailable,
        u"%1 cannot be written: %2. Make its folder writable."_s.arg(path, file.errorString()));
}

} // namespace

Result<> Registrar::saveConfigSchema(const Registration &registration)
{
    const ReadPack &read = registration.read;
    if (!read.configSchema)
        return read.faulty.contains(u"config.schema.yaml"_s)
            ? Result<>()
            : m_sinks.packs.removeConfigSchema(read.name);
    SG_LET(const std::optional<ConfigSchema> known, m_sinks.packs.configSchema(read.name));
    if (known && known->attributes == read.configSchema->attributes)
        return {};
    ConfigSchema schema = *read.configSchema;
    schema.id = known ? known->id : m_ids.make();
    SG_TRY(m_sinks.packs.setConfigSchema(schema));
    m_observer.configChanged(read.name);
    return {};
}

Result<> Registrar::saveConfig(const Registration &registration)
{
    const ReadPack &read = registration.read;
    const QString file = m_folders.configFile(read.name);
    if (file.isEmpty() || read.faulty.contains(file))
        return {};
    // What no key opens any more is written anew from the file.
    const Result<std::optional<PackConfig>> kept = config(read.name);
    if (!kept && !kept.error().isRefusal())
        return failure(kept.error());
    const bool isKept = !kept || *kept;
    if (!read.config) {
        if (!isKept)
            return {};
        m_observer.configChanged(read.name);
        return m_sinks.packs.removeConfig(read.name);
    }
    if (kept && *kept && (*kept)->values == *read.config)
        return {};
    const Value attributes = read.configSchema ? read.configSchema->attributes : Value();
    return keepConfig(read.name, attributes, *read.config);
}

Result<> Registrar::keepConfig(const QString &pack, const Value &attributes, const Value &values)
{
    const Encrypt encrypt = m_encrypt ? m_encrypt : [](std::string_view) -> Result<std::string> {
        return failure(ErrorCode::Internal, u"There is no key to keep secrets with."_s);
    };
    SG_LET(Value sealed, withSecretsSealed(attributes, values, encrypt));
    SG_TRY(m_sinks.packs.setConfig({m_ids.make(), pack, std::move(sealed)}));
    m_observer.configChanged(pack);
    return {};
}

Result<std::optional<PackConfig>> Registrar::config(const QString &pack)
{
    SG_LET(std::optional<PackConfig> kept, m_sinks.packs.config(pack));
    if (!kept || !m_decrypt)
        return kept;
    SG_LET(kept->values, withSecretsOpened(kept->values, m_decrypt));
    return kept;
}

Result<PackConfig> Registrar::putConfig(const QString &pack, const Value &values)
{
    SG_LET(const std::optional<Pack> known, m_sinks.packs.find(pack));
    const QString file = m_folders.configFile(pack);
    if (!known || file.isEmpty())
        return failure(ErrorCode::NotFound,
                       u"Unable to identify resource with pack_ref \"%1\"."_s.arg(pack));
    SG_LET(const std::optional<ConfigSchema> schema, m_sinks.packs.configSchema(pack));
    const Value attributes = schema ? schema->attributes : Value();
    SG_TRY(checkedConfig(pack, attributes, values, file));
    SG_TRY(writeWhole(file, writeYaml(values)));
    SG_TRY(keepConfig(pack, attributes, values));
    SG_LET(std::optional<PackConfig> kept, config(pack));
    if (!kept)
        return failure(ErrorCode::Internal, u"The configuration of %1 was not kept."_s.arg(pack));
    return std::move(*kept);
}

} // namespace stormglass
