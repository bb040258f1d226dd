#include "engine/expressions/yaql_function.h"

#include "engine/expressions/python_operators.h"
#include "engine/expressions/yaql_objects.h"

#include <charconv>

namespace stormglass {

namespace {

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

// null, true, false, integers and quoted text.
Value presetOf(std::string_view text)
{
    if (text == "null")
        return {};
    if (text == "true" || text == "false")
        return text == "true";
    if (text == "zero")
        return Value::duration(0);
    if (text.starts_with('\''))
        return text.substr(1, text.size() - 2);
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    SG_ASSERT(read.ec == std::errc());
    return number;
}

std::string camelCase(std::string_view name)
{
    std::string result;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool begins = i > 0 && name[i - 1] == '_';
        if (name[i] != '_')
            result += begins ? static_cast<char>(name[i] & ~0x20) : name[i];
    }
    return result;
}

// What YAQL makes of a parameter that only has a default to go by.
YaqlType typeOfPreset(const Value &preset)
{
    return preset.isBool() ? YaqlType::Bool
        : preset.isInt()   ? YaqlType::Integer
        : preset.isText()  ? YaqlType::Text
                           : YaqlType::Any;
}

} // namespace

Value YaqlLambda::operator()(YaqlEvaluation &evaluation, std::span<const Value> arguments) const
{
    if (!m_node)
        return m_constant;
    const auto scope = evaluation.newScope(m_scope);
    if (!scope)
        return {};
    for (std::size_t i = 0; i < arguments.size(); ++i)
        scope->set(std::to_string(i + 1), arguments[i]);
    return in(evaluation, scope);
}

Value YaqlLambda::in(YaqlEvaluation &evaluation, YaqlScopePtr scope) const
{
    if (!m_node)
        return m_constant;
    const DepthGuard depth(evaluation);
    if (!depth || !evaluation.step())
        return {};
    const YaqlScopeGuard guard(evaluation, std::move(scope));
    const YaqlPlaceGuard place(evaluation, m_node->position());
    return m_node->evaluate(evaluation);
}

YaqlLambda YaqlCall::lambdaOf(const YaqlArgument &argument) const
{
    return argument.node ? YaqlLambda(*argument.node, evaluation.scope())
                         : YaqlLambda(argument.value);
}

ValueList YaqlCall::restValues(std::size_t from) const
{
    ValueList values;
    for (std::size_t i = from; i < restCount(); ++i)
        values.push_back(rest(i));
    return values;
}

std::int64_t YaqlCall::integer(std::size_t parameter) const
{
    const Value &value = (*this)[parameter];
    if (const auto number = indexIn(value))
        return *number;
    evaluation.fail(PythonError::Overflow, "Python int too large to convert to C ssize_t");
    return 0;
}

bool YaqlFunction::Parameter::accepts(const YaqlArgument &argument) const
{
    const YaqlNode *const node = argument.node;
    if (type == YaqlType::Lambda)
        return true;
    if (type == YaqlType::LazyRule)
        return node && node->isRule();
    const Value *const constant = node ? node->constant() : &argument.value;
    if (!constant)
        return true;
    return constant->isNull() ? isNullable : isOfYaqlType(type, *constant);
}

bool YaqlFunction::isMethodOf(const Value &value) const
{
    if (!m_isMethod)
        return false;
    const YaqlArgument receiver{nullptr, value, false};
    return m_parameters.empty() ? m_rest && m_rest->accepts(receiver)
                                : m_parameters.front().accepts(receiver);
}

YaqlFunction::YaqlFunction(const YaqlFunctionEntry &entry)
    : m_isFunction(false)
    , m_native(entry.function)
{
    std::string_view text = entry.signature;
    for (; !text.empty() && text.front() != ' '; text.remove_prefix(1)) {
        m_isMethod = m_isMethod || text.front() == 'm';
        m_isFunction = m_isFunction || text.front() == 'f';
        m_takesRules = m_takesRules || text.front() == '!';
    }
    text.remove_prefix(1);
    const std::size_t open = text.find('(');
    m_name = text.substr(0, open);
    text = text.substr(open + 1, text.rfind(')') - open - 1);
    while (!trimmed(text).empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        readParameter(trimmed(text.substr(0, comma)));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
}

YaqlFunction::YaqlFunction(const FunctionEntry &entry, Sequences sequences)
    : m_name(entry.name)
    , m_shared(std::make_shared<const Function>(entry))
    , m_sequences(sequences)
{
    const Signature &signature = m_shared->signature();
    for (const Signature::Parameter &parameter : signature.parameters())
        m_parameters.push_back({camelCase(parameter.name), typeOfPreset(parameter.preset), true,
                                !parameter.isRequired, parameter.preset});
    if (signature.takesRest())
        m_rest = Parameter{};
    m_takesNames = signature.takesNames();
}

YaqlFunction::YaqlFunction(std::string name, YaqlLambda body)
    : m_name(std::move(name))
    , m_rest(Parameter{})
    , m_takesNames(true)
    , m_body(std::move(body))
{
}

void YaqlFunction::readParameter(std::string_view text)
{
    if (text.starts_with("**")) {
        m_takesNames = true;
        return;
    }
    Parameter parameter;
    const std::size_t colon = text.find(':');
    const std::size_t equals = text.find('=');
    std::string_view type = text.substr(colon + 1, std::min(equals, text.size()) - colon - 1);
    const bool isMarked = type.ends_with('?') || type.ends_with('!');
    parameter.isNullable = isMarked ? type.back() == '?' : type == "any" || type == "lambda";
    if (isMarked)
        type.remove_suffix(1);
    parameter.type = yaqlTypeNamed(type);
    if (parameter.type == YaqlType::Null)
        parameter.isNullable = true;
    if (equals != std::string_view::npos) {
        parameter.hasDefault = true;
        if (text.substr(equals + 1) != "none")
            parameter.preset = presetOf(text.substr(equals + 1));
    }
    const bool isRest = text.starts_with('*');
    parameter.name = text.substr(isRest ? 1 : 0, colon - (isRest ? 1 : 0));
    if (isRest)
        m_rest = std::move(parameter);
    else
        m_parameters.push_back(std::move(parameter));
}

int YaqlFunction::indexOf(std::string_view name) const
{
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        if (m_parameters[i].name == name)
            return static_cast<int>(i);
    }
    return -1;
}

