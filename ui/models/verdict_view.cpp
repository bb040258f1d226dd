#include "ui/models/verdict_view.h"

#include "ui/models/operators.h"
#include "ui/models/summary.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace stormglass::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Verdict", text);
}

} // namespace

VerdictView verdictOf(const Value &json)
{
    VerdictView view;
    view.kind = verdictKindFromText(json["verdict"].toQStringOr({})).value_or(VerdictKind::Error);
    view.ruleRef = json["rule"]["ref"].toQStringOr({});
    view.ruleId = json["rule"]["id"].toQStringOr({});
    view.criterion = json["criterion"].toQStringOr({});
    view.operatorName = json["operator"].toQStringOr({});
    view.actual = json["actual"];
    view.expected = json["expected"];
    view.message = json["message"].toQStringOr({});
    view.enforcementId = json["enforcement_id"].toQStringOr({});
    view.nearMiss = json["near_miss"]["sentence"].toQStringOr({});
    for (const Value &key : json["near_miss"]["also_failing"].itemsOrNone())
        view.alsoFailing.append(key.toQStringOr({}));
    view.isComputedAgain = json["computed_again"].toBoolOr(false);
    view.isRuleRemoved = json["rule_removed"].toBoolOr(false);
    view.now = verdictKindFromText(json["now"]["verdict"].toQStringOr({}));
    return view;
}

std::vector<VerdictView> verdictsOf(const Value &json)
{
    std::vector<VerdictView> views;
    for (const Value &item : json.itemsOrNone())
        views.push_back(verdictOf(item));
    return views;
}

QString verdictWord(VerdictKind kind)
{
    switch (kind) {
    case VerdictKind::Matched:
        return tr("fired");
    case VerdictKind::NotMatched:
        return tr("did not match");
    case VerdictKind::Error:
        return tr("error");
    case VerdictKind::Disabled:
        return tr("disabled");
    case VerdictKind::Observed:
        return tr("observed");
    case VerdictKind::Held:
        return tr("held by a policy");
    case VerdictKind::ActionMissing:
        return tr("action missing");
    case VerdictKind::ParametersFailed:
        return tr("parameters failed");
    case VerdictKind::NotNeeded:
        return tr("not needed");
    }
    return {};
}

QString verdictReason(const VerdictView &verdict)
{
    if (!verdict.criterion.isEmpty() && verdict.kind == VerdictKind::NotMatched) {
        return tr("%1 %2 %3: it was %4")
            .arg(verdict.criterion, operatorWords(verdict.operatorName),
                 shortText(verdict.expected), shortText(verdict.actual));
    }
    if (!verdict.message.isEmpty())
        return verdict.message;
    switch (verdict.kind) {
    case VerdictKind::Matched:
        return tr("Every condition held.");
    case VerdictKind::NotMatched:
        return tr("A condition did not hold.");
    case VerdictKind::Error:
        return tr("A condition could not be evaluated.");
    case VerdictKind::Disabled:
        return tr("The rule is disabled.");
    case VerdictKind::Observed:
        return tr("Every condition held; the rule only observes.");
    case VerdictKind::Held:
        return tr("Every condition held; a policy holds its action back.");
    case VerdictKind::ActionMissing:
        return tr("Every condition held; its action is not registered.");
    case VerdictKind::ParametersFailed:
        return tr("Every condition held; the parameters could not be rendered.");
    case VerdictKind::NotNeeded:
        return tr("A backstop, and another rule fired.");
    }
    return {};
}

QStringList verdictAdvice(const VerdictView &verdict)
{
    QStringList advice;
    const bool isFailed = verdict.kind == VerdictKind::NotMatched && !verdict.criterion.isEmpty();
    if (isFailed && verdict.alsoFailing.isEmpty() && !verdict.nearMiss.isEmpty())
        advice.append(tr("Only this condition kept it from firing."));
    if (!verdict.nearMiss.isEmpty())
        advice.append(verdict.nearMiss);
    if (!verdict.alsoFailing.isEmpty())
        advice.append(tr("These do not hold either: %1.")
                          .arg(verdict.alsoFailing.join(QStringLiteral(", "))));
    if (verdict.isComputedAgain)
        advice.append(tr("What was said then is not kept; the rule was asked again."));
    if (verdict.isRuleRemoved)
        advice.append(tr("The rule is gone."));
    if (verdict.now)
        advice.append(tr("The rule has changed since. Today: %1.").arg(verdictWord(*verdict.now)));
    return advice;
}

QString verdictSummary(const std::vector<VerdictView> &verdicts)
{
    if (verdicts.empty())
        return tr("no rule listens");
    const auto fired = std::count_if(verdicts.begin(), verdicts.end(), [](const VerdictView &view) {
        return view.kind == VerdictKind::Matched;
    });
    const QString rules = verdicts.size() == 1 ? tr("1 rule") : tr("%1 rules").arg(verdicts.size());
    return fired == 0 ? tr("%1, none fired").arg(rules) : tr("%1, %2 fired").arg(rules).arg(fired);
}

} // namespace stormglass::ui
