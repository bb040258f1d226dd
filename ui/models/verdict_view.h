#pragma once

#include "engine/base/value.h"
#include "engine/model/verdict.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace stormglass::ui {

// What one rule said of one trigger instance, as a list shows it.
struct VerdictView
{
    VerdictKind kind = VerdictKind::NotMatched;
    QString ruleRef;
    QString ruleId;
    QString criterion;
    QString operatorName;
    Value actual;
    Value expected;
    QString message;
    QString enforcementId;
    // How little was missing, on the rule's side; and what else did not hold.
    QString nearMiss;
    QStringList alsoFailing;
    // What was said then is not kept.
    bool isComputedAgain = false;
    bool isRuleRemoved = false;
    // What the rule says today, where it has changed since.
    std::optional<VerdictKind> now;
};

VerdictView verdictOf(const Value &json);
std::vector<VerdictView> verdictsOf(const Value &json);

// `fired`, `not matched`, …
QString verdictWord(VerdictKind kind);
// Why, in one sentence: `trigger.host equals "db-1": it was "db-2"`.
QString verdictReason(const VerdictView &verdict);
// How it would have matched, and what else is worth knowing; a sentence each.
QStringList verdictAdvice(const VerdictView &verdict);
// `3 rules, none fired`.
QString verdictSummary(const std::vector<VerdictView> &verdicts);

} // namespace stormglass::ui
