#include "engine/sources/zone_file.h"

#include "engine/sources/zone_rule.h"

#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace stormglass {

namespace {

constexpr qsizetype headerSize = 44;
constexpr year lastYear{2500};

struct Counts
{
    qsizetype utcMarks = 0;
    qsizetype standardMarks = 0;
    qsizetype leapSeconds = 0;
    qsizetype times = 0;
    qsizetype types = 0;
    qsizetype characters = 0;

    qsizetype bytes(qsizetype timeSize) const
    {
        return times * (timeSize + 1) + types * 6 + characters + leapSeconds * (timeSize + 4)
            + standardMarks + utcMarks;
    }
};

std::optional<Counts> countsAt(QByteArrayView data, qsizetype place)
{
    if (data.size() - place < headerSize || data.sliced(place, 4) != "TZif")
        return std::nullopt;
    const auto number = [&](int index) -> qsizetype {
        return qFromBigEndian<quint32>(data.data() + place + 20 + 4 * index);
    };
    return Counts{number(0), number(1), number(2), number(3), number(4), number(5)};
}

// The offsets of types; the first type that is standard time holds before the first transition.
struct Types
{
    std::vector<seconds> offsets;
    seconds first{0};
};

std::optional<Types> typesIn(QByteArrayView data)
{
    Types types;
    std::optional<seconds> standard;
    for (qsizetype place = 0; place + 6 <= data.size(); place += 6) {
        const seconds offset(qFromBigEndian<qint32>(data.data() + place));
        if (abs(offset) > hours(48))
            return std::nullopt;
        types.offsets.push_back(offset);
        if (data[place + 4] == 0 && !standard)
            standard = offset;
    }
    if (types.offsets.empty())
        return std::nullopt;
    types.first = standard.value_or(types.offsets.front());
    return types;
}

std::optional<std::vector<ZoneTransition>> transitionsIn(QByteArrayView block, const Counts &counts,
                                                         const Types &types)
{
    std::vector<ZoneTransition> transitions;
    seconds before = types.first;
    for (qsizetype i = 0; i < counts.times; ++i) {
        const sys_seconds at{seconds(qFromBigEndian<qint64>(block.data() + 8 * i))};
        const auto type = static_cast<std::uint8_t>(block[8 * counts.times + i]);
        if (type >= types.offsets.size() || (!transitions.empty() && at < transitions.back().at))
            return std::nullopt;
        const seconds after = types.offsets[type];
        if (after != before)
            transitions.push_back({at, before, after});
        before = after;
    }
    return transitions;
}

// What a rule says after the last transition the file lists.
void appendRule(std::vector<ZoneTransition> &transitions, seconds first, const ZoneRule &rule)
{
    const sys_seconds listed
        = transitions.empty() ? sys_seconds(sys_days(year(1900) / 1 / 1)) : transitions.back().at;
    const year from = year_month_day(floor<days>(listed)).year();
    seconds before = transitions.empty() ? first : transitions.back().after;
    const auto change = [&](sys_seconds at, seconds after) {
        if (at <= listed || after == before)
            return;
        transitions.push_back({at, before, after});
        before = after;
    };
    for (year y = from; y <= lastYear; ++y) {
        const sys_seconds begins(rule.summerBegins.in(y).time_since_epoch() - rule.standard);
        const sys_seconds ends(rule.summerEnds.in(y).time_since_epoch() - rule.summer);
        if (begins < ends) {
            change(begins, rule.summer);
            change(ends, rule.standard);
        } else {
            change(ends, rule.standard);
            change(begins, rule.summer);
        }
    }
}

std::optional<TimeZone> parse(const QString &name, QByteArrayView data)
{
    // The first block has 32-bit times, for readers of old; the one we want follows it.
    const std::optional<Counts> old = countsAt(data, 0);
    if (!old || data[4] < '2' || old->bytes(4) > data.size() - headerSize)
        return std::nullopt;
    const qsizetype header = headerSize + old->bytes(4);
    const std::optional<Counts> counts = countsAt(data, header);
    if (!counts || counts->bytes(8) > data.size() - header - headerSize)
        return std::nullopt;

    const QByteArrayView block = data.sliced(header + headerSize, counts->bytes(8));
    const std::optional<Types> types = typesIn(block.sliced(counts->times * 9, counts->types * 6));
    if (!types)
        return std::nullopt;
    std::optional<std::vector<ZoneTransition>> transitions = transitionsIn(block, *counts, *types);
    if (!transitions)
        return std::nullopt;

    const QByteArray footer
        = data.sliced(header + headerSize + counts->bytes(8)).toByteArray().trimmed();
    const std::optional<ZoneRule> rule
        = ZoneRule::fromText({footer.data(), static_cast<std::size_t>(footer.size())});
    if (!rule && !footer.isEmpty())
        return std::nullopt;
    if (rule && rule->hasSummer)
        appendRule(*transitions, types->first, *rule);
    return TimeZone(name, types->first, std::move(*transitions));
}

} // namespace

Result<TimeZone> readZone(const QString &name, QByteArrayView data)
{
    std::optional<TimeZone> zone = parse(name, data);
    if (!zone) {
        return failure({ErrorCode::Invalid,
                        u"“%1” is not a time zone: its file is not a zone file."_s.arg(name),
                        u"ValueError"_s, u"timezone"_s});
    }
    return std::move(*zone);
}

} // namespace stormglass
