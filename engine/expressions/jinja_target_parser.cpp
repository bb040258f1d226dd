#include "engine/expressions/jinja_parser.h"

namespace stormglass {

TargetPointer JinjaParser::parseTarget(bool withNamespace, std::string_view endsAt)
{
    const bool isField = isAtKind(JinjaTokenKind::Name) && ahead().text == "."
        && ahead().kind == JinjaTokenKind::Operator;
    if (withNamespace && isField) {
        m_loopTarget.reset();
        NodePointer owner = parseName();
        advance();
        const std::string_view field = takeName();
        return std::make_unique<JinjaFieldTarget>(std::move(owner), Value(field));
    }
    m_loopTarget.reset();
    TupleForm form;
    form.isSimple = true;
    form.endsAt = endsAt;
    const NodePointer node = parseTuple(form);
    return failed() ? nullptr : asTarget(*node);
}

TargetPointer JinjaParser::parseNameTarget()
{
    const Position position = current().position;
    const std::string_view name = takeName();
    if (failed())
        return nullptr;
    const JinjaName number = numberOf(name);
    return std::make_unique<JinjaNameTarget>(position, number, m_program.name(number));
}

TargetPointer JinjaParser::asTarget(const Node &node)
{
    if (const auto *variable = dynamic_cast<const JinjaVariable *>(&node)) {
        if (variable->text() == Value("loop"))
            m_loopTarget = node.position();
        return std::make_unique<JinjaNameTarget>(node.position(), variable->name(),
                                                 variable->text());
    }
    if (const auto *tuple = dynamic_cast<const JinjaTuple *>(&node)) {
        std::vector<TargetPointer> targets;
        for (const NodePointer &item : tuple->items()) {
            targets.push_back(asTarget(*item));
            if (failed())
                return nullptr;
        }
        return std::make_unique<JinjaTupleTarget>(node.position(), std::move(targets));
    }
    const bool isConstant = dynamic_cast<const JinjaConstant *>(&node) != nullptr;
    failAt(node.position(),
           isConstant ? "can't assign to 'const'" : "can't assign to this expression");
    return nullptr;
}

} // namespace stormglass
