#pragma once

#include "engine/expressions/evaluation.h"
#include "engine/expressions/yaql_scope.h"

namespace stormglass {

// YAQL's exceptions beside Python's.
struct YaqlError
{
    static constexpr std::string_view NoFunction = "NoFunctionRegisteredException";
    static constexpr std::string_view NoMethod = "NoMethodRegisteredException";
    static constexpr std::string_view NoMatchingFunction = "NoMatchingFunctionException";
    static constexpr std::string_view NoMatchingMethod = "NoMatchingMethodException";
    static constexpr std::string_view AmbiguousFunction = "AmbiguousFunctionException";
    static constexpr std::string_view AmbiguousMethod = "AmbiguousMethodException";
    static constexpr std::string_view Argument = "ArgumentException";
    static constexpr std::string_view MappingTranslation = "MappingTranslationException";
};

// One run of a YAQL expression: beside what every evaluation has, the scope it is in.
class YaqlEvaluation final : public Evaluation
{
public:
    explicit YaqlEvaluation(const EvaluationContext &context)
        : Evaluation(context)
        , m_scope(std::make_shared<const YaqlScope>(nullptr))
    {
    }

    bool hasFrozenMaps() const override { return true; }

    const YaqlScopePtr &scope() const { return m_scope; }

    // A new scope within another. Null, and failed, when they are nested too deeply.
    std::shared_ptr<YaqlScope> newScope(const YaqlScopePtr &outer);

    // `$name`, without the `$`; null where there is none.
    Value variable(std::string_view name);

private:
    friend class YaqlScopeGuard;
    YaqlScopePtr m_scope;
};

// Another scope for as long as the guard lives.
class YaqlScopeGuard
{
public:
    YaqlScopeGuard(YaqlEvaluation &evaluation, YaqlScopePtr scope)
        : m_evaluation(evaluation)
        , m_before(std::exchange(evaluation.m_scope, std::move(scope)))
    {
    }
    ~YaqlScopeGuard() { m_evaluation.m_scope = std::move(m_before); }
    YaqlScopeGuard(const YaqlScopeGuard &) = delete;
    YaqlScopeGuard &operator=(const YaqlScopeGuard &) = delete;

private:
    YaqlEvaluation &m_evaluation;
    YaqlScopePtr m_before;
};

// Another place for errors for as long as the guard lives: what is evaluated late is told where it
// stands.
class YaqlPlaceGuard
{
public:
    YaqlPlaceGuard(YaqlEvaluation &evaluation, Position place)
        : m_evaluation(evaluation)
        , m_before(evaluation.position())
    {
        evaluation.at(place);
    }
    ~YaqlPlaceGuard() { m_evaluation.at(m_before); }
    YaqlPlaceGuard(const YaqlPlaceGuard &) = delete;
    YaqlPlaceGuard &operator=(const YaqlPlaceGuard &) = delete;

private:
    YaqlEvaluation &m_evaluation;
    const Position m_before;
};

} // namespace stormglass
