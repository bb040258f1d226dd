#include "engine/packaging/packaging_log.h"

namespace stormglass {

Q_LOGGING_CATEGORY(packagingLog, "stormglass.engine.packaging")

} // namespace stormglass
