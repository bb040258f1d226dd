#pragma once

#include <QString>

#include <vector>

namespace stormglass::ui {

struct FilterToken
{
    enum class Kind { Word, Quoted, Op, Open, Close, Comma, End };
    Kind kind = Kind::End;
    QString text;
    int column = 0;
    // A quoted text whose end is missing.
    bool isOpen = false;
};

// Cuts a filter into words, quoted texts, operators and brackets. Never fails; at its end stands
// End.
std::vector<FilterToken> filterTokens(const QString &text);

} // namespace stormglass::ui
