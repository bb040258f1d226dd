#pragma once

#include "ui/models/rule_draft.h"

#include <variant>

namespace stormglass::ui {

// What a rule's file holds, in the order people write it.
Value ruleFile(const RuleDraft &draft);
QString ruleFileText(const RuleDraft &draft);

struct RuleFileProblem
{
    QString message;
    // From 1; 0 where it is about the whole.
    int line = 0;
};

// What somebody has written as a rule's file, as the draft `base` becomes by it. A rule that is
// stored keeps its name and its pack: another name is another rule.
std::variant<RuleDraft, RuleFileProblem> readRuleFile(const QString &text, const RuleDraft &base);

} // namespace stormglass::ui
