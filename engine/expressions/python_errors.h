#pragma once

#include "engine/base/result.h"

#include <string_view>

namespace stormglass {

// Names of the exception classes that the reference raises: what `Error::kind` carries. All of them
// static, so that an evaluation can keep a view.
struct PythonError
{
    static constexpr std::string_view Assertion = "AssertionError";
    static constexpr std::string_view Attribute = "AttributeError";
    static constexpr std::string_view Base = "Exception";
    static constexpr std::string_view FilterArgument = "FilterArgumentError";
    static constexpr std::string_view Index = "IndexError";
    static constexpr std::string_view JsonDecode = "JSONDecodeError";
    static constexpr std::string_view Key = "KeyError";
    static constexpr std::string_view Lookup = "LookupError";
    static constexpr std::string_view Overflow = "OverflowError";
    static constexpr std::string_view Recursion = "RecursionError";
    static constexpr std::string_view Regex = "error";
    static constexpr std::string_view Runtime = "RuntimeError";
    static constexpr std::string_view Security = "SecurityError";
    static constexpr std::string_view StopIteration = "StopIteration";
    static constexpr std::string_view Syntax = "SyntaxError";
    static constexpr std::string_view TemplateAssertion = "TemplateAssertionError";
    static constexpr std::string_view TemplateRuntime = "TemplateRuntimeError";
    static constexpr std::string_view TemplateSyntax = "TemplateSyntaxError";
    static constexpr std::string_view Type = "TypeError";
    static constexpr std::string_view Undefined = "UndefinedError";
    static constexpr std::string_view UnicodeDecode = "UnicodeDecodeError";
    static constexpr std::string_view UnicodeEncode = "UnicodeEncodeError";
    static constexpr std::string_view Value = "ValueError";
    static constexpr std::string_view ZeroDivision = "ZeroDivisionError";
    // Ours: a limit of the evaluation was reached. Never recovered from.
    static constexpr std::string_view Limit = "LimitExceeded";
};

// Whether `except base` would catch a `kind`.
bool isPythonErrorOf(std::string_view kind, std::string_view base);

// A refusal that carries the class Python would raise in `kind`.
tl::unexpected<Error> pythonError(const char *kind, const QString &message);

} // namespace stormglass
