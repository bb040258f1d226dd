#pragma once

class QLayout;

namespace stormglass::ui {

// Takes everything out of a layout, layouts within it too. Widgets go when control is back in the
// event loop, for one of them may be the sender of what is being handled.
void clearLayout(QLayout &layout);

} // namespace stormglass::ui
