#pragma once

#include "engine/base/clock.h"
#include "engine/host/settings.h"
#include "engine/store/key_value_store.h"
#include "engine/store/stores.h"
#include "engine/store/token_store.h"

#include <functional>
#include <map>

namespace stormglass {

// Removes history that is older than the settings keep it, and more of it while the database holds
// more than its budget; what still runs, waits, or may be asked for by something that runs stays. A
// run is many short pieces, so that nobody waits for it. Thread: engine.
class Retention
{
public:
    // One piece of work, alone: undone where it fails.
    using Attempt = std::function<Result<>(const std::function<Result<>()> &)>;

    // Borrows all for its life.
    Retention(const Clock &clock, const Settings &settings, Stores &stores, KeyValueStore &keys,
              Attempt attempt);

    // False if a run is under way already.
    bool begin();
    // False once the run has ended; to be called again after others had their turn.
    bool runPiece();

    // What is kept how long, what the last run removed, how full the database is: for people.
    Value document() const;

private:
    using Counts = std::map<QString, std::int64_t>;

    struct Kind
    {
        QString name;
        std::chrono::hours age{0};
        // What the budget may take too.
        bool isHistory = true;
        std::function<Result<int>(Timestamp before, int limit)> remove;
    };

    struct Run
    {
        Timestamp started = {};
        std::optional<Timestamp> ended = {};
        Counts removed = {};
        std::map<QString, QString> errors = {};
        // How often the ages were halved for the budget.
        int halvings = 0;
        std::size_t kind = 0;
    };

    std::vector<Kind> kinds(const Settings &settings);
    std::chrono::seconds ageOf(const Kind &kind) const;
    // Of the present kind; whether it has more.
    bool removeSome();
    bool goOn();
    bool needsMore();
    void end();
    bool isOverBudget() const;

    const Clock &m_clock;
    Stores &m_stores;
    TokenStore m_tokens;
    KeyValueStore &m_keys;
    Attempt m_attempt;
    const std::int64_t m_budget;
    const std::vector<Kind> m_kinds;
    std::optional<Run> m_run;
    std::optional<Run> m_last;
    Counts m_removedInAll;
    Database::Size m_size = {};
    bool m_isWarned = false;
};

} // namespace stormglass
