#pragma once

#include "engine/expressions/parameter_render.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace stormglass {

// Names that depend on one another through the templates they hold, to be rendered in order.
class ParameterGraph
{
public:
    explicit ParameterGraph(const ParameterContext &context);

    // A name with a value that is no template whatever it looks like.
    void addValue(const std::string &name, const Value &value);
    // A name with a value that may be a template.
    void add(const std::string &name, const Value &value);
    // For what is absent, null or immutable: the default of its schema.
    void addDefaults(const Value &schemas);

    // Every name with its rendered value, uncast; ParamException where a name is missing, depends
    // on itself or cannot be rendered.
    Result<ValueMap> render() const;

private:
    struct Node
    {
        bool hasValue = false;
        bool hasTemplate = false;
        Value value = {};
        Value source = {};
        // In the order in which they were found.
        std::vector<std::string> needs = {};
    };

    Node &node(const std::string &name);
    Result<> validate() const;
    std::vector<std::string> cyclicNames() const;
    Result<> renderNode(const std::string &name, ValueMap &rendered) const;
    Result<Value> rendered(const Node &node, const ValueMap &names) const;

    const ParameterContext &m_context;
    std::string m_user;
    std::map<std::string, Node> m_nodes;
    // As they were added.
    std::vector<std::string> m_order;
};

} // namespace stormglass
