#include "engine/expressions/yaql_inspection.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/jinja_expression_lexer.h"
#include "engine/expressions/sample_types.h"
#include "engine/expressions/source_places.h"
#include "engine/expressions/workflow_delimiters.h"
#include "engine/expressions/yaql_context_path.h"
#include "engine/expressions/yaql_parser.h"
#include "engine/expressions/yaql_type.h"

namespace stormglass {

namespace {

struct Piece
{
    enum class Kind { Text, Delimiter, Expression };
    Kind kind = Kind::Text;
    std::string_view text;
    Position position;
};

// Blanks and stray characters of delimiters around an expression are in no piece.
std::vector<Piece> piecesOf(std::string_view source, YaqlForm form)
{
    if (form == YaqlForm::Bare)
        return {{Piece::Kind::Expression, source, {}}};
    std::vector<Piece> pieces;
    SourceCursor reader(source);
    const auto add = [&](Piece::Kind kind, std::string_view text) {
        if (text.empty())
            return;
        const auto begin = static_cast<std::size_t>(text.data() - source.data());
        reader.skip(begin - reader.offset());
        pieces.push_back({kind, text, reader.position()});
    };
    const char *after = source.data();
    const auto addText = [&](const char *end) {
        add(Piece::Kind::Text, {after, static_cast<std::size_t>(end - after)});
    };
    for (const std::string_view whole : workflowExpressions(WorkflowLanguage::Yaql, source)) {
        addText(whole.data());
        add(Piece::Kind::Delimiter, whole.substr(0, 2));
        add(Piece::Kind::Expression, withoutDelimiters(WorkflowLanguage::Yaql, whole));
        add(Piece::Kind::Delimiter, whole.substr(whole.size() - 2));
        after = whole.data() + whole.size();
    }
    addText(source.data() + source.size());
    return pieces;
}

TemplateTokenKind kindOfKeyword(const YaqlToken *before, const YaqlToken *after)
{
    const bool isMember = before && isYaqlPoint(*before);
    const bool isKey = after && after->kind == YaqlTokenKind::Operator && after->text == "=>";
    // Any other bare word is a text.
    return isMember || isKey ? TemplateTokenKind::Name : TemplateTokenKind::Literal;
}

TemplateTokenKind kindOf(const std::vector<YaqlToken> &tokens, std::size_t at)
{
    const YaqlToken &token = tokens[at];
    switch (token.kind) {
    case YaqlTokenKind::Constant:
        return TemplateTokenKind::Literal;
    case YaqlTokenKind::Keyword:
        return kindOfKeyword(at > 0 ? &tokens[at - 1] : nullptr,
                             at + 1 < tokens.size() ? &tokens[at + 1] : nullptr);
    case YaqlTokenKind::Function:
    case YaqlTokenKind::Variable:
        return TemplateTokenKind::Name;
    case YaqlTokenKind::Operator: {
        const char first = token.text.front();
        return first >= 'a' && first <= 'z' ? TemplateTokenKind::Keyword
                                            : TemplateTokenKind::Operator;
    }
    case YaqlTokenKind::End:
        break;
    }
    return TemplateTokenKind::Text;
}

void addTokens(const Piece &piece, TemplateTokens &all)
{
    YaqlTokens read = readYaqlTokensUntilError(piece.text);
    for (std::size_t i = 0; i + 1 < read.tokens.size(); ++i) {
        const YaqlToken &token = read.tokens[i];
        const Position at = placedWithin(piece.position, token.position);
        const std::int64_t length = utf8::length(token.text);
        all.tokens.push_back({kindOf(read.tokens, i), at, length});
        // The lexer takes it with the name.
        if (token.kind == YaqlTokenKind::Function)
            all.tokens.push_back({TemplateTokenKind::Operator,
                                  {at.line, at.column + static_cast<std::int32_t>(length)},
                                  1});
    }
    if (read.error && !all.error)
        all.error = placedWithin(piece.position, *std::move(read.error));
}

void addUses(const Piece &piece, const Value &sample, std::vector<VariableUse> &uses)
{
    const std::vector<YaqlToken> tokens = readYaqlTokensUntilError(piece.text).tokens;
    for (std::size_t i = 0; i < tokens.size();) {
        if (!isYaqlContextCall(tokens, i)) {
            ++i;
            continue;
        }
        const YaqlContextPath path = readYaqlContextPath(tokens, i);
        std::string text;
        for (const std::string_view name : path.names)
            text.append(text.empty() ? "" : ".").append(name);
        if (!text.empty())
            uses.push_back({text, placedWithin(piece.position, tokens[i].position),
                            typeInSample(sample, text)});
        i += path.size;
    }
}

} // namespace

TemplateTokens yaqlTokens(std::string_view source, YaqlForm form)
{
    TemplateTokens all;
    for (const Piece &piece : piecesOf(source, form)) {
        if (piece.kind == Piece::Kind::Expression)
            addTokens(piece, all);
        else
            all.tokens.push_back({piece.kind == Piece::Kind::Text ? TemplateTokenKind::Text
                                                                  : TemplateTokenKind::Delimiter,
                                  piece.position, utf8::length(piece.text)});
    }
    return all;
}

Result<std::vector<VariableUse>> yaqlVariablesRead(std::string_view source, YaqlForm form,
                                                   const Value &sample)
{
    std::vector<VariableUse> uses;
    for (const Piece &piece : piecesOf(source, form)) {
        if (piece.kind != Piece::Kind::Expression)
            continue;
        const auto parsed = parseYaql(piece.text);
        if (!parsed)
            return failure(placedWithin(piece.position, parsed.error()));
        addUses(piece, sample, uses);
    }
    return uses;
}

Result<std::string> yaqlType(std::string_view source, YaqlForm form, const Value &sample)
{
    const std::vector<Piece> pieces = piecesOf(source, form);
    std::string type;
    for (const Piece &piece : pieces) {
        if (piece.kind != Piece::Kind::Expression)
            continue;
        const auto parsed = parseYaql(piece.text);
        if (!parsed)
            return failure(placedWithin(piece.position, parsed.error()));
        type = yaqlNodeType(**parsed, sample).name;
    }
    const bool isLone = form == YaqlForm::Bare
        || (pieces.size() == 3 && pieces[1].kind == Piece::Kind::Expression);
    return isLone ? type : "str";
}

} // namespace stormglass
