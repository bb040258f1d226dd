#include "tests/conformance/corpus_kinds.h"

#include <array>
#include <utility>

namespace stormglass {

namespace {

constexpr std::array kinds{
    std::pair<std::string_view, ReplayCase>{"aliases", replayAliases},
    std::pair<std::string_view, ReplayCase>{"jinja", replayJinja},
    std::pair<std::string_view, ReplayCase>{"keyvalue_crypto", replayKeyValueCrypto},
    std::pair<std::string_view, ReplayCase>{"metadata", replayMetadata},
    std::pair<std::string_view, ReplayCase>{"operators", replayOperators},
    std::pair<std::string_view, ReplayCase>{"orquesta_jinja", replayWorkflowExpressions},
    std::pair<std::string_view, ReplayCase>{"pack_config", replayPackConfig},
    std::pair<std::string_view, ReplayCase>{"rules", replayRules},
    std::pair<std::string_view, ReplayCase>{"script_args", replayScriptArgs},
    std::pair<std::string_view, ReplayCase>{"timers", replayTimers},
    std::pair<std::string_view, ReplayCase>{"version_constraints", replayVersionConstraints},
    std::pair<std::string_view, ReplayCase>{"yaql", replayWorkflowExpressions},
};

} // namespace

ReplayCase replayOf(std::string_view baseName)
{
    for (const auto &[name, replay] : kinds) {
        if (name == baseName)
            return replay;
    }
    return nullptr;
}

std::vector<std::string_view> corpusKinds()
{
    std::vector<std::string_view> names;
    for (const auto &[name, replay] : kinds)
        names.push_back(name);
    return names;
}

} // namespace stormglass
