#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <string>
#include <string_view>

namespace stormglass {

// A command as a person typed it, taken apart once for all formats: the pairs `key=value` at its
// end, which give parameters no format names, and the rest (content.md 8.2.1). Thread: any.
class ChatCommand
{
public:
    // Longer ones are no chat.
    static constexpr std::size_t mostBytes = 32UL * 1024;

    // Invalid where it is too long, no UTF-8, or costs too much to look at.
    static Result<ChatCommand> read(std::string_view text);

    const std::string &text() const { return m_text; }
    // With a space on each side, which is what formats are matched with.
    const std::string &rest() const { return m_rest; }
    bool isRestBlank() const;
    // A map of texts; values without their quotes, braces kept.
    const Value &pairs() const { return m_pairs; }

private:
    ChatCommand() = default;

    std::string m_text;
    std::string m_rest;
    Value m_pairs = Value::map();
};

} // namespace stormglass
