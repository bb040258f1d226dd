#include "engine/rules/wildcard.h"

#include <QString>

#include <algorithm>

namespace stormglass {

namespace {

std::u32string codePoints(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toStdU32String();
}

} // namespace

Wildcard::Wildcard(std::string_view pattern)
{
    const std::u32string points = codePoints(pattern);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (points[i] == U'*') {
            if (m_steps.empty() || m_steps.back().kind != Step::Kind::AnyRun)
                m_steps.push_back({Step::Kind::AnyRun});
        } else if (points[i] == U'?') {
            m_steps.push_back({Step::Kind::AnyOne});
        } else if (points[i] == U'[') {
            i = readSet(points, i);
        } else {
            m_steps.push_back({Step::Kind::Literal, points[i]});
        }
    }
}

// Adds the set that opens at `open` and gives the place of its last character. A bracket never
// closed stands for itself; one right after the opening is a member.
std::size_t Wildcard::readSet(const std::u32string &pattern, std::size_t open)
{
    const bool negated = open + 1 < pattern.size() && pattern[open + 1] == U'!';
    const std::size_t begin = open + (negated ? 2 : 1);
    const std::size_t close
        = pattern.find(U']', begin < pattern.size() && pattern[begin] == U']' ? begin + 1 : begin);
    if (close == std::u32string::npos) {
        m_steps.push_back({Step::Kind::Literal, U'['});
        return open;
    }
    m_steps.push_back({negated ? Step::Kind::NotOneOf : Step::Kind::OneOf, 0,
                       rangesOf(pattern.substr(begin, close - begin))});
    return close;
}

// A hyphen at either end is a member; a range that runs backwards holds nothing.
std::vector<Wildcard::Range> Wildcard::rangesOf(const std::u32string &inside)
{
    std::vector<Range> ranges;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (i + 2 < inside.size() && inside[i + 1] == U'-') {
            if (inside[i] <= inside[i + 2])
                ranges.push_back({inside[i], inside[i + 2]});
            i += 2;
        } else {
            ranges.push_back({inside[i], inside[i]});
        }
    }
    return ranges;
}

bool Wildcard::Step::takes(char32_t point) const
{
    const auto isMember = [&] {
        return std::any_of(ranges.begin(), ranges.end(), [point](const Range &range) {
            return point >= range.first && point <= range.last;
        });
    };
    switch (kind) {
    case Kind::Literal:
        return point == literal;
    case Kind::AnyOne:
    case Kind::AnyRun:
        return true;
    case Kind::OneOf:
        return isMember();
    case Kind::NotOneOf:
        return !isMember();
    }
    return false;
}

// Only the last run of any length needs a second try: what an earlier one could take, it can take
// too.
bool Wildcard::matches(std::string_view text) const
{
    const std::u32string points = codePoints(text);
    std::size_t step = 0;
    std::size_t at = 0;
    std::size_t runStep = m_steps.size();
    std::size_t runEnd = 0;
    while (at < points.size()) {
        if (step < m_steps.size() && m_steps[step].kind == Step::Kind::AnyRun) {
            runStep = step++;
            runEnd = at;
        } else if (step < m_steps.size() && m_steps[step].takes(points[at])) {
            ++step;
            ++at;
        } else if (runStep < m_steps.size()) {
            step = runStep + 1;
            at = ++runEnd;
        } else {
            return false;
        }
    }
    while (step < m_steps.size() && m_steps[step].kind == Step::Kind::AnyRun)
        ++step;
    return step == m_steps.size();
}

} // namespace stormglass
