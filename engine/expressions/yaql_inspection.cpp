#include "engine/expressions/yaql_inspection.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/sample_types.h"
#include "engine/expressions/workflow_delimiters.h"
#include "engine/expressions/yaql_context_path.h"
#include "engine/expressions/yaql_parser.h"

#include <QStringList>

namespace stormglass {

namespace {

// Walks a source and knows the place.
class Reader
{
public:
    explicit Reader(std::string_view source)
        : m_source(source)
    {
    }
    Position position() const { return m_position; }
    // What was passed.
    std::string_view advanceTo(std::size_t at)
    {
        const std::string_view passed = m_source.substr(m_at, at - m_at);
        const std::size_t lineEnd = passed.rfind('\n');
        for (const char c : passed)
            m_position.line += c == '\n' ? 1 : 0;
        const bool isSameLine = lineEnd == std::string_view::npos;
        const auto columns = utf8::length(isSameLine ? passed : passed.substr(lineEnd + 1));
        m_position.column = (isSameLine ? m_position.column : 1) + static_cast<int>(columns);
        m_at = at;
        return passed;
    }

private:
    const std::string_view m_source;
    std::size_t m_at = 0;
    Position m_position;
};

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
    Reader reader(source);
    const auto add = [&](Piece::Kind kind, std::string_view text) {
        if (text.empty())
            return;
        const auto begin = static_cast<std::size_t>(text.data() - source.data());
        reader.advanceTo(begin);
        pieces.push_back({kind, text, reader.position()});
        reader.advanceTo(begin + text.size());
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

// A place within a piece as one of the source.
Position placed(const Piece &piece, Position within)
{
    if (within.line > 1)
        return {piece.position.line + within.line - 1, within.column};
    return {piece.position.line, piece.position.column + within.column - 1};
}

Error placed(const Piece &piece, Error error)
{
    const QStringList parts = error.place.split(u':');
    if (parts.size() != 2)
        return error;
    const Position at = placed(piece, {parts[0].toInt(), parts[1].toInt()});
    error.place = QStringLiteral("%1:%2").arg(at.line).arg(at.column);
    return error;
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
        const Position at = placed(piece, token.position);
        const std::int64_t length = utf8::length(token.text);
        all.tokens.push_back({kindOf(read.tokens, i), at, length});
        // The lexer takes it with the name.
        if (token.kind == YaqlTokenKind::Function)
            all.tokens.push_back({TemplateTokenKind::Operator,
                                  {at.line, at.column + static_cast<std::int32_t>(length)},
                                  1});
    }
    if (read.error && !all.error)
        all.error = placed(piece, *std::move(read.error));
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
            uses.push_back({text, placed(piece, tokens[i].position), typeInSample(sample, text)});
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
            return failure(placed(piece, parsed.error()));
        addUses(piece, sample, uses);
    }
    return uses;
}

} // namespace stormglass
