#include "engine/packs/content_files.h"

#include "engine/base/python_text.h"
#include "engine/model/json_members.h"
#include "engine/packs/metadata_models.h"

#include <QSet>

#include <map>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

tl::unexpected<Error> refused(QString message, const QString &parameter,
                              const QString &kind = u"ValueValidationException"_s)
{
    return failure(Error{ErrorCode::Invalid, std::move(message), kind,
                         parameter.isEmpty() ? u"parameters"_s : u"parameters."_s + parameter});
}

// Which of the names it was is what an author needs to hear.
Error inWords(Error error, const Value &parameters)
{
    if (error.place != u"parameters" || !error.message.contains(u"match any of the regexes"))
        return error;
    const QString name = error.message.section(u'\'', 1, 1);
    error.message
        = u"Parameter name \"%1\" is invalid. Valid characters for parameter name are [a-zA-Z0-0_]."_s
              .arg(name);
    if (parameters.find(name.toStdString()))
        error.place += u'.' + name;
    return error;
}

// What an action may say of a parameter that its runner declares (content.md 5.2, point 3).
Result<> checkOverride(const QString &name, const Value &schema, const Value &runnerSchema,
                       const QString &ref)
{
    static const QSet<QString> free{u"default"_s, u"description"_s, u"enum"_s, u"immutable"_s,
                                    u"required"_s};
    for (const ValueMap::Entry &entry : schema.entries()) {
        const QString attribute = QString::fromStdString(pythonStr(entry.key));
        const Value *declared = runnerSchema.entriesOrNone().find(entry.key);
        const bool isSame = Value::pythonEqual(declared ? *declared : Value(), entry.value);
        if (!free.contains(attribute) && !isSame)
            return refused(
                u"The attribute \"%1\" for the runner parameter \"%2\" in action \"%3\" cannot be overridden."_s
                    .arg(attribute, name, ref),
                name, u"InvalidActionParameterException"_s);
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

// Takes the positions of parameters: each once, without holes between them.
class Positions
{
public:
    Result<> take(const QString &name, const Value &schema)
    {
        const Value *position = schema.find("position");
        if (!position)
            return {};
        if (!position->isInt())
            return refused(u"The position of parameter %1 must be a whole number, not %2."_s.arg(
                               name, QString::fromStdString(pythonRepr(*position))),
                           name);
        const auto [other, isFree] = m_names.emplace(position->toInt(), name);
        if (isFree)
            return {};
        return refused(
            u"Parameters %1 and %2 have same position %3. Position values have to be unique."_s
                .arg(name, other->second)
                .arg(position->toInt()),
            name);
    }

    Result<> expectContiguous() const
    {
        if (m_names.empty()
            || m_names.rbegin()->first - m_names.begin()->first
                == static_cast<std::int64_t>(m_names.size()) - 1)
            return {};
        Value positions = Value::list();
        for (const auto &[position, name] : m_names)
            positions.append(position);
        return refused(u"Positions supplied %1 for parameters are not contiguous."_s.arg(
                           QString::fromStdString(pythonRepr(positions))),
                       {});
    }

private:
    std::map<std::int64_t, QString> m_names;
};

Result<> checkParameters(const Value &parameters, const RunnerType &runner, const QString &ref)
{
    Positions positions;
    for (const ValueMap::Entry &entry : parameters.entries()) {
        const QString name = entry.key.toQString();
        const Value *runnerSchema = runner.parameters.entriesOrNone().find(entry.key);
        if (runnerSchema)
            SG_TRY(checkOverride(name, entry.value, *runnerSchema, ref));
        SG_TRY(positions.take(name, entry.value));
        SG_TRY(checkImmutable(name, entry.value, runnerSchema));
    }
    return positions.expectContiguous();
}

// As StackStorm keeps it: routes under their newer name, what is empty left out (content.md 5.5).
Value notification(const Value &written)
{
    Value kept = Value::map();
    setIfAny(kept, "message", written["message"]);
    setIfAny(kept, "data", written["data"]);
    for (const char *name : {"routes", "channels"}) {
        if (!kept.find("routes"))
            setIfAny(kept, "routes", written[name]);
    }
    if (!kept.find("routes"))
        kept.set("routes", Value::list({"notify.default"}));
    return kept;
}

Value notificationsOf(const Value &content)
{
    Value kept = Value::map();
    for (const char *occasion : {"on-complete", "on-success", "on-failure"}) {
        const Value &written = content["notify"][occasion];
        if (!isFalsy(written))
            kept.set(occasion, notification(written));
    }
    return kept;
}

// Null switches an action off, though its absence leaves it on.
bool isEnabled(const Value &content)
{
    const Value *enabled = content.find("enabled");
    return !enabled || enabled->toBoolOr(false);
}

} // namespace

Result<Action> actionFromFile(const MetadataFile &file, const FindRunnerType &findRunnerType)
{
    const Value &content = file.content;
    if (Result<Value> checked = checkedMetadata(MetadataKind::Action, content); !checked)
        return failure(inWords(std::move(checked).error(), content["parameters"]));
    const Value *parameters = content.find("parameters");
    if (parameters && !parameters->isMap())
        return refused(u"\"parameters\" must be a mapping, or left out."_s, {});
    Action action;
    action.ref = {content["pack"].toQString(), content["name"].toQString()};
    SG_TRY(expectName(action.ref.pack, action.ref.name));
    action.description = content["description"].toQStringOr({});
    action.enabled = isEnabled(content);
    action.runnerType = content["runner_type"].toQString();
    action.entryPoint = content["entry_point"].toQStringOr({});
    action.parameters = parameters ? *parameters : Value::map();
    action.outputSchema
        = content["output_schema"].isMap() ? content["output_schema"] : Value::map();
    action.notify = notificationsOf(content);
    SG_LET(action.tags, tagsOf(content));
    action.metadataFile = file.path;

    const std::optional<RunnerType> runner = findRunnerType(action.runnerType);
    if (!runner)
        return failure(
            Error{ErrorCode::Invalid,
                  u"RunnerType %1 is not found. If you are using old and deprecated "
                  "runner name, you need to switch to a new one."_s.arg(action.runnerType),
                  u"ValueValidationException"_s, u"runner_type"_s});
    SG_TRY(checkParameters(action.parameters, *runner, action.ref.text()));
    return action;
}

} // namespace stormglass
