#include "engine/expressions/jinja_calls.h"
#include "engine/expressions/jinja_environment.h"
#include "engine/expressions/jinja_operands.h"
#include "engine/expressions/jinja_operations.h"
#include "engine/expressions/jinja_program.h"
#include "engine/expressions/jinja_statements.h"
#include "engine/expressions/known_type.h"
#include "engine/expressions/template_inspection.h"

namespace stormglass {

namespace {

constexpr std::array filterResults{
    ResultType{"int", "int"},
    ResultType{"float", "float"},
    ResultType{"length", "int"},
    ResultType{"count", "int"},
    ResultType{"wordcount", "int"},
    ResultType{"version_compare", "int"},
    ResultType{"version_more_than", "bool"},
    ResultType{"version_less_than", "bool"},
    ResultType{"version_equal", "bool"},
    ResultType{"version_match", "bool"},
    ResultType{"regex_match", "bool"},
    ResultType{"regex_search", "bool"},
    ResultType{"list", "list"},
    ResultType{"sort", "list"},
    ResultType{"dictsort", "list"},
    ResultType{"groupby", "list"},
    ResultType{"string", "str"},
    ResultType{"upper", "str"},
    ResultType{"lower", "str"},
    ResultType{"capitalize", "str"},
    ResultType{"title", "str"},
    ResultType{"trim", "str"},
    ResultType{"replace", "str"},
    ResultType{"format", "str"},
    ResultType{"join", "str"},
    ResultType{"center", "str"},
    ResultType{"indent", "str"},
    ResultType{"truncate", "str"},
    ResultType{"wordwrap", "str"},
    ResultType{"pprint", "str"},
    ResultType{"escape", "str"},
    ResultType{"e", "str"},
    ResultType{"safe", "str"},
    ResultType{"striptags", "str"},
    ResultType{"tojson", "str"},
    ResultType{"urlencode", "str"},
    ResultType{"urlize", "str"},
    ResultType{"filesizeformat", "str"},
    ResultType{"to_json_string", "str"},
    ResultType{"json_dump", "str"},
    ResultType{"json_escape", "str"},
    ResultType{"to_yaml_string", "str"},
    ResultType{"yaml_dump", "str"},
    ResultType{"to_complex", "str"},
    ResultType{"regex_replace", "str"},
    ResultType{"regex_substring", "str"},
    ResultType{"version_bump_major", "str"},
    ResultType{"version_bump_minor", "str"},
    ResultType{"version_bump_patch", "str"},
    ResultType{"version_strip_patch", "str"},
    ResultType{"to_human_time_from_seconds", "str"},
    ResultType{"basename", "str"},
    ResultType{"dirname", "str"},
};

// Methods of texts; of lists and maps the few that tell a type.
constexpr std::array textMethods{
    ResultType{"upper", "str"},       ResultType{"lower", "str"},
    ResultType{"strip", "str"},       ResultType{"lstrip", "str"},
    ResultType{"rstrip", "str"},      ResultType{"replace", "str"},
    ResultType{"join", "str"},        ResultType{"format", "str"},
    ResultType{"title", "str"},       ResultType{"capitalize", "str"},
    ResultType{"zfill", "str"},       ResultType{"center", "str"},
    ResultType{"ljust", "str"},       ResultType{"rjust", "str"},
    ResultType{"split", "list"},      ResultType{"rsplit", "list"},
    ResultType{"splitlines", "list"}, ResultType{"startswith", "bool"},
    ResultType{"endswith", "bool"},   ResultType{"isdigit", "bool"},
    ResultType{"isalpha", "bool"},    ResultType{"isalnum", "bool"},
    ResultType{"isnumeric", "bool"},  ResultType{"islower", "bool"},
    ResultType{"isupper", "bool"},    ResultType{"isspace", "bool"},
    ResultType{"find", "int"},        ResultType{"rfind", "int"},
    ResultType{"index", "int"},       ResultType{"count", "int"},
    ResultType{"encode", "bytes"},    ResultType{"partition", "tuple"},
    ResultType{"swapcase", "str"},
};

class TypeFinder
{
public:
    explicit TypeFinder(const Value &sample)
        : m_sample(sample)
    {
    }

