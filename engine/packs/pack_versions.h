#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace stormglass {

// Versions and refs of packs, as StackStorm understands them (content.md 3, 12.5). Pure; any
// thread.

// The version of StackStorm that packs are told they run on.
inline constexpr const char *supportedStackStorm = "3.10.0";

// `1.2.3`, `1.2.3-rc.1+b5`: lower case alone.
bool isPackVersion(const QString &text);
// A constraint that pack.yaml may have: `>=3.0.0, <4.0.0`.
bool isVersionConstraint(const QString &text);
bool isPackRef(const QString &text);

// `0.2` and 0.2 become `0.2.0`, as old packs wrote them.
QString normalisedPackVersion(const Value &version);

// The ref of pack.yaml, else the folder's name, else the pack's name, whichever can be one.
// `directory` may be empty: an install does not know it yet. ValueError.
Result<QString> packRefOf(const Value &metadata, const QString &directory);

// Does a version satisfy a constraint: comparisons, comma separated, all must hold; `all` always
// does. Invalid, kind ValueError, if either is none.
Result<bool> satisfies(const QString &version, const QString &constraint);

// Refused if the pack does not want to run here. ValueError.
Result<> expectSupported(const Value &metadata, const QString &stackStormVersion);
// What to tell who installs it; empty if nothing.
QString pythonWarning(const Value &metadata);

// Semantic Versioning 2: less, equal or greater than 0 as `a` stands to `b`. Invalid, ValueError.
Result<int> compareVersions(const QString &a, const QString &b);

} // namespace stormglass
