#include "engine/base/yaml_refusal.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

struct Refusal
{
    std::string_view message;
    const char *kind;
    const char *reason;
};

// The parser's words for what it refuses, PyYAML's class of it, and ours.
const std::array<Refusal, 12> refusals{{
    {YAML::ErrorMsg::MAP_VALUE, "ScannerError", "mapping values are not allowed in this context"},
    {YAML::ErrorMsg::UNKNOWN_ANCHOR, "ComposerError", "the alias is nowhere defined above"},
    {YAML::ErrorMsg::END_OF_MAP, "ParserError", "this does not fit into the mapping around it"},
    {YAML::ErrorMsg::END_OF_SEQ, "ParserError", "this does not fit into the list around it"},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, "ParserError", "expected , or } here"},
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, "ParserError", "expected , or ] here"},
    {YAML::ErrorMsg::FLOW_END, "ParserError", "this closes nothing that is open"},
    {YAML::ErrorMsg::MULTIPLE_TAGS, "ParserError", nullptr},
    {YAML::ErrorMsg::MULTIPLE_ANCHORS, "ParserError", nullptr},
    {YAML::ErrorMsg::REPEATED_YAML_DIRECTIVE, "ParserError", nullptr},
    {YAML::ErrorMsg::REPEATED_TAG_DIRECTIVE, "ParserError", nullptr},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, "ScannerError", "nothing can start with this character"},
}};

} // namespace

std::size_t yamlPosition(const YAML::Mark &mark)
{
    return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

tl::unexpected<Error> yamlRefusal(const YAML::Exception &exception, const YamlSource &source)
{
    const std::size_t at = yamlPosition(exception.mark);
    if (const auto tab = source.tabBefore(at))
        return yamlFailure("ScannerError", source.placeOf(*tab),
                           QStringLiteral("a tab cannot indent; use spaces"));
    if (exception.msg == YAML::ErrorMsg::UNKNOWN_ANCHOR && source.hasBadName(at))
        return yamlFailure("ScannerError", source.placeOf(at),
                           QStringLiteral("an alias has letters, digits, - and _ alone"));
    const auto known = std::find_if(refusals.begin(), refusals.end(), [&](const Refusal &refusal) {
        return refusal.message == exception.msg;
    });
    if (known == refusals.end())
        return yamlFailure("ScannerError", source.placeOf(at),
                           QString::fromStdString(source.shown(exception.msg)));
    return yamlFailure(known->kind, source.placeOf(at),
                       known->reason ? QString::fromUtf8(known->reason)
                                     : QString::fromStdString(exception.msg));
}

} // namespace stormglass
