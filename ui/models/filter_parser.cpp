#include "ui/models/filter.h"

#include "engine/base/timestamp.h"
#include "ui/models/filter_lexer.h"

#include <QCoreApplication>

namespace stormglass::ui {

namespace {

using Kind = FilterToken::Kind;
using State = ParsedFilter::State;

constexpr int deepest = 60;

QString tr(const char *text)
{
    return QCoreApplication::translate("Filter", text);
}

std::optional<FilterOp> opOf(const FilterToken &token)
{
    static const QHash<QString, FilterOp> ops{{QStringLiteral("=="), FilterOp::Equals},
                                              {QStringLiteral("="), FilterOp::Equals},
                                              {QStringLiteral("!="), FilterOp::NotEquals},
                                              {QStringLiteral("<"), FilterOp::Less},
                                              {QStringLiteral("<="), FilterOp::LessOrEqual},
                                              {QStringLiteral(">"), FilterOp::Greater},
                                              {QStringLiteral(">="), FilterOp::GreaterOrEqual},
                                              {QStringLiteral("contains"), FilterOp::Contains},
                                              {QStringLiteral("matches"), FilterOp::Matches},
                                              {QStringLiteral("in"), FilterOp::In},
                                              {QStringLiteral("exists"), FilterOp::Exists}};
    if (token.kind != Kind::Op && token.kind != Kind::Word)
        return std::nullopt;
    const auto found = ops.constFind(token.text);
    return found == ops.constEnd() ? std::nullopt : std::optional(*found);
}

// `now`, `now-2h`, `now+30m`: units s m h d w.
std::optional<FilterTime> relativeTime(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^now(?:([+-])(\\d{1,6})([smhdw]))?$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    static const QHash<QString, int> seconds{{QStringLiteral("s"), 1},
                                             {QStringLiteral("m"), 60},
                                             {QStringLiteral("h"), 3600},
                                             {QStringLiteral("d"), 86400},
                                             {QStringLiteral("w"), 604800}};
    const qint64 size = match.captured(2).toLongLong() * seconds.value(match.captured(3));
    const qint64 signedSize = match.captured(1) == QLatin1String("-") ? -size : size;
    return FilterTime{true, {}, std::chrono::seconds(signedSize)};
}

std::optional<FilterTime> timeOf(const QString &text)
{
    if (const auto relative = relativeTime(text))
        return relative;
    static const QRegularExpression form(QStringLiteral("^\\d{4}-\\d\\d-\\d\\d"));
    if (!form.match(text).hasMatch())
        return std::nullopt;
    const QString whole = text.size() == 10 ? text + QLatin1String("T00:00:00Z") : text;
    const Result<Timestamp> fixed = timestampFromIso(whole.toStdString());
    return fixed ? std::optional(FilterTime{false, *fixed, {}}) : std::nullopt;
}

Value literal(const FilterToken &token)
{
    if (token.kind == Kind::Quoted)
        return token.text;
    if (token.text == QLatin1String("true") || token.text == QLatin1String("false"))
        return token.text == QLatin1String("true");
    if (token.text == QLatin1String("null"))
        return {};
    bool isNumber = false;
    const qlonglong whole = token.text.toLongLong(&isNumber);
    if (isNumber)
        return whole;
    const double real = token.text.toDouble(&isNumber);
    return isNumber ? Value(real) : Value(token.text);
}

class Parser
{
public:
    explicit Parser(const QString &text)
        : m_tokens(filterTokens(text))
    {
    }

    ParsedFilter parse()
    {
        if (peek().kind == Kind::End)
            return {};
        FilterNode root = either(0);
        if (m_state == State::Right && peek().kind != Kind::End)
            stop(State::Wrong, tr("A closing bracket without its opening one."));
        if (m_state != State::Right)
            return {m_state, {}, m_message, m_column};
        return {State::Right, Filter(std::move(root)), {}, -1};
    }

private:
    const FilterToken &peek() const { return m_tokens[m_at]; }
    const FilterToken &take() { return m_tokens[peek().kind == Kind::End ? m_at : m_at++]; }
    bool isWord(const char *word) const
    {
        return peek().kind == Kind::Word && peek().text == QLatin1String(word);
    }
    bool isStopped() const { return m_state != State::Right; }

