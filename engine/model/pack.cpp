#include "engine/model/pack.h"

#include "engine/model/json_members.h"

namespace stormglass {

Value toJson(const Pack &pack)
{
    Value json = Value::map({{"id", shown(pack.id)},
                             {"uid", QStringLiteral("pack:") + pack.ref},
                             {"ref", pack.ref},
                             {"name", pack.name},
                             {"description", pack.description},
                             {"keywords", shown(pack.keywords)},
                             {"version", pack.version}});
    setIfAny(json, "stackstorm_version", pack.stackstormVersion);
    json.set("python_versions", shown(pack.pythonVersions));
    json.set("author", pack.author);
    json.set("email", pack.email);
    json.set("contributors", shown(pack.contributors));
    json.set("files", shown(pack.files));
    json.set("dependencies", shown(pack.dependencies));
    json.set("system", pack.metadata["system"].isMap() ? pack.metadata["system"] : Value::map());
    json.set("path", pack.path);
    return json;
}

Value toJson(const PackProblem &problem)
{
    Value json = Value::map({{"pack", problem.pack}, {"file", problem.file}});
    if (problem.line > 0)
        json.set("line", problem.line);
    json.set("message", problem.message);
    json.set("level", problem.isWarning ? "warning" : "error");
    return json;
}

Value toJson(const PackConfig &config)
{
    return Value::map({{"id", shown(config.id)}, {"pack", config.pack}, {"values", config.values}});
}

Value toJson(const ConfigSchema &schema)
{
    return Value::map(
        {{"id", shown(schema.id)}, {"pack", schema.pack}, {"attributes", schema.attributes}});
}

} // namespace stormglass
