#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <map>
#include <optional>
#include <vector>

namespace stormglass {

// What one event would have got from a draft rule, where that is worth a mark.
struct RehearsalMark
{
    enum class Kind {
        // Fires in both versions, or in the only one.
        Fires,
        Gained,
        Lost,
        // The draft could not be answered.
        Error
    };

    Id triggerInstance = {};
    Timestamp occurrence = {};
    Kind kind = Kind::Fires;
    // What its action would have been given, secrets masked; null where that was not worked out.
    Value parameters = {};
    // What went wrong: with the conditions of an error, with the parameters of the others.
    QString message = {};

    friend bool operator==(const RehearsalMark &, const RehearsalMark &) = default;
};

struct RehearsalErrors
{
    std::int64_t count = 0;
    // The first of them.
    QString message = {};
    Id triggerInstance = {};

    friend bool operator==(const RehearsalErrors &, const RehearsalErrors &) = default;
};

struct RehearsalSummary
{
    std::int64_t events = 0;
    // Events on which the draft fires, the saved version fires, only the one, only the other.
    std::int64_t fires = 0;
    std::int64_t firedBefore = 0;
    std::int64_t gained = 0;
    std::int64_t lost = 0;
    // Events that only one condition kept from firing; how many of them each did, by its key.
    std::int64_t nearMisses = 0;
    std::map<QString, std::int64_t> heldBackBy = {};
    // The minute in which the draft fires most often.
    Timestamp peakMinute = {};
    std::int64_t peak = 0;
    // By the class of the error.
    std::map<QString, RehearsalErrors> errors = {};

    friend bool operator==(const RehearsalSummary &, const RehearsalSummary &) = default;
};

// An event that only one condition kept from firing, and how little was missing.
struct RehearsalNearMiss
{
    Id triggerInstance = {};
    Timestamp occurrence = {};
    QString criterion = {};
    QString sentence = {};

    friend bool operator==(const RehearsalNearMiss &, const RehearsalNearMiss &) = default;
};

// What happened in one stretch of the time that is rehearsed.
struct RehearsalBucket
{
    Timestamp begin = {};
    std::int64_t fires = 0;
    std::int64_t gained = 0;
    std::int64_t lost = 0;
    std::int64_t errors = 0;

    friend bool operator==(const RehearsalBucket &, const RehearsalBucket &) = default;
};

enum class RehearsalStatus { Running, Succeeded, Canceled, Failed };

// A draft rule over recorded events: how far that has come and what was found. Bounded in size
// however many events there are.
struct RehearsalReport
{
    Id id = {};
    // Of the draft.
    Ref rule = {};
    Ref triggerType = {};
    RehearsalStatus status = RehearsalStatus::Running;
    // Why it failed; or what is worth knowing about it.
    QString message = {};
    // Beside the saved version of the rule?
    bool isCompared = false;
    std::optional<Timestamp> from = {};
    std::optional<Timestamp> to = {};
    Timestamp started = {};
    std::optional<Timestamp> ended = {};
    // How many events there are to look at; summary.events have been.
    std::int64_t total = 0;
    RehearsalSummary summary = {};
    // Oldest first, those with something in them.
    std::chrono::seconds bucketWidth{0};
    std::vector<RehearsalBucket> timeline = {};
    // The newest events come first; no more than was asked for.
    std::vector<RehearsalMark> marks = {};
    std::vector<RehearsalNearMiss> nearMisses = {};

    friend bool operator==(const RehearsalReport &, const RehearsalReport &) = default;
};

Value toJson(const RehearsalReport &report);
Result<RehearsalReport> rehearsalReportFromJson(const Value &json);

} // namespace stormglass
