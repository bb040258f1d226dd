#pragma once

#include "engine/base/error.h"
#include "engine/base/value.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace stormglass::ui {

// One parameter of an action, a trigger type or a pack's configuration, as its schema describes it.
struct ParameterField
{
    enum class Kind { Text, Integer, Number, Boolean, Array, Object, Any };
    QString name;
    Kind kind = Kind::Text;
    QString description;
    Value defaultValue;
    bool hasDefault = false;
    bool isRequired = false;
    bool isSecret = false;
    // Shown, and not to be changed.
    bool isImmutable = false;
    // The values allowed, if they are few.
    ValueList choices;
    int position = -1;
};

// In the order a person fills them in: required ones, then by position and name; immutable ones
// last. `schema` maps names to schemas; StackStorm's trigger types wrap it in `{type: object,
// properties: …}`.
std::vector<ParameterField> parameterFields(const Value &schema);

// Which parameter an engine's complaint is about; empty where it does not say.
QString faultyParameter(const Error &fault);

// How a value is written into an input of this kind, and the kind's name for people.
QString inputText(const ParameterField &field, const Value &value);
QString kindWord(ParameterField::Kind kind);

struct ParsedInput
{
    // None: nothing was filled in, so the parameter is left out.
    std::optional<Value> value;
    QString error;
};

// Reads what was filled in. A text with `{{ }}` is a template and fits every kind.
ParsedInput readInput(const ParameterField &field, const QString &text);

} // namespace stormglass::ui
