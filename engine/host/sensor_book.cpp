#include "engine/host/sensor_book.h"

#include "engine/access/credentials.h"
#include "engine/packaging/pack_manifest.h"
#include "engine/packaging/pack_plan.h"
#include "engine/store/transaction.h"

#include <QFileInfo>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(sensorLog, "stormglass.engine.host")

namespace {

constexpr std::chrono::hours tokenLife{24};
// For the API to be served.
constexpr std::chrono::seconds patience{30};

QString nameOf(const Ref &sensor, const QString &instance)
{
    return instance.isEmpty() ? sensor.text() : sensor.text() + u'#' + instance;
}

// The number of the pack's folder: another version lies in another folder.
QString installationOf(const SensorType &sensor, const QStringList &packFolders)
{
    const QString folder = packFolderOf(sensor.ref.pack, packFolders);
    return QString::number(folderNumber(folder));
}

} // namespace

SensorBook::SensorBook(const Settings &settings, const Clock &clock, IdGenerator &ids,
                       Database &database, SensorTypeStore &store, const Parameters &parameters,
                       ChangeSink &changes, IoSensors io)
    : m_settings(settings)
    , m_clock(clock)
    , m_ids(ids)
    , m_database(database)
    , m_store(store)
    , m_parameters(parameters)
    , m_changes(changes)
    , m_io(std::move(io))
    , m_mayRun(settings.listenAddress.isEmpty())
    , m_made(clock.instant())
{
    readFile();
}

void SensorBook::send()
{
    m_isOwed = m_isHeld;
    if (!m_mayRun || m_isHeld)
        return;
    const Result<std::vector<SensorType>> sensors = m_store.all();
    if (!sensors) {
        qCWarning(sensorLog).noquote() << "Sensors could not be read:" << sensors.error().message;
        return;
    }
    if (const Result<> kept = keepToken(); !kept)
        qCWarning(sensorLog).noquote()
            << "Sensors have no token for the API:" << kept.error().message;
    std::vector<SensorSpec> specs;
    m_lacksConfig = false;
    for (const SensorType &sensor : *sensors) {
        std::vector<SensorSpec> all = arranged(plainSpec(sensor), arrangement(sensor.ref));
        m_lacksConfig = m_lacksConfig || (!all.empty() && !all.front().fault.isEmpty());
        specs.insert(specs.end(), std::make_move_iterator(all.begin()),
                     std::make_move_iterator(all.end()));
    }
    m_io.replace(std::move(specs));
}

void SensorBook::setApiUrl(const QString &url)
{
    m_apiUrl = url;
    m_mayRun = true;
    send();
}

void SensorBook::hold(bool isHeld)
{
    m_isHeld = isHeld;
    if (!m_isHeld && m_isOwed)
        send();
}

void SensorBook::everyMinute()
{
    const bool waitsInVain = !m_mayRun && m_clock.instant() - m_made > patience;
    m_mayRun = m_mayRun || waitsInVain;
    const bool isEdited = QFileInfo(file()).lastModified() != m_fileTime;
    if (isEdited)
        readFile();
    if (isEdited || waitsInVain || m_lacksConfig)
        return send();
    if (const Result<> kept = keepToken(); !kept)
        qCWarning(sensorLog).noquote() << "The sensors' token may run out:" << kept.error().message;
}

void SensorBook::readFile()
{
    m_fileTime = QFileInfo(file()).lastModified();
    Result<SensorArrangements> read = readSensorArrangements(file());
    m_fault = read ? QString() : read.error().message;
    if (read)
        m_arrangements = std::move(*read);
    else
        qCWarning(sensorLog).noquote() << "How sensors are arranged stays as it was:" << m_fault;
}

const SensorArrangement &SensorBook::arrangement(const Ref &sensor) const
{
    static const SensorArrangement none;
    const auto known = m_arrangements.find(sensor.text());
    return known == m_arrangements.end() ? none : known->second;
}

SensorSpec SensorBook::plainSpec(const SensorType &sensor) const
{
    SensorSpec spec;
    spec.type = sensor;
    // Where the link leads, so that another environment is another interpreter.
    const QString virtualenv
        = QFileInfo(m_settings.dataFolder + u"/virtualenvs/"_s + sensor.ref.pack)
              .canonicalFilePath()
        + u"/bin/python"_s;
    spec.interpreter = QFileInfo::exists(virtualenv) ? virtualenv : m_settings.python;
    spec.installation = installationOf(sensor, m_settings.packFolders);
    Result<Value> config = m_parameters.configOf(sensor.ref.pack, m_settings.systemUser);
    // Started without it, it would look at the wrong place, or at none.
    if (!config)
        spec.fault = u"The configuration of the pack \"%1\" cannot be resolved: %2"_s.arg(
            sensor.ref.pack, config.error().message);
    spec.config = config ? std::move(*config) : Value::map();
    spec.configFile = m_settings.configs() + u'/' + sensor.ref.pack + u".yaml"_s;
    spec.workingDirectory = QFileInfo(sensor.artifact).absolutePath();
    spec.environment = environment();
    return spec;
}

Environment SensorBook::environment() const
{
    Environment environment = inheritedEnvironment();
    setVariable(environment, u"STORMGLASS_PACKS"_s, m_settings.packFolders.join(u':'));
    if (m_apiUrl.isEmpty())
        return environment;
    setVariable(environment, u"ST2_API_URL"_s, m_apiUrl);
    setVariable(environment, u"ST2_AUTH_TOKEN"_s, m_token);
    return environment;
}