    // The first thing that is wrong is the one to tell.
    void stop(State state, const QString &message)
    {
        if (isStopped())
            return;
        m_state = state;
        m_message = message;
        m_column = peek().column;
    }

    FilterNode either(int depth)
    {
        if (depth > deepest)
            stop(State::Wrong, tr("Too many brackets in one another."));
        FilterNode node{.kind = FilterNode::Kind::Or};
        node.parts.push_back(all(depth));
        while (!isStopped() && isWord("or")) {
            take();
            node.parts.push_back(all(depth));
        }
        return node.parts.size() == 1 ? std::move(node.parts.front()) : std::move(node);
    }

    FilterNode all(int depth)
    {
        FilterNode node{.kind = FilterNode::Kind::And};
        node.parts.push_back(perhapsNot(depth));
        while (!isStopped() && peek().kind != Kind::End && peek().kind != Kind::Close
               && !isWord("or")) {
            if (isWord("and"))
                take();
            node.parts.push_back(perhapsNot(depth));
        }
        return node.parts.size() == 1 ? std::move(node.parts.front()) : std::move(node);
    }

    FilterNode perhapsNot(int depth)
    {
        bool isNegated = false;
        for (; isWord("not"); take())
            isNegated = !isNegated;
        FilterNode inner = term(depth);
        if (!isNegated)
            return inner;
        FilterNode node{.kind = FilterNode::Kind::Not};
        node.parts.push_back(std::move(inner));
        return node;
    }

    FilterNode term(int depth)
    {
        if (isStopped())
            return {};
        if (peek().kind == Kind::End) {
            stop(State::Incomplete, tr("Something must follow here."));
            return {};
        }
        if (peek().kind == Kind::Open)
            return bracket(depth);
        if (peek().kind != Kind::Word && peek().kind != Kind::Quoted) {
            stop(State::Wrong, tr("A field or a word was expected here."));
            return {};
        }
        if (isWord("and") || isWord("or")) {
            stop(State::Wrong, tr("A field or a word was expected here."));
            return {};
        }
        const FilterToken first = take();
        if (first.isOpen)
            stop(State::Incomplete, tr("The closing quotation mark is missing."));
        const std::optional<FilterOp> op = opOf(peek());
        if (first.kind == Kind::Quoted || !op) {
            if (peek().kind == Kind::Op)
                stop(State::Wrong,
                     tr("This operator is not known. Known: == != < <= > >= contains matches in "
                        "exists."));
            return {.kind = FilterNode::Kind::Word, .field = first.text};
        }
        take();
        return comparison(first.text, *op);
    }

    FilterNode bracket(int depth)
    {
        take();
        FilterNode node = either(depth + 1);
        if (peek().kind == Kind::Close)
            take();
        else
            stop(peek().kind == Kind::End ? State::Incomplete : State::Wrong,
                 tr("A closing bracket is missing."));
        return node;
    }

    FilterNode comparison(const QString &field, FilterOp op)
    {
        FilterNode node{.kind = FilterNode::Kind::Compare, .field = field, .op = op};
        if (op == FilterOp::Exists)
            return node;
        if (op == FilterOp::In)
            return membership(std::move(node));
        if (peek().kind == Kind::End) {
            stop(State::Incomplete, tr("A value must follow."));
            return node;
        }
        if (peek().kind != Kind::Word && peek().kind != Kind::Quoted) {
            stop(State::Wrong, tr("A value was expected here."));
            return node;
        }
        const FilterToken value = take();
        if (value.isOpen)
            stop(State::Incomplete, tr("The closing quotation mark is missing."));
        node.value = literal(value);
        if (op != FilterOp::Contains && op != FilterOp::Matches)
            node.time = timeOf(value.text);
        if (op == FilterOp::Matches)
            compile(node, value);
        return node;
    }

