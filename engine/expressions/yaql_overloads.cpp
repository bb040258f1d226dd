#include "engine/expressions/yaql_overloads.h"

#include "engine/expressions/near_names.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_printing.h"

#include <algorithm>

namespace stormglass {

namespace {

using Candidates = std::vector<const YaqlFunction *>;

// A function with how the arguments fall to its parameters, and where it was found.
struct Candidate
{
    const YaqlFunction *function = nullptr;
    YaqlFunction::Mapping mapping;
    YaqlScopePtr layer;
};

class Resolution
{
public:
    Resolution(YaqlEvaluation &evaluation, YaqlInvocation invocation)
        : m_evaluation(evaluation)
        , m_call(std::move(invocation))
        , m_place(evaluation.position())
    {
        while (m_call.name.ends_with('_'))
            m_call.name.remove_suffix(1);
    }

    Value run()
    {
        if (!collect())
            return {};
        if (m_layers.empty())
            return failNoMatch();
        if (!evaluateArguments())
            return {};
        for (const std::vector<Candidate> &layer : m_layers) {
            const Candidate *const best = bestOf(layer);
            if (m_evaluation.failed())
                return {};
            if (best)
                return call(*best);
        }
        return failNoMatch();
    }

private:
    bool collect()
    {
        bool isKnown = false;
        for (YaqlScopePtr scope = m_evaluation.scope(); scope; scope = scope->outer()) {
            Candidates here;
            for (const auto &function : scope->functions()) {
                if (function->name() == m_call.name)
                    here.push_back(function.get());
            }
            if (!here.empty() && !collectLayer(here, scope, isKnown))
                return false;
        }
        if (!collectLayer(yaqlFunctionsNamed(m_call.name), nullptr, isKnown))
            return false;
        if (!isKnown)
            failUnknown();
        return isKnown;
    }

    bool collectLayer(const Candidates &functions, const YaqlScopePtr &scope, bool &isKnown)
    {
        std::vector<Candidate> fitting;
        for (const YaqlFunction *const function : functions) {
            if (m_call.isMethod ? !function->isMethod() : !function->isFunction())
                continue;
            if (!isKnown) {
                m_takesRules = function->takesRules();
                if (!m_takesRules && !translateRules())
                    return false;
            } else if (m_takesRules != function->takesRules()) {
                return failAmbiguous();
            }
            isKnown = true;
            auto mapping = function->map(m_call.places, m_call.names);
            if (!mapping)
                continue;
            if (!agreesOnLaziness(*mapping))
                return failAmbiguous();
            fitting.push_back({function, std::move(*mapping), scope});
        }
        if (!fitting.empty())
            m_layers.push_back(std::move(fitting));
        return true;
    }

    // `name => value` becomes a named argument.
    bool translateRules()
    {
        std::vector<YaqlArgument> places;
        for (const YaqlArgument &argument : m_call.places) {
            if (!argument.node || !argument.node->isRule()) {
                places.push_back(argument);
                continue;
            }
            const auto &rule = static_cast<const YaqlRuleNode &>(*argument.node);
            if (!rule.key().isKeyword()) {
                m_evaluation.fail(YaqlError::MappingTranslation,
                                  "Cannot convert mapping to keyword argument");
                return false;
            }
            m_call.names.push_back({rule.key().constant()->text(), {&rule.value(), {}, false}});
        }
        m_call.places = std::move(places);
        return true;
    }

    bool agreesOnLaziness(const YaqlFunction::Mapping &mapping)
    {
        std::vector<bool> lazy;
        for (const YaqlFunction::Parameter *const parameter : mapping)
            lazy.push_back(isLazyType(parameter->type));
        if (m_isLazinessKnown)
            return lazy == m_lazy;
        m_isLazinessKnown = true;
        m_lazy = std::move(lazy);
        return true;
    }

    bool evaluateArguments()
    {
        for (std::size_t i = 0; i < m_call.places.size(); ++i)
            evaluateArgument(m_call.places[i], m_lazy[i]);
        for (std::size_t i = 0; i < m_call.names.size(); ++i)
            evaluateArgument(m_call.names[i].argument, m_lazy[m_call.places.size() + i]);
        return !m_evaluation.failed();
    }

    void evaluateArgument(YaqlArgument &argument, bool isLazy)
    {
        if (!argument.node || isLazy || m_evaluation.failed())
            return;
        argument.value = argument.node->evaluate(m_evaluation);
        argument.node = nullptr;
    }

    // Null if none takes the arguments, or, failed, if two do and neither is the more special.
    const Candidate *bestOf(const std::vector<Candidate> &layer)
    {
        const Candidate *best = nullptr;
        for (const Candidate &candidate : layer) {
            if (!YaqlFunction::accepts(candidate.mapping, m_call.places, m_call.names))
                continue;
            if (best && isMoreSpecial(best->mapping, candidate.mapping))
                continue;
            if (best && !isMoreSpecial(candidate.mapping, best->mapping)) {
                failAmbiguous();
                return nullptr;
            }
            best = &candidate;
        }
        return best;
    }

