#pragma once

#include "engine/base/clock.h"
#include "engine/base/value.h"

#include <QString>

namespace stormglass {

// What a busy installation has in its packs, as the API shows it: for pictures and for tests of pages.
namespace sample {

Value packs();
Value actions();
Value rules();
Value triggerTypes();
Value triggers();
Value sensors(Timestamp now);
Value stats(Timestamp now);

QString idOf(int number);
QString iso(Timestamp time);

} // namespace sample

} // namespace stormglass
