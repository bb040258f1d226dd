#include "ui/models/rule_file.h"

#include "engine/base/yaml.h"
#include "engine/base/yaml_place.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace stormglass::ui {

namespace {

const char *const members[] = {"name", "pack",    "description", "enabled", "state",
                               "type", "trigger", "criteria",    "action",  "tags"};

QString tr(const char *text)
{
    return QCoreApplication::translate("RuleFile", text);
}

bool isMember(const Value &key)
{
    return key.isText()
        && std::any_of(std::begin(members), std::end(members),
                       [&key](const char *member) { return key.text() == member; });
}

// A fault and the dotted path of what is at fault.
struct Fault
{
    QString path;
    QString message;
};

using Faults = std::optional<Fault>;

Faults textWanted(const Value &value, const QString &path)
{
    if (value.isNull() || value.isText())
        return std::nullopt;
    return Fault{path, tr("%1 must be a text.").arg(path)};
}

Faults mappingWanted(const Value &value, const QString &path)
{
    if (value.isNull() || value.isMap())
        return std::nullopt;
    return Fault{path, tr("%1 must be a mapping.").arg(path)};
}

// `trigger` and `action`: a mapping with a text that names something and its parameters.
Faults referenceFault(const Value &value, const QString &path, const char *naming)
{
    if (const Faults fault = mappingWanted(value, path))
        return fault;
    const QString inside = path + QLatin1Char('.');
    if (const Faults fault = textWanted(value[naming], inside + QLatin1String(naming)))
        return fault;
    return mappingWanted(value["parameters"], inside + QLatin1String("parameters"));
}

Faults criteriaFault(const Value &criteria)
{
    const QString path = QStringLiteral("criteria");
    if (const Faults fault = mappingWanted(criteria, path))
        return fault;
    for (const ValueMap::Entry &entry : criteria.entriesOrNone()) {
        const QString key = path + QLatin1Char('.')
            + (entry.key.isText() ? entry.key.toQString() : QStringLiteral("?"));
        if (!entry.key.isText())
            return Fault{path, tr("A condition begins with a value of the event: trigger.line.")};
        if (!entry.value.isMap() || !entry.value["type"].isText())
            return Fault{key, tr("%1 needs a type, such as equals, and a pattern.").arg(key)};
    }
    return std::nullopt;
}

Faults stateFault(const Value &file)
{
    const Value &state = file["state"];
    const Value &enabled = file["enabled"];
    if (!enabled.isNull() && !enabled.isBool())
        return Fault{QStringLiteral("enabled"), tr("enabled is true or false.")};
    if (state.isNull())
        return std::nullopt;
    const QString word = state.toQStringOr({});
    const bool isOn = word == QLatin1String("enabled");
    if (!isOn && word != QLatin1String("disabled") && word != QLatin1String("observe"))
        return Fault{QStringLiteral("state"), tr("state is enabled, observe or disabled.")};
    if (!enabled.isNull() && enabled.toBool() != isOn)
        return Fault{QStringLiteral("state"),
                     tr("enabled and state say different things; one of them is enough.")};
    return std::nullopt;
}

Faults nameFault(const Value &file, const RuleDraft &base)
{
    if (base.isNew())
        return std::nullopt;
    for (const auto &[member, kept] :
         {std::pair("name", base.name), std::pair("pack", base.pack)}) {
        if (!file[member].isNull() && file[member].toQStringOr({}) != kept)
            return Fault{QLatin1String(member),
                         tr("%1 stays %2: a rule of another name is another rule.")
                             .arg(QLatin1String(member), kept)};
    }
    return std::nullopt;
}

Faults shapeFault(const Value &file)
{
    for (const ValueMap::Entry &entry : file.entriesOrNone()) {
        const QString key = entry.key.isText() ? entry.key.toQString() : QString();
        if (!isMember(entry.key))
            return Fault{key, tr("A rule has no \"%1\".").arg(key)};
    }
    for (const char *member : {"name", "pack", "description"}) {
        if (const Faults fault = textWanted(file[member], QLatin1String(member)))
            return fault;
    }
    if (const Faults fault = stateFault(file))
        return fault;
    if (!file["tags"].isNull() && !file["tags"].isList())
        return Fault{QStringLiteral("tags"), tr("tags must be a list.")};
    if (const Faults fault = referenceFault(file["trigger"], QStringLiteral("trigger"), "type"))
        return fault;
    if (const Faults fault = criteriaFault(file["criteria"]))
        return fault;
    return referenceFault(file["action"], QStringLiteral("action"), "ref");
}

// `4:7`, the place of an error, and `line 7: the key …`, a warning.
int lineIn(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(?:line )?(\\d+)"));
    return form.match(text).captured(1).toInt();
}

RuleDraft draftFrom(const Value &file, const RuleDraft &base)
{
    Value whole = file;
    for (const auto &[member, kept] :
         {std::pair("name", base.name), std::pair("pack", base.pack)}) {
        if (file[member].isNull())
            whole.set(member, kept);
    }
    if (file["enabled"].isNull() && file["state"].isNull())
        whole.set("enabled", true);
    RuleDraft draft = draftOf(whole);
    draft.original = base.original;
    const Value &type = file["type"];
    draft.original.set("type",
                       type.isText() ? Value::map({{"ref", type}, {"parameters", Value::map()}})
                           : type.isMap()
                           ? type
                           : Value::map({{"ref", "standard"}, {"parameters", Value::map()}}));
    draft.original.set("tags", file["tags"].isNull() ? Value::list() : file["tags"]);
    return draft;
}

} // namespace

Value ruleFile(const RuleDraft &draft)
{
    const Value json = ruleJson(draft);
    Value file = Value::map();
    for (const char *member : members) {
        const Value *value = json.find(member);
        const QLatin1String name(member);
        // `enabled` says the same, unless it observes.
        const bool isSaid
            = name == QLatin1String("state") && draft.state != QLatin1String("observe");
        const bool isPlainType = name == QLatin1String("type")
            && json["type"]["ref"].toQStringOr({}) == QLatin1String("standard");
        if (value && !value->isNull() && !isSaid && !isPlainType
            && !(value->isList() && value->items().empty()))
            file.set(member, *value);
    }
    return file;
}

QString ruleFileText(const RuleDraft &draft)
{
    return QString::fromStdString(writeYaml(ruleFile(draft)));
}

std::variant<RuleDraft, RuleFileProblem> readRuleFile(const QString &text, const RuleDraft &base)
{
    const std::string bytes = text.toStdString();
    const Result<YamlDocument> document = readYamlDocument(bytes);
    if (!document)
        return RuleFileProblem{document.error().message, lineIn(document.error().place)};
    if (!document->warnings.isEmpty())
        return RuleFileProblem{document->warnings.front(), lineIn(document->warnings.front())};
    const Value &file = document->value;
    if (!file.isMap())
        return RuleFileProblem{tr("A rule is a mapping with a name, a trigger and an action.")};
    Faults fault = shapeFault(file);
    if (!fault)
        fault = nameFault(file, base);
    if (fault)
        return RuleFileProblem{fault->message, yamlLineAt(bytes, fault->path)};
    return draftFrom(file, base);
}

} // namespace stormglass::ui