    static bool isMoreSpecial(const YaqlFunction::Mapping &special,
                              const YaqlFunction::Mapping &general)
    {
        bool is = false;
        for (std::size_t i = 0; i < special.size(); ++i) {
            if (isSpecialization(general[i]->type, special[i]->type))
                return false;
            is = is || isSpecialization(special[i]->type, general[i]->type);
        }
        return is;
    }

    Value call(const Candidate &candidate)
    {
        m_evaluation.at(m_place);
        const DepthGuard depth(m_evaluation);
        if (!depth || !m_evaluation.step())
            return {};
        if (!candidate.layer)
            return candidate.function->call(m_evaluation, m_call.places, m_call.names);
        const YaqlScopeGuard guard(m_evaluation, candidate.layer);
        return candidate.function->call(m_evaluation, m_call.places, m_call.names);
    }

    std::string receiver()
    {
        return m_call.places.empty() ? std::string()
                                     : yaqlStr(m_evaluation, m_call.places.front().value);
    }

    std::string quotedName() const { return '"' + std::string(m_call.name) + '"'; }

    void failUnknown()
    {
        if (m_call.isMethod)
            m_evaluation.fail(YaqlError::NoMethod,
                              "Unknown method " + quotedName() + " for receiver " + receiver()
                                  + didYouMean(callable(&YaqlFunction::isMethod), m_call.name));
        else
            m_evaluation.fail(YaqlError::NoFunction,
                              "Unknown function " + quotedName()
                                  + didYouMean(callable(&YaqlFunction::isFunction), m_call.name));
    }

    // Operators and properties are functions too.
    static bool isWord(std::string_view name) { return name.find_first_of("#*") == name.npos; }

    // What could have been called, defined in the expression first: of two names that are as near,
    // the nearer scope is meant.
    std::vector<std::string_view> callable(bool (YaqlFunction::*fits)() const) const
    {
        std::vector<std::string_view> names;
        for (YaqlScopePtr scope = m_evaluation.scope(); scope; scope = scope->outer()) {
            for (const auto &function : scope->functions())
                names.emplace_back(function->name());
        }
        for (const std::string_view name : yaqlFunctionNames()) {
            const auto &overloads = yaqlFunctionsNamed(name);
            if (isWord(name) == isWord(m_call.name) && std::ranges::any_of(overloads, fits))
                names.push_back(name);
        }
        return names;
    }

    Value failNoMatch()
    {
        m_evaluation.at(m_place);
        if (m_call.isMethod)
            return m_evaluation.fail(YaqlError::NoMatchingMethod,
                                     "No method " + quotedName() + " for receiver " + receiver()
                                         + " matches supplied arguments");
        return m_evaluation.fail(YaqlError::NoMatchingFunction,
                                 "No function " + quotedName() + " matches supplied arguments");
    }

    bool failAmbiguous()
    {
        m_evaluation.at(m_place);
        if (m_call.isMethod)
            m_evaluation.fail(YaqlError::AmbiguousMethod,
                              "Ambiguous method " + quotedName() + " for receiver " + receiver());
        else
            m_evaluation.fail(YaqlError::AmbiguousFunction, "Ambiguous function " + quotedName());
        return false;
    }

    YaqlEvaluation &m_evaluation;
    YaqlInvocation m_call;
    // Arguments have places of their own.
    const Position m_place;
    std::vector<std::vector<Candidate>> m_layers;
    std::vector<bool> m_lazy;
    bool m_isLazinessKnown = false;
    bool m_takesRules = false;
};

} // namespace

Value invokeYaql(YaqlEvaluation &evaluation, YaqlInvocation invocation)
{
    return Resolution(evaluation, std::move(invocation)).run();
}

Value callYaqlFunction(YaqlEvaluation &evaluation, std::string_view name,
                       std::initializer_list<Value> values)
{
    YaqlInvocation invocation{name};
    for (const Value &value : values)
        invocation.places.push_back({nullptr, value, false});
    return invokeYaql(evaluation, std::move(invocation));
}

Value callYaqlNodes(YaqlEvaluation &evaluation, std::string_view name, const Value *receiver,
                    const YaqlNodeList &arguments)
{
    YaqlInvocation invocation{name, receiver != nullptr};
    if (receiver)
        invocation.places.push_back({nullptr, *receiver, false});
    for (const YaqlNodePtr &node : arguments)
        invocation.places.push_back({node.get(), {}, !node});
    return invokeYaql(evaluation, std::move(invocation));
}

} // namespace stormglass
