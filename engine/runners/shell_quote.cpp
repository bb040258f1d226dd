#include "engine/runners/shell_quote.h"

#include <algorithm>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

bool isSafe(QChar letter)
{
    const char16_t code = letter.unicode();
    return (code >= u'a' && code <= u'z') || (code >= u'A' && code <= u'Z')
        || (code >= u'0' && code <= u'9') || QStringView(u"_@%+=:,./-").contains(letter);
}

} // namespace

QString shellQuote(const QString &text)
{
    if (!text.isEmpty() && std::all_of(text.begin(), text.end(), isSafe))
        return text;
    return u'\'' + QString(text).replace(u'\'', u"'\"'\"'"_s) + u'\'';
}

} // namespace stormglass
