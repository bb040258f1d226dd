#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>

namespace stormglass {

// `pack.name`: how content is referred to. The first dot separates; a name may have dots of its
// own.
struct Ref
{
    QString pack = {};
    QString name = {};

    static Ref fromText(const QString &text)
    {
        const qsizetype dot = text.indexOf(QLatin1Char('.'));
        return dot < 0 ? Ref{{}, text} : Ref{text.left(dot), text.mid(dot + 1)};
    }
    QString text() const { return pack.isEmpty() ? name : pack + QLatin1Char('.') + name; }
    bool isEmpty() const { return name.isEmpty(); }

    friend auto operator<=>(const Ref &, const Ref &) = default;
};

inline std::size_t qHash(const Ref &ref, std::size_t seed = 0)
{
    return qHashMulti(seed, ref.pack, ref.name);
}

} // namespace stormglass
