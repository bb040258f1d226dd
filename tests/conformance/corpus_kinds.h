#pragma once

#include "engine/base/value.h"
#include "tests/conformance/case_verdict.h"

#include <string_view>
#include <vector>

namespace stormglass {

// How the cases of one kind of corpus are replayed. A case is a line of its file, as read.
using ReplayCase = CaseVerdict (*)(const Value &recorded);

// By a file's base name; null if no kind of that name is known.
ReplayCase replayOf(std::string_view baseName);
std::vector<std::string_view> corpusKinds();

CaseVerdict replayAliases(const Value &recorded);
CaseVerdict replayJinja(const Value &recorded);
CaseVerdict replayKeyValueCrypto(const Value &recorded);
CaseVerdict replayMetadata(const Value &recorded);
CaseVerdict replayOperators(const Value &recorded);
// Expressions of workflows, in either language.
CaseVerdict replayWorkflowExpressions(const Value &recorded);
CaseVerdict replayPackConfig(const Value &recorded);
CaseVerdict replayRules(const Value &recorded);
CaseVerdict replayScriptArgs(const Value &recorded);
CaseVerdict replayTimers(const Value &recorded);
CaseVerdict replayVersionConstraints(const Value &recorded);

} // namespace stormglass
