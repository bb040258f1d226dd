#include "engine/expressions/parameter_graph.h"

#include "engine/base/json.h"
#include "engine/base/python_text.h"
#include "engine/expressions/datastore_lookup.h"
#include "engine/expressions/jinja_program.h"
#include "engine/expressions/jinja_variables.h"
#include "engine/expressions/json_texts.h"
#include "engine/expressions/python_errors.h"
#include "engine/expressions/regex.h"
#include "engine/expressions/template_render.h"

#include <algorithm>

namespace stormglass {

namespace {

std::string userOf(const ParameterContext &context)
{
    const Value &apiUser = context.actionContext["api_user"];
    const Value &user
        = context.actionContext.find("api_user") ? apiUser : context.actionContext["user"];
    const bool isNamed = user.isText() && !user.text().empty();
    return isNamed ? std::string(user.text()) : context.systemUser;
}

bool isContainer(const Value &value)
{
    return value.isMap() || value.isList();
}

// Whether a value, or a container's text, looks like a template.
bool looksLikeTemplate(const Value &value)
{
    return isTemplate(isContainer(value) ? Value(pythonStr(value)) : value);
}

tl::unexpected<Error> paramError(const QString &message)
{
    return pythonError("ParamException", message);
}

// Quoted names in braces, without blanks, keep their type.
Result<std::string> withComplexNames(const std::string &json)
{
    SG_LET(const Regex names, Regex::cached("\"\\{\\{([A-z0-9_-]+)\\}\\}\""));
    return names.replace(json, "{{\\1 | to_complex}}");
}

} // namespace

ParameterGraph::ParameterGraph(const ParameterContext &context)
    : m_context(context)
    , m_user(userOf(context))
{
    addValue("st2kv", datastoreRoots());
    addValue("action_context", context.actionContext);
    addValue("config_context", context.config);
    for (const ValueMap::Entry &entry : context.additional.entriesOrNone())
        addValue(std::string(entry.key.text()), entry.value);
}

ParameterGraph::Node &ParameterGraph::node(const std::string &name)
{
    const auto [place, isNew] = m_nodes.try_emplace(name);
    if (isNew)
        m_order.push_back(name);
    return place->second;
}

void ParameterGraph::addValue(const std::string &name, const Value &value)
{
    Node &added = node(name);
    added.hasValue = true;
    added.value = value;
}

void ParameterGraph::add(const std::string &name, const Value &value)
{
    if (!looksLikeTemplate(value))
        return addValue(name, value);
    // What a container depends on is read from its text as Python prints it.
    const std::string source = value.isText() ? std::string(value.text()) : pythonStr(value);
    const auto program = JinjaProgram::compile(source, stackStormEnvironment());
    if (!program && program.error().kind == QStringLiteral("TemplateSyntaxError"))
        return addValue(name, value);
    Node &added = node(name);
    added.hasTemplate = true;
    added.source = value;
    if (!program)
        return;
    for (const std::string &needed :
         undeclaredVariables(**program, stackStormEnvironment().globals)) {
        node(needed);
        node(name).needs.push_back(needed);
    }
}

void ParameterGraph::addDefaults(const Value &schemas)
{
    for (const ValueMap::Entry &entry : schemas.entriesOrNone()) {
        const std::string name(entry.key.text());
        const auto known = m_nodes.find(name);
        // A template has no value yet, so a default takes its place.
        const bool isNull = known == m_nodes.end() || known->second.value.isNull();
        if (isNull || entry.value["immutable"].toBoolOr(false))
            add(name, entry.value["default"]);
    }
}

Result<> ParameterGraph::validate() const
{
    for (const std::string &name : m_order) {
        const Node &checked = m_nodes.at(name);
        if (!checked.hasValue && !checked.hasTemplate)
            return paramError(QStringLiteral("Dependency unsatisfied in variable \"%1\"")
                                  .arg(QString::fromStdString(name)));
    }
    const std::vector<std::string> cyclic = cyclicNames();
    if (cyclic.empty())
        return {};
    QString names;
    for (const std::string &name : cyclic)
        names
            += (names.isEmpty() ? QString() : QStringLiteral(", ")) + QString::fromStdString(name);
    return paramError(
        QStringLiteral("Cyclic dependency found in the following variables: %1. Likely the "
                       "variable is referencing itself")
            .arg(names));
}

// Sorted; empty if there is no circle.
std::vector<std::string> ParameterGraph::cyclicNames() const
{
    std::map<std::string, std::size_t> open;
    std::vector<std::string> ready;
    for (const auto &[name, checked] : m_nodes) {
        const std::set<std::string> needs(checked.needs.begin(), checked.needs.end());
        open[name] = needs.size();
        if (needs.empty())
            ready.push_back(name);
    }
    while (!ready.empty()) {
        const std::string done = ready.back();
        ready.pop_back();
        open.erase(done);
        for (const auto &[name, checked] : m_nodes) {
            const bool needsIt = std::ranges::find(checked.needs, done) != checked.needs.end();
            if (needsIt && open.contains(name) && --open[name] == 0)
                ready.push_back(name);
        }
    }
    // What is left is on a circle or behind one; those that reach themselves are on it.
    std::vector<std::string> cyclic;
    for (const auto &[name, count] : open) {
        std::set<std::string> seen;
        std::vector<std::string> next = m_nodes.at(name).needs;
        while (!next.empty() && !seen.contains(name)) {
            const std::string at = next.back();
            next.pop_back();
            if (!seen.insert(at).second || !open.contains(at))
                continue;
            next.insert(next.end(), m_nodes.at(at).needs.begin(), m_nodes.at(at).needs.end());
        }
        if (seen.contains(name))
            cyclic.push_back(name);
    }
    return cyclic;
}

Result<Value> ParameterGraph::rendered(const Node &node, const ValueMap &names) const
{
    if (!node.hasTemplate)
        return node.value;
    EvaluationContext context;
    context.variables = Value(names);
    context.resolver = m_context.resolver;
    context.user = m_user;
    context.limits = m_context.limits;
    if (!isContainer(node.source))
        return renderTemplate(node.source.text(), context);
    SG_LET(const std::string source, withComplexNames(writeJson(node.source)));
    SG_LET(const Value text, renderTemplate(source, context));
    SG_LET(const Value value, strictJson(text.text()));
    return text.isSecret() ? value.markedSecret() : value;
}

Result<> ParameterGraph::renderNode(const std::string &name, ValueMap &done) const
{
    if (done.contains(name))
        return {};
    const Node &wanted = m_nodes.at(name);
    for (const std::string &needed : wanted.needs)
        SG_TRY(renderNode(needed, done));
    Result<Value> value = rendered(wanted, done);
    if (!value)
        return paramError(QStringLiteral("Failed to render parameter \"%1\": %2")
                              .arg(QString::fromStdString(name), value.error().message));
    done.set(name, std::move(*value));
    return {};
}

Result<ValueMap> ParameterGraph::render() const
{
    SG_TRY(validate());
    ValueMap done;
    for (const std::string &name : m_order)
        SG_TRY(renderNode(name, done));
    return done;
}

} // namespace stormglass
