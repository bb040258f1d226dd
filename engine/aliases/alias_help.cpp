#include "engine/aliases/alias_help.h"

#include "engine/aliases/alias_format.h"
#include "engine/aliases/format_grammar.h"

namespace stormglass {

namespace {

Value helpString(const ActionAlias &alias, const Value &display)
{
    return Value::map(
        {{"pack", alias.ref.pack}, {"display", display}, {"description", alias.description}});
}

// What formats display, in order; a format that cannot be read displays nothing.
ValueList displaysOf(const ActionAlias &alias)
{
    ValueList displays;
    for (const Value &format : alias.formats.itemsOrNone()) {
        const Result<AliasFormat> read = readAliasFormat(format);
        if (read && read->display.isText() && !read->display.text().empty())
            displays.push_back(read->display);
    }
    return displays;
}

} // namespace

Result<Value> helpStrings(const std::vector<ActionAlias> &aliases, const HelpRequest &request)
{
    SG_LET(const Regex filter,
           Regex::compile(request.filter.toStdString(), RegexFlags{.ignoreCase = true}));
    Value found = Value::list();
    std::int64_t available = 0;
    for (const ActionAlias &alias : aliases) {
        const bool isAsked
            = alias.enabled && (request.pack.isEmpty() || request.pack == alias.ref.pack);
        if (!isAsked)
            continue;
        for (const Value &display : displaysOf(alias)) {
            SG_LET(const auto match, filter.search(display.text(), 0, grammar::limits));
            if (!match)
                continue;
            const bool isOnPage = available >= request.offset
                && (request.limit <= 0 || available < request.offset + request.limit);
            if (isOnPage)
                found.append(helpString(alias, display));
            ++available;
        }
    }
    return Value::map({{"available", available}, {"helpstrings", std::move(found)}});
}

} // namespace stormglass
