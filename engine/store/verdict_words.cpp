#include "engine/store/verdict_words.h"

namespace stormglass {

namespace {

tl::unexpected<Error> unknownNumber(const QString &what, std::int64_t number)
{
    return failure(
        ErrorCode::Internal,
        QStringLiteral("A stored verdict names %1 %2, which is not known.").arg(what).arg(number));
}

} // namespace

Result<std::int64_t> VerdictWords::numberOf(const Rule &rule)
{
    forgetIfUndone();
    if (const auto known = m_ruleNumbers.constFind(rule); known != m_ruleNumbers.constEnd())
        return *known;
    SG_LET(std::optional<std::int64_t> number,
           m_database.row(
               "SELECT number FROM verdict_rule WHERE rule = ?1 AND ref = ?2",
               [](Row &row) { return row.integer(); }, rule.id, rule.ref));
    if (!number) {
        SG_TRY(m_database.run("INSERT INTO verdict_rule (rule, ref) VALUES (?1, ?2)", rule.id,
                              rule.ref));
        number = m_database.lastRow();
    }
    m_ruleNumbers.insert(rule, *number);
    return *number;
}

Result<std::optional<std::int64_t>> VerdictWords::numberOf(const QString &word)
{
    forgetIfUndone();
    if (const auto known = m_wordNumbers.constFind(word); known != m_wordNumbers.constEnd())
        return *known;
    SG_LET(std::optional<std::int64_t> number,
           m_database.row(
               "SELECT number FROM verdict_word WHERE word = ?1",
               [](Row &row) { return row.integer(); }, word));
    if (!number) {
        SG_LET(const auto last,
               m_database.row("SELECT coalesce(max(number), 0) FROM verdict_word",
                              [](Row &row) { return row.integer(); }));
        if (last.value_or(0) >= maxWords)
            return std::nullopt;
        SG_TRY(m_database.run("INSERT INTO verdict_word (word) VALUES (?1)", word));
        number = m_database.lastRow();
    }
    m_wordNumbers.insert(word, *number);
    return *number;
}

Result<VerdictWords::Rule> VerdictWords::rule(std::int64_t number)
{
    forgetIfUndone();
    if (const auto known = m_rules.constFind(number); known != m_rules.constEnd())
        return *known;
    SG_LET(const std::optional<Rule> rule,
           m_database.row(
               "SELECT rule, ref FROM verdict_rule WHERE number = ?1",
               [](Row &row) { return Rule{.id = row.id(), .ref = row.ref()}; }, number));
    if (!rule)
        return unknownNumber(QStringLiteral("rule"), number);
    m_rules.insert(number, *rule);
    return *rule;
}

Result<QString> VerdictWords::word(std::int64_t number)
{
    forgetIfUndone();
    if (const auto known = m_words.constFind(number); known != m_words.constEnd())
        return *known;
    SG_LET(const std::optional<QString> word,
           m_database.row(
               "SELECT word FROM verdict_word WHERE number = ?1",
               [](Row &row) { return row.text(); }, number));
    if (!word)
        return unknownNumber(QStringLiteral("word"), number);
    m_words.insert(number, *word);
    return *word;
}

void VerdictWords::forgetIfUndone()
{
    if (m_undoings == m_database.undoings())
        return;
    m_undoings = m_database.undoings();
    m_ruleNumbers.clear();
    m_rules.clear();
    m_wordNumbers.clear();
    m_words.clear();
}

} // namespace stormglass
