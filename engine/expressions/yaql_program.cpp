#include "engine/expressions/yaql_program.h"

namespace stormglass {

Result<std::shared_ptr<const Program>> compileYaqlProgram(std::string_view)
{
    return failure(ErrorCode::Unavailable, QStringLiteral("YAQL is not part of this build"));
}

} // namespace stormglass
