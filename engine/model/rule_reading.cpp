#include "engine/model/rule.h"

#include <algorithm>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> refuse(const QString &place, const QString &message)
{
    return failure(Error{.code = ErrorCode::Invalid, .message = message, .place = place});
}

QString quoted(std::string_view key)
{
    return QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
}

Result<> expectKeys(const Value &map, const QString &place,
                    std::initializer_list<std::string_view> known)
{
    for (const ValueMap::Entry &entry : map.entries()) {
        const bool isKnown = entry.key.isText()
            && std::any_of(known.begin(), known.end(),
                           [&entry](std::string_view key) { return entry.key.text() == key; });
        if (!isKnown)
            return refuse(place,
                          u"Additional properties are not allowed ('%1' was unexpected)"_s.arg(
                              entry.key.toQStringOr(u"?"_s)));
    }
    return {};
}

enum class Need { Required, Optional };

// The member as text; the fallback where it is absent or null.
Result<QString> textAt(const Value &map, std::string_view key, const QString &place, Need need,
                       const QString &fallback = {})
{
    const Value &member = map[key];
    if (member.isNull() && need == Need::Optional)
        return fallback;
    if (member.isNull())
        return refuse(place, u"'%1' is a required property"_s.arg(quoted(key)));
    if (!member.isText())
        return refuse(place, u"'%1' must be a text"_s.arg(quoted(key)));
    if (member.text().empty() && need == Need::Required)
        return refuse(place, u"'%1' must not be empty"_s.arg(quoted(key)));
    return member.toQString();
}

// The member as a map; an empty one where it is absent or null.
Result<Value> mapAt(const Value &map, std::string_view key, const QString &place)
{
    const Value &member = map[key];
    if (member.isNull())
        return Value::map();
    if (!member.isMap())
        return refuse(place, u"'%1' must be an object"_s.arg(quoted(key)));
    return member;
}

Result<> readType(const Value &json, Rule &rule)
{
    SG_LET(const Value type, mapAt(json, "type", u"type"_s));
    SG_TRY(expectKeys(type, u"type"_s, {"ref", "parameters"}));
    SG_LET(rule.type, textAt(type, "ref", u"type.ref"_s, Need::Optional, u"standard"_s));
    SG_LET(rule.typeParameters, mapAt(type, "parameters", u"type.parameters"_s));
    if (rule.type != u"standard" && rule.type != u"backstop")
        return refuse(u"type.ref"_s,
                      u"'%1' is not one of ['standard', 'backstop']"_s.arg(rule.type));
    return {};
}

Result<> readTrigger(const Value &json, Rule &rule)
{
    if (json["trigger"].isNull())
        return refuse(u"trigger"_s, u"'trigger' is a required property"_s);
    SG_LET(const Value trigger, mapAt(json, "trigger", u"trigger"_s));
    SG_LET(const QString type, textAt(trigger, "type", u"trigger.type"_s, Need::Required));
    rule.triggerType = Ref::fromText(type);
    SG_LET(rule.triggerParameters, mapAt(trigger, "parameters", u"trigger.parameters"_s));
    return {};
}

Result<> readCriteria(const Value &json, Rule &rule)
{
    SG_LET(rule.criteria, mapAt(json, "criteria", u"criteria"_s));
    for (const ValueMap::Entry &entry : rule.criteria.entries()) {
        const QString place = u"criteria."_s + entry.key.toQStringOr(u"?"_s);
        if (!entry.key.isText())
            return refuse(u"criteria"_s, u"The keys of criteria must be texts."_s);
        if (!entry.value.isMap())
            return refuse(place, u"A criterion must be an object with 'type' and 'pattern'."_s);
        SG_TRY(textAt(entry.value, "type", place, Need::Required));
        if (entry.value["pattern"].isNull())
            return refuse(place, u"'pattern' is a required property"_s);
    }
    return {};
}

Result<> readAction(const Value &json, Rule &rule)
{
    if (json["action"].isNull())
        return refuse(u"action"_s, u"'action' is a required property"_s);
    SG_LET(const Value action, mapAt(json, "action", u"action"_s));
    SG_TRY(expectKeys(action, u"action"_s, {"ref", "parameters", "description"}));
    SG_LET(const QString ref, textAt(action, "ref", u"action.ref"_s, Need::Required));
    rule.action = Ref::fromText(ref);
    SG_LET(rule.actionParameters, mapAt(action, "parameters", u"action.parameters"_s));
    return {};
}

// `state` is ours and says more than `enabled`, which it wins over.
Result<RuleState> stateOf(const Value &json)
{
    const Value &enabled = json["enabled"];
    if (!enabled.isNull() && !enabled.isBool())
        return refuse(u"enabled"_s, u"'enabled' must be true or false"_s);
    if (json["state"].isNull())
        return enabled.toBoolOr(false) ? RuleState::Enabled : RuleState::Disabled;
    SG_LET(const QString text, textAt(json, "state", u"state"_s, Need::Required));
    const std::optional<RuleState> state = ruleStateFromText(text);
    if (!state)
        return refuse(u"state"_s,
                      u"'%1' is not one of ['disabled', 'observe', 'enabled']"_s.arg(text));
    return *state;
}

Result<Value> tagsOf(const Value &json)
{
    const Value &tags = json["tags"];
    if (tags.isNull())
        return Value::list();
    if (!tags.isList())
        return refuse(u"tags"_s, u"'tags' must be an array"_s);
    for (const Value &tag : tags.items()) {
        if (!tag.isMap())
            return refuse(u"tags"_s, u"A tag must be an object with 'name' and 'value'."_s);
    }
    return tags;
}

} // namespace

Result<Rule> ruleFromJson(const Value &json)
{
    if (!json.isMap())
        return refuse({}, u"A rule must be an object."_s);
    SG_TRY(
        expectKeys(json, {},
                   {"id", "ref", "uid", "name", "pack", "description", "enabled", "state", "type",
                    "trigger", "criteria", "action", "context", "tags", "metadata_file"}));
    Rule rule;
    SG_LET(rule.ref.name, textAt(json, "name", u"name"_s, Need::Required));
    SG_LET(rule.ref.pack, textAt(json, "pack", u"pack"_s, Need::Optional, u"default"_s));
    SG_LET(rule.description, textAt(json, "description", u"description"_s, Need::Optional));
    SG_LET(rule.metadataFile, textAt(json, "metadata_file", u"metadata_file"_s, Need::Optional));
    SG_LET(rule.state, stateOf(json));
    SG_TRY(readType(json, rule));
    SG_TRY(readTrigger(json, rule));
    SG_TRY(readCriteria(json, rule));
    SG_TRY(readAction(json, rule));
    SG_LET(rule.context, mapAt(json, "context", u"context"_s));
    SG_LET(rule.tags, tagsOf(json));
    return rule;
}

} // namespace stormglass
