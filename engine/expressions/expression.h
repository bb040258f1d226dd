#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

#include <memory>
#include <optional>
#include <string_view>

namespace stormglass {

enum class Language { Jinja, Yaql };

// What one evaluation may use up before it fails with Invalid. Pure bounds: the same input fails
// the same way, but for `time`, the last resort.
struct EvaluationLimits
{
    std::int64_t steps = 5'000'000;
    std::int64_t outputBytes = 16LL * 1024 * 1024;
    std::int64_t sequenceItems = 1'000'000;
    int recursion = 200;
    std::chrono::milliseconds time{2'000};
};

// What a template may ask of the engine: values that are not in its variables. Pure look-ups;
// called on the evaluating thread.
class Resolver
{
public:
    virtual ~Resolver() = default;
    // A stored value (expressions.md, datastore). None if there is no such key. `scope` is `system`
    // or `user`; a key of a user is named as it is stored, `<user>:<name>`.
    virtual Result<std::optional<Value>> keyValue(std::string_view scope,
                                                  std::string_view name) const = 0;
    // The plain text behind a stored ciphertext, for `decrypt_kv`. Secret.
    virtual Result<Value> decrypt(std::string_view ciphertext) const = 0;
    // The latest execution of a workflow's task, for `task()`: a map of id, result, status,
    // start_timestamp and end_timestamp (both as text). None if there is none.
    virtual Result<std::optional<Value>> taskExecution(std::string_view /*workflowExecution*/,
                                                       std::string_view /*task*/,
                                                       std::int64_t /*route*/) const
    {
        return std::nullopt;
    }
};

enum class UndefinedMode { Strict, Lenient };

struct EvaluationContext
{
    // A map: the names a template sees.
    Value variables = Value::map();
    // Borrowed from the caller for the call; may be null: then there is no `st2kv`.
    const Resolver *resolver = nullptr;
    // Whose user scope `st2kv.user` is.
    std::string user = {};
    UndefinedMode undefined = UndefinedMode::Strict;
    // What `now` is; null: the system's. Borrowed.
    const Clock *clock = nullptr;
    EvaluationLimits limits = {};
};

class Program;

// A template parsed once, evaluated often, on any number of threads: immutable. Text that holds no
// template is its own value. Cheap to copy.
class Expression
{
public:
    // Invalid with the reference's class in `kind` (`TemplateSyntaxError`, `YaqlGrammarException`,
    // …) and `line:column` in `place`.
    static Result<Expression> compile(std::string_view source, Language language);

    // Jinja gives text, as StackStorm's environment renders it; YAQL and Orquesta's Jinja give
    // typed values.
    Result<Value> evaluate(const EvaluationContext &context) const;

    // False for text without any template.
    bool isTemplate() const;

private:
    explicit Expression(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> m_program;
};

} // namespace stormglass
