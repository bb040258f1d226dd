#include "engine/api/verdict_documents.h"

#include "engine/base/json.h"
#include "engine/rules/fixed_clock.h"

namespace stormglass {

namespace {

constexpr std::size_t longestValue = 1'000;

bool isWorthExplaining(VerdictKind kind)
{
    return kind == VerdictKind::NotMatched || kind == VerdictKind::Error;
}

Value nearMissDocument(const Explanation &explanation)
{
    Value document = Value::map({{"sentence", explanation.sentence}});
    if (explanation.change) {
        const Value pattern = briefly(explanation.change->pattern);
        if (pattern == explanation.change->pattern)
            document.set("change",
                         Value::map({{"criterion", explanation.change->key},
                                     {"operator", explanation.change->operatorName},
                                     {"pattern", pattern}}));
    }
    Value others = Value::list();
    for (const QString &key : explanation.alsoFailing)
        others.append(key);
    document.set("also_failing", others);
    return document;
}

void setCondition(Value &document, const Explanation &explanation)
{
    if (explanation.criterion.isEmpty())
        return;
    document.set("criterion", explanation.criterion);
    document.set("operator", explanation.operatorName);
    document.set("actual", briefly(explanation.actual));
    document.set("expected", briefly(explanation.expected));
    if (!explanation.message.isEmpty())
        document.set("message", explanation.message);
}

std::optional<Explanation> explanationBy(const Rule &rule, const VerdictEntry &entry,
                                         const VerdictSetting &setting)
{
    const FixedClock clock(entry.verdict.time);
    return explain(Criteria::compile(rule.criteria),
                   {setting.instance.payload, setting.resolver, clock}, setting.shownPayload);
}

// What the rule as it is now says.
Value presentDocument(const VerdictEntry &entry, const VerdictSetting &setting)
{
    if (entry.rule->state == RuleState::Disabled)
        return Value::map({{"verdict", toText(VerdictKind::Disabled)}});
    const std::optional<Explanation> explanation = explanationBy(*entry.rule, entry, setting);
    if (!explanation)
        return Value::map({{"verdict", toText(VerdictKind::Matched)}});
    const VerdictKind kind
        = explanation->message.isEmpty() ? VerdictKind::NotMatched : VerdictKind::Error;
    Value document = Value::map({{"verdict", toText(kind)}});
    setCondition(document, *explanation);
    document.set("near_miss", nearMissDocument(*explanation));
    return document;
}

// What was kept may come from a secret, and the rule that could tell is gone or another.
void maskKept(Value &document)
{
    for (const char *name : {"actual", "expected", "message"}) {
        if (document.find(name))
            document.set(name, "********");
    }
}

} // namespace

Value briefly(const Value &value)
{
    const std::string text = writeJson(value, {.maskSecrets = true});
    if (text.size() <= longestValue)
        return value;
    // Cut between characters.
    std::size_t end = longestValue;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return Value(text.substr(0, end) + "…");
}

bool isChangedSince(const VerdictEntry &entry)
{
    return entry.rule && entry.rule->changed > entry.verdict.time;
}

Value verdictDocument(const VerdictEntry &entry, const VerdictSetting &setting)
{
    Value document = toJson(entry.verdict);
    for (const char *name : {"actual", "expected"}) {
        if (const Value *value = document.find(name))
            document.set(name, briefly(*value));
    }
    if (entry.isComputedAgain)
        document.set("computed_again", true);
    const bool hasSecrets = !(setting.shownPayload == setting.instance.payload);
    if (!entry.rule || isChangedSince(entry)) {
        document.set(entry.rule ? "rule_changed" : "rule_removed", true);
        if (hasSecrets && isWorthExplaining(entry.verdict.kind))
            maskKept(document);
    }
    if (entry.rule && isChangedSince(entry)) {
        document.set("now", presentDocument(entry, setting));
        return document;
    }
    if (!entry.rule || !isWorthExplaining(entry.verdict.kind))
        return document;
    const std::optional<Explanation> explanation = explanationBy(*entry.rule, entry, setting);
    if (!explanation)
        return document; // A datastore item it looks at has changed since.
    if (explanation->criterion == entry.verdict.criterion)
        setCondition(document, *explanation);
    else if (hasSecrets)
        maskKept(document);
    document.set("near_miss", nearMissDocument(*explanation));
    return document;
}

} // namespace stormglass
