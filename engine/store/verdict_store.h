#pragma once

#include "engine/model/verdict.h"
#include "engine/store/database.h"
#include "engine/store/slice.h"
#include "engine/store/verdict_words.h"

namespace stormglass {

// What every rule said of every trigger instance: one compact row a trigger instance, a few bytes a
// rule. Kept for as long as retention allows, which is less than for the trigger instances
// themselves. Thread: its database's.
class VerdictStore
{
public:
    explicit VerdictStore(Database &database)
        : m_database(database)
        , m_words(database)
    {
    }

    // Those of one trigger instance, once, all together. Their time is `time`.
    Result<> add(const Id &triggerInstance, Timestamp time, const std::vector<Verdict> &verdicts);
    Result<std::vector<Verdict>> of(const Id &triggerInstance);
    // What a later station found out: held, action missing, parameters failed.
    Result<> change(const Id &triggerInstance, const Id &rule, VerdictKind kind,
                    const QString &message);

    // What one rule said of the trigger instances of its trigger. Looks at `request.limit` trigger
    // instances at most, so a slice may be short though there is more; it ends when `last` is none.
    Result<Slice<Verdict>> ofRule(const Id &rule, const Id &trigger, const SliceRequest &request);

    // The oldest before a moment; gives how many trigger instances lost theirs. Call again while it
    // is `limit`.
    Result<int> removeBefore(Timestamp moment, int limit);

private:
    Database &m_database;
    VerdictWords m_words;
};

} // namespace stormglass
