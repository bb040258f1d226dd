// uses: engine/base engine/model engine/expressions engine/aliases
// A format and a command, a line each. What matches gives parameters, and the same ones again.

#include "engine/aliases/format_pattern.h"

#include <cstdint>

using namespace stormglass;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t end = std::min(text.find('\n'), text.size());
    const Result<FormatPattern> pattern = FormatPattern::compile(text.substr(0, end));
    const Result<ChatCommand> command
        = ChatCommand::read(text.substr(std::min(end + 1, text.size())));
    if (!pattern || !command)
        return 0;
    const Result<Value> parameters = pattern->extract(*command);
    SG_ASSERT(!parameters || parameters->isMap());
    const Result<Value> again = pattern->extract(*command);
    SG_ASSERT(!parameters || !again || *parameters == *again);
    const Result<Value> all = pattern->extractAll(*command);
    SG_ASSERT(!all || all->isList());
    return 0;
}
