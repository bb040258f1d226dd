#pragma once

#include <QLoggingCategory>

namespace stormglass {

Q_DECLARE_LOGGING_CATEGORY(packagingLog)

} // namespace stormglass
