#pragma once

#include <QString>

namespace stormglass::ui {

// Text from outside is never markup: what Qt would otherwise take for rich text is escaped.
QString plainToolTip(const QString &text);

// For menus and buttons, where an ampersand would mark a key.
QString plainActionText(const QString &text);

// At most `limit` characters, in one line.
QString shortened(const QString &text, qsizetype limit);

// Words longer than any line, such as digests and paths, may be broken; what is shown alone
// changes.
QString breakable(const QString &text);

} // namespace stormglass::ui
