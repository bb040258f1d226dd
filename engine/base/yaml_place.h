#pragma once

#include <QString>

#include <string_view>

namespace stormglass {

// The line, from 1, of what a dotted path (`parameters.p.type`, `formats.0`) leads to in a
// document; of the last step that is there where it leads further. 0 if the text is no document or
// the path is empty. For telling a person where a value at fault stands. Thread: any.
int yamlLineAt(std::string_view text, const QString &path);

} // namespace stormglass
