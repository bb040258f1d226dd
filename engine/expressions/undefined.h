#pragma once

#include "engine/expressions/object.h"
#include "engine/expressions/position.h"
#include "engine/expressions/python_errors.h"

namespace stormglass {

// What Jinja has where a name or member is missing. Asking whether it is defined is always allowed;
// using it fails with its message: any use under UndefinedMode::Strict, all but printing, truth and
// iteration under Lenient.
class Undefined final : public Object
{
public:
    enum class Of { Name, Member, Message, Else };
    Undefined(Of of, Value owner, Value name, std::string_view kind, Position position)
        : m_of(of)
        , m_owner(std::move(owner))
        , m_name(std::move(name))
        , m_kind(kind)
        , m_position(position)
    {
    }
    // Each remembers where the evaluation is: there it is to be mended, wherever it is used.
    static Value ofName(const Evaluation &evaluation, const Value &name);
    static Value ofMember(const Evaluation &evaluation, const Value &owner, const Value &name);
    static Value ofMessage(const Evaluation &evaluation, std::string_view message,
                           std::string_view kind = PythonError::Undefined);
    // Of an `a if b` without `else`: lenient in every mode.
    static Value ofMissingElse(Position position);

    std::string_view typeName() const override { return "Undefined"; }
    bool isUsable(Evaluation &evaluation) const override;
    bool isOperand(Evaluation &evaluation) const override { return refuse(evaluation); }
    bool truth(Evaluation &) const override { return false; }
    std::string repr(Evaluation &) const override { return "Undefined"; }
    std::string str(Evaluation &evaluation) const override;
    std::optional<std::int64_t> length(Evaluation &) const override { return 0; }
    std::unique_ptr<Iterator> iterate(Evaluation &evaluation) const override;
    std::optional<Value> item(Evaluation &evaluation, const Value &key) const override;
    Value call(Evaluation &evaluation, const Arguments &arguments) const override;
    std::optional<bool> equals(Evaluation &evaluation, const Value &other) const override;

    bool isOfMissingElse() const { return m_of == Of::Else; }
    // Fails with the message; false.
    bool refuse(Evaluation &evaluation) const;
    // As Jinja words it.
    std::string message() const;
    // ` (did you mean 'host'?)`, of names that exist; empty if none is near.
    std::string nearNames(const Evaluation &evaluation) const;
    Position position() const { return m_position; }

private:
    std::string memberMessage() const;

    const Of m_of;
    const Value m_owner;
    const Value m_name;
    const std::string_view m_kind;
    const Position m_position;
};

bool isUndefined(const Value &value);

} // namespace stormglass
