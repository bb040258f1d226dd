#include "engine/expressions/workflow_delimiters.h"

#include "engine/expressions/text_cutting.h"

namespace stormglass {

namespace {

std::vector<std::string_view> between(std::string_view text, std::string_view open,
                                      std::string_view close)
{
    std::vector<std::string_view> found;
    const auto next = [&](std::string_view what, std::size_t known, std::size_t from) {
        return known >= from ? known : text.find(what, from);
    };
    std::size_t end = 0;
    std::size_t lineEnd = 0;
    std::size_t at = text.find(open);
    while (at != std::string_view::npos) {
        // Not looked for again while they lie ahead: each opening would read all of the text.
        end = next(close, end, at + open.size());
        lineEnd = next("\n", lineEnd, at + open.size());
        if (end == std::string_view::npos)
            break;
        if (lineEnd < end) {
            at = text.find(open, at + 1);
            continue;
        }
        found.push_back(text.substr(at, end + close.size() - at));
        at = text.find(open, end + close.size());
    }
    return found;
}

} // namespace

std::vector<std::string_view> workflowExpressions(WorkflowLanguage language, std::string_view text)
{
    return language == WorkflowLanguage::Yaql ? between(text, "<%", "%>")
                                              : between(text, "{{", "}}");
}

bool holdsJinjaBlocks(std::string_view text)
{
    return !between(text, "{%", "%}").empty();
}

std::vector<std::string_view> rawJinjaBlocks(std::string_view text)
{
    return between(text, "{% raw %}", "{% endraw %}");
}

std::string_view withoutDelimiters(WorkflowLanguage language, std::string_view expression)
{
    const std::string_view characters = language == WorkflowLanguage::Yaql ? "<%>" : "{}";
    return stripped(strippedRight(strippedLeft(expression, characters), characters));
}

} // namespace stormglass
