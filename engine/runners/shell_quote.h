#pragma once

#include <QString>

namespace stormglass {

// One word for a POSIX shell, quoted only where it must be; empty text becomes ''.
QString shellQuote(const QString &text);

} // namespace stormglass
