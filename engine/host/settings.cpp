#include "engine/host/settings.h"

#include "engine/base/yaml.h"
#include "engine/model/execution_status.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

using Take = Result<> (*)(Settings &, const Value &);

Result<> wrongType(const char *wanted)
{
    return failure(ErrorCode::Invalid, u"must be %1."_s.arg(QLatin1String(wanted)));
}

template <QString Settings::*member>
Result<> takeText(Settings &settings, const Value &value)
{
    if (!value.isText())
        return wrongType("a text");
    settings.*member = value.toQString();
    return {};
}

template <QStringList Settings::*member>
Result<> takeTexts(Settings &settings, const Value &value)
{
    QStringList texts;
    for (const Value &item : value.isText() ? ValueList{value} : value.itemsOrNone()) {
        if (!item.isText())
            return wrongType("a list of texts");
        texts << item.toQString();
    }
    settings.*member = texts;
    return {};
}

template <bool Settings::*member>
Result<> takeFlag(Settings &settings, const Value &value)
{
    if (!value.isBool())
        return wrongType("true or false");
    settings.*member = value.toBool();
    return {};
}

template <auto member, std::int64_t least, std::int64_t most>
Result<> takeNumber(Settings &settings, const Value &value)
{
    if (!value.isInt() || value.toInt() < least || value.toInt() > most)
        return failure(ErrorCode::Invalid,
                       u"must be a whole number from %1 to %2."_s.arg(least).arg(most));
    using Member = std::remove_reference_t<decltype(settings.*member)>;
    settings.*member = Member(value.toInt());
    return {};
}

