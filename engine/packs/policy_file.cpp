#include "engine/packs/content_files.h"

#include "engine/packs/metadata_models.h"
#include "engine/packs/policy_types.h"
#include "engine/schema/schema.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Result<const PolicyType *> typeNamed(const QString &ref)
{
    if (!ref.isEmpty() && !ref.contains(u'.'))
        return failure(Error{ErrorCode::Invalid, u"Invalid reference: %1"_s.arg(ref),
                             u"InvalidReferenceError"_s, u"policy_type"_s});
    const PolicyType *type = policyTypeOf(ref);
    if (!type)
        return failure(Error{ErrorCode::Invalid,
                             u"Referenced policy_type \"%1\" doesnt exist"_s.arg(ref),
                             u"ValueError"_s, u"policy_type"_s});
    return type;
}

} // namespace

Result<Value> checkedPolicyMetadata(const Value &content)
{
    SG_LET(Value cleaned, checkedMetadata(MetadataKind::Policy, content));
    SG_LET(const PolicyType *const type, typeNamed(cleaned["policy_type"].toQString()));
    const Value *written = cleaned.find("parameters");
    Result<Value> parameters
        = validate(parametersSchema(type->parameters), written ? *written : Value::map());
    if (!parameters)
        return failure(std::move(parameters).error());
    cleaned.set("parameters", *parameters);
    return cleaned;
}

Result<Policy> policyFromFile(const MetadataFile &file)
{
    SG_LET(const Value content, checkedPolicyMetadata(file.content));
    Policy policy;
    policy.ref = {content["pack"].toQString(), content["name"].toQString()};
    SG_TRY(expectName(policy.ref.pack, policy.ref.name));
    policy.description = content["description"].toQStringOr({});
    policy.enabled = content["enabled"].toBoolOr(true);
    policy.resource = Ref::fromText(content["resource_ref"].toQString());
    policy.policyType = content["policy_type"].toQString();
    policy.parameters = content["parameters"];
    policy.metadataFile = file.path;
    return policy;
}

} // namespace stormglass
