#pragma once

#include "engine/model/ref.h"
#include "engine/store/database.h"

#include <QHash>

namespace stormglass {

// Numbers for the rules and words that verdicts repeat, so that one costs a byte or two. Numbers
// are kept in the database and never reused. Thread: its database's.
class VerdictWords
{
public:
    explicit VerdictWords(Database &database)
        : m_database(database)
    {
    }

    struct Rule
    {
        Id id;
        Ref ref;
        friend bool operator==(const Rule &, const Rule &) = default;
    };

    // The number of a rule or word, given it now if need be.
    Result<std::int64_t> numberOf(const Rule &rule);
    // None once there are too many different ones: then it is not worth a number.
    Result<std::optional<std::int64_t>> numberOf(const QString &word);
    Result<Rule> rule(std::int64_t number);
    Result<QString> word(std::int64_t number);

    static constexpr int maxWords = 50'000;

private:
    void forgetIfUndone();
    friend std::size_t qHash(const Rule &rule, std::size_t seed)
    {
        return qHashMulti(seed, rule.id, rule.ref);
    }

    Database &m_database;
    std::uint64_t m_undoings = 0;
    QHash<Rule, std::int64_t> m_ruleNumbers;
    QHash<std::int64_t, Rule> m_rules;
    QHash<QString, std::int64_t> m_wordNumbers;
    QHash<std::int64_t, QString> m_words;
};

} // namespace stormglass
