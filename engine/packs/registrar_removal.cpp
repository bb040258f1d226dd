#include "engine/packs/registrar.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

// The rest of Registrar: what is gone from folders, and packs that go.

namespace stormglass {

namespace {

template <typename Noun>
QSet<Ref> refsOf(const std::vector<Noun> &nouns)
{
    QSet<Ref> refs;
    for (const Noun &noun : nouns)
        refs << noun.ref;
    return refs;
}

} // namespace

Result<> Registrar::removePack(const QString &ref)
{
    m_overtaken.insert(ref, m_lastOrder);
    ReadPack nothing;
    nothing.name = ref;
    SG_TRY(removeVanished(Registration(std::move(nothing)), Which::All));
    SG_TRY(m_sinks.packs.remove(ref));
    tellAll();
    return {};
}

Result<std::vector<Pack>> Registrar::gone(const QStringList &bases, const QStringList &folders)
{
    SG_LET(std::vector<Pack> packs, m_sinks.packs.all());
    std::erase_if(packs, [&](const Pack &pack) {
        const QString base = QFileInfo(pack.path).path();
        const bool isOurs = std::any_of(bases.begin(), bases.end(), [&](const QString &each) {
            return QFileInfo(each).absoluteFilePath() == base && QFileInfo(base).isDir();
        });
        return !isOurs || folders.contains(pack.path);
    });
    return packs;
}

Result<> Registrar::removeGone(const Pack &pack)
{
    ReadPack nothing;
    nothing.name = QFileInfo(pack.path).fileName();
    SG_TRY(removeVanished(Registration(std::move(nothing)), Which::FromFiles));
    SG_TRY(m_sinks.packs.remove(pack.ref));
    tellAll();
    return {};
}

Result<> Registrar::forgetProblems(const QStringList &folders)
{
    QSet<QString> known;
    for (const QString &folder : folders)
        known << QFileInfo(folder).fileName();
    SG_LET(const std::vector<Pack> packs, m_sinks.packs.all());
    for (const Pack &pack : packs)
        known << QFileInfo(pack.path).fileName();
    SG_LET(const std::vector<PackProblem> problems, m_sinks.packs.problems());
    for (const PackProblem &problem : problems) {
        if (!known.contains(problem.pack))
            SG_TRY(m_sinks.packs.setProblems(problem.pack, {}));
    }
    return {};
}

// Of the pack's content in a store what no file describes any more; what was made through the API
// has no file to vanish.
template <typename Store>
Result<> Registrar::removeOthers(Store &store, const Registration &registration, Which which,
                                 const QSet<Ref> &kept)
{
    SG_LET(const auto stored, store.ofPack(registration.read.name));
    for (const auto &noun : stored) {
        const bool isGone = which == Which::All || !noun.metadataFile.isEmpty();
        if (isGone && !kept.contains(noun.ref)
            && !registration.read.faulty.contains(noun.metadataFile))
            SG_TRY(store.remove(noun.id));
    }
    return {};
}

Result<> Registrar::removeVanished(const Registration &registration, Which which)
{
    const ReadPack &read = registration.read;
    const QSet<Ref> ruleRefs = refsOf(read.rules);
    SG_LET(const std::vector<Rule> rules, m_sinks.rules.ofPack(read.name));
    for (const Rule &rule : rules) {
        const bool isGone = which == Which::All || !rule.metadataFile.isEmpty();
        if (isGone && !ruleRefs.contains(rule.ref) && !read.faulty.contains(rule.metadataFile))
            SG_TRY(m_rules.remove(rule));
    }
    SG_TRY(removeOthers(m_sinks.actions, registration, which, refsOf(read.actions)));
    SG_TRY(removeOthers(m_sinks.aliases, registration, which, refsOf(read.aliases)));
    SG_TRY(removeOthers(m_sinks.policies, registration, which, refsOf(read.policies)));
    const QSet<Ref> sensorRefs = refsOf(read.sensors);
    SG_LET(const std::vector<SensorType> sensors, m_sinks.sensors.ofPack(read.name));
    for (const SensorType &sensor : sensors) {
        if (sensorRefs.contains(sensor.ref) || read.faulty.contains(sensor.metadataFile))
            continue;
        SG_TRY(m_sinks.sensors.remove(sensor.id));
        m_observer.sensorRemoved(sensor);
    }
    const QSet<Ref> typeRefs = refsOf(read.triggerTypes);
    SG_LET(const std::vector<TriggerType> types, m_sinks.triggers.typesOfPack(read.name));
    for (const TriggerType &type : types) {
        // The engine's own have no file.
        const bool isBuiltIn = type.metadataFile.isEmpty();
        if (!isBuiltIn && !typeRefs.contains(type.ref) && !read.faulty.contains(type.metadataFile))
            SG_TRY(m_triggers.removeType(type));
    }
    return {};
}

} // namespace stormglass
