// uses: engine/packaging
#include "engine/packaging/pack_fetch.h"
#include "engine/packaging/pack_manifest.h"
#include "engine/packaging/pack_source.h"

#include <cstddef>
#include <cstdint>

using namespace stormglass;

namespace {

void readSource(const QString &written)
{
    const Result<PackSource> source = packSourceOf(written);
    if (!source)
        return;
    // What is shown can be read again, and never has the password.
    const QString shown = source->text();
    SG_ASSERT(source->password.size() < 4 || !shown.contains(source->password)
              || source->location.contains(source->password)
              || source->version.contains(source->password));
    (void)withSecret(*source);
    (void)lastName(source->location);
    (void)revisionsFor(source->version);
}

} // namespace

// As somebody writes where a pack comes from, and as packs write what they depend on; then the
// first line as a wanted version and the rest as git's answers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QString text = QString::fromUtf8(input);
    readSource(text);
    const PackDependency dependency = packDependencyOf(text);
    (void)isSameVersion(dependency.version, text);
    const qsizetype end = std::max<qsizetype>(0, input.indexOf('\n'));
    const QString version = QString::fromUtf8(input.left(end));
    const QByteArray answer = input.mid(end + 1);
    if (const auto found = revisionIn(version, answer)) {
        SG_ASSERT(revisionsFor(version).contains(found->asked));
        SG_ASSERT(found->commit.size() >= 40 && !found->commit.startsWith(u'-'));
    }
    (void)versionsIn(answer);
    return 0;
}
