#include "engine/aliases/chat_command.h"

#include "engine/aliases/format_grammar.h"
#include "engine/expressions/regex.h"
#include "engine/expressions/text_cutting.h"

namespace stormglass {

namespace {

// Every occurrence: a tail that stands earlier in the command too goes there as well, as in the
// reference.
std::string without(std::string_view text, std::string_view part)
{
    std::string kept;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t found = std::min(text.find(part, at), text.size());
        kept += text.substr(at, found - at);
        at = found + part.size();
    }
    return kept;
}

Result<std::string> tailOf(std::string_view text)
{
    SG_LET(const Regex tail, Regex::cached(std::string(grammar::pairsAtTheEnd), {.dotAll = true}));
    SG_LET(const std::optional<RegexMatch> match, tail.match(text, 0, grammar::limits));
    return std::string(match ? match->text(1).value_or(std::string_view()) : std::string_view());
}

Result<Value> pairsIn(std::string_view tail)
{
    SG_LET(const Regex pair, Regex::cached(std::string(grammar::pair), {.dotAll = true}));
    SG_LET(const std::vector<RegexMatch> found, pair.findAll(tail, grammar::limits));
    Value pairs = Value::map();
    for (const RegexMatch &match : found)
        pairs.set(Value(match.text(1).value_or(std::string_view())),
                  Value(grammar::valueOf(match, 3)));
    return pairs;
}

} // namespace

Result<ChatCommand> ChatCommand::read(std::string_view text)
{
    if (text.size() > mostBytes)
        return failure(ErrorCode::Invalid,
                       QStringLiteral("The command has %1 bytes; at most %2 are looked at.")
                           .arg(text.size())
                           .arg(mostBytes));
    ChatCommand command;
    command.m_text = text;
    SG_LET(const std::string tail, tailOf(text));
    if (!tail.empty()) {
        SG_LET(command.m_pairs, pairsIn(tail));
    }
    command.m_rest = ' ' + (tail.empty() ? command.m_text : without(text, tail)) + ' ';
    return command;
}

bool ChatCommand::isRestBlank() const
{
    return stripped(m_rest).empty();
}

} // namespace stormglass
