#pragma once

#include "engine/base/value.h"
#include "engine/expressions/arguments.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace stormglass {

class Evaluation;

// A walk over a sequence. False at the end and when the evaluation has failed.
class Iterator
{
public:
    virtual ~Iterator() = default;
    virtual bool next(Evaluation &evaluation, Value &item) = 0;
};

enum class Arithmetic { Add, Subtract, Multiply, Divide, FloorDivide, Modulo, Power };

// A value with behaviour (an undefined name, a function, a lazy sequence, a safe text): what the
// operators and look-ups of a template do with it. Each default is what Python does with a plain
// object.
class Object : public ValueObject
{
public:
    // False if no operation but the ones below that say so may touch it; the evaluation has failed
    // then.
    virtual bool isUsable(Evaluation &) const { return true; }

    // The same for an operand of arithmetic or an order.
    virtual bool isOperand(Evaluation &evaluation) const { return isUsable(evaluation); }

    virtual bool truth(Evaluation &) const { return true; }
    virtual std::string repr(Evaluation &evaluation) const;
    virtual std::string str(Evaluation &evaluation) const { return repr(evaluation); }
    // None: it has no length.
    virtual std::optional<std::int64_t> length(Evaluation &) const { return std::nullopt; }
    // Null: it cannot be iterated.
    virtual std::unique_ptr<Iterator> iterate(Evaluation &) const { return nullptr; }

    // None: no such attribute.
    virtual std::optional<Value> attribute(Evaluation &, std::string_view) const
    {
        return std::nullopt;
    }
    // Those that a person may have meant. Borrowed from the object.
    virtual std::vector<std::string_view> attributeNames() const { return {}; }
    // None where it has no items at all; a missing item fails as Python does.
    virtual std::optional<Value> item(Evaluation &, const Value &) const { return std::nullopt; }
    virtual bool isCallable() const { return false; }
    virtual Value call(Evaluation &evaluation, const Arguments &arguments) const;

    // None: compare by identity.
    virtual std::optional<bool> equals(Evaluation &, const Value &) const { return std::nullopt; }
    // None: search by iterating.
    virtual std::optional<bool> contains(Evaluation &, const Value &) const { return std::nullopt; }
    enum class Side { Left, Right };
    // `this op other`, or `other op this` from the right. None: not supported.
    virtual std::optional<Value> arithmetic(Evaluation &, Arithmetic, const Value &, Side) const
    {
        return std::nullopt;
    }
    // What int() and float() make a number of. None: it is no number.
    virtual std::optional<Value> number(Evaluation &) const { return std::nullopt; }
    // The text it is, for what Python has as a subclass of str.
    virtual std::optional<std::string_view> text() const { return std::nullopt; }
};

// Null if the value is no object of ours.
const Object *asObject(const Value &value);

template <typename Kind>
const Kind *objectAs(const Value &value)
{
    return value.isObject() ? dynamic_cast<const Kind *>(value.object().get()) : nullptr;
}

// The text of a Text, or of an object that is one.
std::optional<std::string_view> textIn(const Value &value);

} // namespace stormglass
