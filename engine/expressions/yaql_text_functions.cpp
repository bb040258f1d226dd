#include "engine/expressions/code_points.h"
#include "engine/expressions/members.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/text_cutting.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"
#include "engine/expressions/yaql_printing.h"

#include <array>

namespace stormglass {

namespace {

// A method of Python's str on the first argument.
Value pythonMethod(const YaqlCall &call, std::string_view name,
                   std::initializer_list<Value> arguments)
{
    ArgumentList places;
    places.add(call[0]);
    for (const Value &argument : arguments)
        places.add(argument);
    return methodNamed(call[0], name)->call(call.evaluation, {places.values(), {}});
}

Value concat(const YaqlCall &call)
{
    std::string text;
    for (std::size_t i = 0; i < call.restCount(); ++i)
        text += call.rest(i).text();
    return call.evaluation.affordsText(text.size()) ? Value(text) : Value();
}

Value contains(const YaqlCall &call)
{
    return contains(call.evaluation, call[1], call[0]);
}

Value times(const YaqlCall &call)
{
    return arithmetic(call.evaluation, Arithmetic::Multiply, call[0], call[1]);
}

Value toUpper(const YaqlCall &call)
{
    return pythonMethod(call, "upper", {});
}

Value toLower(const YaqlCall &call)
{
    return pythonMethod(call, "lower", {});
}

Value length(const YaqlCall &call)
{
    return call[0].codePoints();
}

Value asMutable(const Value &list)
{
    return list.isList() ? yaqlMutableList(list.items()) : list;
}

Value split(const YaqlCall &call)
{
    return asMutable(pythonMethod(call, "split", {call[1], call[2]}));
}

Value rightSplit(const YaqlCall &call)
{
    return asMutable(pythonMethod(call, "rsplit", {call[1], call[2]}));
}

// What the function `str` makes of a value.
std::string textOf(YaqlEvaluation &evaluation, const Value &value)
{
    if (value.isNull())
        return "null";
    if (value.isBool())
        return value.toBool() ? "true" : "false";
    return yaqlStr(evaluation, value);
}

Value joined(const YaqlCall &call, const Value &sequence, const Value &separator)
{
    std::string text;
    bool isFirst = true;
    forEach(call.evaluation, sequence, [&](const Value &item) {
        text += std::exchange(isFirst, false) ? std::string_view() : separator.text();
        text += textOf(call.evaluation, item);
        return !call.evaluation.failed() && call.evaluation.affordsText(text.size());
    });
    return Value(text);
}

Value join(const YaqlCall &call)
{
    return joined(call, call[0], call[1]);
}

Value joinWith(const YaqlCall &call)
{
    return joined(call, call[1], call[0]);
}

Value toText(const YaqlCall &call)
{
    return call[0].isText() ? call[0] : Value(textOf(call.evaluation, call[0]));
}

Value trim(const YaqlCall &call)
{
    return pythonMethod(call, "strip", {call[1]});
}

Value trimLeft(const YaqlCall &call)
{
    return pythonMethod(call, "lstrip", {call[1]});
}

Value trimRight(const YaqlCall &call)
{
    return pythonMethod(call, "rstrip", {call[1]});
}

Value norm(const YaqlCall &call)
{
    Value text = call[0].isNull() ? Value() : trim(call);
    return text.isText() && text.text().empty() ? Value() : text;
}

Value isEmpty(const YaqlCall &call)
{
    if (call[0].isNull())
        return true;
    const Value text = call[1].toBoolOr(true) ? pythonMethod(call, "strip", {call[2]}) : call[0];
    return text.isText() && text.text().empty();
}

Value replace(const YaqlCall &call)
{
    return pythonMethod(call, "replace", {call[1], call[2], call[3]});
}

Value replaceMany(const YaqlCall &call)
{
    std::string text(call[0].text());
    const std::int64_t count = call.integer(2);
    for (const ValueMap::Entry &entry : call[1].entries()) {
        text = replaced(text, textOf(call.evaluation, entry.key),
                        textOf(call.evaluation, entry.value), count);
        if (call.evaluation.failed() || !call.evaluation.affordsText(text.size()))
            return {};
    }
    return Value(text);
}

Value substring(const YaqlCall &call)
{
    const std::int64_t size = call[0].codePoints();
    std::int64_t start = call.integer(1);
    std::int64_t length = call.integer(2);
    length = length < 0 ? size : length;
    start = start < 0 ? start + size : start;
    std::int64_t end = 0;
    if (__builtin_add_overflow(start, length, &end))
        end = size;
    return slice(call.evaluation, call[0], {Value(start), Value(end), {}});
}

Value find(const YaqlCall &call, std::string_view method)
{
    return pythonMethod(call, method, {call[1], call[2]});
}

Value findWithin(const YaqlCall &call, std::string_view method)
{
    const std::int64_t size = call[0].codePoints();
    std::int64_t start = call.integer(2);
    std::int64_t length = call.integer(3);
    start = start < 0 ? start + size : start;
    length = length < 0 ? size - start : length;
    std::int64_t end = 0;
    if (__builtin_add_overflow(start, length, &end))
        end = size;
    return pythonMethod(call, method, {call[1], Value(start), Value(end)});
}

Value indexOf(const YaqlCall &call)
{
    return find(call, "find");
}

Value indexOfWithin(const YaqlCall &call)
{
    return findWithin(call, "find");
}

Value lastIndexOf(const YaqlCall &call)
{
    return find(call, "rfind");
}

Value lastIndexOfWithin(const YaqlCall &call)
{
    return findWithin(call, "rfind");
}

Value toCharArray(const YaqlCall &call)
{
    return Value(listOf(call.evaluation, call[0]));
}

constexpr std::string_view lowercase = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";
constexpr std::string_view punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
constexpr std::string_view whitespace = " \t\n\r\v\f";

// In the order of the parameters; what Python's module no longer has is empty.
std::array<std::string, 12> characterClasses()
{
    const std::string letters = std::string(lowercase) + std::string(uppercase);
    return {std::string(digits),
            std::string(digits) + "abcdefABCDEF",
            std::string(lowercase),
            std::string(uppercase),
            letters,
            "",
            "01234567",
            std::string(punctuation),
            std::string(digits) + letters + std::string(punctuation) + std::string(whitespace),
            "",
            "",
            std::string(whitespace)};
}

Value characters(const YaqlCall &call)
{
    const auto classes = characterClasses();
    ValueSet seen;
    ValueList list;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (!call[i].toBoolOr(false))
            continue;
        if (classes[i].empty())
            return call.evaluation.fail(PythonError::Attribute,
                                        "module 'string' has no attribute of that name");
        for (const char c : classes[i]) {
            const Value character(std::string(1, c));
            if (!seen.contains(character))
                list.push_back(character);
            seen.add(character);
        }
    }
    return Value(std::move(list));
}

Value isText(const YaqlCall &call)
{
    return call[0].isText();
}

Value startsWith(const YaqlCall &call)
{
    return pythonMethod(call, "startswith", {Value::tuple(call.restValues())});
}

Value endsWith(const YaqlCall &call)
{
    return pythonMethod(call, "endswith", {Value::tuple(call.restValues())});
}

Value hex(const YaqlCall &call)
{
    if (!call[0].isInteger())
        return call.evaluation.failType("'" + typeNameOf(call[0])
                                        + "' object cannot be interpreted as an integer");
    if (!call[0].isInt())
        return call.evaluation.fail(PythonError::Limit, "the number is too large for hex()");
    const std::int64_t number = call[0].toInt();
    const std::uint64_t magnitude
        = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    return (number < 0 ? "-0x" : "0x")
        + QString::number(static_cast<qulonglong>(magnitude), 16).toStdString();
}

constexpr std::array entries{
    YaqlFunctionEntry{"f #operator_+(*args:str)", concat},
    YaqlFunctionEntry{"f concat(*args:str)", concat},
    YaqlFunctionEntry{"f #operator_*(left:str, right:int)", times},
    YaqlFunctionEntry{"f #operator_*(left:int, right:str)", times},
    YaqlFunctionEntry{"f #operator_in(left:str, right:str)", contains},
    YaqlFunctionEntry{"m toUpper(string:str)", toUpper},
    YaqlFunctionEntry{"m toLower(string:str)", toLower},
    YaqlFunctionEntry{"fm len(string:str)", length},
    YaqlFunctionEntry{"m split(string:str, separator:str?=null, maxSplits:int=-1)", split},
    YaqlFunctionEntry{"m rightSplit(string:str, separator:str?=null, maxSplits:int=-1)",
                      rightSplit},
    YaqlFunctionEntry{"m join(sequence:iter, separator:str)", join},
    YaqlFunctionEntry{"m join(separator:str, sequence:iter)", joinWith},
    YaqlFunctionEntry{"f str(value:any)", toText},
    YaqlFunctionEntry{"m trim(string:str, chars:str?=null)", trim},
    YaqlFunctionEntry{"m trimLeft(string:str, chars:str?=null)", trimLeft},
    YaqlFunctionEntry{"m trimRight(string:str, chars:str?=null)", trimRight},
    YaqlFunctionEntry{"fm norm(string:str?, chars:str?=null)", norm},
    YaqlFunctionEntry{"fm isEmpty(string:str?, trim:bool=true, chars:str?=null)", isEmpty},
    YaqlFunctionEntry{"m replace(string:str, old:str, new:str, count:int=-1)", replace},
    YaqlFunctionEntry{"m replace(string:str, replacements:dict, count:int=-1)", replaceMany},
    YaqlFunctionEntry{"m substring(string:str, start:int, length:int=-1)", substring},
    YaqlFunctionEntry{"m indexOf(string:str, sub:str, start:int=0)", indexOf},
    YaqlFunctionEntry{"m indexOf(string:str, sub:str, start:int, length:int)", indexOfWithin},
    YaqlFunctionEntry{"m lastIndexOf(string:str, sub:str, start:int=0)", lastIndexOf},
    YaqlFunctionEntry{"m lastIndexOf(string:str, sub:str, start:int, length:int)",
                      lastIndexOfWithin},
    YaqlFunctionEntry{"m toCharArray(string:str)", toCharArray},
    YaqlFunctionEntry{"f characters(digits:bool?=false, hexdigits:bool?=false, "
                      "asciiLowercase:bool?=false, asciiUppercase:bool?=false, "
                      "asciiLetters:bool?=false, letters:bool?=false, octdigits:bool?=false, "
                      "punctuation:bool?=false, printable:bool?=false, lowercase:bool?=false, "
                      "uppercase:bool?=false, whitespace:bool?=false)",
                      characters},
    YaqlFunctionEntry{"f isString(arg:any)", isText},
    YaqlFunctionEntry{"m startsWith(string:str, *prefixes:str)", startsWith},
    YaqlFunctionEntry{"m endsWith(string:str, *suffixes:str)", endsWith},
    YaqlFunctionEntry{"f hex(num:num?)", hex},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlTextFunctions()
{
    return entries;
}

} // namespace stormglass
