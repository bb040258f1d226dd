#include "engine/expressions/jinja_parser.h"

namespace stormglass {

// The statements with a body that need no loop and no macro, and those that would load another
// template.

StatementPointer JinjaParser::parseWith()
{
    std::vector<std::pair<TargetPointer, NodePointer>> values;
    while (!failed() && !isAtKind(JinjaTokenKind::BlockEnd)) {
        if (!values.empty() && !expect(","))
            break;
        TargetPointer target = parseNameTarget();
        if (failed() || !expect("="))
            break;
        values.emplace_back(std::move(target), parseExpression());
    }
    const std::size_t missing = m_missing.size();
    StatementList body = parseStatements({"endwith"});
    keepMissingSince(missing);
    advanceUnlessFailed();
    return failed() ? nullptr : std::make_unique<JinjaWith>(std::move(values), std::move(body));
}

StatementPointer JinjaParser::parseAutoescape()
{
    NodePointer isOn = parseExpression();
    const std::size_t missing = m_missing.size();
    StatementList body = parseStatements({"endautoescape"});
    keepMissingSince(missing);
    advanceUnlessFailed();
    return failed() ? nullptr : std::make_unique<JinjaAutoescape>(std::move(isOn), std::move(body));
}

StatementPointer JinjaParser::parseBlock()
{
    const Position position = current().position;
    const std::string name(takeName());
    const bool isScoped = !failed() && skipName("scoped");
    if (!failed())
        skipName("required");
    if (isAt("-")) {
        fail(
            "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, "
            "use an underscore instead.");
        return nullptr;
    }
    const std::size_t missing = m_missing.size();
    StatementList body = parseStatements({"endblock"});
    keepMissingSince(missing);
    advanceUnlessFailed();
    if (!failed())
        skipName(name);
    if (failed())
        return nullptr;
    const auto sees = isScoped ? JinjaBlock::Sees::Everything : JinjaBlock::Sees::Template;
    auto block = std::make_unique<JinjaBlock>(name, sees, std::move(body));
    if (!m_program.m_blocks.emplace(name, block.get()).second)
        failAt(position, "block '" + name + "' defined twice", PythonError::TemplateAssertion);
    return block;
}

bool JinjaParser::skipImportContext()
{
    const bool isContext = (isAtName("with") || isAtName("without"))
        && ahead().kind == JinjaTokenKind::Name && ahead().text == "context";
    if (!isContext)
        return false;
    advance();
    advance();
    return true;
}

StatementPointer JinjaParser::parseInclude()
{
    NodePointer name = parseExpression();
    if (!failed() && isAtName("ignore") && ahead().text == "missing") {
        advance();
        advance();
    }
    skipImportContext();
    return failed() ? nullptr : std::make_unique<JinjaLoad>(std::move(name));
}

StatementPointer JinjaParser::parseImport()
{
    NodePointer name = parseExpression();
    if (!failed() && !skipName("as"))
        failExpecting("'as'");
    takeName();
    skipImportContext();
    return failed() ? nullptr : std::make_unique<JinjaLoad>(std::move(name));
}

StatementPointer JinjaParser::parseFrom()
{
    NodePointer name = parseExpression();
    if (!failed() && !skipName("import"))
        failExpecting("'import'");
    bool needsComma = false;
    while (!failed() && !skipImportContext()
           && isAtKind(needsComma ? JinjaTokenKind::Operator : JinjaTokenKind::Name)) {
        if (needsComma && !expect(","))
            break;
        if (skipImportContext() || !isAtKind(JinjaTokenKind::Name))
            break;
        takeName();
        if (!failed() && skipName("as"))
            takeName();
        needsComma = true;
    }
    return failed() ? nullptr : std::make_unique<JinjaLoad>(std::move(name));
}

StatementPointer JinjaParser::parseExtends()
{
    NodePointer name = parseExpression();
    return failed() ? nullptr : std::make_unique<JinjaLoad>(std::move(name));
}

} // namespace stormglass
