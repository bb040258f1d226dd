#include "engine/packs/content_files.h"

#include "engine/base/python_text.h"

#include <QHash>
#include <QSet>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

tl::unexpected<Error> refused(QString message, const QString &parameter)
{
    return failure(Error{ErrorCode::Invalid, std::move(message), u"ValueError"_s,
                         u"parameters."_s + parameter});
}

bool isWord(const QString &name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u'_';
    });
}

Result<> checkParameterSchema(const QString &name, const Value &schema)
{
    static const QSet<QString> known{u"type"_s,
                                     u"description"_s,
                                     u"default"_s,
                                     u"required"_s,
                                     u"immutable"_s,
                                     u"secret"_s,
                                     u"position"_s,
                                     u"enum"_s,
                                     u"title"_s,
                                     u"id"_s,
                                     u"$schema"_s,
                                     u"multipleOf"_s,
                                     u"maximum"_s,
                                     u"exclusiveMaximum"_s,
                                     u"minimum"_s,
                                     u"exclusiveMinimum"_s,
                                     u"maxLength"_s,
                                     u"minLength"_s,
                                     u"pattern"_s,
                                     u"additionalItems"_s,
                                     u"items"_s,
                                     u"maxItems"_s,
                                     u"minItems"_s,
                                     u"uniqueItems"_s,
                                     u"maxProperties"_s,
                                     u"minProperties"_s,
                                     u"additionalProperties"_s,
                                     u"definitions"_s,
                                     u"properties"_s,
                                     u"patternProperties"_s,
                                     u"dependencies"_s,
                                     u"allOf"_s,
                                     u"anyOf"_s,
                                     u"oneOf"_s,
                                     u"not"_s};
    static const QSet<QString> types{u"array"_s,  u"boolean"_s, u"integer"_s, u"null"_s,
                                     u"number"_s, u"object"_s,  u"string"_s};
    if (!isWord(name))
        return refused(
            u"Parameter name \"%1\" is invalid. Valid characters for parameter name are [a-zA-Z0-0_]."_s
                .arg(name),
            name);
    if (!schema.isMap())
        return refused(
            u"%1 is not of type 'object'"_s.arg(QString::fromStdString(pythonRepr(schema))), name);
    for (const ValueMap::Entry &entry : schema.entries()) {
        const QString key = QString::fromStdString(pythonStr(entry.key));
        if (!known.contains(key))
            return refused(
                u"Additional properties are not allowed ('%1' was unexpected)"_s.arg(key), name);
    }
    const Value *type = schema.find("type");
    if (type && !(type->isText() && types.contains(type->toQString())))
        return refused(
            u"%1 is not one of the types array, boolean, integer, null, number, object, string"_s
                .arg(QString::fromStdString(pythonRepr(*type))),
            name);
    const Value *position = schema.find("position");
    if (position && !(position->isInt() && position->toInt() >= 0))
        return refused(u"position must be a whole number from 0"_s, name);
    for (const char *flag : {"required", "immutable", "secret"}) {
        if (const Value *value = schema.find(flag); value && !value->isBool())
            return refused(u"%1 must be true or false"_s.arg(QLatin1String(flag)), name);
    }
    return {};
}

// What an action may say of a parameter that its runner declares (content.md 5.2, point 3).
Result<> checkRunnerOverride(const QString &name, const Value &schema, const Value &runnerSchema,
                             const QString &ref)
{
    static const QSet<QString> free{u"default"_s, u"description"_s, u"enum"_s, u"immutable"_s,
                                    u"required"_s};
    for (const ValueMap::Entry &entry : schema.entries()) {
        const QString attribute = QString::fromStdString(pythonStr(entry.key));
        const Value *declared = runnerSchema.entriesOrNone().find(entry.key);
        if (!free.contains(attribute) && !(declared && *declared == entry.value))
            return refused(
                u"The attribute \"%1\" for the runner parameter \"%2\" in action \"%3\" cannot be overridden."_s
                    .arg(attribute, name, ref),
                name);
    }
    return {};
}

