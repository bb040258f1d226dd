#include "engine/expressions/jinja_parser.h"

#include "engine/expressions/jinja_loop.h"
#include "engine/expressions/jinja_operations.h"
#include "engine/expressions/near_names.h"

#include <algorithm>

namespace stormglass {

namespace {

// Whether a body reads a name, at any depth.
class NameSearch final : public NodeVisitor
{
public:
    explicit NameSearch(std::string_view name)
        : m_name(name)
    {
    }
    void reads(std::string_view name, Position) override { m_found = m_found || name == m_name; }
    bool found() const { return m_found; }

private:
    const std::string_view m_name;
    bool m_found = false;
};

bool readsName(const StatementList &body, std::string_view name)
{
    NameSearch search(name);
    visitAll(body, search);
    return search.found();
}

// There are none to load: nobody meant these.
bool needsOtherTemplates(std::string_view tag)
{
    return tag == "include" || tag == "import" || tag == "from" || tag == "extends";
}

} // namespace

bool JinjaParser::isAtEnd(Ends ends) const
{
    return isAtKind(JinjaTokenKind::Name) && std::ranges::find(ends, current().text) != ends.end();
}

// Up to one of the tags, or to the end of the template where none is given.
StatementList JinjaParser::parseBody(Ends ends)
{
    StatementList body;
    const Depth depth(*this);
    if (ends.size() > 0)
        m_expectedEnds.emplace_back(ends);
    while (!failed() && !isTooDeep()) {
        if (isAtKind(JinjaTokenKind::Data)) {
            body.push_back(std::make_unique<JinjaText>(std::string(current().text)));
            advance();
        } else if (isAtKind(JinjaTokenKind::VariableBegin)) {
            m_program.m_isTemplate = true;
            advance();
            body.push_back(std::make_unique<JinjaPrint>(parseTuple({})));
            expectKind(JinjaTokenKind::VariableEnd);
        } else if (isAtKind(JinjaTokenKind::BlockBegin)) {
            m_program.m_isTemplate = true;
            advance();
            if (isAtEnd(ends))
                break;
            if (StatementPointer statement = parseStatement())
                body.push_back(std::move(statement));
            expectKind(JinjaTokenKind::BlockEnd);
        } else {
            if (ends.size() > 0)
                failEnd(ends);
            break;
        }
    }
    if (ends.size() > 0)
        m_expectedEnds.pop_back();
    return body;
}

// A body behind a tag's end, up to and past the name of its end tag.
StatementList JinjaParser::parseStatements(Ends ends)
{
    skip(":");
    expectKind(JinjaTokenKind::BlockEnd);
    StatementList body = failed() ? StatementList() : parseBody(ends);
    return body;
}

const JinjaParser::Statements &JinjaParser::statements()
{
    static const Statements all{
        {"for", &JinjaParser::parseFor},         {"if", &JinjaParser::parseIf},
        {"set", &JinjaParser::parseSet},         {"macro", &JinjaParser::parseMacro},
        {"call", &JinjaParser::parseCallBlock},  {"filter", &JinjaParser::parseFilterBlock},
        {"with", &JinjaParser::parseWith},       {"autoescape", &JinjaParser::parseAutoescape},
        {"block", &JinjaParser::parseBlock},     {"include", &JinjaParser::parseInclude},
        {"import", &JinjaParser::parseImport},   {"from", &JinjaParser::parseFrom},
        {"extends", &JinjaParser::parseExtends}, {"print", &JinjaParser::parsePrint},
    };
    return all;
}

StatementPointer JinjaParser::parseStatement()
{
    if (!isAtKind(JinjaTokenKind::Name)) {
        fail("tag name expected");
        return nullptr;
    }
    const std::string_view tag = current().text;
    const auto found = statements().find(tag);
    if (found == statements().end()) {
        failUnknownTag(tag);
        return nullptr;
    }
    m_openTags.push_back(&current());
    advance();
    StatementPointer statement = (this->*found->second)();
    m_openTags.pop_back();
    return statement;
}

void JinjaParser::failUnknownTag(std::string_view tag)
{
    std::string message = "Encountered unknown tag '" + std::string(tag) + "'.";
    std::vector<std::string_view> known;
    if (!m_expectedEnds.empty()) {
        message += expectation(m_expectedEnds.back());
        known = m_expectedEnds.back();
    }
    for (const auto &[name, parse] : statements()) {
        if (!needsOtherTemplates(name))
            known.push_back(name);
    }
    std::ranges::sort(known);
    fail(message + didYouMean(known, tag));
}

// Where the block begins that has no end: the end of the template tells nobody anything.
void JinjaParser::failEnd(Ends ends)
{
    failAt(m_openTags.back()->position, "Unexpected end of template." + expectation(ends));
}

std::string JinjaParser::expectation(const std::vector<std::string_view> &ends) const
{
    std::string text = " Jinja was looking for the following tags: ";
    for (std::size_t i = 0; i < ends.size(); ++i)
        text += (i > 0 ? " or '" : "'") + std::string(ends[i]) + '\'';
    text += '.';
    if (!m_openTags.empty())
        text += " The innermost block that needs to be closed is '"
            + std::string(m_openTags.back()->text) + "'.";
    return text;
}

StatementPointer JinjaParser::parsePrint()
{
    const Position position = current().position;
    NodeList parts;
    while (!failed() && !isAtKind(JinjaTokenKind::BlockEnd)) {
        if (!parts.empty() && !expect(","))
            break;
        parts.push_back(parseExpression());
    }
    if (parts.empty())
        return std::make_unique<JinjaText>(std::string());
    return std::make_unique<JinjaPrint>(
        std::make_unique<JinjaConcatenation>(position, std::move(parts)));
}

StatementPointer JinjaParser::parseFor()
{
    JinjaFor::Parts parts;
    ++m_openLoops;
    parts.target = parseTarget(false, "in");
    refuseLoopAsTarget();
    if (!failed() && !skipName("in"))
        failExpecting("'in'");
    TupleForm form;
    form.conditions = Conditions::Refused;
    form.endsAt = "recursive";
    if (!failed())
        parts.items = parseTuple(form);
    if (!failed() && skipName("if"))
        parts.condition = parseExpression();
    parts.isRecursive = !failed() && skipName("recursive");
    parts.loopName = numberOf("loop");
    const std::size_t missing = m_missing.size();
    parts.body = parseStatements({"endfor", "else"});
    if (!failed() && skipName("else")) {
        parts.otherwise = parseStatements({"endfor"});
    }
    --m_openLoops;
    keepMissingSince(missing);
    advanceUnlessFailed();
    return failed() ? nullptr : std::make_unique<JinjaFor>(std::move(parts));
}

StatementPointer JinjaParser::parseIf()
{
    std::vector<JinjaIf::Branch> branches;
    const std::size_t missing = m_missing.size();
    while (!failed()) {
        TupleForm form;
        form.conditions = Conditions::Refused;
        NodePointer condition = parseTuple(form);
        StatementList body = parseStatements({"elif", "else", "endif"});
        branches.push_back({std::move(condition), std::move(body)});
        if (failed() || !skipName("elif"))
            break;
    }
    if (!failed() && skipName("else"))
        branches.push_back({nullptr, parseStatements({"endif"})});
    m_missing.resize(std::min(missing, m_missing.size()));
    advanceUnlessFailed();
    return failed() ? nullptr : std::make_unique<JinjaIf>(std::move(branches));
}

void JinjaParser::advanceUnlessFailed()
{
    if (!failed())
        advance();
}

StatementPointer JinjaParser::parseSet()
{
    TargetPointer target = parseTarget(true);
    refuseLoopAsTarget();
    if (failed())
        return nullptr;
    if (skip("=")) {
        NodePointer value = parseTuple({});
        return failed() ? nullptr : std::make_unique<JinjaSet>(std::move(target), std::move(value));
    }
    std::unique_ptr<const JinjaFilter> filter;
    if (isAt("|"))
        filter = parseFilters(nullptr);
    const std::size_t missing = m_missing.size();
    StatementList body = parseStatements({"endset"});
    keepMissingSince(missing);
    advanceUnlessFailed();
    if (failed())
        return nullptr;
    return std::make_unique<JinjaSetBlock>(std::move(target), std::move(filter), std::move(body));
}

bool JinjaParser::parseParameters(JinjaMacroParts &parts)
{
    expect("(");
    bool hadPreset = false;
    while (!failed() && !isAt(")")) {
        if (!parts.parameters.empty() && !expect(","))
            return false;
        const std::string_view name = takeName();
        if (failed())
            return false;
        const JinjaName number = numberOf(name);
        JinjaMacroParts::Parameter parameter{number, m_program.name(number), nullptr};
        if (skip("="))
            parameter.preset = parseExpression();
        else if (hadPreset)
            fail("non-default argument follows default argument");
        hadPreset = hadPreset || parameter.preset;
        parts.parameters.push_back(std::move(parameter));
    }
    return expect(")");
}

void JinjaParser::findImplied(JinjaMacroParts &parts)
{
    if (failed())
        return;
    parts.caller = {numberOf("caller"), readsName(parts.body, "caller")};
    parts.varargs = {numberOf("varargs"), readsName(parts.body, "varargs")};
    parts.kwargs = {numberOf("kwargs"), readsName(parts.body, "kwargs")};
}

StatementPointer JinjaParser::parseMacro()
{
    JinjaMacroParts parts;
    const std::string_view nameText = takeName();
    parts.name = nameText;
    if (failed() || !parseParameters(parts))
        return nullptr;
    const JinjaName name = numberOf(nameText);
    const std::size_t missing = m_missing.size();
    parts.body = parseStatements({"endmacro"});
    keepMissingSince(missing);
    findImplied(parts);
    advanceUnlessFailed();
    return failed() ? nullptr : std::make_unique<JinjaMacroStatement>(name, std::move(parts));
}

StatementPointer JinjaParser::parseCallBlock()
{
    JinjaMacroParts parts;
    if (isAt("(") && !parseParameters(parts))
        return nullptr;
    NodePointer node = parseExpression();
    if (failed())
        return nullptr;
    if (!dynamic_cast<const JinjaCall *>(node.get())) {
        failAt(node->position(), "expected call");
        return nullptr;
    }
    std::unique_ptr<const JinjaCall> call(static_cast<const JinjaCall *>(node.release()));
    const std::size_t missing = m_missing.size();
    parts.body = parseStatements({"endcall"});
    keepMissingSince(missing);
    findImplied(parts);
    advanceUnlessFailed();
    return failed() ? nullptr : std::make_unique<JinjaCallBlock>(std::move(call), std::move(parts));
}

StatementPointer JinjaParser::parseFilterBlock()
{
    const std::size_t missing = m_missing.size();
    std::unique_ptr<const JinjaFilter> filter = parseFilter(nullptr);
    while (!failed() && skip("|"))
        filter = parseFilter(std::move(filter));
    StatementList body = parseStatements({"endfilter"});
    keepMissingSince(missing);
    advanceUnlessFailed();
    return failed() ? nullptr
                    : std::make_unique<JinjaFilterBlock>(std::move(filter), std::move(body));
}

} // namespace stormglass
