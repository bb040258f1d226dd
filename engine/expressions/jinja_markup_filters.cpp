#include "engine/expressions/jinja_filters.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/html_text.h"
#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/markup.h"
#include "engine/expressions/python_json.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/regex.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/sorting.h"
#include "engine/expressions/text_cutting.h"
#include "engine/expressions/undefined.h"
#include "engine/expressions/urlize.h"

#include <array>
#include <set>

namespace stormglass {

namespace {

Value escape(Evaluation &evaluation, const BoundArguments &arguments)
{
    std::string text = escapedMarkup(evaluation, arguments[0]);
    return evaluation.failed() ? Value() : Markup::make(std::move(text));
}

Value forceEscape(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string text = strOf(evaluation, arguments[0]);
    return evaluation.failed() ? Value() : Markup::make(escapedHtml(text));
}

Value safe(Evaluation &evaluation, const BoundArguments &arguments)
{
    std::string text = strOf(evaluation, arguments[0]);
    return evaluation.failed() ? Value() : Markup::make(std::move(text));
}

Value striptags(Evaluation &evaluation, const BoundArguments &arguments)
{
    return strippedHtml(strOf(evaluation, arguments[0]));
}

// Safe inside <script> too.
std::string withoutHtmlSigns(const std::string &json)
{
    std::string out;
    for (const char c : json) {
        switch (c) {
        case '<':
            out += "\\u003c";
            break;
        case '>':
            out += "\\u003e";
            break;
        case '&':
            out += "\\u0026";
            break;
        case '\'':
            out += "\\u0027";
            break;
        default:
            out += c;
        }
    }
    return out;
}

Value tojson(Evaluation &evaluation, const BoundArguments &arguments)
{
    PythonJsonStyle style;
    style.sortKeys = true;
    // A lone text is written before anything is indented.
    const bool isIndented = !arguments[1].isNull() && !textIn(arguments[0]);
    if (const auto margin = textIn(arguments[1]); margin && isIndented) {
        style.indent = *margin;
    } else if (isIndented) {
        const auto width = indexIn(arguments[1]);
        if (!width)
            return evaluation.failType("can't multiply sequence by non-int of type '"
                                       + typeNameOf(arguments[1]) + "'");
        if (!evaluation.affordsText(static_cast<std::size_t>(std::max<std::int64_t>(*width, 0))))
            return {};
        style.indent
            = std::string(static_cast<std::size_t>(std::max<std::int64_t>(*width, 0)), ' ');
    }
    if (isIndented)
        style.itemSeparator = ",";
    const std::string json = pythonJson(evaluation, arguments[0], style);
    return evaluation.failed() ? Value() : Markup::make(withoutHtmlSigns(json));
}

Value xmlattr(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (const Object *object = asObject(arguments[0]); object && !object->isOperand(evaluation))
        return {};
    if (!arguments[0].isMap())
        return evaluation.fail(PythonError::Attribute,
                               "'" + typeNameOf(arguments[0])
                                   + "' object has no attribute 'items'");
    std::string out;
    for (const ValueMap::Entry &entry : arguments[0].entries()) {
        evaluation.see(entry.value);
        if (entry.value.isNull() || isUndefined(entry.value))
            continue;
        const std::string key = strOf(evaluation, entry.key);
        if (key.find_first_of(" \t\n\r\f\v/>=") != std::string::npos)
            return evaluation.failValue("Invalid character in attribute name: "
                                        + reprOf(evaluation, entry.key));
        out += (out.empty() ? "" : " ") + escapedHtml(key) + "=\""
            + escapedMarkup(evaluation, entry.value) + '"';
        if (evaluation.failed() || !evaluation.affordsText(out.size()))
            return {};
    }
    if (isTrue(evaluation, arguments[1]) && !out.empty())
        out.insert(0, " ");
    return asJinja(evaluation).captured(std::move(out));
}

// `tel:`, `git+ssh://`.
bool isScheme(Evaluation &evaluation, const Value &scheme)
{
    const auto text = textIn(scheme);
    if (!text) {
        evaluation.failType("expected string or bytes-like object, got '" + typeNameOf(scheme)
                            + "'");
        return false;
    }
    const auto regex = Regex::cached("[\\w.+-]{2,}:/{0,2}");
    const auto match = regex ? regex->fullMatch(*text) : decltype(regex->fullMatch(*text))();
    const bool isOne = regex && match && *match;
    if (!isOne)
        evaluation.fail(PythonError::FilterArgument,
                        reprOf(evaluation, scheme) + " is not a valid URI scheme prefix.");
    return isOne;
}

Value urlizeFilter(Evaluation &evaluation, const BoundArguments &arguments)
{
    Urlize style;
    if (!arguments[1].isNull()) {
        const auto whole = indexIn(arguments[1]);
        style.isLimitUsable = whole.has_value();
        if (whole)
            style.shownCharacters = static_cast<double>(*whole);
        else if (arguments[1].isDouble())
            style.shownCharacters = arguments[1].toDouble();
    }
    std::set<std::string> relations{"noopener"};
    const auto given = textIn(arguments[4]);
    if (!given && isTrue(evaluation, arguments[4]))
        return evaluation.fail(PythonError::Attribute,
                               "'" + typeNameOf(arguments[4])
                                   + "' object has no attribute 'split'");
    for (const std::string_view relation : splitAtSpaces(given.value_or(""), -1))
        relations.emplace(relation);
    if (isTrue(evaluation, arguments[2]))
        relations.insert("nofollow");
    for (const std::string &relation : relations)
        style.relation += (style.relation.empty() ? "" : " ") + relation;
    if (!arguments[3].isNull())
        style.target = strOf(evaluation, arguments[3]);
    if (!arguments[5].isNull()) {
        for (const Value &scheme : listOf(evaluation, arguments[5])) {
            if (!isScheme(evaluation, scheme))
                return {};
            style.moreSchemes.emplace_back(*textIn(scheme));
        }
    }
    if (evaluation.failed())
        return {};
    const auto text = urlized(escapedMarkup(evaluation, arguments[0]), style);
    if (!text)
        return evaluation.fail(text.error());
    return evaluation.failed() ? Value() : asJinja(evaluation).captured(*text);
}

constexpr std::array entries{
    FunctionEntry{"escape", "escape(s)", escape},
    FunctionEntry{"e", "escape(s)", escape},
    FunctionEntry{"forceescape", "do_forceescape(value)", forceEscape},
    FunctionEntry{"safe", "do_mark_safe(value)", safe},
    FunctionEntry{"striptags", "do_striptags(value)", striptags},
    FunctionEntry{"tojson", "do_tojson(value, indent=None)", tojson},
    FunctionEntry{"xmlattr", "do_xmlattr(d, autospace=True)", xmlattr},
    FunctionEntry{"urlize",
                  "do_urlize(value, trim_url_limit=None, nofollow=False, target=None, rel=None, "
                  "extra_schemes=None)",
                  urlizeFilter},
};

} // namespace

std::span<const FunctionEntry> jinjaMarkupFilters()
{
    return entries;
}

} // namespace stormglass
