#include "engine/expressions/jinja_macro.h"

#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/near_names.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/undefined.h"

#include <algorithm>

namespace stormglass {

namespace {

const NamedArgument *findNamed(const Arguments &arguments, std::string_view name)
{
    const auto found = std::ranges::find_if(arguments.named, [&](const NamedArgument &argument) {
        return argument.name.text() == name;
    });
    return found == arguments.named.end() ? nullptr : &*found;
}

void visitMacro(const JinjaMacroParts &parts, NodeVisitor &visitor)
{
    visitor.opensScope();
    for (const auto &parameter : parts.parameters) {
        if (parameter.preset)
            parameter.preset->visit(visitor);
        visitor.writes(parameter.text.text(), {});
    }
    for (const std::string_view implied : {"caller", "varargs", "kwargs"})
        visitor.writes(implied, {});
    visitAll(parts.body, visitor);
    visitor.closesScope();
}

} // namespace

std::string JinjaMacro::repr(Evaluation &) const
{
    return m_parts.name.empty() ? "<Macro anonymous>" : "<Macro '" + m_parts.name + "'>";
}

std::optional<Value> JinjaMacro::attribute(Evaluation &, std::string_view name) const
{
    if (name == "name")
        return m_parts.name.empty() ? Value() : Value(m_parts.name);
    if (name == "arguments") {
        ValueList names;
        for (const auto &parameter : m_parts.parameters)
            names.push_back(parameter.text);
        return Value::tuple(std::move(names));
    }
    if (name == "catch_kwargs")
        return Value(m_parts.kwargs.isUsed);
    if (name == "catch_varargs")
        return Value(m_parts.varargs.isUsed);
    if (name == "caller")
        return Value(m_parts.caller.isUsed);
    return std::nullopt;
}

bool JinjaMacro::declares(std::string_view name) const
{
    return std::ranges::any_of(
        m_parts.parameters,
        [&](const JinjaMacroParts::Parameter &parameter) { return parameter.text.text() == name; });
}

Value JinjaMacro::call(Evaluation &evaluation, const Arguments &arguments) const
{
    JinjaEvaluation &jinja = asJinja(evaluation);
    OpenScope open(jinja, &m_outer);
    if (!bind(jinja, arguments, open.scope()))
        return {};
    JinjaCapture output(jinja);
    runAll(m_parts.body, jinja);
    return jinja.captured(output.take());
}

bool JinjaMacro::bind(JinjaEvaluation &evaluation, const Arguments &arguments,
                      JinjaScope &scope) const
{
    std::vector<bool> isGiven;
    for (std::size_t i = 0; i < m_parts.parameters.size(); ++i) {
        const auto &parameter = m_parts.parameters[i];
        const Value *value = i < arguments.positional.size() ? &arguments.positional[i] : nullptr;
        if (!value) {
            const NamedArgument *named = findNamed(arguments, parameter.text.text());
            value = named ? &named->value : nullptr;
        }
        isGiven.push_back(value != nullptr);
        scope.set(parameter.name,
                  value ? *value
                        : Undefined::ofMessage(evaluation,
                                               "parameter '" + std::string(parameter.text.text())
                                                   + "' was not provided"));
    }
    return bindCaller(evaluation, arguments, scope) && bindRest(evaluation, arguments, scope)
        && applyPresets(evaluation, isGiven);
}

bool JinjaMacro::bindCaller(JinjaEvaluation &evaluation, const Arguments &arguments,
                            JinjaScope &scope) const
{
    if (!m_parts.caller.isUsed || declares("caller"))
        return true;
    const NamedArgument *caller = findNamed(arguments, "caller");
    scope.set(m_parts.caller.name,
              caller ? caller->value : Undefined::ofMessage(evaluation, "No caller defined"));
    return true;
}

bool JinjaMacro::bindRest(JinjaEvaluation &evaluation, const Arguments &arguments,
                          JinjaScope &scope) const
{
    const std::size_t places = m_parts.parameters.size();
    ValueMap names;
    for (std::size_t i = 0; i < arguments.named.size(); ++i) {
        const std::string_view name = arguments.named[i].name.text();
        const auto isThis = [&](const auto &parameter) { return parameter.text.text() == name; };
        const auto declared = std::ranges::find_if(m_parts.parameters, isThis);
        const auto place = static_cast<std::size_t>(declared - m_parts.parameters.begin());
        const bool isTaken = place < places && place >= arguments.positional.size();
        const bool isCaller = name == "caller" && m_parts.caller.isUsed;
        if (!isTaken && !isCaller)
            names.set(arguments.named[i].name, arguments.named[i].value);
    }
    if (m_parts.kwargs.isUsed) {
        scope.set(m_parts.kwargs.name, Value(names));
    } else if (!names.isEmpty()) {
        const std::string_view name = names.at(0).key.text();
        std::vector<std::string_view> declared;
        for (const auto &parameter : m_parts.parameters)
            declared.push_back(parameter.text.text());
        evaluation.failType("macro '" + m_parts.name + "' takes no keyword argument '"
                            + std::string(name) + "'" + didYouMean(declared, name));
        return false;
    }
    const bool tooMany = arguments.positional.size() > places;
    if (m_parts.varargs.isUsed) {
        const auto rest = tooMany ? arguments.positional.subspan(places) : std::span<const Value>();
        scope.set(m_parts.varargs.name, Value::tuple(ValueList(rest.begin(), rest.end())));
    } else if (tooMany) {
        evaluation.failType("macro '" + m_parts.name + "' takes not more than "
                            + std::to_string(places) + " argument(s)");
    }
    return !evaluation.failed();
}

// In the macro's scope, so that a default may use the parameters before it.
bool JinjaMacro::applyPresets(JinjaEvaluation &evaluation, const std::vector<bool> &isGiven) const
{
    for (std::size_t i = 0; i < m_parts.parameters.size(); ++i) {
        const auto &parameter = m_parts.parameters[i];
        if (isGiven[i] || !parameter.preset)
            continue;
        Value preset = parameter.preset->evaluate(evaluation);
        if (evaluation.failed())
            return false;
        evaluation.scope().set(parameter.name, std::move(preset));
    }
    return true;
}

void JinjaMacroStatement::run(JinjaEvaluation &evaluation) const
{
    for (JinjaScope *scope = &evaluation.scope(); scope; scope = scope->outer())
        scope->keep();
    evaluation.scope().set(m_name,
                           Value(std::make_shared<const JinjaMacro>(m_parts, evaluation.scope())));
}

void JinjaMacroStatement::visit(NodeVisitor &visitor) const
{
    visitor.writes(m_parts.name, {});
    visitMacro(m_parts, visitor);
}

void JinjaCallBlock::run(JinjaEvaluation &evaluation) const
{
    for (JinjaScope *scope = &evaluation.scope(); scope; scope = scope->outer())
        scope->keep();
    const NamedArgument caller{
        Value("caller"), Value(std::make_shared<const JinjaMacro>(m_parts, evaluation.scope()))};
    const Value result = m_call->evaluateWith(evaluation, &caller);
    if (!evaluation.failed())
        evaluation.join(result);
}

void JinjaCallBlock::visit(NodeVisitor &visitor) const
{
    m_call->visit(visitor);
    visitMacro(m_parts, visitor);
}

} // namespace stormglass
