#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

enum class WorkflowLanguage { Yaql, Jinja };

// How workflows find expressions in text (expressions.md 7.1): delimiters with anything but a line
// end between them, the shortest first.

// `<% … %>` or `{{ … }}`, delimiters included, in order.
std::vector<std::string_view> workflowExpressions(WorkflowLanguage language, std::string_view text);
// `{% … %}`.
bool holdsJinjaBlocks(std::string_view text);
// `{% raw %} … {% endraw %}`, exactly so.
std::vector<std::string_view> rawJinjaBlocks(std::string_view text);

// Without any of the delimiters' characters, and blanks, at both ends.
std::string_view withoutDelimiters(WorkflowLanguage language, std::string_view expression);

} // namespace stormglass
