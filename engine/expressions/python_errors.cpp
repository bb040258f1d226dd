#include "engine/expressions/python_errors.h"

#include <array>
#include <utility>

namespace stormglass {

namespace {

using Parent = std::pair<std::string_view, std::string_view>;

constexpr std::array<Parent, 12> parents{{
    {PythonError::FilterArgument, PythonError::TemplateRuntime},
    {PythonError::Index, PythonError::Lookup},
    {PythonError::JsonDecode, PythonError::Value},
    {PythonError::Key, PythonError::Lookup},
    {PythonError::Overflow, "ArithmeticError"},
    {PythonError::Recursion, PythonError::Runtime},
    {PythonError::Security, PythonError::TemplateRuntime},
    {PythonError::TemplateAssertion, PythonError::TemplateSyntax},
    {PythonError::Undefined, PythonError::TemplateRuntime},
    {PythonError::UnicodeDecode, PythonError::Value},
    {PythonError::UnicodeEncode, PythonError::Value},
    {PythonError::ZeroDivision, "ArithmeticError"},
}};

} // namespace

bool isPythonErrorOf(std::string_view kind, std::string_view base)
{
    if (kind == PythonError::Limit)
        return false;
    if (base == PythonError::Base || kind == base)
        return true;
    for (const auto &[child, parent] : parents) {
        if (child == kind)
            return isPythonErrorOf(parent, base);
    }
    return false;
}

tl::unexpected<Error> pythonError(const char *kind, const QString &message)
{
    return failure(Error{ErrorCode::Invalid, message, QString::fromLatin1(kind)});
}

} // namespace stormglass
