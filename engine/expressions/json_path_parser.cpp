#include "engine/expressions/json_path_node.h"
#include "engine/expressions/python_errors.h"

#include <charconv>

namespace stormglass {

namespace {

using Node = JsonPath::Node;
using NodePointer = std::shared_ptr<const Node>;
using Kind = Node::Kind;

constexpr int maxDepth = 200;
constexpr std::size_t maxLength = 4'096;

tl::unexpected<Error> badPath(const QString &why, const char *kind = "Exception")
{
    return pythonError(kind, why);
}

struct Token
{
    enum class Kind { End, Name, Number, NamedOperator, Where, DoubleDot, Symbol } kind = Kind::End;
    std::string text;
    std::size_t column = 0;

    bool is(char symbol) const { return kind == Kind::Symbol && text[0] == symbol; }
};

bool startsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '@';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool continuesName(char c)
{
    return startsName(c) || isDigit(c) || c == '-';
}

class Lexer
{
public:
    explicit Lexer(std::string_view text)
        : m_text(text)
    {
    }

    Result<Token> next()
    {
        while (m_at < m_text.size()
               && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n'))
            ++m_at;
        m_begin = m_at;
        if (m_at == m_text.size())
            return Token{Token::Kind::End, {}, m_at};
        const char c = m_text[m_at];
        if (startsName(c))
            return name();
        if (isDigit(c) || (c == '-' && m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1])))
            return number();
        if (c == '\'' || c == '"' || c == '`')
            return quoted(c);
        if (c == '.' && m_text.substr(m_at, 2) == "..")
            return token(Token::Kind::DoubleDot, 2);
        if (std::string_view("*.[]()$,:|&").find(c) != std::string_view::npos)
            return token(Token::Kind::Symbol, 1);
        return unexpected();
    }

private:
    Token token(Token::Kind kind, std::size_t length)
    {
        m_at = m_begin + length;
        return {kind, std::string(m_text.substr(m_begin, length)), m_begin};
    }

    Token name()
    {
        std::size_t end = m_at;
        while (end < m_text.size() && continuesName(m_text[end]))
            ++end;
        const bool isWhere = m_text.substr(m_at, end - m_at) == "where";
        return token(isWhere ? Token::Kind::Where : Token::Kind::Name, end - m_at);
    }

    Token number()
    {
        std::size_t end = m_at + 1;
        while (end < m_text.size() && isDigit(m_text[end]))
            ++end;
        return token(Token::Kind::Number, end - m_at);
    }

    Result<Token> quoted(char quote)
    {
        std::string content;
        for (std::size_t i = m_at + 1; i < m_text.size(); ++i) {
            if (m_text[i] == quote) {
                m_at = i + 1;
                return Token{quote == '`' ? Token::Kind::NamedOperator : Token::Kind::Name, content,
                             m_begin};
            }
            if (m_text[i] == '\\' && (++i == m_text.size() || m_text[i] == '\n'))
                return unexpected();
            content += m_text[i];
        }
        return badPath(QStringLiteral("Unexpected EOF in string literal or identifier"),
                       "JsonPathLexerError");
    }

    tl::unexpected<Error> unexpected() const
    {
        const QString rest = QString::fromUtf8(m_text.data() + m_begin,
                                               static_cast<qsizetype>(m_text.size() - m_begin));
        return badPath(QStringLiteral("Error on line 1, col %1: Unexpected character: %2")
                           .arg(m_begin)
                           .arg(rest.left(1)),
                       "JsonPathLexerError");
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_begin = 0;
};

NodePointer node(Node content)
{
    return std::make_shared<const Node>(std::move(content));
}

// By precedence, lowest first: a bracket after anything, then `..`, `.`, `|`, `&`, `where`; all to
// the left.
class Parser
{
public:
    explicit Parser(std::string_view text)
        : m_lexer(text)
    {
    }

    Result<NodePointer> parse()
    {
        SG_TRY(advance());
        SG_LET(NodePointer whole, expression(0, 0));
        if (m_token.kind != Token::Kind::End)
            return unexpected();
        return whole;
    }

private:
    struct Binary
    {
        Kind kind;
        int level;
    };

    std::optional<Binary> binary() const
    {
        if (m_token.kind == Token::Kind::DoubleDot)
            return Binary{Kind::Descendants, 2};
        if (m_token.kind == Token::Kind::Where)
            return Binary{Kind::Where, 6};
        if (m_token.is('.'))
            return Binary{Kind::Child, 3};
        if (m_token.is('|'))
            return Binary{Kind::Union, 4};
        if (m_token.is('&'))
            return Binary{Kind::Intersection, 5};
        return std::nullopt;
    }

    Result<NodePointer> expression(int level, int depth)
    {
        if (depth > maxDepth)
            return badPath(QStringLiteral("The path is nested too deeply"), "RecursionError");
        SG_LET(NodePointer left, primary(depth));
        for (int steps = 0;; ++steps) {
            if (steps > maxDepth)
                return badPath(QStringLiteral("The path has too many steps"), "RecursionError");
            const std::optional<Binary> operation = binary();
            const bool isBracket = m_token.is('[') && level == 0;
            if (!isBracket && (!operation || operation->level < level))
                return left;
            SG_TRY(advance());
            Result<NodePointer> right
                = isBracket ? bracket() : expression(operation->level + 1, depth + 1);
            SG_LET(NodePointer step, std::move(right));
            left = node({isBracket ? Kind::Child : operation->kind, left, std::move(step)});
        }
    }

