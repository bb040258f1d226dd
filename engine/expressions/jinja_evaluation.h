#pragma once

#include "engine/expressions/evaluation.h"
#include "engine/expressions/jinja_environment.h"
#include "engine/expressions/jinja_scope.h"

#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

class JinjaProgram;

// One run of a Jinja template: beside the limits, its scopes and what it has printed so far.
class JinjaEvaluation final : public Evaluation
{
public:
    JinjaEvaluation(const EvaluationContext &context, const JinjaProgram &program);
    ~JinjaEvaluation() override;

    const JinjaProgram &program() const { return m_program; }
    const JinjaEnvironment &environment() const;
    std::vector<std::string_view> visibleNames() const override;

    JinjaScope &scope() { return *m_scope; }
    JinjaScope &rootScope() { return *m_root; }

    // What `self`, and `st2kv` where there is something to look keys up in, stand for; null for any
    // other name.
    const Value *implied(const Value &name);

    void write(std::string_view text);
    // Prints a value, escaped where `autoescape` is on.
    void print(const Value &value);
    // Fails if something was joined to the output that is no text.
    std::string takeOutput();
    // What a block leaves is joined to the output as it is, so it must be text; if it is not, that
    // shows when all of the output is put together.
    void join(const Value &value);

    // A namespace may come to hold itself; it is emptied when the evaluation ends.
    void keepSpace(Value space) { m_spaces.push_back(std::move(space)); }

    // Whether `{% autoescape %}` is on. StackStorm starts with off.
    bool escapes() const { return m_escapes; }
    // Text as a captured block has it: safe where escaping is on.
    Value captured(std::string text) const;

private:
    void makeRoom(std::size_t more);
    friend class OpenScope;
    friend class JinjaCapture;
    friend class Escaping;

    const JinjaProgram &m_program;
    JinjaScopes m_scopes;
    JinjaScope *m_root;
    JinjaScope *m_scope;
    Value m_self;
    std::vector<Value> m_spaces;
    std::string m_output;
    // The type of what was joined to the output and is no text; else empty.
    std::string m_joined;
    std::size_t m_written = 0;
    bool m_escapes = false;
};

inline JinjaEvaluation &asJinja(Evaluation &evaluation)
{
    // Jinja's nodes and functions run in no other kind of evaluation.
    return static_cast<JinjaEvaluation &>(evaluation);
}

// A scope that is current while this lives. The outer one is the current one unless said otherwise.
class OpenScope
{
public:
    explicit OpenScope(JinjaEvaluation &evaluation)
        : OpenScope(evaluation, evaluation.m_scope)
    {
    }
    OpenScope(JinjaEvaluation &evaluation, JinjaScope *outer)
        : m_evaluation(evaluation)
        , m_before(evaluation.m_scope)
        , m_scope(evaluation.m_scopes.open(outer))
    {
        evaluation.m_scope = &m_scope;
    }
    ~OpenScope()
    {
        m_evaluation.m_scope = m_before;
        m_evaluation.m_scopes.close(m_scope);
    }
    OpenScope(const OpenScope &) = delete;
    OpenScope &operator=(const OpenScope &) = delete;
    JinjaScope &scope() { return m_scope; }

private:
    JinjaEvaluation &m_evaluation;
    JinjaScope *const m_before;
    JinjaScope &m_scope;
};

// What is printed while this lives is kept apart.
class JinjaCapture
{
public:
    explicit JinjaCapture(JinjaEvaluation &evaluation)
        : m_evaluation(evaluation)
    {
        std::swap(m_before, evaluation.m_output);
    }
    ~JinjaCapture() { std::swap(m_before, m_evaluation.m_output); }
    JinjaCapture(const JinjaCapture &) = delete;
    JinjaCapture &operator=(const JinjaCapture &) = delete;
    std::string take() { return m_evaluation.takeOutput(); }

private:
    JinjaEvaluation &m_evaluation;
    std::string m_before;
    std::string m_joinedBefore;
};

// Escaping on or off while this lives.
class Escaping
{
public:
    Escaping(JinjaEvaluation &evaluation, bool isOn)
        : m_evaluation(evaluation)
        , m_before(evaluation.m_escapes)
    {
        evaluation.m_escapes = isOn;
    }
    ~Escaping() { m_evaluation.m_escapes = m_before; }
    Escaping(const Escaping &) = delete;
    Escaping &operator=(const Escaping &) = delete;

private:
    JinjaEvaluation &m_evaluation;
    const bool m_before;
};

} // namespace stormglass