// Names as in the file; in the environment STORMGLASS_ and upper case.
const QHash<QString, Take> &members()
{
    static const QHash<QString, Take> table{
        {u"packs"_s, takeTexts<&Settings::packFolders>},
        {u"configs"_s, takeText<&Settings::configFolder>},
        {u"overrides"_s, takeText<&Settings::overridesFolder>},
        {u"python"_s, takeText<&Settings::python>},
        {u"listen_address"_s, takeText<&Settings::listenAddress>},
        {u"port"_s, takeNumber<&Settings::port, 0, 65535>},
        {u"require_credential"_s, takeFlag<&Settings::requireCredential>},
        {u"host_names"_s, takeTexts<&Settings::hostNames>},
        {u"webhook_body_limit"_s, takeNumber<&Settings::webhookBodyLimit, 1024, 1LL << 30>},
        {u"runner_slots"_s, takeNumber<&Settings::runnerSlots, 1, 10'000>},
        {u"datastore_key_file"_s, takeText<&Settings::datastoreKey>},
        {u"system_user"_s, takeText<&Settings::systemUser>},
        {u"validate_trigger_payload"_s, takeFlag<&Settings::validateTriggerPayload>},
        {u"validate_trigger_parameters"_s, takeFlag<&Settings::validateTriggerParameters>},
        {u"action_trigger_when"_s, takeTexts<&Settings::actionTriggerWhen>},
        {u"pack_indexes"_s, takeTexts<&Settings::packIndexes>},
        {u"pack_index_age_minutes"_s, takeNumber<&Settings::packIndexAge, 0, 1'000'000>},
        {u"pack_mirrors"_s, takeTexts<&Settings::packMirrors>},
        {u"wheels_folder"_s, takeText<&Settings::wheelsFolder>},
        {u"pip_offline"_s, takeFlag<&Settings::pipOffline>},
        {u"pip_index"_s, takeText<&Settings::pipIndex>},
        {u"http_proxy"_s, takeText<&Settings::httpProxy>},
        {u"https_proxy"_s, takeText<&Settings::httpsProxy>},
        {u"no_proxy"_s, takeText<&Settings::noProxy>},
        {u"proxy_ca_bundle"_s, takeText<&Settings::proxyCertificates>},
        {u"pack_command_timeout"_s, takeNumber<&Settings::packCommandTimeout, 1, 86'400>},
        {u"keep_trigger_instances_hours"_s,
         takeNumber<&Settings::keepTriggerInstances, 0, 1'000'000>},
        {u"keep_verdicts_hours"_s, takeNumber<&Settings::keepVerdicts, 0, 1'000'000>},
        {u"keep_enforcements_hours"_s, takeNumber<&Settings::keepEnforcements, 0, 1'000'000>},
        {u"keep_executions_hours"_s, takeNumber<&Settings::keepExecutions, 0, 1'000'000>},
        {u"keep_output_hours"_s, takeNumber<&Settings::keepOutput, 0, 1'000'000>},
        {u"keep_traces_hours"_s, takeNumber<&Settings::keepTraces, 0, 1'000'000>},
        {u"keep_tokens_hours"_s, takeNumber<&Settings::keepTokens, 0, 1'000'000>},
        {u"history_megabytes"_s, takeNumber<&Settings::historyMegabytes, 0, 1'000'000'000>},
    };
    return table;
}

Result<> applyMember(Settings &settings, const QString &name, const Value &value,
                     const QString &where)
{
    const auto take = members().constFind(name);
    if (take == members().constEnd()) {
        QStringList known = members().keys();
        known.sort();
        return failure(ErrorCode::Invalid,
                       u"%1: there is no setting \"%2\". Known are: %3."_s.arg(
                           where, name, known.join(u", "_s)));
    }
    if (auto taken = (*take)(settings, value); !taken)
        return failure(ErrorCode::Invalid, u"%1: %2 %3"_s.arg(where, name, taken.error().message));
    return {};
}

Result<> applyFile(Settings &settings)
{
    QFile file(settings.dataFolder + u"/stormglass.yaml"_s);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unavailable,
                       u"%1 cannot be read: %2"_s.arg(file.fileName(), file.errorString()));
    const QByteArray text = file.read(1 << 20);
    auto document
        = readYaml(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!document)
        return failure(ErrorCode::Invalid,
                       u"%1: %2"_s.arg(file.fileName(), document.error().message));
    if (document->isNull())
        return {};
    if (!document->isMap())
        return failure(ErrorCode::Invalid,
                       u"%1 must be a mapping of settings."_s.arg(file.fileName()));
    for (const ValueMap::Entry &entry : document->entries()) {
        const QString name = entry.key.toQStringOr({});
        if (name == u"version"_s)
            continue;
        SG_TRY(applyMember(settings, name, entry.value, file.fileName()));
    }
    return {};
}

Result<> applyEnvironment(Settings &settings, const QProcessEnvironment &environment)
{
    const QString prefix = u"STORMGLASS_"_s;
    for (const QString &key : environment.keys()) {
        if (!key.startsWith(prefix))
            continue;
        const QString name = key.mid(prefix.size()).toLower();
        if (!members().contains(name))
            continue;
        // Typed as in the file: `true`, `9101`, `[a, b]`.
        const QByteArray text = environment.value(key).toUtf8();
        auto value
            = readYaml(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        if (!value)
            return failure(ErrorCode::Invalid, u"%1: %2"_s.arg(key, value.error().message));
        SG_TRY(applyMember(settings, name, *value, key));
    }
    return {};
}

} // namespace

QString Settings::contentPath(const QString &path) const
{
    return QDir::isRelativePath(path) ? QDir::cleanPath(dataFolder + u'/' + path) : path;
}

Result<Settings> readSettings(const QString &dataFolder, const QProcessEnvironment &environment)
{
    Settings settings;
    settings.dataFolder = QDir::cleanPath(QDir(dataFolder).absolutePath());
    SG_TRY(applyFile(settings));
    SG_TRY(applyEnvironment(settings, environment));
    return settings;
}

Result<> checkSettings(const Settings &settings)
{
    for (const QString &mirror : settings.packMirrors) {
        if (mirror.indexOf(u'=') <= 0)
            return failure(ErrorCode::Invalid,
                           u"pack_mirrors: \"%1\" is no FROM=TO of two beginnings of addresses."_s
                               .arg(mirror));
    }
    for (const QString &status : settings.actionTriggerWhen) {
        const std::optional<ExecutionStatus> known = executionStatusFromText(status);
        if (!known || !isCompleted(*known))
            return failure(ErrorCode::Invalid,
                           u"action_trigger_when: \"%1\" is no way for an execution to end. Known "
                           "are succeeded, failed, timeout, canceled and abandoned."_s.arg(status));
    }
    if (settings.listenAddress.isEmpty())
        return {};
    const QHostAddress address(settings.listenAddress);
    if (address.isNull())
        return failure(
            ErrorCode::Invalid,
            u"\"%1\" is not an address to listen on. Use one such as 127.0.0.1 or ::1."_s.arg(
                settings.listenAddress));
    if (!settings.requireCredential && !address.isLoopback())
        return failure(ErrorCode::Invalid,
                       u"Serving %1 without asking for a credential would let everybody who "
                       u"reaches it run commands. "
                       "Set require_credential to true, or listen on 127.0.0.1."_s.arg(
                           settings.listenAddress));
    return {};
}

} // namespace stormglass