    void compile(FilterNode &node, const FilterToken &value)
    {
        node.pattern = QRegularExpression(value.text);
        if (node.pattern.isValid())
            return;
        m_at -= 1;
        stop(State::Wrong, tr("This pattern is not valid: %1.").arg(node.pattern.errorString()));
    }

    FilterNode membership(FilterNode node)
    {
        if (peek().kind == Kind::End) {
            stop(State::Incomplete, tr("A list must follow: (\"a\", \"b\")."));
            return node;
        }
        if (peek().kind != Kind::Open) {
            stop(State::Wrong, tr("A list in brackets was expected here: (\"a\", \"b\")."));
            return node;
        }
        take();
        node.value = Value::list();
        while (!isStopped() && peek().kind != Kind::Close) {
            if (peek().kind == Kind::End)
                stop(State::Incomplete, tr("A closing bracket is missing."));
            else if (peek().kind == Kind::Word || peek().kind == Kind::Quoted)
                node.value.append(literal(take()));
            else if (peek().kind == Kind::Comma)
                take();
            else
                stop(State::Wrong, tr("A value was expected here."));
        }
        if (!isStopped())
            take();
        return node;
    }

    std::vector<FilterToken> m_tokens;
    std::size_t m_at = 0;
    State m_state = State::Right;
    QString m_message;
    int m_column = -1;
};

} // namespace

ParsedFilter parseFilter(const QString &text)
{
    return Parser(text).parse();
}

QString filterTerm(const QString &field, const Value &value)
{
    if (value.isNull())
        return QStringLiteral("%1 == null").arg(field);
    if (value.isBool())
        return QStringLiteral("%1 == %2")
            .arg(field, value.toBool() ? QStringLiteral("true") : QStringLiteral("false"));
    if (value.isInt())
        return QStringLiteral("%1 == %2").arg(field).arg(value.toInt());
    if (value.isDouble())
        return QStringLiteral("%1 == %2").arg(field).arg(value.toDouble(), 0, 'g', 15);
    QString text = value.toQStringOr({});
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    text.replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QStringLiteral("%1 == \"%2\"").arg(field, text);
}

QStringList filterSuggestions(const QString &before, const QStringList &fields,
                              const QHash<QString, QStringList> &values)
{
    std::vector<FilterToken> tokens = filterTokens(before);
    tokens.pop_back();
    QString word;
    if (!before.isEmpty() && !before.back().isSpace() && !tokens.empty()) {
        word = tokens.back().kind == Kind::Word || tokens.back().kind == Kind::Quoted
            ? tokens.back().text
            : QString();
        if (!word.isEmpty())
            tokens.pop_back();
    }
    const auto last = [&tokens](std::size_t back) {
        return tokens.size() > back ? tokens[tokens.size() - 1 - back] : FilterToken();
    };
    QStringList candidates;
    const bool followsOp
        = last(0).kind == Kind::Op || (opOf(last(0)) && opOf(last(0)) != FilterOp::Exists);
    if (followsOp) {
        for (const QString &value : values.value(last(1).text))
            candidates.append(QLatin1Char('"') + value + QLatin1Char('"'));
    } else if (last(0).kind == Kind::Word && fields.contains(last(0).text)) {
        candidates
            = {QStringLiteral("=="),      QStringLiteral("!="),    QStringLiteral("contains"),
               QStringLiteral("matches"), QStringLiteral(">"),     QStringLiteral("<"),
               QStringLiteral("in"),      QStringLiteral("exists")};
    } else if (!word.isEmpty() || tokens.empty()) {
        candidates = word.isEmpty() ? QStringList() : fields;
    }
    QStringList result;
    for (const QString &candidate : std::as_const(candidates)) {
        if (candidate.contains(word, Qt::CaseInsensitive) && candidate != word
            && result.size() < 40)
            result.append(candidate);
    }
    return result;
}

} // namespace stormglass::ui
