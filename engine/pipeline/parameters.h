#pragma once

#include "engine/expressions/expression.h"
#include "engine/pipeline/catalogue.h"

#include <functional>

namespace stormglass {

// Finds a pack's configuration as an action of it sees it, for a user.
using FindConfig = std::function<Result<Value>(const QString &pack, const QString &user)>;

// The two times parameters are rendered (execution.md 4.4, 4.5): when an execution is requested,
// against what asked for it; and when it runs, with every default filled in. Thread: engine.
class Parameters
{
public:
    // `resolver` answers `st2kv`; may be null, as `config` may be empty.
    Parameters(const Clock &clock, const Resolver *resolver, FindConfig config);

    // What the execution keeps: the given ones rendered and cast, and defaults that are templates.
    // Invalid with kind ParamException. `additional` are names beside the context, such as
    // `trigger`.
    Result<Value> live(const CatalogueEntry &entry, const Value &given, const Value &context,
                       const Value &additional) const;

    struct Final
    {
        Value runner = Value::map();
        Value action = Value::map();
    };
    Result<Final> final(const CatalogueEntry &entry, const Value &live, const Value &context) const;

    Result<Value> configOf(const QString &pack, const QString &user) const;

private:
    const Clock &m_clock;
    const Resolver *m_resolver;
    FindConfig m_config;
};

} // namespace stormglass
