#include "engine/store/rule_store.h"

#include "engine/store/column.h"

namespace stormglass {

namespace {

#define RULES                                                                                      \
    "SELECT id, pack, name, description, state, type, type_parameters, trigger_type, "             \
    "trigger_parameters, trigger_id, criteria, action, action_parameters, tags, context, "         \
    "metadata_file, changed, file_state FROM rule "

const QString noun = QStringLiteral("rule");

Rule readRule(Row &row)
{
    return {.id = row.id(),
            .ref = {row.text(), row.text()},
            .description = row.text(),
            .state = row.choice(RuleState::Enabled),
            .type = row.text(),
            .typeParameters = row.json(),
            .triggerType = row.ref(),
            .triggerParameters = row.json(),
            .trigger = row.id(),
            .criteria = row.json(),
            .action = row.ref(),
            .actionParameters = row.json(),
            .tags = row.json(),
            .context = row.json(),
            .metadataFile = row.text(),
            .changed = row.time(),
            .fileState = row.choiceIfAny(RuleState::Enabled)};
}

} // namespace

Result<> RuleStore::add(const Rule &rule)
{
    SG_TRY(m_database.run(
        "INSERT INTO rule (id, pack, name, description, state, type, type_parameters, "
        "trigger_type, trigger_parameters, trigger_id, criteria, action, action_parameters, tags, "
        "context, metadata_file, changed, file_state) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        rule.id, rule.ref.pack, rule.ref.name, rule.description, rule.state, rule.type,
        rule.typeParameters, rule.triggerType, rule.triggerParameters, rule.trigger, rule.criteria,
        rule.action, rule.actionParameters, rule.tags, rule.context, rule.metadataFile,
        rule.changed, rule.fileState));
    return {};
}

Result<> RuleStore::update(const Rule &rule)
{
    return expectRow(
        m_database.run(
            "UPDATE rule SET pack = ?2, name = ?3, description = ?4, state = ?5, type = ?6, "
            "type_parameters = ?7, trigger_type = ?8, trigger_parameters = ?9, "
            "trigger_id = ?10, criteria = ?11, action = ?12, action_parameters = ?13, "
            "tags = ?14, context = ?15, metadata_file = ?16, changed = ?17, file_state = ?18 WHERE "
            "id = ?1",
            rule.id, rule.ref.pack, rule.ref.name, rule.description, rule.state, rule.type,
            rule.typeParameters, rule.triggerType, rule.triggerParameters, rule.trigger,
            rule.criteria, rule.action, rule.actionParameters, rule.tags, rule.context,
            rule.metadataFile, rule.changed, rule.fileState),
        noun, rule.id);
}

Result<> RuleStore::setState(const Id &id, RuleState state, Timestamp changed)
{
    return expectRow(m_database.run("UPDATE rule SET state = ?2, changed = ?3 WHERE id = ?1", id,
                                    state, changed),
                     noun, id);
}

Result<> RuleStore::remove(const Id &id)
{
    return expectRow(m_database.run("DELETE FROM rule WHERE id = ?1", id), noun, id);
}

Result<Rule> RuleStore::get(const Id &id)
{
    SG_LET(std::optional<Rule> rule, find(id));
    if (!rule)
        return noSuchRow(noun, id);
    return *std::move(rule);
}

Result<std::optional<Rule>> RuleStore::find(const Id &id)
{
    return m_database.row(RULES "WHERE id = ?1", readRule, id);
}

Result<std::optional<Rule>> RuleStore::find(const Ref &ref)
{
    return m_database.row(RULES "WHERE pack = ?1 AND name = ?2", readRule, ref.pack, ref.name);
}

Result<std::vector<Rule>> RuleStore::all()
{
    return m_database.rows(RULES "ORDER BY pack, name", readRule);
}

Result<std::vector<Rule>> RuleStore::ofPack(const QString &pack)
{
    return m_database.rows(RULES "WHERE pack = ?1 ORDER BY name", readRule, pack);
}

Result<std::vector<Rule>> RuleStore::ofTrigger(const Id &trigger)
{
    return m_database.rows(RULES "WHERE trigger_id = ?1 ORDER BY seq", readRule, trigger);
}

Result<std::vector<Rule>> RuleStore::ofTriggerType(const Ref &type)
{
    return m_database.rows(RULES "WHERE trigger_type = ?1 ORDER BY seq", readRule, type);
}

Result<std::vector<Rule>> RuleStore::ofAction(const Ref &action)
{
    return m_database.rows(RULES "WHERE action = ?1 ORDER BY seq", readRule, action);
}

} // namespace stormglass
