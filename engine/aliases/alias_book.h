#pragma once

#include "engine/aliases/alias_format.h"
#include "engine/aliases/format_pattern.h"
#include "engine/model/action_alias.h"

#include <vector>

namespace stormglass {

// A representation that a command matched, and of which alias. Borrows from its book.
struct AliasMatch
{
    const ActionAlias *alias = nullptr;
    Value display = {};
    QString representation = {};
    // Whether its parameters are taken from every place where it matches.
    bool matchesMany = false;
};

// A format that cannot be used, for the pack's health: which, and why.
struct AliasProblem
{
    Ref alias = {};
    QString representation = {};
    QString reason = {};

    friend bool operator==(const AliasProblem &, const AliasProblem &) = default;
};

// Aliases with their formats compiled, to find whose command one is (events.md 12.1). A format at
// fault is left out and hinders no other. Immutable once made. Thread: any.
class AliasBook
{
public:
    explicit AliasBook(std::vector<ActionAlias> aliases);

    const std::vector<ActionAlias> &aliases() const { return m_aliases; }
    const std::vector<AliasProblem> &problems() const { return m_problems; }

    // Every representation that the command matches, of enabled aliases and others.
    std::vector<AliasMatch> matchesOf(const ChatCommand &command) const;
    // The one it means: aliases that match many times are asked only where no other matches.
    // Invalid with StackStorm's words where there is none or more than one.
    Result<AliasMatch> find(const ChatCommand &command) const;

    // By name alone, as alias executions ask; null if there is none. Of two packs' aliases with one
    // name the first by pack is taken.
    const ActionAlias *named(const QString &name) const;

private:
    struct Candidate
    {
        std::size_t alias = 0;
        AliasFormat format;
        FormatPattern pattern;
    };
    void add(std::size_t alias, const Value &format);
    void addPattern(std::size_t alias, const AliasFormat &format, const Value &representation);
    std::vector<AliasMatch> matchesAmong(const ChatCommand &command, auto isAsked) const;
    Result<AliasMatch> only(const ChatCommand &command, const std::vector<AliasMatch> &matches,
                            const char *which) const;

    std::vector<ActionAlias> m_aliases;
    std::vector<Candidate> m_candidates;
    // Of each alias: does one of its formats match many times?
    std::vector<bool> m_isMany;
    std::vector<AliasProblem> m_problems;
};

// What extracting from a command gives for an alias: one map of parameters for each execution.
// Invalid where the format is none of the alias's.
Result<ValueList> parametersFor(const ActionAlias &alias, const QString &representation,
                                const ChatCommand &command, bool matchesMany);

} // namespace stormglass
