#include "engine/api/routes.h"

namespace stormglass {

namespace {

bool isVariable(const QString &segment)
{
    return segment.startsWith(QLatin1Char('{'));
}

bool takesRest(const QString &segment)
{
    return segment.endsWith(QLatin1String("*}"));
}

// The variable parts, or nothing if the path is another. `literals` tells how many segments were
// the same word.
std::optional<QStringList> matched(const QStringList &pattern, const QStringList &path,
                                   int &literals)
{
    QStringList arguments;
    literals = 0;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (i >= path.size())
            return std::nullopt;
        if (takesRest(pattern[i]))
            return arguments << path.mid(i).join(QLatin1Char('/'));
        if (isVariable(pattern[i])) {
            if (path[i].isEmpty())
                return std::nullopt;
            arguments << path[i];
        } else if (pattern[i] == path[i]) {
            ++literals;
        } else {
            return std::nullopt;
        }
    }
    return pattern.size() == path.size() ? std::optional(arguments) : std::nullopt;
}

} // namespace

void Routes::add(Verb verb, const QString &pattern, Handler handler)
{
    m_routes.push_back({verb, pattern.split(QLatin1Char('/')), std::move(handler), {}});
}

void Routes::addLater(Verb verb, const QString &pattern, LaterHandler handler)
{
    m_routes.push_back({verb, pattern.split(QLatin1Char('/')), {}, std::move(handler)});
}

void Routes::leave(Verb verb, const QString &pattern)
{
    m_routes.push_back({verb, pattern.split(QLatin1Char('/')), {}, {}});
}

Routes::Match Routes::find(Verb verb, const QString &path) const
{
    const QStringList segments = path.split(QLatin1Char('/'));
    Match best;
    int mostLiterals = -1;
    for (const Route &route : m_routes) {
        int literals = 0;
        if (route.verb != verb)
            continue;
        const auto arguments = matched(route.segments, segments, literals);
        if (!arguments || literals <= mostLiterals)
            continue;
        mostLiterals = literals;
        best = {route.handler ? &route.handler : nullptr, route.later ? &route.later : nullptr,
                *arguments};
    }
    return best;
}

} // namespace stormglass
