#include "ui/models/filter_lexer.h"

namespace stormglass::ui {

namespace {

bool isSymbol(QChar c)
{
    return QStringLiteral("=!<>").contains(c);
}

bool endsWord(QChar c)
{
    return c.isSpace() || isSymbol(c) || QStringLiteral("(),\"").contains(c);
}

FilterToken quoted(const QString &text, int &at)
{
    FilterToken token{FilterToken::Kind::Quoted, {}, at, true};
    const QChar mark = text.at(at++);
    while (at < text.size()) {
        const QChar c = text.at(at++);
        if (c == mark) {
            token.isOpen = false;
            break;
        }
        if (c == QLatin1Char('\\') && at < text.size())
            token.text.append(text.at(at++));
        else
            token.text.append(c);
    }
    return token;
}

FilterToken symbol(const QString &text, int &at)
{
    FilterToken token{FilterToken::Kind::Op, {}, at, false};
    while (at < text.size() && isSymbol(text.at(at)) && token.text.size() < 2)
        token.text.append(text.at(at++));
    return token;
}

FilterToken word(const QString &text, int &at)
{
    FilterToken token{FilterToken::Kind::Word, {}, at, false};
    while (at < text.size() && !endsWord(text.at(at)))
        token.text.append(text.at(at++));
    return token;
}

} // namespace

std::vector<FilterToken> filterTokens(const QString &text)
{
    std::vector<FilterToken> tokens;
    for (int at = 0; at < text.size();) {
        const QChar c = text.at(at);
        if (c.isSpace())
            ++at;
        else if (c == QLatin1Char('('))
            tokens.push_back({FilterToken::Kind::Open, c, at++, false});
        else if (c == QLatin1Char(')'))
            tokens.push_back({FilterToken::Kind::Close, c, at++, false});
        else if (c == QLatin1Char(','))
            tokens.push_back({FilterToken::Kind::Comma, c, at++, false});
        else if (c == QLatin1Char('"'))
            tokens.push_back(quoted(text, at));
        else if (isSymbol(c))
            tokens.push_back(symbol(text, at));
        else
            tokens.push_back(word(text, at));
    }
    tokens.push_back({FilterToken::Kind::End, {}, static_cast<int>(text.size()), false});
    return tokens;
}

} // namespace stormglass::ui
