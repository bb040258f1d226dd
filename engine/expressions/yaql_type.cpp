#include "engine/expressions/yaql_type.h"

namespace stormglass {

namespace {

// Functions and methods of one name give the same.
constexpr std::array results{
    ResultType{"*equal", "bool"},
    ResultType{"*not_equal", "bool"},
    ResultType{"#operator_<", "bool"},
    ResultType{"#operator_<=", "bool"},
    ResultType{"#operator_>", "bool"},
    ResultType{"#operator_>=", "bool"},
    ResultType{"#operator_in", "bool"},
    ResultType{"#operator_=~", "bool"},
    ResultType{"#operator_!~", "bool"},
    ResultType{"#unary_operator_not", "bool"},
    ResultType{"#list", "list"},
    ResultType{"#map", "dict"},
    ResultType{"all", "bool"},
    ResultType{"any", "bool"},
    ResultType{"bool", "bool"},
    ResultType{"completed", "bool"},
    ResultType{"containsKey", "bool"},
    ResultType{"containsValue", "bool"},
    ResultType{"endsWith", "bool"},
    ResultType{"failed", "bool"},
    ResultType{"isBoolean", "bool"},
    ResultType{"isDatetime", "bool"},
    ResultType{"isDict", "bool"},
    ResultType{"isEmpty", "bool"},
    ResultType{"isInteger", "bool"},
    ResultType{"isIterable", "bool"},
    ResultType{"isList", "bool"},
    ResultType{"isNumber", "bool"},
    ResultType{"isSet", "bool"},
    ResultType{"isString", "bool"},
    ResultType{"isTimespan", "bool"},
    ResultType{"startsWith", "bool"},
    ResultType{"succeeded", "bool"},
    ResultType{"bitwiseAnd", "int"},
    ResultType{"bitwiseNot", "int"},
    ResultType{"bitwiseOr", "int"},
    ResultType{"bitwiseXor", "int"},
    ResultType{"count", "int"},
    ResultType{"indexOf", "int"},
    ResultType{"int", "int"},
    ResultType{"lastIndexOf", "int"},
    ResultType{"len", "int"},
    ResultType{"float", "float"},
    ResultType{"characters", "list"},
    ResultType{"distinct", "list"},
    ResultType{"filter", "list"},
    ResultType{"flatten", "list"},
    ResultType{"groupBy", "list"},
    ResultType{"keys", "set"},
    ResultType{"limit", "list"},
    ResultType{"list", "list"},
    ResultType{"map", "list"},
    ResultType{"orderBy", "list"},
    ResultType{"orderByDescending", "list"},
    ResultType{"range", "list"},
    ResultType{"rightSplit", "list"},
    ResultType{"select", "list"},
    ResultType{"selectMany", "list"},
    ResultType{"skip", "list"},
    ResultType{"skipWhile", "list"},
    ResultType{"split", "list"},
    ResultType{"take", "list"},
    ResultType{"takeWhile", "list"},
    ResultType{"toCharArray", "list"},
    ResultType{"toList", "list"},
    ResultType{"values", "list"},
    ResultType{"where", "list"},
    ResultType{"dict", "dict"},
    ResultType{"mergeWith", "dict"},
    ResultType{"toDict", "dict"},
    ResultType{"toSet", "set"},
    ResultType{"format", "str"},
    ResultType{"hex", "str"},
    ResultType{"join", "str"},
    ResultType{"norm", "str"},
    ResultType{"str", "str"},
    ResultType{"substring", "str"},
    ResultType{"toLower", "str"},
    ResultType{"toUpper", "str"},
    ResultType{"trim", "str"},
    ResultType{"trimLeft", "str"},
    ResultType{"trimRight", "str"},
    ResultType{"to_json_string", "str"},
    ResultType{"to_yaml_string", "str"},
    ResultType{"task_status", "str"},
    ResultType{"regex_match", "bool"},
    ResultType{"regex_search", "bool"},
    ResultType{"regex_replace", "str"},
    ResultType{"version_compare", "int"},
};

class TypeFinder
{
public:
    explicit TypeFinder(const Value &sample)
        : m_sample(sample)
    {
    }

    KnownType typeOf(const YaqlNode &node) const
    {
        if (const Value *const constant = node.constant())
            return typeOfSample(constant);
        if (const auto *inner = dynamic_cast<const YaqlParenthesis *>(&node))
            return typeOf(inner->inner());
        if (const auto *send = dynamic_cast<const YaqlSend *>(&node))
            return typeOf(send->expression());
        if (const auto *logic = dynamic_cast<const YaqlLogic *>(&node))
            return typeOfEither(typeOf(logic->left()), typeOf(logic->right()));
        if (const auto *binary = dynamic_cast<const YaqlBinary *>(&node))
            return binaryType(*binary);
        if (const auto *access = dynamic_cast<const YaqlAccess *>(&node))
            return accessType(*access);
        const auto *call = dynamic_cast<const YaqlFunctionCall *>(&node);
        return call ? callType(*call) : KnownType();
    }

private:
    KnownType binaryType(const YaqlBinary &node) const
    {
        const std::string_view function = node.function();
        if (KnownType type = typeOfResult(results, function); !type.name.empty())
            return type;
        const KnownType left = withoutTruth(typeOf(node.left()));
        const KnownType right = withoutTruth(typeOf(node.right()));
        if (function == "#operator_+" && left.name == "dict" && right.name == "dict")
            return {"dict"};
        if (function == "#operator_+")
            return typeOfSum(left, right);
        return function == "#operator_*" ? typeOfProduct(left, right)
                                         : typeOfDifference(left, right);
    }

    // No number to YAQL.
    static KnownType withoutTruth(KnownType type)
    {
        return type.name == "bool" ? KnownType() : std::move(type);
    }

    KnownType accessType(const YaqlAccess &node) const
    {
        const KnownType owner = typeOf(node.owner());
        if (node.kind() == YaqlAccess::Kind::UnlessNull && owner.name.empty())
            return {};
        if (node.method())
            return typeOfResult(results, node.method()->name());
        if (!node.what().isKeyword())
            return {};
        // A member of a list is one of each of its items.
        return owner.name == "list" ? KnownType{"list"}
                                    : typeOfItem(owner, *node.what().constant());
    }

    KnownType callType(const YaqlFunctionCall &node) const
    {
        const YaqlNodeList &arguments = node.arguments();
        if (node.name() == "ctx" && arguments.empty())
            return typeOfSample(&m_sample);
        if (arguments.empty() || !arguments.front())
            return typeOfResult(results, node.name());
        const Value *const key = arguments.back() ? arguments.back()->constant() : nullptr;
        if (node.name() == "ctx" && key)
            return typeOfItem(typeOfSample(&m_sample), *key);
        if (node.name() == "#indexer" && key && arguments.size() == 2)
            return typeOfItem(typeOf(*arguments.front()), *key);
        if (node.name() == "#unary_operator_-" || node.name() == "#unary_operator_+")
            return typeOfDifference(withoutTruth(typeOf(*arguments.front())), {"int"});
        return typeOfResult(results, node.name());
    }

    const Value &m_sample;
};

} // namespace

KnownType yaqlNodeType(const YaqlNode &node, const Value &sample)
{
    return TypeFinder(sample).typeOf(node);
}

} // namespace stormglass
