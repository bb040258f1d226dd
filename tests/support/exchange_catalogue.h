#pragma once

#include <QString>

namespace stormglass {

// The archive of the catalogue of packs: where STORMGLASS_CATALOGUE says, else beside a checkout.
// Empty if it is in neither place.
QString catalogueArchive();

// Makes folders of packs from it, `<folder>/<pack>/…`: their files are JSON there, which is YAML
// too. False if it cannot be unpacked.
bool unpackCatalogue(const QString &archive, const QString &folder);

} // namespace stormglass