std::optional<YaqlFunction::Mapping>
YaqlFunction::map(std::span<const YaqlArgument> places,
                  std::span<const YaqlNamedArgument> names) const
{
    Mapping mapping;
    std::vector<bool> filled(m_parameters.size(), false);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Parameter *const taker = i < m_parameters.size() ? &m_parameters[i]
            : m_rest                                           ? &*m_rest
                                                               : nullptr;
        if (!taker)
            return std::nullopt;
        mapping.push_back(taker);
        if (i < m_parameters.size())
            filled[i] = !places[i].isLeftOut;
        // Nothing stands for what is left out of the rest.
        const bool isFit = places[i].isLeftOut
            ? i < m_parameters.size() || taker->type == YaqlType::Any
            : taker->accepts(places[i]);
        if (!isFit)
            return std::nullopt;
    }
    static const Parameter anything{};
    for (const YaqlNamedArgument &named : names) {
        const int index = indexOf(named.name);
        if (index < 0 ? !m_takesNames : filled[static_cast<std::size_t>(index)])
            return std::nullopt;
        mapping.push_back(index < 0 ? &anything : &m_parameters[static_cast<std::size_t>(index)]);
        if (index >= 0)
            filled[static_cast<std::size_t>(index)] = true;
        if (!mapping.back()->accepts(named.argument))
            return std::nullopt;
    }
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        if (!filled[i] && !m_parameters[i].hasDefault)
            return std::nullopt;
    }
    return mapping;
}

bool YaqlFunction::accepts(const Mapping &mapping, std::span<const YaqlArgument> places,
                           std::span<const YaqlNamedArgument> names)
{
    const auto isTaken = [&](std::size_t number, const YaqlArgument &argument) {
        const Parameter &parameter = *mapping[number];
        if (argument.isLeftOut || isLazyType(parameter.type))
            return true;
        return argument.value.isNull() ? parameter.isNullable
                                       : isOfYaqlType(parameter.type, argument.value);
    };
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!isTaken(i, places[i]))
            return false;
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!isTaken(places.size() + i, names[i].argument))
            return false;
    }
    return true;
}

Value YaqlFunction::call(YaqlEvaluation &evaluation, std::span<const YaqlArgument> places,
                         std::span<const YaqlNamedArgument> names) const
{
    YaqlCall call(evaluation, *this);
    call.m_places = m_parameters.size();
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        const bool isGiven = i < places.size() && !places[i].isLeftOut;
        call.m_values.push_back(isGiven ? places[i]
                                        : YaqlArgument{nullptr, m_parameters[i].preset, true});
    }
    for (std::size_t i = m_parameters.size(); i < places.size(); ++i)
        call.m_values.push_back(places[i]);
    for (const YaqlNamedArgument &named : names) {
        const int index = indexOf(named.name);
        if (index < 0)
            call.m_names.push_back(named);
        else
            call.m_values[static_cast<std::size_t>(index)] = named.argument;
    }
    if (m_shared)
        return callShared(call);
    return m_native ? m_native(call) : callBody(call);
}

Value YaqlFunction::callShared(const YaqlCall &call) const
{
    ArgumentList places;
    std::size_t given = call.restCount() > 0 ? call.m_places : 0;
    for (std::size_t i = 0; i < call.m_places; ++i)
        given = call.isGiven(i) ? std::max(given, i + 1) : given;
    const auto seen = [&](const Value &value) {
        return m_sequences == Sequences::Python ? withOtherSequences(call.evaluation, value)
                                                : value;
    };
    for (std::size_t i = 0; i < given; ++i)
        places.add(seen(call[i]));
    for (std::size_t i = 0; i < call.restCount(); ++i)
        places.add(seen(call.rest(i)));
    std::vector<NamedArgument> names;
    for (const YaqlNamedArgument &named : call.names())
        names.push_back({Value(named.name), seen(named.argument.value)});
    return seen(m_shared->call(call.evaluation, {places.values(), names}));
}

Value YaqlFunction::callBody(const YaqlCall &call) const
{
    const auto scope = call.evaluation.newScope(call.evaluation.scope());
    if (!scope)
        return {};
    for (std::size_t i = 0; i < call.restCount(); ++i)
        scope->set(std::to_string(i + 1), call.rest(i));
    for (const YaqlNamedArgument &named : call.names())
        scope->set(std::string(named.name), named.argument.value);
    return m_body.in(call.evaluation, scope);
}

} // namespace stormglass
