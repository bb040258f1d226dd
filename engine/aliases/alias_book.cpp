#include "engine/aliases/alias_book.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

std::string utf8(const QString &text)
{
    return text.toStdString();
}

tl::unexpected<Error> refused(const QString &message)
{
    return failure(ErrorCode::Invalid, message);
}

} // namespace

AliasBook::AliasBook(std::vector<ActionAlias> aliases)
    : m_aliases(std::move(aliases))
{
    for (std::size_t i = 0; i < m_aliases.size(); ++i) {
        m_isMany.push_back(hasManyFormat(m_aliases[i].formats));
        for (const Value &format : m_aliases[i].formats.itemsOrNone())
            add(i, format);
    }
}

void AliasBook::add(std::size_t alias, const Value &format)
{
    const Result<AliasFormat> read = readAliasFormat(format);
    if (!read) {
        m_problems.push_back({m_aliases[alias].ref, {}, read.error().message});
        return;
    }
    // What only shows itself is matched by a blank command.
    const bool isShownOnly = read->representations.empty() && !read->display.isNull();
    if (isShownOnly)
        addPattern(alias, *read, Value(""));
    for (const Value &representation : read->representations)
        addPattern(alias, *read, representation);
}

void AliasBook::addPattern(std::size_t alias, const AliasFormat &format,
                           const Value &representation)
{
    Result<FormatPattern> pattern = FormatPattern::compile(representation.text());
    if (pattern)
        m_candidates.push_back({alias, format, std::move(*pattern)});
    else
        m_problems.push_back(
            {m_aliases[alias].ref, representation.toQString(), pattern.error().message});
}

std::vector<AliasMatch> AliasBook::matchesAmong(const ChatCommand &command, auto isAsked) const
{
    std::vector<AliasMatch> matches;
    for (const Candidate &candidate : m_candidates) {
        if (!isAsked(candidate))
            continue;
        // A format that costs too much for this command does not match it.
        if (candidate.pattern.matches(command).value_or(false))
            matches.push_back({&m_aliases[candidate.alias], candidate.format.display,
                               QString::fromStdString(candidate.pattern.representation()),
                               candidate.format.matchesMany});
    }
    return matches;
}

std::vector<AliasMatch> AliasBook::matchesOf(const ChatCommand &command) const
{
    return matchesAmong(command, [](const Candidate &) { return true; });
}

Result<AliasMatch> AliasBook::only(const ChatCommand &command,
                                   const std::vector<AliasMatch> &matches, const char *which) const
{
    if (matches.size() == 1)
        return matches.front();
    return refused(u"Command '%1' matched %2"_s.arg(QString::fromStdString(command.text()),
                                                    QString::fromLatin1(which)));
}

Result<AliasMatch> AliasBook::find(const ChatCommand &command) const
{
    const auto among = [&](bool isMany) {
        return matchesAmong(command, [this, isMany](const Candidate &candidate) {
            return m_aliases[candidate.alias].enabled && m_isMany[candidate.alias] == isMany;
        });
    };
    if (const std::vector<AliasMatch> matches = among(false); !matches.empty())
        return only(command, matches, "more than 1 pattern");
    const std::vector<AliasMatch> matches = among(true);
    return only(command, matches, matches.empty() ? "no patterns" : "more than 1 (multi) pattern");
}

const ActionAlias *AliasBook::named(const QString &name) const
{
    const auto found = std::ranges::find_if(
        m_aliases, [&](const ActionAlias &alias) { return alias.ref.name == name; });
    return found == m_aliases.end() ? nullptr : &*found;
}

Result<ValueList> parametersFor(const ActionAlias &alias, const QString &representation,
                                const ChatCommand &command, bool matchesMany)
{
    const std::string wanted = utf8(representation);
    bool isThere = false;
    for (const Value &format : alias.formats.itemsOrNone()) {
        const Result<AliasFormat> read = readAliasFormat(format);
        const auto isWanted = [&](const Value &each) { return each.text() == wanted; };
        const bool isShownOnly = read && read->representations.empty() && wanted.empty();
        isThere = isThere || isShownOnly
            || (read && std::ranges::any_of(read->representations, isWanted));
    }
    if (!isThere)
        return refused(u"Format string \"%1\" is not available on the alias \"%2\""_s.arg(
            representation, alias.ref.name));
    SG_LET(const FormatPattern pattern, FormatPattern::compile(wanted));
    if (matchesMany) {
        SG_LET(const Value all, pattern.extractAll(command));
        return all.items();
    }
    SG_LET(Value parameters, pattern.extract(command));
    return ValueList{std::move(parameters)};
}

} // namespace stormglass
