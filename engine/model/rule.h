#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <optional>

namespace stormglass {

// Disabled: not asked. Observe: asked and recorded, does not act. Enabled: acts.
enum class RuleState { Disabled, Observe, Enabled };

QString toText(RuleState state);
std::optional<RuleState> ruleStateFromText(const QString &text);

// Trigger + criteria → action (events.md 5).
struct Rule
{
    Id id = {};
    Ref ref = {};
    QString description = {};
    RuleState state = RuleState::Enabled;
    // `standard` or `backstop`.
    QString type = QStringLiteral("standard");
    Value typeParameters = Value::map();
    Ref triggerType = {};
    Value triggerParameters = Value::map();
    // The trigger these stand for, once the rule is stored.
    Id trigger = {};
    // Payload path (`trigger.a.b`) → {type, pattern, …}, in the order they are tried.
    Value criteria = Value::map();
    Ref action = {};
    Value actionParameters = Value::map();
    Value tags = Value::list();
    // StackStorm's `context` (whose `user` an execution runs for).
    Value context = Value::map();
    // Relative to its pack's folder; empty for a rule made through the API.
    QString metadataFile = {};
    // When what it says of an event last changed; not shown.
    Timestamp changed = {};
    // What its file last said of its state, which a person may since have chosen otherwise; not
    // shown.
    std::optional<RuleState> fileState = {};

    bool isBackstop() const { return type == QLatin1String("backstop"); }
    friend bool operator==(const Rule &, const Rule &) = default;
};

// As the API shows a rule: `enabled` is true for Enabled; `state` is ours and tells all three.
Value toJson(const Rule &rule);

// Reads what the API and rule files carry. Invalid with the path at fault in `place`.
Result<Rule> ruleFromJson(const Value &json);

} // namespace stormglass