    Result<NodePointer> primary(int depth)
    {
        const Token token = m_token;
        if (token.kind == Token::Kind::Name)
            return fields();
        if (token.kind == Token::Kind::NamedOperator)
            return namedOperator();
        if (token.is('['))
            return opened([this] { return bracket(); });
        if (token.is('('))
            return opened([this, depth]() -> Result<NodePointer> {
                SG_LET(NodePointer inner, expression(0, depth + 1));
                SG_TRY(expect(')'));
                return inner;
            });
        if (token.is('*'))
            return single({Kind::Fields, {}, {}, {"*"}});
        if (token.is('$'))
            return single({Kind::Root});
        return unexpected();
    }

    template <typename Rest>
    Result<NodePointer> opened(Rest rest)
    {
        SG_TRY(advance());
        return rest();
    }

    Result<NodePointer> single(Node content)
    {
        SG_TRY(advance());
        return node(std::move(content));
    }

    Result<NodePointer> namedOperator()
    {
        const Token name = m_token;
        SG_TRY(advance());
        if (name.text == "this")
            return node({Kind::This});
        if (name.text == "parent")
            return node({Kind::Parent});
        return badPath(QStringLiteral("Unknown named operator `%1` at 1:%2")
                           .arg(QString::fromStdString(name.text))
                           .arg(name.column));
    }

    Result<NodePointer> fields()
    {
        Node content{Kind::Fields};
        for (;;) {
            if (m_token.kind != Token::Kind::Name)
                return unexpected();
            content.fields.push_back(m_token.text);
            SG_TRY(advance());
            if (!m_token.is(','))
                return node(std::move(content));
            SG_TRY(advance());
        }
    }

    // What stands between brackets, and the closing one.
    Result<NodePointer> bracket()
    {
        if (m_token.kind == Token::Kind::Name)
            return closed(fields());
        if (m_token.is('*'))
            return closed(single({Kind::Slice}));
        SG_LET(const std::optional<std::int64_t> begin, number());
        if (begin && !m_token.is(':'))
            return closed(node({Kind::Index, {}, {}, {}, begin}));
        SG_TRY(expect(':'));
        SG_LET(const std::optional<std::int64_t> end, number());
        return closed(node({Kind::Slice, {}, {}, {}, begin, end}));
    }

    Result<NodePointer> closed(Result<NodePointer> content)
    {
        SG_LET(NodePointer inside, std::move(content));
        SG_TRY(expect(']'));
        return inside;
    }

    Result<std::optional<std::int64_t>> number()
    {
        if (m_token.kind != Token::Kind::Number)
            return std::optional<std::int64_t>();
        std::int64_t value = 0;
        const std::string text = m_token.text;
        if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc())
            value = text[0] == '-' ? INT64_MIN : INT64_MAX;
        SG_TRY(advance());
        return std::optional(value);
    }

    Result<> advance()
    {
        SG_LET(m_token, m_lexer.next());
        return {};
    }

    Result<> expect(char symbol)
    {
        if (!m_token.is(symbol))
            return unexpected();
        return advance();
    }

    tl::unexpected<Error> unexpected() const
    {
        if (m_token.kind == Token::Kind::End)
            return badPath(QStringLiteral("The path ends too early"), "AttributeError");
        return badPath(QStringLiteral("Parse error at 1:%1 near token %2")
                           .arg(m_token.column)
                           .arg(QString::fromStdString(m_token.text)));
    }

    Lexer m_lexer;
    Token m_token;
};

// The names of a path that is nothing but names, else empty.
std::vector<std::string> plainNames(const Node &node, int depth = 0)
{
    if (node.kind == Kind::Fields && node.fields.size() == 1 && node.fields[0] != "*")
        return node.fields;
    if (node.kind != Kind::Child || depth > maxDepth)
        return {};
    if (node.left->kind == Kind::Root)
        return plainNames(*node.right, depth + 1);
    std::vector<std::string> names = plainNames(*node.left, depth + 1);
    const std::vector<std::string> rest = plainNames(*node.right, depth + 1);
    if (names.empty() || rest.empty())
        return {};
    names.insert(names.end(), rest.begin(), rest.end());
    return names;
}

} // namespace

JsonPath::JsonPath(std::shared_ptr<const Node> root)
    : m_root(std::move(root))
    , m_names(plainNames(*m_root))
{
}

Result<JsonPath> JsonPath::compile(std::string_view text)
{
    if (text.size() > maxLength)
        return badPath(QStringLiteral("The path is longer than %1 bytes").arg(maxLength),
                       "ValueError");
    SG_LET(std::shared_ptr<const Node> root, Parser(text).parse());
    return JsonPath(std::move(root));
}

} // namespace stormglass
