#include "engine/expressions/jinja_evaluation.h"

#include "engine/expressions/datastore_lookup.h"
#include "engine/expressions/jinja_namespace.h"
#include "engine/expressions/jinja_program.h"
#include "engine/expressions/jinja_self.h"
#include "engine/expressions/markup.h"
#include "engine/expressions/near_names.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"

namespace stormglass {

JinjaEvaluation::JinjaEvaluation(const EvaluationContext &context, const JinjaProgram &program)
    : Evaluation(context)
    , m_program(program)
    , m_root(&m_scopes.open(nullptr))
    , m_scope(m_root)
{
}

JinjaEvaluation::~JinjaEvaluation()
{
    for (const Value &space : m_spaces)
        objectAs<JinjaNamespace>(space)->clear();
}

const JinjaEnvironment &JinjaEvaluation::environment() const
{
    return m_program.environment();
}

// The template's own names first: of two that are as near, the nearer scope is meant.
std::vector<std::string_view> JinjaEvaluation::visibleNames() const
{
    std::vector<std::string_view> names;
    for (const JinjaScope *scope = m_scope; scope; scope = scope->outer()) {
        for (const JinjaName name : scope->names())
            names.push_back(m_program.name(name).text());
    }
    for (const auto &more : {Evaluation::visibleNames(), namesIn(environment().globals.entries())})
        names.insert(names.end(), more.begin(), more.end());
    return names;
}

const Value *JinjaEvaluation::implied(const Value &name)
{
    if (name.text() == "st2kv" && context().resolver)
        return &datastoreRoots();
    if (name.text() != "self")
        return nullptr;
    if (m_self.isNull())
        m_self = Value(std::make_shared<const JinjaSelf>(m_program));
    return &m_self;
}

void JinjaEvaluation::write(std::string_view text)
{
    m_written += text.size();
    constexpr std::size_t alwaysAllowed = 4'096;
    if (m_written > alwaysAllowed && !affordsText(m_written))
        return;
    makeRoom(text.size());
    m_output += text;
}

// Most of what a template prints is longer than a short string and shorter than this: one step
// instead of several.
void JinjaEvaluation::makeRoom(std::size_t more)
{
    constexpr std::size_t usual = 120;
    if (m_output.size() + more > m_output.capacity() && m_output.size() + more < usual)
        m_output.reserve(usual);
}

void JinjaEvaluation::print(const Value &value)
{
    if (value.isText() && !m_escapes) {
        see(value);
        write(value.text());
        return;
    }
    if (m_escapes) {
        write(escapedMarkup(*this, value));
        return;
    }
    const std::size_t before = m_output.size();
    appendStr(*this, value, m_output);
    m_written += m_output.size() - before;
    affordsText(m_written);
}

void JinjaEvaluation::join(const Value &value)
{
    if (const auto text = textIn(value))
        write(*text);
    else if (m_joined.empty())
        m_joined = typeNameOf(value);
}

std::string JinjaEvaluation::takeOutput()
{
    if (!m_joined.empty())
        failType("sequence item: expected str instance, " + m_joined + " found");
    return std::move(m_output);
}

Value JinjaEvaluation::captured(std::string text) const
{
    return m_escapes ? Markup::make(text) : Value(text);
}

} // namespace stormglass
