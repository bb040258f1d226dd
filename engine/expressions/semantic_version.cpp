#include "engine/expressions/semantic_version.h"

#include "engine/expressions/text_cutting.h"

#include <algorithm>

namespace stormglass {

namespace {

bool isDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool isIdentifier(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || c == '-';
    });
}

std::optional<BigInt> numberIn(std::string_view text)
{
    if (!isDigits(text) || (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    return BigInt::fromText(text);
}

bool isPrereleasePart(std::string_view part)
{
    return isIdentifier(part) && (!isDigits(part) || part.size() == 1 || part.front() != '0');
}

int comparePart(const std::string &a, const std::string &b)
{
    const bool aIsNumber = isDigits(a);
    const bool bIsNumber = isDigits(b);
    if (aIsNumber && bIsNumber)
        return BigInt::compare(*BigInt::fromText(a), *BigInt::fromText(b));
    // Numbers come before names.
    if (aIsNumber != bIsNumber)
        return aIsNumber ? -1 : 1;
    return a.compare(b);
}

int comparePrereleases(const std::vector<std::string> &a, const std::vector<std::string> &b)
{
    // A release comes after its prereleases.
    if (a.empty() || b.empty())
        return static_cast<int>(a.empty()) - static_cast<int>(b.empty());
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (const int order = comparePart(a[i], b[i]))
            return order;
    }
    return static_cast<int>(a.size()) - static_cast<int>(b.size());
}

} // namespace

std::optional<SemanticVersion> SemanticVersion::read(std::string_view text)
{
    // A line end at the very end passes there.
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    const std::size_t plus = text.find('+');
    if (plus != std::string_view::npos
        && !std::ranges::all_of(splitAt(text.substr(plus + 1), ".", -1), isIdentifier))
        return std::nullopt;
    text = text.substr(0, plus);
    const std::size_t dash = text.find('-');
    const auto numbers = splitAt(text.substr(0, dash), ".", -1);
    if (numbers.size() != 3)
        return std::nullopt;
    const auto major = numberIn(numbers[0]);
    const auto minor = numberIn(numbers[1]);
    const auto patch = numberIn(numbers[2]);
    if (!major || !minor || !patch)
        return std::nullopt;
    SemanticVersion version{*major, *minor, *patch};
    if (dash == std::string_view::npos)
        return version;
    for (const std::string_view part : splitAt(text.substr(dash + 1), ".", -1)) {
        if (!isPrereleasePart(part))
            return std::nullopt;
        version.prerelease.emplace_back(part);
    }
    return version;
}

int SemanticVersion::compare(const SemanticVersion &a, const SemanticVersion &b)
{
    if (const int order = BigInt::compare(a.major, b.major))
        return order;
    if (const int order = BigInt::compare(a.minor, b.minor))
        return order;
    if (const int order = BigInt::compare(a.patch, b.patch))
        return order;
    return comparePrereleases(a.prerelease, b.prerelease);
}

} // namespace stormglass