Result<> checkPositions(const Value &parameters)
{
    QHash<std::int64_t, QString> taken;
    ValueList positions;
    for (const ValueMap::Entry &entry : parameters.entries()) {
        const Value *position = entry.value.find("position");
        if (!position)
            continue;
        const QString name = entry.key.toQString();
        const auto other = taken.constFind(position->toInt());
        if (other != taken.constEnd())
            return refused(
                u"Parameters %1 and %2 have same position %3. Position values have to be unique."_s
                    .arg(*other, name)
                    .arg(position->toInt()),
                name);
        taken.insert(position->toInt(), name);
        positions.push_back(*position);
    }
    std::sort(positions.begin(), positions.end(),
              [](const Value &a, const Value &b) { return a.toInt() < b.toInt(); });
    for (std::size_t i = 1; i < positions.size(); ++i) {
        if (positions[i].toInt() != positions[i - 1].toInt() + 1)
            return refused(u"Positions supplied %1 for parameters are not contiguous."_s.arg(
                               QString::fromStdString(pythonRepr(Value(positions)))),
                           QString());
    }
    return {};
}

Result<> checkImmutable(const QString &name, const Value &schema, const Value *runnerSchema)
{
    if (!schema.find("immutable"))
        return {};
    if (runnerSchema && runnerSchema->find("immutable"))
        return refused(
            u"Param %1 is declared immutable in runner. Cannot override in action."_s.arg(name),
            name);
    if (!schema.find("default") && !(runnerSchema && runnerSchema->find("default")))
        return refused(u"Immutable param %1 requires a default value."_s.arg(name), name);
    return {};
}

Result<> checkParameters(const Value &parameters, const RunnerType &runner, const QString &ref)
{
    for (const ValueMap::Entry &entry : parameters.entries()) {
        if (!entry.key.isText())
            return refused(u"Parameter names must be texts."_s,
                           QString::fromStdString(pythonStr(entry.key)));
        SG_TRY(checkParameterSchema(entry.key.toQString(), entry.value));
    }
    for (const ValueMap::Entry &entry : parameters.entries()) {
        const Value *runnerSchema = runner.parameters.entriesOrNone().find(entry.key);
        if (runnerSchema)
            SG_TRY(checkRunnerOverride(entry.key.toQString(), entry.value, *runnerSchema, ref));
    }
    SG_TRY(checkPositions(parameters));
    for (const ValueMap::Entry &entry : parameters.entries())
        SG_TRY(checkImmutable(entry.key.toQString(), entry.value,
                              runner.parameters.entriesOrNone().find(entry.key)));
    return {};
}

} // namespace

Result<Action> actionFromFile(const MetadataFile &file, const FindRunnerType &findRunnerType)
{
    const Value &content = file.content;
    SG_TRY(refuseUnknownMembers(content,
                                {u"name"_s, u"pack"_s, u"description"_s, u"enabled"_s,
                                 u"runner_type"_s, u"entry_point"_s, u"parameters"_s,
                                 u"output_schema"_s, u"tags"_s, u"notify"_s, u"metadata_file"_s,
                                 u"id"_s, u"ref"_s, u"uid"_s}));
    Action action;
    SG_LET(action.ref.name, requiredText(content, "name"));
    action.ref.pack = content["pack"].toQString();
    SG_LET(action.description, textMember(content, "description"));
    SG_LET(action.enabled, flagMember(content, "enabled", true));
    SG_LET(action.runnerType, requiredText(content, "runner_type"));
    SG_LET(action.entryPoint, textMember(content, "entry_point"));
    SG_LET(action.parameters, mapMember(content, "parameters"));
    SG_LET(action.outputSchema, mapMember(content, "output_schema"));
    SG_LET(action.notify, mapMember(content, "notify"));
    SG_LET(action.tags, listMember(content, "tags"));
    action.metadataFile = file.path;

    const std::optional<RunnerType> runner = findRunnerType(action.runnerType);
    if (!runner)
        return failure(Error{ErrorCode::Invalid,
                             u"RunnerType %1 is not found."_s.arg(action.runnerType),
                             u"ValueError"_s, u"runner_type"_s});
    SG_TRY(checkParameters(action.parameters, *runner, action.ref.text()));
    return action;
}

} // namespace stormglass
