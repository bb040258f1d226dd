#include "engine/sources/source_log.h"

namespace stormglass {

Q_LOGGING_CATEGORY(sourcesLog, "stormglass.engine.sources")

} // namespace stormglass
