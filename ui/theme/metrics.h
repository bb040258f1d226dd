#pragma once

namespace stormglass::ui {

enum class Density { Compact, Normal, Roomy };

// Everything sits on a grid of 4 px.
namespace metrics {

inline constexpr int unit = 4;
inline constexpr int radius = 6;
inline constexpr int cardRadius = 10;
inline constexpr int bar = 40;
inline constexpr int topBar = 48;
inline constexpr int statusBar = 28;
inline constexpr int rail = 184;
inline constexpr int control = 28;
inline constexpr int margin = 16;
inline constexpr int glyph = 16;

constexpr int row(Density density)
{
    switch (density) {
    case Density::Compact:
        return 24;
    case Density::Normal:
        return 28;
    case Density::Roomy:
        return 34;
    }
    return 28;
}

} // namespace metrics

} // namespace stormglass::ui
