#include "tests/conformance/recorded_part.h"

#include "engine/base/python_text.h"
#include "tests/support/tagged_value.h"

namespace stormglass {

namespace {

std::string described(const Result<Value> &result)
{
    return result
        ? pythonRepr(*result)
        : (result.error().kind + QStringLiteral(": ") + result.error().message).toStdString();
}

bool isSameError(const Value &recorded, const Error &error)
{
    if (recorded["internal"].toBoolOr(false))
        return true;
    if (error.kind != recorded["class"].toQString())
        return false;
    return recorded["class"] != Value("ValidationError")
        || error.message.startsWith(recorded["message"].toQString());
}

} // namespace

CaseVerdict judgedPart(const Value &expect, const PartWords &words, const Result<Value> &got)
{
    CaseVerdict verdict;
    verdict.got = described(got);
    if (expect[words.flag].toBoolOr(false)) {
        const Value value = untagged(expect[words.result]);
        verdict.expected = pythonRepr(value);
        verdict.isPassed = got && isSameRecorded(value, *got);
        return verdict;
    }
    const Value &error = expect["error"];
    verdict.expected = pythonStr(error["class"]) + ": " + pythonStr(error["message"]);
    verdict.isPassed = !got && isSameError(error, got.error());
    return verdict;
}

CaseVerdict firstFailure(const std::vector<std::function<CaseVerdict()>> &parts)
{
    CaseVerdict verdict{true, {}, {}};
    for (const auto &part : parts) {
        verdict = part();
        if (!verdict.isPassed)
            break;
    }
    return verdict;
}

} // namespace stormglass
