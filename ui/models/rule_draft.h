#pragma once

#include "engine/base/value.h"

#include <QString>

#include <vector>

namespace stormglass::ui {

// One condition as a form shows it. `extra` keeps what the form does not know (`condition` of a
// search).
struct CriterionRow
{
    QString path;
    QString operatorName = QStringLiteral("equals");
    Value pattern;
    Value extra = Value::map();

    friend bool operator==(const CriterionRow &, const CriterionRow &) = default;
};

// A rule while it is being edited. Everything of the rule that the form does not show is kept as it
// was.
struct RuleDraft
{
    Value original = Value::map();
    QString pack = QStringLiteral("default");
    QString name;
    QString description;
    QString state = QStringLiteral("enabled");
    QString trigger;
    Value triggerParameters = Value::map();
    std::vector<CriterionRow> criteria;
    QString action;
    Value actionParameters = Value::map();

    bool isNew() const { return original["id"].isNull(); }
    QString ref() const { return pack + QLatin1Char('.') + name; }
    friend bool operator==(const RuleDraft &, const RuleDraft &) = default;
};

RuleDraft draftOf(const Value &rule);
// The body of a POST or a PUT.
Value ruleJson(const RuleDraft &draft);
// A rule that was stored, as the body that makes it once more.
Value ruleAsNew(const Value &rule);

// What keeps it from being saved, field by field; empty texts where all is well.
struct DraftProblems
{
    QString name;
    QString trigger;
    QString action;
    // By row of the criteria.
    std::vector<QString> criteria;

    bool isEmpty() const;
};
DraftProblems problemsOf(const RuleDraft &draft);

// A pattern as it is typed: text stays text unless it is plainly a number, a word or JSON.
Value patternFromText(const QString &text);
QString patternText(const Value &pattern);

} // namespace stormglass::ui
