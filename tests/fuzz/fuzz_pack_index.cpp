// uses: engine/packaging
#include "engine/packaging/pack_index.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace stormglass;

// The text of a catalogue, as a server that lies may send it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const IndexPart part = indexPartOf(QStringLiteral("https://example.org/index.json"), text);
    SG_ASSERT(part.status.packs == static_cast<std::int64_t>(part.packs.entries().size()));
    const PackIndex index({part});
    for (const ValueMap::Entry &entry : index.packs().entries()) {
        const std::optional<Value> shown = index.show(entry.key.toQString());
        SG_ASSERT(shown && (*shown)["repo_url"].isText() && (*shown)["version"].isText());
        SG_ASSERT(!index.isLocal(entry.key.toQString()));
    }
    const ValueList found = index.search(QStringLiteral("a"), PackIndex::Case::Insensitive);
    SG_ASSERT(found.size() <= index.packs().entries().size());
    (void)index.health();
    (void)index.nothingFound();
    return 0;
}
