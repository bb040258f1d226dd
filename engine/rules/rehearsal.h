#pragma once

#include "engine/model/rule.h"
#include "engine/rules/json_picker.h"
#include "engine/rules/screen.h"

#include <map>
#include <optional>
#include <span>

namespace stormglass {

// A trigger instance as it was recorded.
struct RecordedEvent
{
    Id triggerInstance;
    Timestamp occurrence;
    // JSON text, borrowed for the call.
    std::string_view payload;
    // Another rule matched it then: what a backstop rule depends on.
    bool othersMatched = false;
};

// What one event would have got from the draft, where that is worth a mark.
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

    Id triggerInstance;
    Timestamp occurrence;
    Kind kind = Kind::Fires;

    friend bool operator==(const RehearsalMark &, const RehearsalMark &) = default;
};

struct RehearsalErrors
{
    std::int64_t count = 0;
    // The first of them.
    QString message;
    Id triggerInstance;
};

struct RehearsalSummary
{
    std::int64_t events = 0;
    // Events on which the draft fires, the saved version fires, only the one, only the other.
    std::int64_t fires = 0;
    std::int64_t firedBefore = 0;
    std::int64_t gained = 0;
    std::int64_t lost = 0;
    // The minute in which the draft fires most often.
    Timestamp peakMinute;
    std::int64_t peak = 0;
    // By the class of the error.
    std::map<QString, RehearsalErrors> errors;
};

// A draft rule over recorded events, beside its saved version if there is one. The caller streams
// events in chunks, in any order, and stops when it likes. Whether a rule is enabled does not
// matter here; its time is each event's own. Thread: its owner's.
class Rehearsal
{
public:
    // The resolver may be null; it is borrowed.
    Rehearsal(const Rule &draft, const std::optional<Rule> &saved, const Resolver *resolver);

    // Marks for those events that deserve one, in the order given.
    std::vector<RehearsalMark> take(std::span<const RecordedEvent> events);

    const RehearsalSummary &summary() const { return m_summary; }

private:
    // Which rules fire; the error is the draft's.
    struct Firing
    {
        bool draft = false;
        bool saved = false;
    };
    Result<Firing> fire(const RecordedEvent &event) const;
    Result<std::optional<Firing>> fireByPlaces(const RecordedEvent &event) const;
    Result<Firing> fireByPayload(const RecordedEvent &event) const;
    std::optional<RehearsalMark::Kind> judge(const RecordedEvent &event);
    void recordError(const RecordedEvent &event, const Error &error);
    void countFire(Timestamp occurrence);

    struct Version
    {
        Criteria criteria;
        bool isBackstop = false;
    };
    Version m_draft;
    std::optional<Version> m_saved;
    const Resolver *m_resolver;
    // The draft first, then the saved version.
    Screen m_screen;
    JsonPicker m_picker;
    RehearsalSummary m_summary;
    std::unordered_map<std::int64_t, std::int64_t> m_firesByMinute;
};

} // namespace stormglass
