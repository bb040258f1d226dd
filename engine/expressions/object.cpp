#include "engine/expressions/object.h"

#include "engine/expressions/evaluation.h"

namespace stormglass {

std::string Object::repr(Evaluation &) const
{
    // Python shows an address here; a template that depends on one has no meaning to keep.
    return "<" + std::string(typeName()) + " object>";
}

Value Object::call(Evaluation &evaluation, const Arguments &) const
{
    return evaluation.failType("'" + std::string(typeName()) + "' object is not callable");
}

const Object *asObject(const Value &value)
{
    return objectAs<Object>(value);
}

std::optional<std::string_view> textIn(const Value &value)
{
    if (value.isText())
        return value.text();
    if (!value.isObject())
        return std::nullopt;
    const Object *object = asObject(value);
    return object ? object->text() : std::nullopt;
}

} // namespace stormglass
