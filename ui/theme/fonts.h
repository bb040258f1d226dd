#pragma once

#include <QFont>

namespace stormglass::ui {

// The faces of the console: Inter where present, else the system's; code in the system's fixed one.
namespace fonts {

QFont text();
QFont strong();
QFont small();
QFont heading();
QFont title();
QFont code();
// For names of groups in forms and details: small and a little heavier.
QFont label();

} // namespace fonts

} // namespace stormglass::ui
