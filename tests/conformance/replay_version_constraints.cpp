#include "tests/conformance/corpus_kinds.h"

#include "engine/packs/pack_versions.h"

#include <array>
#include <functional>

namespace stormglass {

namespace {

Result<Value> supported(const Value &recorded)
{
    SG_TRY(expectSupported(recorded["metadata"], recorded["current"].toQString()));
    return Value(true);
}

Value warning(const Value &recorded)
{
    const QString text = pythonWarning(recorded["metadata"]);
    return text.isEmpty() ? Value() : Value(text);
}

Result<Value> matched(const Value &recorded)
{
    SG_LET(const bool holds,
           satisfies(recorded["version"].toQString(), recorded["constraint"].toQString()));
    return Value(holds);
}

Result<Value> refOf(const Value &recorded)
{
    SG_LET(const QString ref,
           packRefOf(recorded["metadata"], recorded["directory"].toQStringOr({})));
    return Value(ref);
}

Result<Value> answer(const Value &recorded)
{
    const std::string_view kind = recorded["kind"].text();
    if (kind == "match")
        return matched(recorded);
    if (kind == "constraint_syntax")
        return Value(isVersionConstraint(recorded["constraint"].toQString()));
    if (kind == "pack_version")
        return Value(isPackVersion(recorded["version"].toQString()));
    if (kind == "pack_version_normalised")
        return Value(normalisedPackVersion(recorded["version"]));
    if (kind == "pack_ref")
        return Value(isPackRef(recorded["ref"].toQString()));
    if (kind == "pack_ref_from_metadata")
        return refOf(recorded);
    if (kind == "pack_supported")
        return supported(recorded);
    if (kind == "pack_warning")
        return warning(recorded);
    return failure(ErrorCode::Invalid, QStringLiteral("an unknown kind of case"));
}

} // namespace

CaseVerdict replayVersionConstraints(const Value &recorded)
{
    const Value &expect = recorded["expect"];
    const Value *const result = expect.find("ok");
    return judged(result ? Value::map({{"value", *result}}) : expect, answer(recorded));
}

} // namespace stormglass
