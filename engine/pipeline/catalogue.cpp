#include "engine/pipeline/catalogue.h"

#include "engine/schema/masking.h"
#include "engine/schema/schema.h"

using namespace Qt::StringLiterals;

namespace stormglass {

Result<CatalogueEntryPointer> Catalogue::find(const Ref &ref)
{
    const auto known = m_entries.constFind(ref);
    if (known != m_entries.constEnd())
        return *known;
    SG_LET(std::optional<Action> action, m_actions.find(ref));
    if (!action)
        return failure(ErrorCode::Invalid, u"Action \"%1\" cannot be found."_s.arg(ref.text()));
    SG_LET(std::optional<RunnerType> runner, m_runnerTypes.find(action->runnerType));
    if (!runner)
        return failure(
            ErrorCode::Invalid,
            u"Action \"%1\" needs the runner \"%2\", which this version does not have."_s.arg(
                ref.text(), action->runnerType));
    SG_LET(const std::optional<Pack> pack, m_packs.find(ref.pack));

    CatalogueEntry entry;
    entry.action = std::move(*action);
    entry.runner = std::move(*runner);
    entry.actionDocument = toJson(entry.action);
    entry.runnerDocument = toJson(entry.runner);
    entry.parameters = mergedParameters(entry.runner.parameters, entry.action.parameters);
    entry.schema = withNullAllowed(parametersSchema(entry.parameters));
    entry.hasSecrets = hasSecrets(entry.parameters);
    entry.packPath = pack ? pack->path : QString();
    if (m_entries.size() >= rememberedAtMost)
        forget();
    return *m_entries.insert(ref, std::make_shared<const CatalogueEntry>(std::move(entry)));
}

} // namespace stormglass
