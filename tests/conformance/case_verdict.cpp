#include "tests/conformance/case_verdict.h"

#include "engine/base/python_text.h"
#include "tests/support/tagged_value.h"

#include <algorithm>
#include <cmath>

namespace stormglass {

namespace {

bool areSameSets(const ValueSet &expected, const ValueSet &got)
{
    if (expected.size() != got.size())
        return false;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (!got.contains(expected.at(i)))
            return false;
    }
    return true;
}

bool areSameMaps(const ValueMap &expected, const ValueMap &got)
{
    return expected.size() == got.size()
        && std::ranges::all_of(expected, [&](const ValueMap::Entry &entry) {
               const Value *const other = got.find(entry.key);
               return other && isSameRecorded(entry.value, *other);
           });
}

std::string describe(const Result<Value> &result)
{
    if (result)
        return pythonRepr(*result);
    const Error &error = result.error();
    return (error.kind + QStringLiteral(": ") + error.message).toStdString();
}

} // namespace

bool isSameRecorded(const Value &expected, const Value &got)
{
    if (expected.kind() != got.kind())
        return false;
    if (expected.isDouble())
        return expected == got || (std::isnan(expected.toDouble()) && std::isnan(got.toDouble()));
    if (expected.isSequence())
        return std::ranges::equal(expected.items(), got.items(), isSameRecorded);
    if (expected.isMap())
        return areSameMaps(expected.entries(), got.entries());
    if (expected.isSet())
        return areSameSets(expected.members(), got.members());
    return expected == got;
}

CaseVerdict judged(const Value &expect, const Result<Value> &got)
{
    CaseVerdict verdict;
    verdict.got = describe(got);
    if (const Value *const recorded = expect.find("value")) {
        const Value value = untagged(*recorded);
        verdict.expected = pythonRepr(value);
        verdict.isPassed = got && isSameRecorded(value, *got);
        return verdict;
    }
    const Value *const raised = expect.find("raises");
    const Value &kind = raised ? (*raised)["class"] : expect["error"];
    const Value &message = raised ? (*raised)["message"] : expect["message"];
    verdict.expected = pythonStr(kind) + ": " + pythonStr(message);
    verdict.isPassed = !got && kind.isText() && got.error().kind == kind.toQString();
    return verdict;
}

} // namespace stormglass
