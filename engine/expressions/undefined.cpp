#include "engine/expressions/undefined.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/members.h"
#include "engine/expressions/near_names.h"
#include "engine/expressions/python_operators.h"

namespace stormglass {

namespace {

class NoIterator final : public Iterator
{
public:
    bool next(Evaluation &, Value &) override { return false; }
};

} // namespace

bool Undefined::isUsable(Evaluation &evaluation) const
{
    return m_of == Of::Else || !evaluation.isStrict() || refuse(evaluation);
}

Value Undefined::ofName(const Evaluation &evaluation, const Value &name)
{
    return Value(std::make_shared<const Undefined>(Of::Name, Value(), name, PythonError::Undefined,
                                                   evaluation.position()));
}

Value Undefined::ofMember(const Evaluation &evaluation, const Value &owner, const Value &name)
{
    return Value(std::make_shared<const Undefined>(Of::Member, owner, name, PythonError::Undefined,
                                                   evaluation.position()));
}

Value Undefined::ofMessage(const Evaluation &evaluation, std::string_view message,
                           std::string_view kind)
{
    return Value(std::make_shared<const Undefined>(Of::Message, Value(), Value(message), kind,
                                                   evaluation.position()));
}

Value Undefined::ofMissingElse(Position position)
{
    const std::string message = "the inline if-expression on line " + std::to_string(position.line)
        + " evaluated to false and no else section was defined.";
    return Value(std::make_shared<const Undefined>(Of::Else, Value(), Value(message),
                                                   PythonError::Undefined, position));
}

bool Undefined::refuse(Evaluation &evaluation) const
{
    evaluation.at(m_position);
    evaluation.fail(m_kind, message() + nearNames(evaluation));
    return false;
}

std::string Undefined::message() const
{
    switch (m_of) {
    case Of::Message:
    case Of::Else:
        return std::string(m_name.text());
    case Of::Member:
        return memberMessage();
    case Of::Name:
        break;
    }
    return '\'' + std::string(m_name.text()) + "' is undefined";
}

std::string Undefined::nearNames(const Evaluation &evaluation) const
{
    const bool isNamed = m_of == Of::Name || m_of == Of::Member;
    if (!isNamed || !m_name.isText())
        return {};
    const std::vector<std::string_view> names
        = m_of == Of::Name ? evaluation.visibleNames() : memberNames(m_owner);
    return didYouMean(names, m_name.text());
}

std::string Undefined::memberMessage() const
{
    std::string type = m_owner.isNull() ? "None" : typeNameOf(m_owner);
    if (m_name.isInteger())
        return type + " object has no element "
            + (m_name.isInt() ? std::to_string(m_name.toInt()) : m_name.toBigInt().text());
    if (!m_owner.isNull())
        type += " object";
    const std::string name = m_name.isText() ? '\'' + std::string(m_name.text()) + '\''
                                             : "of type '" + typeNameOf(m_name) + '\'';
    return '\'' + type + "' has no attribute " + name;
}

std::string Undefined::str(Evaluation &evaluation) const
{
    isUsable(evaluation);
    return {};
}

std::unique_ptr<Iterator> Undefined::iterate(Evaluation &) const
{
    return std::make_unique<NoIterator>();
}

std::optional<Value> Undefined::item(Evaluation &evaluation, const Value &) const
{
    refuse(evaluation);
    return Value();
}

Value Undefined::call(Evaluation &evaluation, const Arguments &) const
{
    refuse(evaluation);
    return {};
}

std::optional<bool> Undefined::equals(Evaluation &, const Value &other) const
{
    return isUndefined(other);
}

bool isUndefined(const Value &value)
{
    return objectAs<Undefined>(value) != nullptr;
}

} // namespace stormglass
