#pragma once

#include "engine/expressions/parameter_render.h"
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
    Parameters(const Resolver *resolver, QString systemUser, FindConfig config);

    // What the execution keeps: the given ones rendered and cast, and defaults that are templates.
    // Invalid with kind ParamException. `additional` are names beside the context, such as
    // `trigger`.
    Result<Value> live(const CatalogueEntry &entry, const Value &given, const Value &context,
                       const Value &additional) const;
    // The same for a request: held against the schema too, and nothing immutable among the given
    // ones.
    Result<Value> requested(const CatalogueEntry &entry, const Value &given, const Value &context,
                            const Value &additional) const;
    Result<FinalParameters> final(const CatalogueEntry &entry, const Value &live,
                                  const Value &context) const;

    Result<Value> configOf(const QString &pack, const QString &user) const;

private:
    ParameterContext contextFor(const CatalogueEntry &entry, const Value &context) const;

    const Resolver *m_resolver;
    QString m_systemUser;
    FindConfig m_config;
};

} // namespace stormglass
