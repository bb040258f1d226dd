#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <optional>

namespace stormglass {

// Pending is ours and not shown by the API.
enum class EnforcementStatus { Pending, Succeeded, Failed };

QString toText(EnforcementStatus status);
std::optional<EnforcementStatus> enforcementStatusFromText(const QString &text);

// One rule acting on one trigger instance (events.md 5.8).
struct Enforcement
{
    Id id = {};
    Id triggerInstance = {};
    Id rule = {};
    Ref ruleRef = {};
    Id trace = {};
    // What was requested, if anything was.
    Id execution = {};
    EnforcementStatus status = EnforcementStatus::Pending;
    QString failureReason = {};
    Timestamp enforcedAt = {};

    friend bool operator==(const Enforcement &, const Enforcement &) = default;
};

Value toJson(const Enforcement &enforcement);

} // namespace stormglass
