#pragma once

#include "engine/model/rehearsal_report.h"
#include "engine/model/rule.h"
#include "engine/rules/json_picker.h"
#include "engine/rules/screen.h"

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
    struct Taken
    {
        std::optional<RehearsalMark> mark = {};
        // The only condition that kept the draft from firing, by its place among its criteria.
        std::optional<std::size_t> heldBackBy = {};
    };
    Taken take(const RecordedEvent &event);

    // So far.
    const RehearsalSummary &summary();

private:
    // Which rules fire; the error is the draft's.
    struct Firing
    {
        bool draft = false;
        bool saved = false;
        std::optional<std::size_t> heldBackBy = {};
    };
    Result<Firing> fire(const RecordedEvent &event) const;
    Result<std::optional<Firing>> fireByPlaces(const RecordedEvent &event) const;
    Result<Firing> fireByPayload(const RecordedEvent &event) const;
    std::optional<RehearsalMark::Kind> count(const Firing &firing, const RecordedEvent &event);
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
    // How many events each of the draft's conditions alone kept from firing.
    std::vector<std::int64_t> m_heldBackBy;
    std::unordered_map<std::int64_t, std::int64_t> m_firesByMinute;
};

} // namespace stormglass