    KnownType typeOf(const Node &node) const
    {
        if (const auto *constant = dynamic_cast<const JinjaConstant *>(&node))
            return typeOfSample(&constant->value());
        if (const auto *variable = dynamic_cast<const JinjaVariable *>(&node))
            return typeOfSample(m_sample.entriesOrNone().find(variable->text()));
        if (const auto *member = dynamic_cast<const JinjaMember *>(&node))
            return typeOfItem(typeOf(member->owner()), member->name());
        if (const auto *subscript = dynamic_cast<const JinjaSubscript *>(&node))
            return subscriptType(*subscript);
        if (const auto *slice = dynamic_cast<const JinjaSlice *>(&node))
            return sliceType(typeOf(slice->owner()));
        if (const auto *call = dynamic_cast<const JinjaCall *>(&node))
            return callType(*call);
        if (const auto *filter = dynamic_cast<const JinjaFilter *>(&node))
            return filterType(*filter);
        return operationType(node);
    }

private:
    KnownType operationType(const Node &node) const
    {
        if (dynamic_cast<const JinjaComparison *>(&node) || dynamic_cast<const JinjaTest *>(&node)
            || dynamic_cast<const JinjaNot *>(&node))
            return {"bool"};
        if (dynamic_cast<const JinjaConcatenation *>(&node))
            return {"str"};
        if (dynamic_cast<const JinjaList *>(&node))
            return {"list"};
        if (dynamic_cast<const JinjaTuple *>(&node))
            return {"tuple"};
        if (dynamic_cast<const JinjaMap *>(&node))
            return {"dict"};
        if (const auto *arithmetic = dynamic_cast<const JinjaArithmetic *>(&node))
            return arithmeticType(*arithmetic);
        if (const auto *sign = dynamic_cast<const JinjaSign *>(&node))
            return typeOfDifference(typeOf(sign->operand()), {"int"});
        if (const auto *logic = dynamic_cast<const JinjaLogic *>(&node))
            return typeOfEither(typeOf(logic->left()), typeOf(logic->right()));
        const auto *condition = dynamic_cast<const JinjaCondition *>(&node);
        return condition && condition->no()
            ? typeOfEither(typeOf(condition->yes()), typeOf(*condition->no()))
            : KnownType();
    }

    KnownType arithmeticType(const JinjaArithmetic &node) const
    {
        const KnownType left = typeOf(node.left());
        const KnownType right = typeOf(node.right());
        switch (node.operation()) {
        case Arithmetic::Add:
            return typeOfSum(left, right);
        case Arithmetic::Multiply:
            return typeOfProduct(left, right);
        case Arithmetic::Subtract:
        case Arithmetic::FloorDivide:
            return typeOfDifference(left, right);
        case Arithmetic::Divide:
            return typeOfDifference(left, right).name.empty() ? KnownType() : KnownType{"float"};
        case Arithmetic::Modulo:
            // A text is a format.
            return left.name == "str" ? left : typeOfDifference(left, right);
        case Arithmetic::Power:
            // A negative exponent makes a fraction of an integer.
            return typeOfDifference(left, right).name == "float" ? KnownType{"float"} : KnownType();
        }
        return {};
    }

    KnownType subscriptType(const JinjaSubscript &node) const
    {
        const KnownType owner = typeOf(node.owner());
        const auto *key = dynamic_cast<const JinjaConstant *>(&node.key());
        return key ? typeOfItem(owner, key->value()) : KnownType();
    }

    static KnownType sliceType(const KnownType &owner)
    {
        return owner.isOneOf({"str", "list", "tuple", "bytes"}) ? KnownType{owner.name}
                                                                : KnownType();
    }

    KnownType callType(const JinjaCall &call) const
    {
        if (const auto *function = dynamic_cast<const JinjaVariable *>(&call.callee()))
            return globalType(function->text());
        const auto *method = dynamic_cast<const JinjaMember *>(&call.callee());
        if (!method)
            return {};
        const KnownType owner = typeOf(method->owner());
        return owner.name == "str" ? typeOfResult(textMethods, method->name().text()) : KnownType();
    }

    KnownType globalType(const Value &name) const
    {
        const bool isGlobal = stackStormEnvironment().globals.entriesOrNone().find(name)
            && !m_sample.entriesOrNone().find(name);
        constexpr std::array globals{ResultType{"range", "range"}, ResultType{"dict", "dict"},
                                     ResultType{"lipsum", "str"}};
        return isGlobal ? typeOfResult(globals, name.text()) : KnownType();
    }

    KnownType filterType(const JinjaFilter &filter) const
    {
        if (KnownType type = typeOfResult(filterResults, filter.name()); !type.name.empty())
            return type;
        const KnownType operand = filter.operand() ? typeOf(*filter.operand()) : KnownType();
        if (filter.name() == "abs")
            return typeOfDifference(operand, {"int"});
        if (filter.name() == "reverse" && operand.name == "str")
            return operand;
        const bool isDefault = filter.name() == "default" || filter.name() == "d";
        const NodeList &given = filter.arguments().positional;
        if (!isDefault || (given.empty() && !filter.arguments().named.empty()))
            return {};
        return typeOfEither(operand, given.empty() ? KnownType{"str"} : typeOf(*given.front()));
    }

    const Value &m_sample;
};

} // namespace

Result<std::string> templateType(std::string_view source, const Value &sample)
{
    SG_LET(const auto program, JinjaProgram::compile(source, stackStormEnvironment()));
    const StatementList &body = static_cast<const JinjaProgram &>(*program).body();
    const auto *lone
        = body.size() == 1 ? dynamic_cast<const JinjaPrint *>(body.front().get()) : nullptr;
    return lone ? TypeFinder(sample).typeOf(lone->value()).name : std::string("str");
}

} // namespace stormglass
