#pragma once

#include <string>
#include <string_view>

namespace stormglass {

// Without comments and tags, white space collapsed, entities resolved.
std::string strippedHtml(std::string_view html);

// html.unescape(): `&eacute;`, `&#233;`, `&#xe9;`. Of the named entities those of HTML 4 are known.
std::string unescapedHtml(std::string_view html);

} // namespace stormglass
