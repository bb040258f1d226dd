#include "ui/models/rule_draft.h"

#include "engine/base/json.h"
#include "ui/models/operators.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace stormglass::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RuleDraft", text);
}

Value without(const Value &map, std::initializer_list<const char *> keys)
{
    Value rest = Value::map();
    for (const ValueMap::Entry &entry : map.entriesOrNone()) {
        const bool isKnown = std::any_of(keys.begin(), keys.end(), [&entry](const char *key) {
            return entry.key.isText() && entry.key.text() == key;
        });
        if (!isKnown)
            rest.set(entry.key, entry.value);
    }
    return rest;
}

bool needsPattern(const QString &name)
{
    for (const OperatorWord &word : offeredOperators()) {
        if (word.name == name)
            return word.needsPattern;
    }
    return true;
}

// The same path may be asked about several times; StackStorm tells them apart by what follows a
// `#`.
QString freeKey(const Value &criteria, const QString &path)
{
    QString key = path;
    for (int number = 1; criteria.find(key.toStdString()); ++number)
        key = path.section(QLatin1Char('#'), 0, 0) + QLatin1Char('#') + QString::number(number);
    return key;
}

} // namespace

RuleDraft draftOf(const Value &rule)
{
    RuleDraft draft;
    draft.original = rule;
    draft.pack = rule["pack"].toQStringOr(draft.pack);
    draft.name = rule["name"].toQStringOr({});
    draft.description = rule["description"].toQStringOr({});
    draft.state = rule["state"].toQStringOr(
        rule["enabled"].toBoolOr(false) ? QStringLiteral("enabled") : QStringLiteral("disabled"));
    draft.trigger = rule["trigger"]["type"].toQStringOr({});
    if (rule["trigger"]["parameters"].isMap())
        draft.triggerParameters = rule["trigger"]["parameters"];
    draft.action = rule["action"]["ref"].toQStringOr({});
    if (rule["action"]["parameters"].isMap())
        draft.actionParameters = rule["action"]["parameters"];
    for (const ValueMap::Entry &entry : rule["criteria"].entriesOrNone()) {
        CriterionRow row;
        row.path = entry.key.isText() ? entry.key.toQString() : QString();
        row.operatorName = entry.value["type"].toQStringOr({});
        row.pattern = entry.value["pattern"];
        row.extra = without(entry.value, {"type", "pattern"});
        draft.criteria.push_back(row);
    }
    return draft;
}

Value ruleJson(const RuleDraft &draft)
{
    Value json = draft.original.isMap() ? draft.original : Value::map();
    json.set("pack", draft.pack);
    json.set("name", draft.name);
    json.set("description", draft.description);
    json.set("enabled", draft.state == QLatin1String("enabled"));
    json.set("state", draft.state);
    Value trigger = Value::map({{"type", draft.trigger}, {"parameters", draft.triggerParameters}});
    json.set("trigger", trigger);
    Value criteria = Value::map();
    for (const CriterionRow &row : draft.criteria) {
        Value criterion = row.extra.isMap() ? row.extra : Value::map();
        criterion.set("type", row.operatorName);
        // `exists` ignores its pattern, and yet StackStorm wants one.
        criterion.set("pattern",
                      needsPattern(row.operatorName) || !row.pattern.isNull() ? row.pattern
                                                                              : Value(""));
        criteria.set(freeKey(criteria, row.path), criterion);
    }
    json.set("criteria", criteria);
    json.set("action", Value::map({{"ref", draft.action}, {"parameters", draft.actionParameters}}));
    return json;
}

Value ruleAsNew(const Value &rule)
{
    Value body = without(rule, {"id", "uid", "ref", "metadata_file", "context"});
    body.set("trigger", without(rule["trigger"], {"ref"}));
    return body;
}

bool DraftProblems::isEmpty() const
{
    return name.isEmpty() && trigger.isEmpty() && action.isEmpty()
        && std::all_of(criteria.begin(), criteria.end(),
                       [](const QString &text) { return text.isEmpty(); });
}

DraftProblems problemsOf(const RuleDraft &draft)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9_][A-Za-z0-9_.\\-]*$"));
    DraftProblems problems;
    if (draft.name.isEmpty())
        problems.name = tr("A rule needs a name.");
    else if (!form.match(draft.name).hasMatch())
        problems.name = tr("Letters, digits, dots, dashes and underscores make a name.");
    if (draft.trigger.isEmpty())
        problems.trigger = tr("Choose what the rule listens to.");
    if (draft.action.isEmpty())
        problems.action = tr("Choose what the rule does.");
    for (const CriterionRow &row : draft.criteria) {
        QString problem;
        if (row.path.trimmed().isEmpty())
            problem = tr("Name a value of the event, such as trigger.line.");
        else if (needsPattern(row.operatorName) && row.pattern.isNull())
            problem = tr("Say what to compare with.");
        problems.criteria.push_back(problem);
    }
    return problems;
}

Value patternFromText(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return {};
    const QChar first = trimmed.front();
    const bool looksTyped = first == QLatin1Char('[')
        || (first == QLatin1Char('{') && !trimmed.startsWith(QLatin1String("{{")))
        || first == QLatin1Char('"') || first == QLatin1Char('-') || first.isDigit()
        || trimmed == QLatin1String("true") || trimmed == QLatin1String("false");
    if (!looksTyped)
        return text;
    const Result<Value> value = readJson(trimmed.toStdString());
    return value ? *value : Value(text);
}

QString patternText(const Value &pattern)
{
    if (pattern.isNull())
        return {};
    if (!pattern.isText())
        return QString::fromStdString(writeJson(pattern, {.pythonSpacing = true}));
    // A text that would be read back as something else keeps its quotes.
    const QString text = pattern.toQString();
    return patternFromText(text) == pattern ? text : QString::fromStdString(writeJson(pattern));
}

} // namespace stormglass::ui