// One token for all sensors of a run. It is made to last while the engine runs and little longer,
// so that one that was left behind soon opens nothing.
Result<> SensorBook::keepToken()
{
    const Timestamp now = m_clock.now();
    if (m_apiUrl.isEmpty() || (!m_token.isEmpty() && m_tokenExpires - now > tokenLife / 2))
        return {};
    Transaction transaction(m_database);
    const Timestamp expires = now + tokenLife;
    if (m_token.isEmpty()) {
        SG_LET(m_token,
               issueServiceToken(u"sensor_service"_s,
                                 Value::map({{"service", "sensors_container"}}), expires,
                                 m_database, m_ids));
    } else {
        TokenStore tokens(m_database);
        SG_LET(std::optional<Token> token, tokens.find(tokenHash(m_token)));
        if (!token)
            return failure(ErrorCode::NotFound, u"The token is gone."_s);
        SG_TRY(tokens.remove(token->id));
        token->expires = expires;
        SG_TRY(tokens.add(*token));
    }
    SG_TRY(transaction.commit());
    m_tokenExpires = expires;
    return {};
}

void SensorBook::take(const SensorState &state, const std::vector<SensorLogLine> &log)
{
    Value document = toJson(state);
    ValueList lines;
    for (const SensorLogLine &line : log)
        lines.push_back(toJson(line));
    document.set("log", std::move(lines));
    m_states.insert(nameOf(state.ref, state.instance), document);
    if (arrangement(state.ref).instances.empty()) {
        m_changes.add(u"stormglass.sensor__update"_s, document);
        return;
    }
    const Result<std::optional<SensorType>> sensor = m_store.find(state.ref);
    if (sensor && *sensor)
        m_changes.add(u"stormglass.sensor__update"_s, shown(**sensor));
}

Value SensorBook::shown(const SensorType &sensor) const
{
    const SensorArrangement &here = arrangement(sensor.ref);
    SensorType effective = sensor;
    effective.enabled = here.enabled.value_or(sensor.enabled);
    Value document = toJson(effective);
    const auto status = m_states.constFind(sensor.ref.text());
    if (here.runsPlain && status != m_states.constEnd())
        document.set("status", *status);
    if (here.instances.empty())
        return document;
    ValueList instances;
    for (const auto &[name, tuning] : here.instances)
        instances.push_back(
            Value::map({{"name", name}, {"status", m_states.value(nameOf(sensor.ref, name))}}));
    document.set("instances", std::move(instances));
    return document;
}

Result<> SensorBook::setEnabled(const Ref &sensor, bool isEnabled)
{
    SensorArrangement changed = arrangement(sensor);
    changed.enabled = isEnabled;
    return keep(sensor, std::move(changed));
}

Value SensorBook::arrangementOf(const Ref &sensor) const
{
    return toJson(arrangement(sensor));
}

Result<> SensorBook::arrange(const Ref &sensor, const Value &json)
{
    SG_LET(SensorArrangement arrangement, sensorArrangementFrom(json));
    return keep(sensor, std::move(arrangement));
}

void SensorBook::command(const QString &name, SensorCommand command, Done<SensorState> done)
{
    const bool isPause = command == SensorCommand::Pause || command == SensorCommand::Resume;
    if (const Result<> faultless = expectFaultless(); isPause && !faultless)
        return done(failure(faultless.error()));
    m_io.command(name, command,
                 [this, command, done = std::move(done)](const Result<SensorState> &state) {
                     if (!state)
                         return done(state);
                     const Result<> kept = keepPause(*state, command);
                     done(kept ? state : failure(kept.error()));
                 });
}

Result<> SensorBook::keepPause(const SensorState &state, SensorCommand command)
{
    if (command == SensorCommand::Stop || command == SensorCommand::Restart)
        return {};
    SensorArrangement changed = arrangement(state.ref);
    const auto instance = changed.instances.find(state.instance);
    SensorTuning &tuning = instance == changed.instances.end() ? changed.tuning : instance->second;
    // One that is started while it is paused stays so.
    const bool isPaused = command == SensorCommand::Pause
        || (command == SensorCommand::Start && tuning.isPaused
            && state.kind == SensorState::Kind::Paused);
    if (tuning.isPaused == isPaused)
        return {};
    tuning.isPaused = isPaused;
    return keep(state.ref, std::move(changed));
}

// What somebody wrote and got wrong must not be lost to a click elsewhere.
Result<> SensorBook::expectFaultless() const
{
    if (m_fault.isEmpty())
        return {};
    return failure(ErrorCode::Conflict,
                   u"%1 Correct the file first: it would be overwritten."_s.arg(m_fault));
}

Result<> SensorBook::keep(const Ref &sensor, SensorArrangement arrangement)
{
    SG_TRY(expectFaultless());
    SensorArrangements changed = m_arrangements;
    changed[sensor.text()] = std::move(arrangement);
    SG_TRY(writeSensorArrangements(file(), changed));
    m_arrangements = std::move(changed);
    m_fileTime = QFileInfo(file()).lastModified();
    send();
    return {};
}

} // namespace stormglass
