#include "engine/expressions/arguments.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/near_names.h"

#include <algorithm>
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

// Splits at commas outside quotes.
std::vector<std::string_view> pieces(std::string_view text)
{
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\'')
            quoted = !quoted;
        if (text[i] != ',' || quoted)
            continue;
        parts.push_back(trimmed(text.substr(start, i - start)));
        start = i + 1;
    }
    if (start < text.size())
        parts.push_back(trimmed(text.substr(start)));
    return parts;
}

Value literal(std::string_view text)
{
    if (text == "None")
        return {};
    if (text == "True" || text == "False")
        return text == "True";
    if (text.front() == '\'')
        return text.substr(1, text.size() - 2);
    if (text.find('.') != std::string_view::npos)
        return std::stod(std::string(text));
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    SG_ASSERT(read.ec == std::errc());
    return number;
}

std::string quotedNames(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0)
            text += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
        text += '\'' + names[i] + '\'';
    }
    return text;
}

std::string plural(std::size_t count, const std::string &noun)
{
    return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

} // namespace

Signature::Signature(std::string_view text)
{
    const std::size_t open = text.find('(');
    SG_ASSERT(open != std::string_view::npos && text.back() == ')');
    m_name = text.substr(0, open);
    for (const std::string_view parameter : pieces(text.substr(open + 1, text.size() - open - 2)))
        read(parameter);
}

void Signature::read(std::string_view parameter)
{
    if (parameter.starts_with("**")) {
        m_takesNames = true;
        return;
    }
    if (parameter.front() == '*') {
        m_takesRest = parameter.size() > 1;
        m_onlyNamesFollow = true;
        return;
    }
    const std::size_t equals = parameter.find('=');
    Parameter read{std::string(parameter.substr(0, equals)), {}, true, m_onlyNamesFollow};
    if (equals != std::string_view::npos) {
        read.preset = literal(parameter.substr(equals + 1));
        read.isRequired = false;
    }
    m_parameters.push_back(std::move(read));
    if (!m_onlyNamesFollow)
        ++m_places;
}

int Signature::indexOf(std::string_view parameter) const
{
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        if (m_parameters[i].name == parameter)
            return static_cast<int>(i);
    }
    return -1;
}

std::vector<std::string_view> Signature::names() const
{
    std::vector<std::string_view> names;
    for (const Parameter &parameter : m_parameters)
        names.push_back(parameter.name);
    return names;
}

BoundArguments::BoundArguments(Evaluation &evaluation, const Signature &signature,
                               const Arguments &given)
    : m_signature(signature)
    , m_given(given)
{
    if (placesFit(evaluation) && namesFit(evaluation))
        nothingIsMissing(evaluation);
}

bool BoundArguments::placesFit(Evaluation &evaluation) const
{
    const std::size_t given = m_given.positional.size();
    const std::size_t places = m_signature.places();
    if (given <= places || m_signature.takesRest())
        return true;
    std::size_t required = 0;
    for (const Signature::Parameter &parameter : m_signature.parameters())
        required += parameter.isRequired && !parameter.isNamedOnly ? 1 : 0;
    std::string takes = required == places
        ? plural(places, "positional argument")
        : "from " + std::to_string(required) + " to " + plural(places, "positional argument");
    evaluation.failType(m_signature.name() + "() takes " + takes + " but " + std::to_string(given)
                        + (given == 1 ? " was given" : " were given"));
    return false;
}

bool BoundArguments::namesFit(Evaluation &evaluation) const
{
    for (const NamedArgument &argument : m_given.named) {
        const int index = m_signature.indexOf(argument.name.text());
        const std::string name(argument.name.text());
        if (index < 0 && !m_signature.takesNames()) {
            evaluation.failType(m_signature.name() + "() got an unexpected keyword argument '"
                                + name + "'" + didYouMean(m_signature.names(), name));
            return false;
        }
        const bool isTaken = index >= 0
            && static_cast<std::size_t>(index) < m_given.positional.size()
            && !m_signature.parameters()[static_cast<std::size_t>(index)].isNamedOnly;
        if (isTaken) {
            evaluation.failType(m_signature.name() + "() got multiple values for argument '" + name
                                + "'");
            return false;
        }
    }
    return true;
}

bool BoundArguments::nothingIsMissing(Evaluation &evaluation) const
{
    const auto &parameters = m_signature.parameters();
    if (m_given.positional.size() >= parameters.size())
        return true;
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (parameters[i].isRequired && !given(i))
            missing.push_back(parameters[i].name);
    }
    if (missing.empty())
        return true;
    evaluation.failType(m_signature.name() + "() missing "
                        + plural(missing.size(), "required positional argument") + ": "
                        + quotedNames(missing));
    return false;
}

const Value *BoundArguments::given(std::size_t parameter) const
{
    const Signature::Parameter &wanted = m_signature.parameters()[parameter];
    if (parameter < m_given.positional.size() && !wanted.isNamedOnly)
        return &m_given.positional[parameter];
    for (const NamedArgument &argument : m_given.named) {
        if (argument.name.text() == wanted.name)
            return &argument.value;
    }
    return nullptr;
}

const Value &BoundArguments::operator[](int parameter) const
{
    const auto index = static_cast<std::size_t>(parameter);
    const Value *value = given(index);
    return value ? *value : m_signature.parameters()[index].preset;
}

bool BoundArguments::isGiven(int parameter) const
{
    return given(static_cast<std::size_t>(parameter)) != nullptr;
}

std::span<const Value> BoundArguments::rest() const
{
    const std::size_t places = m_signature.places();
    return m_given.positional.size() > places ? m_given.positional.subspan(places)
                                              : std::span<const Value>();
}

std::vector<NamedArgument> BoundArguments::names() const
{
    std::vector<NamedArgument> rest;
    std::ranges::copy_if(
        m_given.named, std::back_inserter(rest),
        [this](const NamedArgument &name) { return m_signature.indexOf(name.name.text()) < 0; });
    return rest;
}

} // namespace stormglass
