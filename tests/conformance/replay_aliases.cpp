#include "tests/conformance/corpus_kinds.h"

#include "engine/aliases/alias_book.h"
#include "engine/aliases/alias_parameters.h"
#include "tests/conformance/recorded_datastore.h"
#include "tests/support/tagged_value.h"

namespace stormglass {

namespace {

Result<Value> extracted(const Value &recorded)
{
    SG_LET(const ChatCommand command, ChatCommand::read(recorded["text"].text()));
    SG_LET(const FormatPattern pattern, FormatPattern::compile(recorded["format"].text()));
    return recorded["match_multiple"].toBoolOr(false) ? pattern.extractAll(command)
                                                      : pattern.extract(command);
}

Result<Value> chosen(const Value &recorded)
{
    std::vector<ActionAlias> aliases;
    for (const Value &given : recorded["aliases"].items()) {
        ActionAlias alias;
        alias.ref = {QStringLiteral("demo"), given["name"].toQString()};
        alias.formats = given["formats"];
        aliases.push_back(std::move(alias));
    }
    const AliasBook book(std::move(aliases));
    SG_LET(const ChatCommand command, ChatCommand::read(recorded["text"].text()));
    Value matches = Value::list();
    for (const AliasMatch &match : book.matchesOf(command))
        matches.append(Value::map({{"alias", match.alias->ref.name},
                                   {"display", match.display},
                                   {"representation", match.representation}}));
    return matches;
}

Result<Value> normalised(const Value &recorded)
{
    SG_LET(const AliasFormat format, readAliasFormat(untagged(recorded["format"])));
    return Value::map({{"display", format.display},
                       {"representation", format.representations},
                       {"match_multiple", format.matchesMany}});
}

Result<Value> withImmutableParameters(const Value &recorded)
{
    const RecordedDatastore keys(recorded);
    EvaluationContext context;
    context.variables = untagged(recorded["context"]);
    context.resolver = &keys;
    context.user = std::string(recorded["context"]["user"].text());
    SG_LET(const ValueList executions,
           withImmutable(untagged(recorded["executions"]).items(),
                         untagged(recorded["immutable_parameters"]), context));
    return Value(executions);
}

Result<Value> replayed(const Value &recorded)
{
    const std::string_view mode = recorded["mode"].text();
    if (mode == "extract")
        return extracted(recorded);
    if (mode == "choose")
        return chosen(recorded);
    if (mode == "normalise")
        return normalised(recorded);
    if (mode == "immutable")
        return withImmutableParameters(recorded);
    return failure(ErrorCode::Invalid, QStringLiteral("unknown mode"));
}

} // namespace

CaseVerdict replayAliases(const Value &recorded)
{
    return judged(recorded["expect"], replayed(recorded));
}

} // namespace stormglass
