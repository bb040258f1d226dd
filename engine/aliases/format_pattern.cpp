#include "engine/aliases/format_pattern.h"

#include "engine/aliases/format_anchors.h"
#include "engine/aliases/format_grammar.h"

#include <algorithm>

namespace stormglass {

namespace {

constexpr RegexFlags flags{.dotAll = true};

// Where a parameter's marker stood: the space in front of it, then a value, perhaps in quotes,
// which are not part of it.
constexpr std::string_view parameter
    = R"(\1["']?(?P<\2>(?:(?<=').+?(?=')|(?<=").+?(?=")|{.+?}|.+?))["']?)";

tl::unexpected<Error> parseException(const QString &message)
{
    return failure(Error{ErrorCode::Invalid, message, QStringLiteral("ParseException")});
}

// Flags for the whole expression must come first, also when something is put in front of it.
std::pair<std::string, std::string> leadingFlags(const std::string &expression)
{
    static constexpr std::string_view letters = "aimsux";
    if (!expression.starts_with("(?"))
        return {{}, expression};
    const std::size_t end = expression.find_first_not_of(letters, 2);
    if (end == 2 || end == std::string::npos || expression[end] != ')')
        return {{}, expression};
    return {expression.substr(0, end + 1), expression.substr(end + 1)};
}

Result<std::string> withGroups(std::string_view representation)
{
    // Here a line's end is not part of a default, though it is where defaults are read.
    const std::string space = R"((\s*))";
    SG_LET(const Regex optional, Regex::cached(space + std::string(grammar::optional)));
    SG_LET(const Regex required, Regex::cached(space + std::string(grammar::required)));
    const std::string group(parameter);
    SG_LET(const std::string some,
           optional.replace(representation, "(?:" + group + ")?", 0, grammar::limits));
    return required.replace(some, group, 0, grammar::limits);
}

Result<std::string> anchored(const std::string &expression)
{
    SG_LET(const FormatAnchors anchors, anchorsIn(expression, flags));
    const auto [front, rest] = leadingFlags(expression);
    return front + (anchors.atStart ? "" : R"(^\s*)") + rest + (anchors.atEnd ? "" : R"(\s*$)");
}

bool isEmpty(const Value &value)
{
    return !value.isText() || value.text().empty();
}

} // namespace

Result<FormatPattern> FormatPattern::compile(std::string_view representation)
{
    SG_LET(const Regex marker, Regex::cached(std::string(grammar::optional), flags));
    SG_LET(const std::vector<RegexMatch> markers, marker.findAll(representation, grammar::limits));
    SG_LET(const std::string expression, withGroups(representation));
    SG_LET(const std::string whole, anchored(expression));
    SG_LET(Regex regex, Regex::compile(whole, flags));
    FormatPattern pattern(std::string(representation), std::move(regex));
    for (const RegexMatch &match : markers)
        pattern.m_defaults.emplace_back(match.text(1).value_or(std::string_view()),
                                        grammar::valueOf(match, 2));
    return pattern;
}

Result<Value> FormatPattern::extract(const ChatCommand &command) const
{
    SG_LET(const std::optional<RegexMatch> match,
           m_regex.search(command.rest(), 0, grammar::limits));
    if (!match)
        return parseException(QStringLiteral("Command \"%1\" doesn't match format string \"%2\"")
                                  .arg(QString::fromStdString(command.text()),
                                       QString::fromStdString(m_representation)));
    return parametersOf(*match, command);
}

Result<Value> FormatPattern::extractAll(const ChatCommand &command) const
{
    SG_LET(const std::vector<RegexMatch> found, m_regex.findAll(command.rest(), grammar::limits));
    Value all = Value::list();
    for (const RegexMatch &match : found) {
        SG_LET(Value parameters, parametersOf(match, command));
        all.append(std::move(parameters));
    }
    return all;
}

Result<bool> FormatPattern::matches(const ChatCommand &command) const
{
    SG_LET(const std::optional<RegexMatch> match,
           m_regex.search(command.rest(), 0, grammar::limits));
    if (!match)
        return false;
    const Result<Value> parameters = parametersOf(*match, command);
    if (!parameters && parameters.error().kind != QStringLiteral("ParseException"))
        return failure(parameters.error());
    return parameters.has_value();
}

Result<Value> FormatPattern::parametersOf(const RegexMatch &match, const ChatCommand &command) const
{
    Value parameters = Value::map();
    for (const auto &[name, number] : m_regex.groupNames())
        parameters.set(Value(name), match.value(number));
    for (const auto &[name, text] : m_defaults) {
        const Value *const given = parameters.find(name);
        if (!given)
            return failure(Error{ErrorCode::Invalid,
                                 QStringLiteral("The default of \"%1\" is not understood: it must "
                                                "stand on one line.")
                                     .arg(QString::fromStdString(name)),
                                 QStringLiteral("KeyError")});
        if (isEmpty(*given))
            parameters.set(Value(name), Value(text));
    }
    for (const ValueMap::Entry &pair : command.pairs().entries())
        parameters.set(pair.key, pair.value);
    const bool isAnyGiven = std::ranges::any_of(
        parameters.entries(), [](const ValueMap::Entry &entry) { return !isEmpty(entry.value); });
    if (!m_representation.empty() && command.isRestBlank() && !isAnyGiven)
        return parseException(QStringLiteral("No value supplied and no default value found."));
    return parameters;
}

} // namespace stormglass
