// uses: engine/packs
#include "engine/packs/pack_versions.h"

#include <cstddef>
#include <cstdint>

using namespace stormglass;

// A version on the first line, another one or a constraint on the second.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const qsizetype end = input.indexOf('\n') < 0 ? input.size() : input.indexOf('\n');
    const QString version = QString::fromUtf8(input.left(end));
    const QString other = QString::fromUtf8(input.mid(end + 1));
    (void)isPackVersion(version);
    (void)isVersionConstraint(other);
    (void)isPackRef(version);
    (void)normalisedPackVersion(Value(version));
    (void)packRefOf(Value::map({{"name", version}}), other);
    (void)satisfies(version, other);
    (void)expectSupported(Value::map({{"stackstorm_version", other}}), version);
    const Result<int> there = compareVersions(version, other);
    const Result<int> back = compareVersions(other, version);
    SG_ASSERT(there.has_value() == back.has_value());
    SG_ASSERT(!there || (*there > 0) == (*back < 0));
    if (there && *there == 0)
        SG_ASSERT(*satisfies(version, QStringLiteral("==") + other));
    return 0;
}
